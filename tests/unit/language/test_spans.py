from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest

from segrules.diagnostics.source import Passage, Source
from segrules.language import syntax
from segrules.language.parser import parse_expression
from tests.unit.language.parsing import parsed


def nodes(tree: object) -> Iterator[syntax.Node]:
    if isinstance(tree, tuple):
        for member in tree:
            yield from nodes(member)
    elif isinstance(tree, syntax.Node):
        yield tree
        for field in fields(tree):
            yield from nodes(getattr(tree, field.name))


def pieces(text: str) -> list[str]:
    return [text[node.start : node.end] for node in nodes(parsed(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b > -1", ["a.b > -1", ">", "a.b", "a", "b", "-1", "-", "1"]),
        ("not (a or b)", ["not (a or b)", "not", "(a or b)", "or", "a", "a", "b", "b"]),
        ("(a + b) * c", ["(a + b) * c", "*", "(a + b)", "+", "a", "a", "b", "b", "c", "c"]),
        ("x in ('a', 'b')", ["x in ('a', 'b')", "x", "x", "('a', 'b')", "'a'", "'b'"]),
        ("x not  like 'a*'", ["x not  like 'a*'", "not  like", "x", "x", "'a*'"]),
        ("x between 1 and 2", ["x between 1 and 2", "x", "x", "1", "2"]),
        ("x is  missing", ["x is  missing", "x", "x"]),
        ("x in last 12 months", ["x in last 12 months", "x", "x", "12 months"]),
        ("if a then 1 else 2", ["if a then 1 else 2", "a", "a", "1", "2"]),
        ("f(a where b )", ["f(a where b )", "f", "a", "a", "b", "b"]),
        ("  30 %  # all", ["30 %"]),
    ],
)
def test_a_node_spans_what_is_written_for_it(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_what_a_node_spans_reads_as_that_node() -> None:
    text = "(if a then (b + 1) * -c else f(x, 'y' where (z in (1, 2)))) = d"
    for node in nodes(parsed(text)):
        if not isinstance(node, syntax.Identifier | syntax.Listing):
            assert parsed(text[node.start : node.end]) == node


def test_a_mistake_in_a_folded_text_stands_at_its_own_place_in_the_file() -> None:
    source = Source("ruleset.yaml", "when: >\n  a = 1\n  && b\n")
    offsets = [*range(10, 15), 15, *range(18, 22), 22]
    _, diagnostics = parse_expression(Passage("a = 1\n&& b", source, lambda: offsets))
    (diagnostic,) = diagnostics
    assert diagnostic.label is not None
    assert str(diagnostic.label.span) == "ruleset.yaml:3:3"
    assert diagnostic.label.span.text == "&&"
