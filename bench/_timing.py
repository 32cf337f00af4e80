"""Timing two ways of doing the same thing side by side, and comparing what they give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter
from typing import Any

import polars as pl
from polars.testing import assert_frame_equal

RELATIVE_TOLERANCE = 1e-12  # what the language allows two backends to differ by, in doubles

Side = Callable[[], Any]


def medians(sides: Mapping[str, Side], rounds: int) -> dict[str, float]:
    """Run the sides in turn, `rounds` times after one warm-up, and give each side's median in seconds."""
    for side in sides.values():
        side()
    turns = [{name: seconds(side) for name, side in sides.items()} for _ in range(rounds)]
    return {name: median(turn[name] for turn in turns) for name in sides}


def seconds(side: Side) -> float:
    """Time one call; what it returned is given back after the clock has stopped."""
    start = perf_counter()
    outcome = side()
    stop = perf_counter()
    del outcome
    return stop - start


def assert_same(left: pl.DataFrame, right: pl.DataFrame, key: str) -> None:
    """Fail unless both frames hold the same values, in any order of rows and whatever the width of their types."""
    plain_left, plain_right = (plain(frame, key) for frame in (left, right.select(left.columns)))
    assert_frame_equal(plain_left, plain_right, check_exact=False, rel_tol=RELATIVE_TOLERANCE, abs_tol=0)


def plain(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(widest(dtype)) for name, dtype in frame.schema.items()).sort(key)


def widest(dtype: pl.DataType) -> pl.DataType:
    match dtype:
        case pl.List():  # of tags
            return pl.List(pl.String())
        case pl.Enum() | pl.Categorical():
            return pl.String()
        case pl.Decimal(scale=scale):
            return pl.Decimal(38, scale)
        case _ if dtype.is_integer():
            return pl.Int64()
        case _:
            return dtype


def report(title: str, times: Mapping[str, float], base: str) -> None:
    """Print the times in milliseconds, each with its ratio to `base`."""
    print(f"\n{title}")
    for name, time in times.items():
        print(f"  {name:<44} {time * 1000:9.1f} ms   {time / times[base]:6.2f}")
