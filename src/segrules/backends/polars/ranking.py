"""Rows in the order of a ranking: sorted by one column after another, the last first, each sort keeping the one before.

Polars sorts by several columns by writing each row out as bytes; a number packed with the row's place is sorted far
faster, and the place then says which row it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from segrules.backends.polars.arithmetic import WIDE

_PLACES = 2**32
"""More than any line has."""

_LAST = pl.lit(2**96, dtype=WIDE)
"""Above every number of 64 bits, however it is packed."""

_NO_SIZE = pl.lit(-(2**63), dtype=pl.Int64())
"""The bits of -0.0."""


def in_order(rows: pl.DataFrame, ranks: Iterable[tuple[str, bool]], keys: Sequence[str]) -> pl.DataFrame:
    """Return rows by ranks, each a column and whether the largest comes first; missing last, equal rows by key."""
    by_key = rows if _is_sorted(rows, keys) else rows.sort(keys)
    order = pl.int_range(rows.height, dtype=pl.UInt32(), eager=True)
    for column, descending in reversed(list(ranks)):
        order = order.gather(_places(by_key[column].gather(order), descending))
    return by_key[order]


def _is_sorted(rows: pl.DataFrame, keys: Sequence[str]) -> bool:
    return len(keys) == 1 and rows[keys[0]].is_sorted()


def _places(values: pl.Series, descending: bool) -> pl.Series:
    """Return the places of values in their order; equal ones in the order in which they stand."""
    numbers = _numbers(values)
    if numbers is None:
        order = pl.arg_sort_by("x", descending=descending, nulls_last=True, maintain_order=True)
        return values.to_frame("x").select(order).to_series()
    spread = pl.lit(-_PLACES if descending else _PLACES, dtype=WIDE)
    packed = (pl.lit(numbers).cast(WIDE) * spread).fill_null(_LAST) + pl.int_range(len(values), dtype=WIDE)
    return pl.select((packed.sort() & (_PLACES - 1)).cast(pl.UInt32())).to_series()


def _numbers(values: pl.Series) -> pl.Series | None:
    """Return integers in the order of values; None if 64 bits do not hold them all."""
    match values.dtype:
        case pl.Float64():
            bits = pl.lit(values.reinterpret(dtype=pl.Int64()))  # the sign, and a size that grows with the bits
            return pl.select(pl.when(bits < 0).then(_NO_SIZE - bits).otherwise(bits)).to_series()
        case pl.Decimal():
            units = values.to_physical().cast(pl.Int64(), strict=False)
            return units if units.null_count() == values.null_count() else None
        case pl.Boolean():
            return values.cast(pl.Int64())
        case _:
            return values.to_physical()
