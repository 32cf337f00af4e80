"""Amounts and values are rounded exactly, to the same in both backends, whatever number they are worked out from."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from segrules.backends.polars.dtypes import dtype_of
from segrules.backends.polars.expressions import Builder
from segrules.diagnostics.source import Source
from segrules.language import types
from segrules.language.types import Type
from segrules.language.values import Value
from segrules.meaning.functions import MEANINGS
from segrules.program.nodes import Call, Constant, Field, Row, Scope

NOWHERE = Source("", "").span(0, 0)
PLACES = st.tuples(st.integers(0, 18), st.integers(0, 18)).map(sorted)


def amounts(value: Value, kind: Type, places: int, of_all: int) -> tuple[Value, Value]:
    """An amount rounded to places, among amounts of so many, by its meaning and by Polars."""
    arguments = (x_of(kind), Constant(places, types.INTEGER.present(), NOWHERE))
    call = Call("to_amount", arguments, types.decimal(of_all), NOWHERE)
    return MEANINGS["to_amount"](call, [value, places]), by_polars(call, value)


def worths(value: Value, kind: Type, places: int) -> tuple[Value, Value]:
    """What something is worth, to so many places, by its meaning and by Polars."""
    call = Call("to_worth", (x_of(kind),), types.decimal(places), NOWHERE)
    return MEANINGS["to_worth"](call, [value]), by_polars(call, value)


def x_of(kind: Type) -> Field:
    return Field(Row(Scope.ROW, (), "t"), "x", kind, NOWHERE)


def by_polars(call: Call, value: Value) -> Value:
    frame = pl.DataFrame({"x": [value]}, schema={"x": dtype_of(call.arguments[0].type)})
    [[found]] = frame.select(Builder().build(call).expression).rows()
    return found  # type: ignore[no-any-return]


@given(st.decimals(-(10**30), 10**30, places=3), PLACES)
def test_of_exact_numbers(value: Decimal, places: list[int]) -> None:
    meant, found = amounts(value, types.decimal(3), *places)
    assert found == meant
    with localcontext(prec=100):
        rounded = max(Decimal(0), value).quantize(Decimal(1).scaleb(-places[0]), ROUND_HALF_UP)
        assert meant == (rounded if rounded.scaleb(places[1]) < 10**25 else None)


@given(st.integers(-(2**63), 2**63 - 1), PLACES)
def test_of_whole_numbers(value: int, places: list[int]) -> None:
    meant, found = amounts(value, types.INTEGER, *places)
    assert found == meant


@given(st.floats(allow_nan=False, allow_infinity=False), PLACES)
@example(2.675, [2, 2])
@example(0.5, [0, 2])
@example(-0.0, [0, 0])
@example(1e25, [0, 0])
@example(1e300, [18, 18])
@example(-1e300, [18, 18])
def test_of_doubles(value: float, places: list[int]) -> None:
    meant, found = amounts(value, types.NUMBER, *places)
    assert found == meant


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_an_amount_is_what_round_gives(value: float, places: int) -> None:
    meant, _ = amounts(value, types.NUMBER, places, places)
    rounded = MEANINGS["round"](Call("round", (), types.NUMBER, NOWHERE), [value, places])
    assert isinstance(meant, Decimal)
    assert isinstance(rounded, float)
    assert float(meant) == max(0.0, rounded)


ALL_PLACES = st.integers(0, 18)


@given(st.decimals(-(10**30), 10**30, places=3), ALL_PLACES)
def test_worth_of_exact_numbers(value: Decimal, places: int) -> None:
    meant, found = worths(value, types.decimal(3), places)
    assert found == meant
    with localcontext(prec=100):
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        assert meant == (rounded if abs(rounded.scaleb(places)) < 10**25 else None)


@given(st.integers(-(2**63), 2**63 - 1), ALL_PLACES)
def test_worth_of_whole_numbers(value: int, places: int) -> None:
    meant, found = worths(value, types.INTEGER, places)
    assert found == meant


@given(st.floats(allow_nan=False, allow_infinity=False), ALL_PLACES)
@example(-2.5, 0)
@example(1e300, 18)
@example(-1e300, 18)
def test_worth_of_doubles(value: float, places: int) -> None:
    meant, found = worths(value, types.NUMBER, places)
    assert found == meant
