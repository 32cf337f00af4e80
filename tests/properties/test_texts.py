"""Values of many rows become the texts that each of them becomes alone."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segrules.backends.polars.dtypes import dtype_of
from segrules.engine.looked_up import look_up
from segrules.engine.pieces import together
from segrules.engine.styles import Style, style_of_hole, style_of_value
from segrules.engine.texts import Texts
from segrules.explain.reasons import value_text
from segrules.language import types
from segrules.language.formatting import text_of
from segrules.language.types import Type, decimal, list_of
from segrules.language.values import Value
from tests.support.programs import field

FORMATS = (None, ",", ".0f", ",.0f", ".2f", ",.4f", ".6f", ".0%", ".1%", ",.2%", ".4%")


def written_together(values: list[Value], kind: Type, style: Style) -> list[str]:
    """The texts of values, which stand in every other row of a frame."""
    frame = pl.DataFrame({"x": pl.Series([one for value in values for one in (None, value)], dtype=dtype_of(kind))})
    rows = pl.int_range(1, frame.height, 2, dtype=pl.UInt32(), eager=True)
    one = (field("x", kind), style)
    texts = Texts(look_up(frame, [one]), {one: rows})
    pieces = texts.pieces(*one)
    return texts.frame[rows].with_columns(text=together(pieces, len(rows)))["text"].to_list()


AROUND_32_BITS = st.builds(
    lambda bits, sign, beside: sign * 2**bits + beside,
    st.sampled_from((30, 31, 32)),
    st.sampled_from((-1, 1)),
    st.integers(-100, 100),
)


def doubles() -> st.SearchStrategy[float]:
    """Any, and those that people have: of few places, halves of the last place among them, and next to them."""
    few = st.builds(
        lambda number, places: number / 10**places, st.integers(-(10**9), 10**9) | AROUND_32_BITS, st.integers(0, 6)
    )
    return st.floats(allow_nan=False, allow_infinity=False) | few | few.map(lambda one: one * (1 + 2**-52))


def exact(places: int) -> st.SearchStrategy[Decimal]:
    digits = st.integers(-(10**6), 10**6) | st.integers(-(10**37), 10**37) | AROUND_32_BITS
    return digits.map(lambda number: Decimal(f"{number}E-{places}"))


NUMBERS: dict[Type, st.SearchStrategy[Any]] = {
    types.NUMBER: doubles(),
    types.INTEGER: st.integers(-2_000, 2_000) | st.integers(-(2**63), 2**63 - 1) | AROUND_32_BITS,
    **{decimal(places): exact(places) for places in (0, 2, 4, 6)},
}


@pytest.mark.parametrize("kind", NUMBERS, ids=str)
@given(data=st.data())
def test_numbers_are_written_as_one_by_one(kind: Type, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.none() | NUMBERS[kind], max_size=12))
    for percent in (False, True):
        told = [value_text(value, percent=percent) for value in values]
        assert written_together(values, kind, style_of_value(percent=percent)) == told
    for format_ in FORMATS:
        holes = list(map(partial(text_of, format=format_), values))
        assert written_together(values, kind, style_of_hole(format_, kind)) == holes


@pytest.mark.parametrize("kind", [types.INTEGER, decimal(0)], ids=str)
@pytest.mark.parametrize("value", [2 * 10**13, -19 * 10**12, 10**14], ids=str)
def test_a_large_number_has_as_many_places_as_its_format_asks_for(kind: Type, value: int) -> None:
    """In percent with four places it would be a whole number beyond 64 bits."""
    values: list[Value] = [12, value]
    assert written_together(values, kind, style_of_hole(".4%", kind)) == ["1200.0000%", f"{value}00.0000%"]


OTHERS: dict[Type, st.SearchStrategy[Any]] = {
    types.BOOLEAN: st.booleans(),
    types.STRING: st.text(max_size=3),
    types.DATE: st.dates(),
    types.DATETIME: st.datetimes(),
    list_of(types.INTEGER): st.lists(st.integers(-5, 5), max_size=3).map(tuple),
    list_of(types.STRING): st.lists(st.text(max_size=2), max_size=3).map(tuple),
}


@pytest.mark.parametrize("kind", OTHERS, ids=str)
@given(data=st.data())
def test_other_values_are_written_as_one_by_one(kind: Type, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.none() | OTHERS[kind], max_size=12))
    assert written_together(values, kind, style_of_value(percent=False)) == [
        value_text(value, percent=False) for value in values
    ]


@given(st.integers(0, 4), st.integers(-3, 10**6), st.integers(0, 5_000))
def test_many_numbers_close_to_each_other_are_written_as_one_by_one(places: int, least: int, count: int) -> None:
    """These come out of a table of all between the least and the largest."""
    values: list[Value] = [number / 10**places for number in range(least, least + count)]
    told = [value_text(value, percent=False) for value in values]
    assert written_together(values, types.NUMBER, style_of_value(percent=False)) == told
