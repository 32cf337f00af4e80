"""What is known of what each statistic gives: one line a name, as in `segrules.language.statistics`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from segrules.language.types import Kind
from segrules.lint.regions.extents.extent import NOUGHT, ONE, Extent, countless, in_type, several
from segrules.program.nodes import Statistic

Rule = Callable[[Statistic, Extent, Extent], Extent]
"""Gives the extent of a statistic where a row takes part, of it and of the extents of its value and of its amount.

A group is any rows with any values, the row itself among them.
"""

_LEAST_SHARE = Fraction(1, 10**9)
"""That of one row in a table that is as large as they come."""


def _rank(node: Statistic, value: Extent, _: Extent) -> Extent:
    """Return the extent of a place that equal values share: any from the first, if not all values are equal."""
    return Extent(ONE, None, several(node.value.type, value))


def _dense_rank(node: Statistic, value: Extent, _: Extent) -> Extent:
    """Return the extent of a place among different values, of which there may be few."""
    return Extent(ONE, None, countless(node.value.type, value))


def _row_number(_: Statistic, __: Extent, ___: Extent) -> Extent:
    """Return the extent of a place that a row has for itself, whatever its value is."""
    return Extent(ONE, None, is_all=True)


def _ntile(_: Statistic, __: Extent, amount: Extent) -> Extent:
    """Return the extent of a tile, which is any up to as many as there are, whatever the values are."""
    return Extent(ONE, amount.high, is_all=True)


def _qcut(node: Statistic, value: Extent, amount: Extent) -> Extent:
    """Return the extent of a tile in which equal values stand together: any, if not all values are equal."""
    return Extent(ONE, amount.high, several(node.value.type, value))


def _percentile(node: Statistic, value: Extent, _: Extent) -> Extent:
    """Return the extent of a share of rows, the row itself among them: of equal values it is one."""
    return Extent(_LEAST_SHARE, ONE, several(node.value.type, value))


def _quantile(node: Statistic, value: Extent, _: Extent) -> Extent:
    """Return the extent of a value, or of what lies between two: of whole numbers that has gaps.

    It is a double. It lies so far from the next value that rounding does not pass it.
    """
    is_all = value.is_all and value.within is None and node.value.type.kind is Kind.NUMBER
    return in_type(node.type, Extent(value.low, value.high, is_all))


def _zscore(node: Statistic, value: Extent, _: Extent) -> Extent:
    """Return the extent of how many deviations a value lies from the mean; of few values it has gaps."""
    return Extent(is_all=countless(node.value.type, value))


def _cumulative_share(_: Statistic, __: Extent, ___: Extent) -> Extent:
    """Return the extent of a share of a sum; which ones come out depends on all values at once."""
    return Extent(NOUGHT, ONE)


def _count(node: Statistic, value: Extent, _: Extent) -> Extent:
    """Return the extent of how many rows have a value, of which the row itself is one unless it may lack it."""
    is_counted = node.where is None and not node.value.type.nullable
    return Extent(ONE if is_counted else NOUGHT, None, is_counted or value.can_lack or node.where is not None)


STATISTICS: dict[str, Rule] = {
    "rank": _rank,
    "dense_rank": _dense_rank,
    "row_number": _row_number,
    "percentile": _percentile,
    "ntile": _ntile,
    "qcut": _qcut,
    "quantile": _quantile,
    "cumulative_share": _cumulative_share,
    "zscore": _zscore,
    "count": _count,
}
"""The rule of each statistic; the other aggregates are what they are of any rows."""
