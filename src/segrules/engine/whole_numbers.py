"""Numbers of a column as whole numbers of their last place: 12.5 to two places as 1,250.

Where that cannot be told to the last digit (a double between two of them, more digits than a double holds) it is
missing, for others to write.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl

from segrules.engine.styles import NumberStyle
from segrules.explain.shown import LARGE
from segrules.language.types import Kind, Type

MOST_PLACES = 4
"""To so many places numbers are looked up, and to so many more or fewer than their column has."""

_LARGEST = 10**14
"""Numbers up to it have `MOST_PLACES` more within 64 bits, and there are not two of them for a double."""

_LARGEST_ROUNDED = 10**12
"""A double below it that is moved to its last place is less than `_NEAR` from where it would exactly be."""

_NEAR = 1e-3

_SMALL = 2**31
"""Numbers below it fit into 32 bits, and so do those to which they are rounded."""

Ends = tuple[float, float]
"""The least and the largest of numbers; of decimals as they are stored."""


@dataclass(frozen=True, slots=True)
class WholeNumbers:
    """Numbers as whole numbers of the last of their `places`; where these are less than none, noughts are behind.

    They are between `least` and `most`; `above` is how much they are above `base`, without a sign.
    """

    above: pl.Expr
    places: int
    least: int
    most: int
    as_styled: bool = False
    """Whether they are rounded as their style has it."""

    @property
    def base(self) -> int:
        """Nought, or the least of them if that is below it."""
        return min(self.least, 0)

    @property
    def number(self) -> pl.Expr:
        """The numbers, with their signs."""
        return self.above.cast(pl.Int64()) + self.base if self.base else self.above


def fits(most: int) -> pl.DataType:
    """Return a type for numbers from nought to `most`, to which these are cast without a look at each."""
    return pl.UInt32() if most < _SMALL else pl.Int64()


def exact(value: pl.Expr, kind: Type, ends: Ends, *, percent: bool) -> WholeNumbers:
    """Return a column, if need be in percent, as whole numbers that are known to the last digit.

    Of doubles these are those with two places, of shares with four, as most are that people give.
    """
    if kind.kind is Kind.NUMBER:
        above, least, most = _doubles(value, ends, 4 if percent else 2)
        return WholeNumbers(above, 2, least, most)
    least, most, are_within = _between(ends)
    units = value if are_within else pl.when(value.is_between(-_LARGEST, _LARGEST)).then(value)
    base = min(least, 0)
    above = (units - base if base else units).cast(fits(most - base), wrap_numerical=True)
    places = kind.places if kind.kind is Kind.DECIMAL else 0
    return WholeNumbers(above, places - 2 if percent else places, least, most)


def rounded(value: pl.Expr, ends: Ends, style: NumberStyle) -> WholeNumbers | None:
    """Return a column of any doubles as whole numbers as a style writes them; None for too many places."""
    places = style.places if style.places is not None else style.rounded or MOST_PLACES
    if places > MOST_PLACES:
        return None
    if style.places is None and style.rounded is None:
        above, least, most = _doubles(value, ends, places)
        return WholeNumbers(above, places, least, most, as_styled=True)
    value = value * 100 if style.percent else value
    whole = _rounded(value, places)
    if style.cents_if_large:
        cents = pl.when(whole.is_not_null()).then(_rounded(value, 2))
        whole = of_large(value.abs() >= LARGE, cents, whole, places)
    beside = 10**places  # as much as cents may be away from it
    least, most, _ = _between(ends, 10.0**places * (100 if style.percent else 1))
    least, most = max(least - beside, 0) if least >= 0 else least - beside, most + beside
    base = min(least, 0)
    return WholeNumbers(
        (whole - base).cast(fits(most - base), wrap_numerical=True), places, least, most, as_styled=True
    )


def _between(ends: Ends, step: float = 1) -> tuple[int, int, bool]:
    """Return what numbers of so many to the unit are between, and whether all of them are: large ones are left out."""
    low, high = (end * step for end in ends)
    if low >= -_LARGEST and high <= _LARGEST:
        return math.floor(low), math.ceil(high), True
    return -_LARGEST, _LARGEST, False


def _doubles(value: pl.Expr, ends: Ends, places: int) -> tuple[pl.Expr, int, int]:
    """Return doubles that have no more places as whole numbers above their base, and what they are between."""
    step = 10.0**places
    least, most, are_within = _between(ends, step)
    base = min(least, 0)
    above = (value * step + (0.5 - base)).cast(fits(most - base), wrap_numerical=True)
    is_it = value.round(places) == value
    return pl.when(is_it if are_within else is_it & (value.abs() <= _LARGEST / step)).then(above), least, most


def _rounded(value: pl.Expr, places: int) -> pl.Expr:
    """Return doubles to so many places as whole numbers, missing where it cannot be told to which side they go."""
    moved = value * 10.0**places
    near = moved.round()
    is_known = ((moved - near).abs() - 0.5).abs() > _NEAR
    return pl.when(is_known & (near.abs() <= _LARGEST_ROUNDED)).then(near).cast(pl.Int64())


def of_large(is_large: pl.Expr, cents: pl.Expr, whole: pl.Expr, places: int) -> pl.Expr:
    """Return whole numbers of at least two places, large ones with no more unless both would be nought."""
    return pl.when(is_large & (cents.is_null() | (cents % 100 != 0))).then(cents * 10 ** (places - 2)).otherwise(whole)
