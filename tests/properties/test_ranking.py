"""Rows in the order of a ranking, against Python's sorting by one value after another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from segrules.backends.polars.ranking import in_order

LARGE = "9" * 36
LEVELS = ("low", "mid", "high")
TYPES: dict[pl.DataType, st.SearchStrategy[Any]] = {
    pl.Float64(): st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([0.0, -0.0, 1.5, -1.5]),
    pl.Int64(): st.integers(-(2**63), 2**63 - 1) | st.sampled_from([-(2**63), 2**63 - 1, 0]),
    pl.Decimal(38, 2): st.sampled_from([*map(Decimal, ("0.05", "-0.05", f"{LARGE}.99", f"-{LARGE}.99"))]),
    pl.Boolean(): st.booleans(),
    pl.Date(): st.dates(date(1, 1, 1), date(9999, 12, 31)),
    pl.Enum(LEVELS): st.sampled_from(LEVELS),
}
KEYS = (st.text(max_size=2), st.integers(-3, 30))

Ranked = tuple[pl.DataFrame, list[tuple[str, bool]], list[str]]


@st.composite
def ranked(draw: st.DrawFn) -> Ranked:
    """Rows with a key of one or two parts, in any order or in that of the key, and up to three ranks."""
    parts = draw(st.sampled_from([KEYS[:1], KEYS[1:], KEYS]))
    keys = draw(st.lists(st.tuples(*parts), unique=True, max_size=8))
    keys = sorted(keys) if draw(st.booleans()) else keys
    columns = [f"key {part}" for part in range(len(parts))]
    frame = pl.DataFrame(keys, columns, orient="row")
    ranks = []
    for rank in range(draw(st.integers(0, 3))):
        dtype = draw(st.sampled_from(list(TYPES)))
        few = st.sampled_from(draw(st.lists(TYPES[dtype], min_size=1, max_size=3)))
        values = draw(st.lists(few | st.none(), min_size=len(keys), max_size=len(keys)))
        frame = frame.with_columns(pl.Series(f"rank {rank}", values, dtype=dtype))
        ranks.append((f"rank {rank}", draw(st.booleans())))
    return frame, ranks, columns


@given(ranked())
def test_rows_stand_by_their_ranks_and_then_by_their_key(case: Ranked) -> None:
    frame, ranks, keys = case
    rows = sorted(frame.iter_rows(named=True), key=lambda row: [row[key] for key in keys])
    for column, descending in reversed(ranks):
        present = [row for row in rows if row[column] is not None]
        present.sort(key=lambda row: _place(row[column]), reverse=descending)
        rows = [*present, *(row for row in rows if row[column] is None)]
    assert in_order(frame, ranks, keys).rows(named=True) == rows


def test_decimals_beyond_64_bits_are_ranked_too() -> None:
    decimals = [None, Decimal(f"{LARGE}.99"), Decimal("0.05"), Decimal(f"-{LARGE}.99")]
    frame = pl.DataFrame({"key": [1, 2, 3, 4], "rank": pl.Series(decimals, dtype=pl.Decimal(38, 2))})
    assert in_order(frame, [("rank", False)], ["key"])["key"].to_list() == [4, 3, 2, 1]
    assert in_order(frame, [("rank", True)], ["key"])["key"].to_list() == [2, 3, 4, 1]


def _place(value: Any) -> Any:
    return LEVELS.index(value) if isinstance(value, str) else value
