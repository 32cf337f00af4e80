from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from segrules.language import types
from segrules.language.values import Duration
from segrules.program.nodes import Answers, Expression, Step
from segrules.program.printer import print_expression
from tests.support.programs import SPAN, aggregate, call, constant, field, reference

A, B, C = (field(name, types.BOOLEAN) for name in "abc")
X, Y, Z = (field(name, types.INTEGER) for name in "xyz")
DAY, AS_OF = field("day", types.DATE), reference("as_of", types.DATE)
YEAR = constant(Duration(months=12))
BELOW = Step("deals", "partner")
NET = field("net", types.decimal(2), table="deals", child=True)
LINE = field("line", types.STRING, "product", table="products", child=True)
CLOSED = field("closed_on", types.DATE, table="deals", child=True)
TIER = field("tier", types.STRING)


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (call("and", call("or", A, B), C), "(a or b) and c"),
        (call("or", call("and", A, B), C), "a and b or c"),
        (call("not", call("or", A, B)), "not (a or b)"),
        (call("not", call("=", X, 1)), "not x = 1"),
        (call("and", A, call("not", B)), "a and not b"),
        (call("=", call("=", X, 1), B), "(x = 1) = b"),
        (call("and", call("<", 0, X), call("<=", X, Y)), "0 < x <= y"),
        (call("and", call("and", call("<", 0, X), call("<=", X, Y)), B), "0 < x <= y and b"),
        (call("not", call("and", call("<", 0, X), call("<=", X, Y))), "not 0 < x <= y"),
        (call("=", call("and", call("<", 0, X), call("<=", X, Y)), B), "(0 < x <= y) = b"),
        (call("and", call("<", 0, X), call("<", Y, Z)), "0 < x and y < z"),
        (call("and", call("<", 0, X), call(">", X, Y)), "0 < x and x > y"),
        (call("and", call("<", 0, X), call("<=", X, Y), B), "0 < x and x <= y and b"),
        (call("*", call("+", X, Y), Z), "(x + y) * z"),
        (call("-", X, call("-", Y, Z)), "x - (y - z)"),
        (call("-", call("-", X, Y), Z), "x - y - z"),
        (call("negate", call("+", X, Y)), "-(x + y)"),
        (call("negate", call("negate", X)), "-(-x)"),
        (call("negate", constant(-1)), "-(-1)"),
        (call("-", X, -1), "x - -1"),
        (call("if", A, X, call("if", B, Y, Z)), "if a then x else if b then y else z"),
        (call("+", call("if", A, X, Y), 1), "(if a then x else y) + 1"),
        (call("between", X, 1, 5), "x between 1 and 5"),
        (call("not", call("between", X, 1, 5)), "x not between 1 and 5"),
        (call("in", X, 1, 5), "x in (1, 5)"),
        (call("not", call("in", X, 1, 5)), "x not in (1, 5)"),
        (call("in_list", X, field("numbers", types.list_of(types.INTEGER))), "numbers contains x"),
        (call("in_list", X, reference("numbers", types.list_of(types.INTEGER))), "x in numbers"),
        (call("not", call("in_list", X, reference("n", types.list_of(types.INTEGER)))), "not x in n"),
        (call("contains_text", TIER, "it's"), "tier contains 'it''s'"),
        (call("starts_with", TIER, "g"), "tier starts with 'g'"),
        (call("is_missing", call("+", X, Y)), "x + y is missing"),
        (call("is_present", X), "x is present"),
        (call("in_last", DAY, AS_OF, YEAR), "day in last 12 months"),
        (call("not", call("in_next", DAY, AS_OF, constant(Duration(days=90)))), "day not in next 90 days"),
        (call(">", DAY, call("subtract_duration", AS_OF, YEAR)), "day > as_of - 12 months"),
        (call("at_least", 2, A, call("or", B, C)), "at least 2 of (a, b or c)"),
        (call("to_number", call("+", X, Y)), "x + y"),
        (call("*", call("to_decimal", call("+", X, Y)), Z), "(x + y) * z"),
        (call("round", X, 2), "round(x, 2)"),
        (call(">=", TIER, constant("gold")), "tier >= 'gold'"),
        (Answers(TIER, call("=", TIER, "gold"), types.BOOLEAN, SPAN), "tier = 'gold'"),
        (call("not", Answers(TIER, call("in", TIER, "gold"), types.BOOLEAN, SPAN)), "tier not in ('gold')"),
        (call("=", DAY, date(2026, 1, 31)), "day = 2026-01-31"),
        (call("=", X, Decimal("2.50")), "x = 2.5"),
        (call("=", X, 4.0), "x = 4"),
        (aggregate("count", None, types.INTEGER, BELOW), "count(deals)"),
        (aggregate("count", None, types.INTEGER, BELOW, Step("lines", "deal")), "count(deals.lines)"),
        (
            aggregate("sum", NET, types.decimal(2), BELOW, where=call("in_last", CLOSED, AS_OF, YEAR)),
            "sum(deals.net where deals.closed_on in last 12 months)",
        ),
        (
            aggregate("first", NET, types.decimal(2), BELOW, by=CLOSED, where=A),
            "first(deals.net by deals.closed_on where a)",
        ),
        (aggregate("any", call("=", LINE, TIER), types.BOOLEAN, BELOW), "any(deals.product.line = tier)"),
    ],
)  # fmt: skip
def test_an_expression_is_printed_as_an_author_would_write_it(node: Expression, text: str) -> None:
    assert print_expression(node) == text
