"""Rounding to whole numbers and to places, of each kind of number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from segrules.backends.polars.arithmetic import WIDE, as_column, in_38_digits, units
from segrules.backends.polars.dtypes import dtype_of
from segrules.language.types import Kind, Type
from segrules.language.values import AMOUNT_DIGITS


@dataclass(frozen=True, slots=True)
class Rounding:
    """A way to round: doubles to whole doubles, and units (of 128 bits) to whole multiples of `k` of them, over `k`."""

    doubles: Callable[[pl.Expr], pl.Expr]
    units: Callable[[pl.Expr, pl.Expr], pl.Expr]


def _away(number: pl.Expr, k: pl.Expr) -> pl.Expr:
    return (number.abs() + k // 2) // k * number.sign()


def _even(number: pl.Expr, k: pl.Expr) -> pl.Expr:
    up = number + k // 2
    tie_went_odd = (up % k == 0) & (up // k % 2 == 1)
    return up // k - tie_went_odd.cast(WIDE)


AWAY = Rounding(lambda number: number.round(mode="half_away_from_zero"), _away)
EVEN = Rounding(lambda number: number.round(mode="half_to_even"), _even)
DOWN = Rounding(lambda number: number.floor(), lambda number, k: number // k)
UP = Rounding(lambda number: number.ceil(), lambda number, k: (number + k - 1) // k)


def rounded(way: Rounding, number: pl.Expr, given: Type, result: Type, places: int | None) -> pl.Expr:
    """Return a number to whole ones, as an integer, or to places, in its own kind; beyond its range it is missing."""
    match given.kind:
        case Kind.INTEGER:
            return number
        case Kind.DECIMAL:
            return _rounded_units(way, number, given, result, places or 0)
        case _ if places is None:
            return way.doubles(number).cast(pl.Int64(), strict=False)
        case _:
            return _rounded_double(way, number, places)


def _rounded_units(way: Rounding, number: pl.Expr, given: Type, result: Type, places: int) -> pl.Expr:
    if places >= given.places:
        return number.cast(dtype_of(result), strict=False)
    found = way.units(units(number), pl.lit(10 ** (given.places - places), dtype=WIDE))
    return found.cast(pl.Int64(), strict=False) if result.kind is Kind.INTEGER else in_38_digits(found, result)


def _rounded_double(way: Rounding, number: pl.Expr, places: int) -> pl.Expr:
    """Return IEEE `round(x * 10^n) / 10^n`, or `x` where that overflows; a zero has no sign."""
    scale = 10.0**places
    scaled = number * scale
    quotient = way.doubles(scaled) / as_column(pl.lit(scale), number)
    return pl.when(scaled.is_finite()).then(quotient + 0.0).otherwise(number)


def to_amount(number: pl.Expr, given: Type, result: Type, places: int) -> pl.Expr:
    """Return an amount of the result's type, rounded to places with halves away from zero, 0 where it is below that.

    One of more digits than an amount has is missing, and found to be so before anything can wrap round.
    """
    scale = 10 ** (result.places - places)
    most = (10**AMOUNT_DIGITS - 1) // scale
    whole = _whole_places(number, given, places, most).clip(lower_bound=_wide(0))
    return pl.when(whole <= _wide(most)).then(whole * _wide(scale)).reinterpret(dtype=dtype_of(result))


def to_worth(number: pl.Expr, given: Type, result: Type) -> pl.Expr:
    """Return a number exactly, rounded to the places of the result's type as an amount is, but below 0 too."""
    most = 10**AMOUNT_DIGITS - 1
    whole = _whole_places(number, given, result.places, most)
    return pl.when(whole.is_between(_wide(-most), _wide(most))).then(whole).reinterpret(dtype=dtype_of(result))


def _whole_places(number: pl.Expr, given: Type, places: int, most: int) -> pl.Expr:
    """Return a number in units of that many places; one that is beyond the most stays beyond it."""
    if given.kind is Kind.NUMBER:
        scaled = number * 10.0**places
        return AWAY.doubles(pl.when(scaled.is_finite()).then(scaled).clip(-1e30, 1e30)).cast(WIDE)
    exact = number.cast(WIDE) if given.kind is Kind.INTEGER else units(number)
    if given.places > places:
        return AWAY.units(exact, _wide(10 ** (given.places - places)))
    more = 10 ** (places - given.places)
    beyond = most // more + 1
    return exact.clip(_wide(-beyond), _wide(beyond)) * _wide(more)


def _wide(number: int) -> pl.Expr:
    return pl.lit(number, dtype=WIDE)
