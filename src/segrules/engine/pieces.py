"""Texts of rows put together from pieces: written ones, looked up ones, and others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class LookUp:
    """A text for each row out of a table of few; `at` are the places."""

    table: pl.Series
    at: pl.Expr

    @property
    def expression(self) -> pl.Expr:
        """The text of each row."""
        return pl.lit(self.table).gather(self.at.cast(pl.UInt32()))

    def between(self, before: str, behind: str) -> LookUp:
        """Return the same between two written texts."""
        name = self.table.name
        text = pl.concat_str(pl.lit(before), pl.col(name), pl.lit(behind))
        return LookUp(self.table.to_frame().select(text.alias(name)).to_series(), self.at)


Piece = str | LookUp | pl.Expr


def together(pieces: Iterable[Piece]) -> pl.Expr:
    """Return pieces as one text; what is written is put into the tables beside it, so that few are left."""
    found: list[Piece] = [""]
    for piece in pieces:
        last = found[-1]
        if isinstance(last, str) and isinstance(piece, str):
            found[-1] = last + piece
        elif isinstance(last, str) and isinstance(piece, LookUp):
            found[-1] = piece.between(last, "")
        elif isinstance(last, LookUp) and isinstance(piece, str):
            found[-1] = last.between("", piece)
        else:
            found.append(piece)
    expressions = [_expression(piece) for piece in found if not (isinstance(piece, str) and not piece)]
    return pl.concat_str(expressions) if len(expressions) > 1 else expressions[0] if expressions else pl.lit("")


def _expression(piece: Piece) -> pl.Expr:
    if isinstance(piece, LookUp):
        return piece.expression
    return pl.lit(piece) if isinstance(piece, str) else piece
