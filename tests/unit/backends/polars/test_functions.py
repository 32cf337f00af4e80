"""Functions on columns, held against what the scalar backend makes of the same values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segrules.backends.polars.aggregates import BUILDERS as AGGREGATES
from segrules.backends.polars.dtypes import dtype_of
from segrules.backends.polars.expressions import Builder
from segrules.backends.polars.functions import BUILDERS
from segrules.language import types
from segrules.language.functions import aggregates
from segrules.language.types import Type
from segrules.language.values import MAX_INTEGER, MIN_INTEGER, Duration, Value
from segrules.meaning.functions import MEANINGS
from segrules.program.nodes import Call, Constant, Expression
from tests.support.programs import constant, field

MAX_38 = 10**38 - 1
FEW = settings(max_examples=30)


def test_every_function_that_has_a_meaning_can_be_built_and_no_other() -> None:
    assert set(BUILDERS) == set(MEANINGS)
    assert set(AGGREGATES) == set(aggregates())


def same(
    function: str,
    result: Type,
    columns: Sequence[tuple[Type, Sequence[Any]]],
    *further: Constant,
    written: bool = False,
) -> None:
    """Hold a function of columns, then of what is written, equal to its meaning, row by row.

    With `written`, the last column's values are written instead, one after another.
    """
    names = [f"c{number}" for number in range(len(columns))]
    rows = list(zip(*(values for _, values in columns), strict=True))
    if written:
        (kind, values), columns = columns[-1], columns[:-1]
        for value in set(values):
            kept = [row[:-1] for row in rows if row[-1] == value]
            same(
                function,
                result,
                [(one, column) for (one, _), column in zip(columns, zip(*kept, strict=True), strict=True)],
                constant(value, kind),
                *further,
            )
        return
    arguments: list[Expression] = [field(name, kind) for name, (kind, _) in zip(names, columns, strict=True)]
    node = Call(function, (*arguments, *further), result, constant(True).span)
    data = {name: pl.Series(values, dtype=dtype_of(kind)) for name, (kind, values) in zip(names, columns, strict=True)}
    found = pl.LazyFrame(data).select(found=Builder().build(node).expression).collect()["found"].to_list()
    wanted = [MEANINGS[function](node, [*row, *(one.value for one in further)]) for row in rows]
    assert [_plain(value) for value in found] == wanted, node
    assert pl.LazyFrame(data).select(found=Builder().build(node).expression).collect_schema()["found"] == dtype_of(
        result
    )


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def decimals(places: int) -> st.SearchStrategy[Decimal]:
    ends = [1, 10, 5, 15, 25, MAX_38, MAX_38 // 10**places, 10**19, 10**37]
    units = (
        st.integers(-MAX_38, MAX_38) | st.integers(-10_000, 10_000) | st.sampled_from([*ends, *(-end for end in ends)])
    )
    return units.map(lambda found: Decimal((int(found < 0), tuple(map(int, str(abs(found)))), -places)))


INTEGERS = st.integers(MIN_INTEGER, MAX_INTEGER) | st.integers(-9, 9) | st.sampled_from([MIN_INTEGER, MAX_INTEGER])
DOUBLES = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-99, 99).map(float)
DATES = st.dates() | st.sampled_from([date.min, date.max, date(2024, 2, 29), date(2025, 1, 31), date(2025, 2, 28)])
TIMES = st.datetimes() | st.builds(datetime.combine, DATES, st.times())


def column(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(values | st.none(), min_size=7, max_size=7)


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("function", ["+", "-", "*"])
@FEW
@given(data=st.data())
def test_what_is_beyond_64_bits_38_digits_or_the_doubles_is_missing(
    function: str, written: bool, data: st.DataObject
) -> None:
    places = data.draw(st.integers(0, 9)), data.draw(st.integers(0, 9))
    left, right = places if function == "*" else (places[0], places[0])
    kinds = {
        types.INTEGER: (types.INTEGER, INTEGERS, types.INTEGER, INTEGERS),
        types.NUMBER: (types.NUMBER, DOUBLES, types.NUMBER, DOUBLES),
        types.decimal(left + right if function == "*" else left): (
            types.decimal(left), decimals(left), types.decimal(right), decimals(right)
        ),
    }  # fmt: skip
    for result, (one, values, other, further) in kinds.items():
        same(function, result, [(one, data.draw(column(values))), (other, data.draw(column(further)))], written=written)


@pytest.mark.parametrize("written", [False, True])
@FEW
@given(left=column(DOUBLES), right=column(DOUBLES))
def test_a_quotient_is_exact_to_the_last_bit(written: bool, left: list[Any], right: list[Any]) -> None:
    same("/", types.NUMBER, [(types.NUMBER, left), (types.NUMBER, right)], written=written)


def test_many_quotients_by_one_written_number_are_exact() -> None:
    numbers = [number / 7 for number in range(5_000)]
    same("/", types.NUMBER, [(types.NUMBER, numbers), (types.NUMBER, [49.0] * 5_000)], written=True)


def test_a_quotient_by_a_column_that_was_made_of_one_value_is_exact() -> None:
    numbers = [number / 7 for number in range(5_000)]
    node = Call("/", (field("x", types.NUMBER), field("y", types.NUMBER)), types.NUMBER, constant(True).span)
    frame = pl.LazyFrame({"x": numbers}).with_columns(y=pl.lit(49.0))
    found = frame.select(found=Builder().build(node).expression).collect()["found"].to_list()
    assert found == [number / 49.0 for number in numbers]


@pytest.mark.parametrize("function", ["negate", "abs"])
@FEW
@given(integers=column(INTEGERS), exact=column(decimals(3)), doubles=column(DOUBLES))
def test_signs(function: str, integers: list[Any], exact: list[Any], doubles: list[Any]) -> None:
    for kind, values in ((types.INTEGER, integers), (types.decimal(3), exact), (types.NUMBER, doubles)):
        same(function, kind, [(kind, values)])


@pytest.mark.parametrize("function", ["round", "round_even", "floor", "ceil"])
@FEW
@given(data=st.data())
def test_rounding(function: str, data: st.DataObject) -> None:
    own, to = data.draw(st.integers(0, 9)), data.draw(st.integers(0, 18))
    halves = st.integers(-99, 99).map(lambda number: number / 2)
    exact, doubles = data.draw(column(decimals(own))), data.draw(column(DOUBLES | halves))
    integers = data.draw(column(INTEGERS))
    places = constant(to, types.INTEGER)
    for kind, values in ((types.INTEGER, integers), (types.decimal(own), exact), (types.NUMBER, doubles)):
        same(function, types.INTEGER, [(kind, values)])
        result = types.decimal(to) if kind.kind is types.Kind.DECIMAL else kind
        same(function, result, [(kind, values)], places)


@FEW
@given(places=st.integers(0, 9), more=st.integers(0, 9), data=st.data())
def test_casts_of_numbers(places: int, more: int, data: st.DataObject) -> None:
    integers, exact = data.draw(column(INTEGERS)), data.draw(column(decimals(places)))
    same("to_number", types.NUMBER, [(types.INTEGER, integers)])
    same("to_number", types.NUMBER, [(types.decimal(places), exact)])
    same("to_decimal", types.decimal(more), [(types.INTEGER, integers)])
    same("to_decimal", types.decimal(places + more), [(types.decimal(places), exact)])


@FEW
@given(days=column(DATES), other=column(DATES), times=column(TIMES), later=column(TIMES))
def test_days_and_months_between(days: list[Any], other: list[Any], times: list[Any], later: list[Any]) -> None:
    for function in ("days_between", "months_between"):
        same(function, types.INTEGER, [(types.DATE, days), (types.DATE, other)])
        same(function, types.INTEGER, [(types.DATETIME, times), (types.DATETIME, later)])


@FEW
@given(
    days=column(DATES), times=column(TIMES),
    months=st.integers(-30, 30) | st.integers(-200_000, 200_000), span=st.integers(-99, 99) | st.just(5_000_000),
)  # fmt: skip
def test_moving_a_date_clamps_to_the_month_and_is_missing_outside_the_calendar(
    days: list[Any], times: list[Any], months: int, span: int
) -> None:
    duration = constant(Duration(months, span), types.DURATION)
    for function in ("add_duration", "subtract_duration"):
        same(function, types.DATE, [(types.DATE, days)], duration)
        same(function, types.DATETIME, [(types.DATETIME, times)], duration)


@pytest.mark.parametrize("function", ["year", "quarter", "month", "day", "weekday"])
@FEW
@given(days=column(DATES), times=column(TIMES))
def test_parts_of_dates_are_whole_numbers_of_64_bits(function: str, days: list[Any], times: list[Any]) -> None:
    same(function, types.INTEGER, [(types.DATE, days)])
    same(function, types.INTEGER, [(types.DATETIME, times)])


TEXT = st.text(max_size=6) | st.sampled_from(["", " a\t", "AC-1", "a*b", "Straße", "ΟΔΥΣΣΕΥΣ", "\n", "a\nb"])


@FEW
@given(texts=column(TEXT), parts=column(TEXT))
def test_questions_about_texts(texts: list[Any], parts: list[Any]) -> None:
    for function in ("contains_text", "starts_with", "ends_with", "=", "!="):
        same(function, types.BOOLEAN, [(types.STRING, texts), (types.STRING, parts)])
    for pattern in ("*", "a*", "?", "~*", "A?-*", "a.b", "*\n*"):
        same("like", types.BOOLEAN, [(types.STRING, texts)], constant(pattern))


NEW_CAPITALS = "ƛɤ"
"""Letters that got their capitals in Unicode 16, which Polars knows, and this Python may not."""


@FEW
@given(
    texts=column(
        st.text(st.characters(max_codepoint=0x2FF, exclude_characters=NEW_CAPITALS), max_size=6) | st.just("ΟΔΥΣΣΕΥΣ")
    )
)
def test_texts_made_of_texts(texts: list[Any]) -> None:
    for function, result in (
        ("lower", types.STRING),
        ("upper", types.STRING),
        ("trim", types.STRING),
        ("length", types.INTEGER),
    ):
        same(function, result, [(types.STRING, texts)])


TRUTHS = [True, False, None]


@pytest.mark.parametrize("function", ["and", "or", "at_least"])
def test_logic_is_kleenes(function: str) -> None:
    rows = list(product(TRUTHS, repeat=3))
    columns: list[tuple[Type, list[Any]]] = [(types.BOOLEAN, [row[place] for row in rows]) for place in range(3)]
    if function == "at_least":
        for count in range(5):
            same(function, types.BOOLEAN, [(types.INTEGER, [count] * len(rows)), *columns])
    else:
        same(function, types.BOOLEAN, columns)


def test_a_choice_by_an_unknown_condition_is_missing() -> None:
    rows: list[tuple[Any, ...]] = list(product(TRUTHS, [1, None], [2, None]))
    kinds = (types.BOOLEAN, types.INTEGER, types.INTEGER)
    same("if", types.INTEGER, [(kind, [row[place] for row in rows]) for place, kind in enumerate(kinds)])


def test_a_list_with_a_missing_member_contains_perhaps() -> None:
    lists = [["a", "b"], ["b"], ["b", None], [None], [], None]
    rows: list[tuple[Any, Any]] = list(product(["a", None], lists))
    tuples = [None if members is None else tuple(members) for _, members in rows]
    kind = types.list_of(types.STRING)
    columns = {"c0": [item for item, _ in rows], "c1": [members for _, members in rows]}
    node = Call("in_list", (field("c0", types.STRING), field("c1", kind)), types.BOOLEAN, constant(True).span)
    found = pl.LazyFrame(columns).select(found=Builder().build(node).expression).collect()["found"].to_list()
    assert found == [
        MEANINGS["in_list"](node, [item, members]) for (item, _), members in zip(rows, tuples, strict=True)
    ]


LEVELS = replace(types.STRING, values=("low", "mid", "high"), ordered=True)
OTHERS = replace(types.STRING, values=("high", "top"))


def test_declared_texts_are_ordered_as_declared_and_equal_texts_declared_otherwise() -> None:
    rows = list(product(["low", "mid", "high", None], ["low", "mid", "high"]))
    left, right = ([row[place] for row in rows] for place in range(2))
    for function in ("<", "<=", ">", ">=", "=", "!="):
        same(function, types.BOOLEAN, [(LEVELS, left), (LEVELS, right)])
        same(function, types.BOOLEAN, [(LEVELS, left), (LEVELS, right)], written=True)
    same("=", types.BOOLEAN, [(LEVELS, ["high", "low", None]), (OTHERS, ["high", "top", "top"])])
    same("=", types.BOOLEAN, [(LEVELS, ["high", "low", None]), (types.STRING, ["high", "x", "low"])])
    same("in", types.BOOLEAN, [(LEVELS, ["high", "low", None])], constant("high"), constant("elsewhere"))
    same("coalesce", types.STRING, [(LEVELS, ["high", None]), (types.STRING, ["x", "y"])])


@pytest.mark.parametrize("size", [1, 8, 9, 40])
def test_membership_in_few_and_in_many_written_values(size: int) -> None:
    options: list[Value] = list(range(0, 2 * size, 2))
    same("in", types.BOOLEAN, [(types.INTEGER, [0, 1, 2 * size - 2, 2 * size, None])], *map(constant, options))


@FEW
@given(numbers=column(DOUBLES), low=DOUBLES, high=DOUBLES)
def test_clip_lets_the_lower_bound_win(numbers: list[Any], low: float, high: float) -> None:
    same("clip", types.NUMBER, [(types.NUMBER, numbers)], constant(low), constant(high))
    same("clip", types.NUMBER, [(types.NUMBER, numbers), (types.NUMBER, [low] * 7), (types.NUMBER, [high] * 7)])
