from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from segrules.language import types
from segrules.language.types import Type
from segrules.language.values import MAX_INTEGER, Value
from segrules.meaning.aggregates import AGGREGATES, Below
from tests.support.programs import aggregate, constant

Keyed = tuple[Value, Value, tuple[Value, ...]]


def of(function: str, values: Sequence[Value], kind: Type = types.INTEGER) -> Value:
    result = kind if function in ("sum", "min", "max", "mode") else types.NUMBER
    node = aggregate(function, constant(None, kind), result)
    return AGGREGATES[function](node, [Below(value, None, ()) for value in values])


def by(function: str, rows: Sequence[Keyed], kind: Type = types.DATE) -> Value:
    node = aggregate(function, constant(None, types.STRING), types.STRING, by=constant(None, kind))
    return AGGREGATES[function](node, [Below(*row) for row in rows])


@pytest.mark.parametrize(
    ("function", "no_rows", "all_missing"),
    [
        ("count", 0, 0),
        ("count_distinct", 0, 0),
        ("sum", 0, None),
        ("mean", None, None),
        ("min", None, None),
        ("max", None, None),
        ("median", None, None),
        ("stdev", None, None),
        ("any", False, None),
        ("all", True, None),
        ("mode", None, None),
        ("share", None, None),
        ("list", (), ()),
    ],
)
def test_no_rows_and_rows_without_values(function: str, no_rows: Value, all_missing: Value) -> None:
    assert of(function, []) == no_rows
    assert of(function, [None, None]) == all_missing


@pytest.mark.parametrize("function", ["first", "last"])
def test_first_and_last_of_nothing_are_missing(function: str) -> None:
    assert by(function, []) is None
    assert by(function, [(None, date(2026, 1, 1), ()), ("a", None, ())]) is None


@pytest.mark.parametrize(
    ("function", "values", "expected"),
    [
        ("count", [1, None, 1], 2),
        ("count_distinct", [1, None, 1, 2], 2),
        ("sum", [1, None, 2], 3),
        ("mean", [1, None, 2], 1.5),
        ("min", [2, None, 1], 1),
        ("max", [2, None, 1], 2),
        ("median", [5, None, 1, 2], 2.0),
        ("median", [1, 2, 4, 8], 3.0),
        ("stdev", [1, 2, 3], 1.0),
        ("stdev", [1, None], None),
        ("mode", [3, 1, 3, 1, 2], 1),
        ("mode", [True, False], False),
        ("mode", ["b", "a", "b"], "b"),
        ("list", [2, None, 1, 2], (1, 2, 2)),
        ("share", [True, None, False, False], 1 / 3),
        ("any", [False, None], None),
        ("any", [False, None, True], True),
        ("all", [True, None], None),
        ("all", [True, None, False], False),
    ],
)
def test_missing_values_are_passed_over(function: str, values: Sequence[Value], expected: Value) -> None:
    assert of(function, values) == expected


def test_rows_are_counted_whatever_they_hold() -> None:
    node = aggregate("count", None, types.INTEGER)
    assert AGGREGATES["count"](node, [Below(None, None, ()), Below(None, None, ())]) == 2


def test_a_sum_keeps_its_type() -> None:
    cents = [Decimal("0.10"), Decimal("0.20")]
    assert str(of("sum", cents, types.decimal(2))) == "0.30"
    assert str(of("sum", [], types.decimal(2))) == "0.00"
    assert of("sum", [0.5, 0.25], types.NUMBER) == 0.75
    assert isinstance(of("sum", [], types.NUMBER), float)


def test_a_sum_that_its_type_cannot_hold_is_missing() -> None:
    assert of("sum", [MAX_INTEGER, 1]) is None
    assert of("sum", [MAX_INTEGER, 1, -1]) == MAX_INTEGER
    assert of("mean", [MAX_INTEGER, 1]) is None
    assert of("sum", [Decimal("9" * 38), Decimal(1)], types.decimal(0)) is None
    assert of("sum", [1.7e308, 1.7e308], types.NUMBER) is None
    assert of("median", [1.6e308, 1.7e308], types.NUMBER) is None
    assert of("median", [1.7e308, 1.7e308], types.NUMBER) == 1.7e308


def test_numbers_are_added_in_the_order_of_the_rows() -> None:
    assert of("sum", [1e16, 1.0, -1e16], types.NUMBER) == 0.0
    assert of("sum", [1e16, -1e16, 1.0], types.NUMBER) == 1.0


def test_stdev_goes_around_the_mean() -> None:
    found = of("stdev", [1e9 + 1, 1e9 + 2, 1e9 + 3], types.NUMBER)
    assert isinstance(found, float)
    assert math.isclose(found, 1.0)


JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)


def test_first_and_last_go_by_what_by_says() -> None:
    rows: list[Keyed] = [("late", MARCH, ()), ("early", JANUARY, ()), (None, date(2025, 1, 1), ())]
    assert by("first", rows) == "early"
    assert by("last", rows) == "late"


def test_ties_go_by_the_key() -> None:
    rows: list[Keyed] = [("a", JANUARY, ("k2",)), ("z", JANUARY, ("k1",))]
    assert by("first", rows) == "z"
    assert by("last", rows) == "a"


def test_ties_without_a_key_go_by_the_smallest_and_the_largest_value() -> None:
    rows: list[Keyed] = [("b", JANUARY, ()), ("a", JANUARY, ()), ("c", JANUARY, ())]
    assert by("first", rows) == "a"
    assert by("last", rows) == "c"


def test_tied_lists_go_member_by_member_with_a_missing_one_first() -> None:
    rows: list[Keyed] = [(("a", "b"), JANUARY, ()), (("a", None), JANUARY, ()), (("a",), JANUARY, ())]
    assert by("first", rows) == ("a",)
    assert by("last", rows) == ("a", "b")
    assert by("first", rows[:2]) == ("a", None)


def test_an_ordered_text_gives_its_order_to_by() -> None:
    levels = Type(types.STRING.kind, values=("small", "large"), ordered=True)
    rows: list[Keyed] = [("x", "large", ()), ("y", "small", ())]
    assert by("first", rows, levels) == "y"
