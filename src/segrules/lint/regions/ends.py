"""Ends of what is worked out, and what arithmetic makes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Extent:
    """The ends, None where none is known; no value that comes out is beyond them.

    `is_all` says more: every value of the type that is not beyond them surely comes out of some row, so that a row can
    be named by it. What has ends that are not known here, as days have, or a list of values is not all. `within` says
    that this is so only of values that are no further from nought. `can_lack` says that for some rows none comes out.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    is_all: bool = False
    can_lack: bool = False
    within: int | None = None

    @property
    def is_endless(self) -> bool:
        """Whether every value of the type comes out."""
        return self.is_all and self.low is None and self.high is None


UNKNOWN = Extent()
NOUGHT = Fraction(0)


def point_of(value: object) -> Extent:
    """Return the extent of one value."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return UNKNOWN
    return Extent(Fraction(value), Fraction(value), is_all=True)


def limited(function: str, every: Sequence[Extent], *, lacks: bool) -> Extent:
    """Return the extent of `max`, `min` and `clip`, which is both: all values, if it limits them to written ones."""
    if function == "clip":
        value, lowest, highest = every
        return limited("max", [limited("min", [value, highest], lacks=False), lowest], lacks=lacks)
    lows, highs = [one.low for one in every], [one.high for one in every]
    # What the others are is one value each: nothing between the ends is left out.
    is_all = all(one.is_all for one in every) and all(one.low == one.high is not None for one in every[1:])
    if function == "max":
        low = max((one for one in lows if one is not None), default=None)
        return Extent(low, _of_all(highs, max), is_all, lacks)
    return Extent(_of_all(lows, min), min((one for one in highs if one is not None), default=None), is_all, lacks)


def rounded(function: str, end: Fraction | None) -> Fraction | None:
    """Return the whole number that an end becomes; all that lies before it becomes no more."""
    if end is None:
        return None
    low, rest = floor(end), end - floor(end)
    if rest == 0 or function == "floor":
        return Fraction(low)
    if function == "ceil" or rest > Fraction(1, 2):
        return Fraction(ceil(end))
    if rest < Fraction(1, 2):
        return Fraction(low)
    if function == "round_even":
        return Fraction(round(end))
    return Fraction(low if end < 0 else low + 1)


def either(every: Sequence[Extent]) -> Extent:
    """Return ends that hold whichever of several it is; what lies between them may not come out."""
    return Extent(_of_all([one.low for one in every], min), _of_all([one.high for one in every], max))


def _of_all(ends: Sequence[Fraction | None], choose: Callable[[list[Fraction]], Fraction]) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return choose(known) if known and len(known) == len(ends) else None


def sum_of(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """Return the sum of two ends."""
    return None if one is None or other is None else one + other


def minus(end: Fraction | None) -> Fraction | None:
    """Return an end the other way round."""
    return None if end is None else -end


def is_from_nought(extent: Extent) -> bool:
    """Whether nothing below nought comes out."""
    return extent.low is not None and extent.low >= 0


def goes_on(extent: Extent) -> bool:
    """Whether an extent goes on upwards, from nought or from nowhere."""
    return extent.high is None and extent.low in (None, NOUGHT)


def has_one(extent: Extent) -> bool:
    """Whether one surely can come out."""
    return extent.is_all and (extent.low is None or extent.low <= 1) and (extent.high is None or extent.high >= 1)


def can_be_nought(extent: Extent) -> bool:
    """Whether nought surely can come out."""
    below = extent.low is None or extent.low <= 0
    return extent.is_all and below and (extent.high is None or extent.high >= 0)
