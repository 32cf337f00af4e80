from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from segrules.language import syntax
from segrules.language.parser import parse_expression
from segrules.language.printer import print_expression
from tests.unit.language.parsing import parsed, passage

Part = syntax.Expression
NAMES = [syntax.Path((syntax.Identifier(name),)) for name in "abc"]
LISTED = syntax.Listing(tuple(NAMES[:1]))


def sign(text: str) -> syntax.Identifier:
    return syntax.Identifier(text)


FORMS: dict[str, tuple[int, Callable[..., Part]]] = {
    "not": (1, lambda a: syntax.Unary(sign("not"), a)),
    "minus": (1, lambda a: syntax.Unary(sign("-"), a)),
    **{
        text: (2, lambda a, b, text=text: syntax.Binary(sign(text), a, b))
        for text in ("or", "and", "+", "-", "*", "/")
    },
    "chain": (3, lambda a, b, c: syntax.Comparison((sign("<"), sign("<=")), (a, b, c))),
    "unequal": (2, lambda a, b: syntax.Comparison((sign("!="),), (a, b))),
    "in": (2, lambda a, b: syntax.Membership(a, syntax.Listing((b,)))),
    "not in": (1, lambda a: syntax.Membership(a, LISTED, True)),
    "window": (1, lambda a: syntax.Window(a, "last", NAMES[0])),
    **{
        text: (2, lambda a, b, text=text: syntax.Match(sign(text), a, b))
        for text in ("contains", "like", "starts with")
    },
    "not like": (2, lambda a, b: syntax.Match(sign("like"), a, b, True)),
    "between": (3, syntax.Between),
    "presence": (1, lambda a: syntax.Presence(a, True)),
    "if": (3, syntax.Conditional),
    "call": (2, lambda a, b: syntax.Call(sign("f"), (a,), where=b)),
    "by": (2, lambda a, b: syntax.Call(sign("last"), (a,), by=b)),
}  # fmt: skip


def nested(outer: str, inner: str) -> list[tuple[Part, Part]]:
    """Every expression of an outer form with an inner one as one of its operands, and that operand."""
    places, build = FORMS[outer]
    inner_places, build_inner = FORMS[inner]
    part = build_inner(*NAMES[:inner_places])
    return [(build(*(part if index == place else NAMES[index] for index in range(places))), part)
            for place in range(places)]  # fmt: skip


@pytest.mark.parametrize(("outer", "inner"), list(product(FORMS, FORMS)))
def test_brackets_are_printed_where_they_are_needed_and_nowhere_else(outer: str, inner: str) -> None:
    for expression, part in nested(outer, inner):
        text = print_expression(expression)
        assert parsed(text) == expression
        bracketed = f"({print_expression(part)})"
        if bracketed in text and outer not in ("in", "call", "by"):
            tree, diagnostics = parse_expression(passage(text.replace(bracketed, bracketed[1:-1])))
            assert diagnostics or tree != expression


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a  or(b)and c", "a or b and c"),
        ("((a + b)) * -(c)", "(a + b) * -c"),
        ("x == 'it''s'", "x = 'it''s'"),
        ("x not  in ( 1 ,2.50 )", "x not in (1, 2.50)"),
        ("1_000_000 > 30.0 %", "1000000 > 30.0%"),
        ("x in last 2 quarters", "x in last 6 months"),
        ("x > 2026-01-31T12:50:00", "x > 2026-01-31T12:50"),
        ("f(x where c by y)", "f(x by y where c)"),
        ("rank ( x descending over all )", "rank(x descending over all)"),
        ("a # comment\n + b", "a + b"),
    ],
)
def test_an_expression_has_one_text(text: str, printed: str) -> None:
    assert print_expression(parsed(text)) == printed
    assert print_expression(parsed(printed)) == printed
