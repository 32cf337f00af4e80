"""What is known of what each statistic gives: one line a name, as in `segrules.language.statistics`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from segrules.language.types import Kind
from segrules.lint.regions.extents.extent import NOUGHT, ONE, Extent, in_type
from segrules.program.nodes import Statistic

Rule = Callable[[Statistic, Extent, Extent], Extent]
"""Gives the extent of a statistic where a row takes part, of it and of the extents of its value and of its amount."""

_LEAST_SHARE = Fraction(1, 10**9)
"""That of one row in a table that is as large as they come."""


def _place(_: Statistic, __: Extent, ___: Extent) -> Extent:
    """Return the extent of a place, which is any from the first."""
    return Extent(ONE, None, is_all=True)


def _tile(_: Statistic, __: Extent, amount: Extent) -> Extent:
    """Return the extent of a tile, which is any up to as many as there are."""
    return Extent(ONE, amount.high, is_all=True)


def _percentile(_: Statistic, __: Extent, ___: Extent) -> Extent:
    """Return the extent of a share of rows, of which the row is one."""
    return Extent(_LEAST_SHARE, ONE, is_all=True)


def _quantile(node: Statistic, value: Extent, _: Extent) -> Extent:
    """Return the extent of a value, or of what lies between two: of whole numbers that has gaps.

    It is a double. It lies so far from the next value that rounding does not pass it.
    """
    is_all = value.is_all and node.value.type.kind is Kind.NUMBER
    return in_type(node.type, Extent(value.low, value.high, is_all))


def _zscore(_: Statistic, __: Extent, ___: Extent) -> Extent:
    """Return the extent of how many deviations a value lies from the mean: any number."""
    return Extent(is_all=True)


def _cumulative_share(_: Statistic, __: Extent, ___: Extent) -> Extent:
    """Return the extent of a share of a sum; which ones come out depends on all values at once."""
    return Extent(NOUGHT, ONE)


STATISTICS: dict[str, Rule] = {
    "rank": _place,
    "dense_rank": _place,
    "row_number": _place,
    "percentile": _percentile,
    "ntile": _tile,
    "qcut": _tile,
    "quantile": _quantile,
    "cumulative_share": _cumulative_share,
    "zscore": _zscore,
}
"""The rule of each statistic; those of aggregates are theirs."""
