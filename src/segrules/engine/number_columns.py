"""Numbers of a column as text: what the text of each is looked up by, for all rows in which it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from segrules.engine.number_texts import digits, pieces
from segrules.engine.pieces import LookUp, together
from segrules.engine.styles import NumberStyle, Style
from segrules.engine.typed_table import python_values
from segrules.program.nodes import Field

Wanted = tuple[Field, Style]
"""A column, and how its values are written."""


@dataclass(frozen=True, slots=True)
class WholeNumbers:
    """Values of some rows as whole numbers of their last place, without sign.

    They are missing where they are not known to the last digit.
    """

    rows: pl.Series
    values: pl.Series
    whole: pl.Series
    places: int

    @property
    def is_complete(self) -> bool:
        """Whether every value is there as a whole number."""
        return self.whole.null_count() == self.values.null_count()


def whole_numbers(frame: pl.DataFrame, wanted: Mapping[Wanted, pl.Series]) -> dict[Wanted, WholeNumbers]:
    """Return columns of a frame as whole numbers in some rows each, without those for which there is no way."""
    found: dict[Wanted, WholeNumbers] = {}
    values = {one: frame.select(pl.col(one[0].name).gather(rows)) for one, rows in wanted.items()}
    ways = {(field, style): digits(pl.col(field.name), field.type, style.number) for field, style in wanted}
    while ways:
        tried = {one: way for one, left in ways.items() if (way := next(left, None)) is not None}
        queries = [values[one].lazy().select(way.whole) for one, way in tried.items()]
        wholes = pl.collect_all(queries, engine="in-memory")
        for (one, way), whole in zip(tried.items(), wholes, strict=True):
            found[one] = WholeNumbers(wanted[one], values[one].to_series(), whole.to_series(), way.places)
        ways = {one: ways[one] for one in tried if not found[one].is_complete}
    return found


def looked_up(numbers: WholeNumbers, style: Style, name: str, height: int) -> tuple[list[LookUp], list[pl.Series]]:
    """Return the parts of the text of each number, and the columns by which they are looked up, beside its own.

    The names of these begin with `name`; they are of so many rows.
    """
    columns = [_spread(numbers, numbers.whole, height).alias(name)]
    whole, value = pl.col(name), pl.col(numbers.values.name)
    parts = _parts(numbers, whole, style.number)
    if (numbers.values < 0).any():
        parts[0] = _with_sign(parts[0], (value < 0) & (whole > 0))
    if numbers.whole.null_count():
        others, places = _others(numbers, style)
        columns.append(_spread(numbers, places, height).alias(f"{name} other"))
        parts = _or_others(parts, others, pl.col(f"{name} other"))
    return parts, columns


def _spread(numbers: WholeNumbers, found: pl.Series, height: int) -> pl.Series:
    """Return a column that has what was found for some of so many rows."""
    return pl.repeat(None, height, dtype=found.dtype, eager=True).scatter(numbers.rows, found)


def _parts(numbers: WholeNumbers, whole: pl.Expr, style: NumberStyle) -> list[LookUp]:
    least, most = numbers.whole.min() or 0, numbers.whole.max() or 0
    assert isinstance(least, int)
    assert isinstance(most, int)
    if most - least > max(len(numbers.whole) // 8, 1_000):
        return list(pieces(whole, numbers.places, most, style))
    each = pl.int_range(least, most + 1, dtype=pl.Int64(), eager=True)
    texts = pl.select(together(pieces(pl.lit(each), numbers.places, most, style), len(each))).to_series()
    return [LookUp(texts, whole - least)]


def _with_sign(first: LookUp, is_negative: pl.Expr) -> LookUp:
    """Return the first part with the sign."""
    table = pl.concat([first.table, "-" + first.table], rechunk=True)
    return LookUp(table, pl.when(is_negative).then(first.at + len(first.table)).otherwise(first.at))


def _others(numbers: WholeNumbers, style: Style) -> tuple[pl.Series, pl.Series]:
    """Return the texts of what has no whole number, that of a missing value first, and the place of each row's."""
    height = len(numbers.values)
    left = (numbers.whole.is_null() & numbers.values.is_not_null()).arg_true()
    odd = numbers.values.gather(left)
    different = odd.unique()
    texts = [style.write(None), *(style.write(value) for value in python_values(different))]  # type: ignore[arg-type]
    places = odd.replace_strict(different, pl.int_range(1, len(texts), dtype=pl.UInt32(), eager=True))
    return pl.Series(texts), pl.repeat(0, height, dtype=pl.UInt32(), eager=True).scatter(left, places)


def _or_others(parts: list[LookUp], others: pl.Series, places: pl.Expr) -> list[LookUp]:
    """Return parts of which the first has those other texts, too, and in these rows the further ones are empty."""
    first, *further = parts
    all_of_first = LookUp(
        pl.concat([first.table, others], rechunk=True), pl.coalesce(first.at, len(first.table) + places)
    )
    return [
        all_of_first,
        *(
            LookUp(pl.concat([one.table, pl.Series([""])], rechunk=True), one.at.fill_null(len(one.table)))
            for one in further
        ),
    ]
