"""Values of rows as text, as `write` of their style has each, many at a time.

Numbers and dates are looked up, for which a column is looked at once in all rows in which it is told. All else is
written out, each different value once.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from segrules.engine.number_columns import ExactColumns, Wanted, exact_columns, looked_up, wanted_numbers
from segrules.engine.pieces import LookUp, Piece, spread
from segrules.engine.styles import Style
from segrules.engine.typed_table import python_values
from segrules.language.types import Kind
from segrules.language.values import Value
from segrules.program.nodes import Field

_MOST_DAYS = 50_000


class Texts:
    """The texts of columns of a frame; `frame` has these, and others by which texts are looked up."""

    def __init__(
        self, frame: pl.DataFrame, wanted: Mapping[Wanted, pl.Series], exactly: ExactColumns | None = None
    ) -> None:
        """Look at columns in the rows that are wanted of each; `exactly` has the numbers among them, if it is there."""
        self._pieces: dict[Wanted, list[Piece]] = {}
        self.frame = frame
        self._look_up(wanted, exact_columns(frame, wanted) if exactly is None else exactly)
        self._write({one: rows for one, rows in wanted.items() if one not in self._pieces})

    def pieces(self, field: Field, style: Style) -> list[Piece]:
        """Return the parts that together are the text of each value in rows that are wanted, missing ones included.

        Expressions are about the columns of `frame` in these rows.
        """
        return self._pieces[field, style]

    def _look_up(self, wanted: Mapping[Wanted, pl.Series], exactly: ExactColumns) -> None:
        """Add the numbers and the dates that can be looked up, and texts, which are there."""
        columns: dict[str, pl.Series] = {}
        for place, (one, numbers) in enumerate(wanted_numbers(self.frame, wanted, exactly).items()):
            parts, added = looked_up(numbers, one[1], f"~other {place}")
            self._pieces[one] = [*parts]
            columns |= {column.name: column for column in added}
        self.frame = self.frame.with_columns(columns.values())
        for field, style in wanted:
            if (text := _column(self.frame, field, style)) is not None:
                self._pieces[field, style] = [text]

    def _write(self, wanted: Mapping[Wanted, pl.Series]) -> None:
        """Add values as columns of their texts."""
        columns = []
        for place, ((field, style), rows) in enumerate(wanted.items()):
            name = f"~text {place}"
            texts = _each_once(self.frame[field.name].gather(rows), style)
            columns.append(spread(texts, rows, self.frame.height).alias(name))
            self._pieces[field, style] = [pl.col(name)]
        self.frame = self.frame.with_columns(columns)


def _column(frame: pl.DataFrame, field: Field, style: Style) -> Piece | None:
    """Return the texts of a column of dates or of texts, for which Polars has them; None of another."""
    if field.type.kind is Kind.DATE and (found := _dates(frame, field, style)) is not None:
        return found
    if field.type.kind in (Kind.STRING, Kind.DATE):
        return pl.col(field.name).cast(pl.String()).fill_null(style.write(None))
    return None


def _each_once(values: pl.Series, style: Style) -> pl.Series:
    """Return the text of every value, each different one written once; lists are written one by one."""
    if isinstance(values.dtype, pl.List):
        return pl.Series([style.write(_value(value)) for value in values.to_list()], dtype=pl.String())
    different = values.drop_nulls().unique()
    written = pl.Series([style.write(_value(value)) for value in python_values(different)], dtype=pl.String())
    return values.replace_strict(different, written, default=style.write(None), return_dtype=pl.String())


def _value(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]


def _dates(frame: pl.DataFrame, field: Field, style: Style) -> LookUp | None:
    """Return dates as ISO has them, out of a table of all days between the first and the last; None for too many."""
    day = pl.col(field.name).to_physical()
    [(first, last)] = frame.select(first=day.min().fill_null(0), last=day.max().fill_null(0)).rows()
    if last - first > _MOST_DAYS:
        return None
    each = pl.int_range(first, last + 1, dtype=pl.Int32(), eager=True).cast(pl.Date()).cast(pl.String())
    return LookUp(pl.concat([pl.Series([style.write(None)]), each], rechunk=True), (day - first + 1).fill_null(0))
