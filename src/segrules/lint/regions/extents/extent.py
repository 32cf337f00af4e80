"""Ends of what is worked out, and whether all that lies between them comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from segrules.language.types import Kind, Type


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
NOUGHT, ONE = Fraction(0), Fraction(1)


def point_of(value: object) -> Extent:
    """Return the extent of one value."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return UNKNOWN
    return Extent(Fraction(value), Fraction(value), is_all=True)


def in_type(kind: Type, exact: Extent) -> Extent:
    """Return the extent of what is worked out exactly and then becomes a value of a type.

    It becomes the double, or the decimal of so many places, that is nearest, which keeps order: what is not beyond an
    end is not beyond what the end becomes. Where that is another, or doubles end in a fraction, not all need come out.
    """
    low, high = (None if end is None else _nearest(kind, end) for end in (exact.low, exact.high))
    are_whole = all(end is None or end.denominator == 1 for end in (low, high))
    is_all = exact.is_all and (low, high) == (exact.low, exact.high) and (are_whole or kind.kind is not Kind.NUMBER)
    return replace(exact, low=low, high=high, is_all=is_all)


def _nearest(kind: Type, end: Fraction) -> Fraction | None:
    """Return the value of a type that is nearest to an end; for halves it is the one away from nought, as decimals go.

    What is beyond all doubles is missing, and no end.
    """
    if kind.kind is not Kind.NUMBER:
        unit = 10**kind.places
        return Fraction(halves_away(end * unit), unit)
    try:
        return Fraction(float(end))
    except OverflowError:
        return None


def halves_away(number: Fraction) -> int:
    """Return the whole number that is nearest, of two the one further from nought."""
    half = Fraction(1, 2)
    return ceil(number - half) if number < 0 else floor(number + half)


def several(kind: Type, extent: Extent) -> bool:
    """Whether surely more than one value of a type comes out."""
    is_point = extent.low is not None and extent.low == extent.high
    return extent.is_all and not is_point and (kind.values is None or len(kind.values) > 1)


def countless(kind: Type, extent: Extent) -> bool:
    """Whether surely as many different values of a type come out as are wanted."""
    has_no_end = extent.low is None or extent.high is None
    return several(kind, extent) and kind.values is None and (has_no_end or kind.kind is Kind.NUMBER)


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
