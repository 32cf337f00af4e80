"""What is told in some rows of a frame, and how rows get it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from segrules.engine.alike_rows import AS_WRITTEN

_ROW, _TEXT = "~row", "~text"

_AT_A_TIME = 65_536
"""Rows for which there is something to do on all threads, and memory that is used again."""


@dataclass(frozen=True, slots=True)
class RowTexts:
    """What is told in some rows, by the places of these."""

    rows: pl.Series
    texts: pl.Series


@dataclass(frozen=True, slots=True)
class Telling:
    """What is to be told in some rows, as a query for its one column."""

    rows: pl.Series
    query: pl.LazyFrame


def tellings(frame: pl.DataFrame, rows: pl.Series, text: pl.Expr) -> Iterator[Telling]:
    """Yield that a text of a frame is to be told in some of its rows, so many at a time."""
    read = list(dict.fromkeys(text.meta.root_names()))
    for some in (rows.slice(start, _AT_A_TIME) for start in range(0, len(rows), _AT_A_TIME)):
        places = pl.lit(some)
        chosen = frame.lazy().select(places.alias(_ROW), *(pl.col(name).gather(places) for name in read))
        beside_rows = chosen.select(_ROW, text.alias(_TEXT))  # as many texts as rows, be it the same in all
        yield Telling(some, beside_rows.select(_TEXT))


def tell(tellings: Sequence[Telling]) -> list[RowTexts]:
    """Return what is told, all of it worked out side by side."""
    texts = pl.collect_all([one.query for one in tellings], engine="in-memory", optimizations=AS_WRITTEN)
    return [RowTexts(one.rows, text.to_series()) for one, text in zip(tellings, texts, strict=True)]


def pooled(told: Sequence[RowTexts], height: int, otherwise: str | None = None) -> tuple[pl.Series, pl.Series]:
    """Return texts, and for so many rows the places among them of what is told there; others have the first."""
    texts = pl.concat([pl.Series([otherwise], dtype=pl.String()), *(one.texts for one in told)], rechunk=True)
    rows = pl.concat([pl.Series(dtype=pl.UInt32()), *(one.rows for one in told)])
    at = pl.repeat(0, height, dtype=pl.UInt32(), eager=True)
    return texts, at.scatter(rows, pl.int_range(1, len(rows) + 1, dtype=pl.UInt32(), eager=True))


def in_rows(pool: pl.Series, at: pl.Series) -> pl.Series:
    """Return the text of each row, out of a pool of texts by their places.

    It comes in pieces, each of which takes the memory that others of its size have left.
    """
    starts = range(0, max(len(at), 1), _AT_A_TIME)
    return pl.concat([pool.gather(at.slice(start, _AT_A_TIME)) for start in starts], rechunk=False)
