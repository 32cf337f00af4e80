"""What is known of what each aggregate gives: one line a name, as in `segrules.meaning.aggregates`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from segrules.language.types import NUMERIC, TEMPORAL, Kind
from segrules.lint.regions.extents.extent import NOUGHT, ONE, UNKNOWN, Extent, goes_on, in_type, is_from_nought
from segrules.program.nodes import Aggregate, Statistic

Rule = Callable[[Aggregate | Statistic, Extent], Extent]
"""Gives the extent of an aggregate, of it and of the extent of its value, of which any rows have any."""

_LARGEST_SUMMED = 2**23
"""A double that is whole and no larger is added up exactly over 10^9 rows, so that no rounding passes it."""


def _anything(_: Aggregate | Statistic, __: Extent) -> Extent:
    """Say nothing, which is always so."""
    return UNKNOWN


def _count(_: Aggregate | Statistic, __: Extent) -> Extent:
    """Return the extent of how many rows there are: any number."""
    return Extent(NOUGHT, None, is_all=True)


def _count_distinct(_: Aggregate | Statistic, __: Extent) -> Extent:
    """Return the extent of how many values there are; they may be few that there can be."""
    return Extent(NOUGHT, None)


def _sum(_: Aggregate | Statistic, value: Extent) -> Extent:
    """Return the extent of a sum, which is a value itself where there is one row, and has no end where there are many.

    Of no rows it is nought; it is missing where there are rows and all lack a value.
    """
    low = NOUGHT if is_from_nought(value) else None
    return Extent(low, None, value.is_all and goes_on(value), value.can_lack)


def _one_of_them(node: Aggregate | Statistic, value: Extent) -> Extent:
    """Return the extent of one of the values, which is any of them where there is one row; of no rows it is missing."""
    return Extent(value.low, value.high, value.is_all and node.type.kind in NUMERIC | TEMPORAL, can_lack=True)


def _median(node: Aggregate | Statistic, value: Extent) -> Extent:
    """Return the extent of a value or what lies halfway between two: of whole numbers that has gaps.

    It is a double, and in order with what it is made of.
    """
    is_all = value.is_all and _kind_of_value(node) is Kind.NUMBER
    return in_type(node.type, Extent(value.low, value.high, is_all, can_lack=True))


def _mean(_: Aggregate | Statistic, value: Extent) -> Extent:
    """Return the extent of a mean, which has no gaps: of whole numbers it is any number.

    It is a sum of doubles divided, each of which is rounded: it may come to lie beyond all values, unless the sum of so
    many of the end is exact.
    """
    ends = (value.low, value.high)
    low, high = (end if end is not None and _is_summed_exactly(end) else None for end in ends)
    return Extent(low, high, value.is_all and (low, high) == ends, can_lack=True)


def _is_summed_exactly(end: Fraction) -> bool:
    return end.denominator == 1 and abs(end) <= _LARGEST_SUMMED


def _stdev(node: Aggregate | Statistic, value: Extent) -> Extent:
    """Return the extent of a deviation, which is any where numbers lie any distance apart; of one row it is missing."""
    is_all = value.is_all and value.high is None and _kind_of_value(node) is Kind.NUMBER
    return Extent(NOUGHT, None, is_all, can_lack=True)


def _share(_: Aggregate | Statistic, condition: Extent) -> Extent:
    """Return the extent of a share of rows, which is any if the condition is true of some; of no rows it is missing."""
    return Extent(NOUGHT, ONE, condition.is_all, can_lack=True)


def _kind_of_value(node: Aggregate | Statistic) -> Kind | None:
    return None if node.value is None else node.value.type.kind


AGGREGATES: dict[str, Rule] = {
    "count": _count,
    "count_distinct": _count_distinct,
    "sum": _sum,
    "mean": _mean,
    "min": _one_of_them,
    "max": _one_of_them,
    "median": _median,
    "stdev": _stdev,
    "any": _anything,  # a condition is itself asked about, in `truth`
    "all": _anything,
    "first": _one_of_them,
    "last": _one_of_them,
    "mode": _one_of_them,
    "share": _share,
    "list": _anything,  # of lists no ends are known
}
"""The rule of each aggregate. What is new is decided on here; `_anything` is a decision too."""
