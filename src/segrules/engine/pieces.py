"""Texts of rows put together from pieces: written ones, looked up ones, and others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import polars as pl


@dataclass(frozen=True, slots=True)
class LookUp:
    """A text for each row out of a table of few, between two that are the same in all; `at` are the places."""

    table: pl.Series
    at: pl.Expr
    before: str = ""
    behind: str = ""

    @property
    def text(self) -> pl.Expr:
        """The text of each row: the rows share those of the table."""
        parts = [part for part in (self.before, self.table, self.behind) if len(part)]
        table = pl.concat_str(map(pl.lit, parts)) if len(parts) > 1 else pl.lit(self.table)
        return table.gather(self.at.cast(pl.UInt32()))


_PER_TEXT = 4
"""For so many rows a text of a table is as quickly written anew as what is beside it in these rows."""

Piece = str | LookUp | pl.Expr


def together(pieces: Iterable[Piece], rows: int) -> pl.Expr:
    """Return pieces as one text; what is written is put into a table beside it that is small, next to so many rows."""
    found: list[Piece] = []
    for piece in _gathered(pieces):
        last = found[-1] if found else None
        if isinstance(last, str) and isinstance(piece, LookUp) and _PER_TEXT * len(piece.table) <= rows:
            found[-1] = replace(piece, before=last)
        elif isinstance(last, LookUp) and isinstance(piece, str) and _PER_TEXT * len(last.table) <= rows:
            found[-1] = replace(last, behind=piece)
        else:
            found.append(piece)
    texts = [_text(piece) for piece in found]
    return pl.concat_str(texts) if len(texts) > 1 else texts[0] if texts else pl.lit("")


def _gathered(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces with the written ones between two others as one."""
    written = ""
    for piece in pieces:
        if isinstance(piece, str):
            written += piece
            continue
        if written:
            yield written
        yield piece
        written = ""
    if written:
        yield written


def _text(piece: Piece) -> pl.Expr:
    if isinstance(piece, LookUp):
        return piece.text
    return pl.lit(piece) if isinstance(piece, str) else piece
