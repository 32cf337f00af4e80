"""Texts of rows put together from pieces: written ones, looked up ones, and others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class LookUp:
    """A text for each row out of a table; `at` are the places, of 32 bits without a sign."""

    table: pl.Series
    at: pl.Expr

    @property
    def text(self) -> pl.Expr:
        """The text of each row: the rows share those of the table."""
        return pl.lit(self.table).gather(self.at)


Piece = str | LookUp | pl.Expr

_PER_TEXT = 4
"""For so many rows a text of a table is as quickly written anew as what is beside it in these rows."""


def together(pieces: Iterable[Piece], rows: int) -> pl.Expr:
    """Return pieces as one text of so many rows; around a table that is small beside them, it is written into that."""
    form = ""
    values: list[LookUp | pl.Expr] = []
    for piece in pieces:
        if isinstance(piece, str):
            form += piece.replace("{", "{{").replace("}", "}}")
        else:
            form += "{}"
            values.append(piece)
    match values:
        case [LookUp(table=table, at=at)] if _PER_TEXT * len(table) <= rows:
            return LookUp(pl.select(pl.format(form, table)).to_series(), at).text
        case _:
            return pl.format(form, *(one.text if isinstance(one, LookUp) else one for one in values))
