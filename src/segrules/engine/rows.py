"""What becomes of a table's rows on their way in."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

# No column of a ruleset has such a name.
_KEEP = "where is true"


@dataclass(frozen=True, slots=True)
class RowCounts:
    """What became of a table's rows: `read` is the sum of `kept`, `where_false`, `where_unknown` and `set_apart`.

    Of a table made by `keys_from`, `read` and `kept` are its keys, and `without_key` counts the rows, in the table
    they come from, that have none.
    """

    read: int
    kept: int
    where_false: int = 0
    where_unknown: int = 0
    set_apart: int = 0
    without_key: int = 0


def truth(frame: pl.DataFrame, where: pl.Expr) -> pl.Series:
    """Return a condition of every row, also one that reads none."""
    return frame.lazy().with_columns(where.alias(_KEEP)).select(_KEEP).collect(engine="in-memory").to_series()
