"""Values of rows as text, as `write` of their style has each, many at a time.

Numbers and dates are looked up. All else is written out, each different value once.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from segrules.engine.looked_up import LookedUp, Wanted
from segrules.engine.pieces import LookUp, Piece
from segrules.engine.styles import Style
from segrules.engine.typed_table import python_values
from segrules.language.types import Kind
from segrules.language.values import Value
from segrules.program.nodes import Field


class Texts:
    """The texts of columns of a frame; `frame` has these, and others by which texts are looked up."""

    def __init__(self, looked_up: LookedUp, wanted: Mapping[Wanted, pl.Series]) -> None:
        """Take what is looked up, and write out what else is wanted of columns in some rows of each."""
        self.frame = looked_up.frame
        self._pieces: dict[Wanted, list[Piece]] = {}
        for one, rows in wanted.items():
            self._pieces[one] = self._pieces_of(looked_up, one, rows)

    def pieces(self, field: Field, style: Style) -> list[Piece]:
        """Return the parts that together are the text of each value in rows that are wanted, missing ones included.

        Expressions are about the columns of `frame` in these rows.
        """
        return self._pieces[field, style]

    def _pieces_of(self, looked_up: LookedUp, one: Wanted, rows: pl.Series) -> list[Piece]:
        field, style = one
        if one in looked_up.incomplete:
            first, *further = looked_up.parts[one]
            return [self._with_others(first, field, style, rows.filter(looked_up.lacking(one).gather(rows))), *further]
        if one in looked_up.parts:
            return [*looked_up.parts[one]]
        if field.type.kind in (Kind.STRING, Kind.DATE):
            return [pl.col(field.name).cast(pl.String()).fill_null(style.write(None))]
        texts = pl.repeat(None, self.frame.height, dtype=pl.String(), eager=True)
        return [self._added(texts.scatter(rows, _each_once(self.frame[field.name].gather(rows), style)))]

    def _with_others(self, first: LookUp, field: Field, style: Style, rows: pl.Series) -> LookUp:
        """Return the first part of a text that in these rows has the whole text, written out."""
        values = self.frame[field.name].gather(rows)
        different = values.unique()
        texts = _written(different, style)
        places = pl.int_range(len(first.table), len(first.table) + len(texts), dtype=pl.UInt32(), eager=True)
        at = self.frame.select(first.at).to_series()
        found = values.replace_strict(different, places, return_dtype=pl.UInt32())
        return LookUp(pl.concat([first.table, texts], rechunk=True), self._added(at.scatter(rows, found)))

    def _added(self, column: pl.Series) -> pl.Expr:
        """Return a column that is added to the frame."""
        name = f"~added {self.frame.width}"
        self.frame = self.frame.with_columns(column.alias(name))
        return pl.col(name)


def _each_once(values: pl.Series, style: Style) -> pl.Series:
    """Return the text of every value, each different one written once; lists are written one by one."""
    if isinstance(values.dtype, pl.List):
        return pl.Series([style.write(_value(value)) for value in values.to_list()], dtype=pl.String())
    different = values.drop_nulls().unique()
    return values.replace_strict(
        different, _written(different, style), default=style.write(None), return_dtype=pl.String()
    )


def _written(values: pl.Series, style: Style) -> pl.Series:
    return pl.Series([style.write(_value(value)) for value in python_values(values)], dtype=pl.String())


def _value(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]
