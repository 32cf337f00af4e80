"""Values of rows as text, as `write` of their style has each, many at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from segrules.engine.number_texts import NumberStyle, digits, pieces
from segrules.engine.pieces import LookUp, Piece, together
from segrules.engine.typed_table import python_values
from segrules.language.types import NUMERIC, Kind
from segrules.language.values import Value
from segrules.program.nodes import Field

_SAMPLE = 1_000


@dataclass(frozen=True, slots=True)
class Style:
    """How values are written: each by `write`, numbers all at once as `number` says, which is the same."""

    write: Callable[[Value], str]
    number: NumberStyle


def texts_of(rows: pl.DataFrame, field: Field, style: Style) -> list[Piece]:
    """Return the parts that together are the text of each value of a column, missing ones included."""
    values = rows[field.name]
    match field.type.kind:
        case kind if kind in NUMERIC:
            return _numbers(values, field, style) or [pl.lit(_each_once(values, style))]
        case Kind.STRING:
            return [pl.lit(values.cast(pl.String()).fill_null(style.write(None)))]
        case Kind.DATE if not values.is_empty():
            return [_dates(values, style)]
        case _:
            return [pl.lit(_each_once(values, style))]


def _each_once(values: pl.Series, style: Style) -> pl.Series:
    """Return the text of every value, each different one written once; lists are written one by one."""
    if isinstance(values.dtype, pl.List):
        return pl.Series([style.write(_value(value)) for value in values.to_list()], dtype=pl.String())
    different = values.drop_nulls().unique()
    written = pl.Series([style.write(_value(value)) for value in python_values(different)], dtype=pl.String())
    return values.replace_strict(different, written, default=style.write(None), return_dtype=pl.String())


def _value(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]


def _dates(values: pl.Series, style: Style) -> LookUp:
    """Return dates as ISO has them, out of a table of all days between the first and the last."""
    days = values.to_physical().alias("days").to_frame()
    [(first, last)] = days.select(first=pl.min("days").fill_null(0), last=pl.max("days").fill_null(0)).rows()
    each = pl.int_range(first, last + 1, dtype=pl.Int32(), eager=True).cast(pl.Date()).cast(pl.String())
    table = pl.concat([pl.Series([style.write(None)]), each]).alias("text")
    return LookUp(table, (pl.lit(days["days"]) - first + 1).fill_null(0))


def _numbers(values: pl.Series, field: Field, style: Style) -> list[Piece] | None:
    """Return the parts of the texts of numbers, None where they are not to be had from digits."""
    frame = values.alias("value").to_frame()
    whole, places = None, 0
    for found in digits(pl.col("value"), field.type, style.number):
        whole, places = frame.select(whole=found.whole).to_series(), found.places
        if whole.null_count() == values.null_count():
            break
    if whole is None:
        return None
    if style.number.places is None:
        whole, places = _without_noughts(whole, places)
    parts = _of_digits(whole, values < 0, places, style.number)
    return _with_others(parts, values, whole, style) if whole.null_count() else parts


def _without_noughts(whole: pl.Series, places: int) -> tuple[pl.Series, int]:
    """Return whole numbers without the last places that are nought in all of them, as the first ones have it."""
    first = whole.head(_SAMPLE)
    spare = next((spare for spare in range(places, 0, -1) if _ends_in_noughts(first, spare)), 0)
    if spare and _ends_in_noughts(whole, spare):
        return whole // 10**spare, places - spare
    return whole, places


def _ends_in_noughts(whole: pl.Series, count: int) -> bool:
    return not (whole % 10**count).max()


def _of_digits(whole: pl.Series, negative: pl.Series, places: int, style: NumberStyle) -> list[Piece]:
    [(least, most)] = whole.to_frame().select(least=pl.first().min(), most=pl.first().max()).fill_null(0).rows()
    signed = negative.any()
    if most - least > max(len(whole) // 8, 1_000):
        minus = pl.when(pl.lit(negative) & (pl.lit(whole) > 0)).then(pl.lit("-")).otherwise(pl.lit(""))
        return [*([minus] if signed else []), *pieces(pl.lit(whole), places, most, style)]
    numbers = pl.int_range(least, most + 1, dtype=pl.Int64(), eager=True)
    text = together(pieces(pl.lit(numbers), places, most, style))
    minus = pl.when(pl.lit(numbers) > 0).then(pl.lit("-")).otherwise(pl.lit(""))
    table = pl.concat([pl.select(text=sign + text).to_series() for sign in (pl.lit(""), minus)])
    at = pl.lit(whole) - least
    if signed:
        at = at + pl.when(pl.lit(negative)).then(len(numbers)).otherwise(0)
    return [LookUp(table, at)]


def _with_others(parts: list[Piece], values: pl.Series, whole: pl.Series, style: Style) -> list[Piece]:
    """Return parts in which the values that have no digits are written one by one."""
    left = whole.is_null()
    texts = _each_once(values.filter(left), style)
    others = pl.repeat("", len(values), dtype=pl.String(), eager=True).scatter(left.arg_true(), texts)
    return [pl.when(pl.lit(left)).then(pl.lit(others)).otherwise(together(parts))]
