"""Numbers of a column as text, all at once: their digits are looked up in small tables, a few at a time.

A number is taken as a whole number of its last place: 12.5 to two places as 1,250. Where that cannot be told to the
last digit (a double between two of them, more digits than a double holds) it is missing, for others to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from segrules.engine.pieces import LookUp
from segrules.engine.styles import NumberStyle
from segrules.explain.shown import LARGE
from segrules.language.types import Kind, Type

_LARGEST = 10**12
"""A double below it that is moved to its last place is less than `_NEAR` from where it would exactly be."""

_NEAR = 1e-3
_MOST_PLACES = 4
_MANY = 10_000
"""Numbers below it are looked up at once."""

_PLACES_BESIDE = 2
"""So many places are looked up together with the three digits before them."""


@dataclass(frozen=True, slots=True)
class Digits:
    """Numbers as whole numbers of the last of their `places`; where these are less than none, noughts are behind."""

    whole: pl.Expr
    places: int
    if_small: pl.Expr | None = None
    """A quicker way to have them, if the least and the largest are known and small."""


def exact(value: pl.Expr, kind: Type, *, percent: bool) -> Digits:
    """Return a column, if need be in percent, as whole numbers that are known to the last digit.

    Of doubles these are those with two places, of shares with four, as most are that people give.
    """
    if kind.kind is Kind.NUMBER:
        whole = _that_is_it(value, 4 if percent else 2)
        return Digits(_in_range(whole), 2, if_small=whole)
    units = value.to_physical() if kind.kind is Kind.DECIMAL else value
    places = kind.places - 2 if percent else kind.places
    return Digits(_in_range(units), places, if_small=units)


def styled(number: Digits, style: NumberStyle) -> Digits | None:
    """Return whole numbers without sign as a style writes them, halves up; None for too many places."""
    places = max(number.places, 0) if style.places is None else style.places
    if places > _MOST_PLACES or number.places - places > _MOST_PLACES:
        return None
    whole = _moved(number.whole, number.places, places)
    if style.cents_if_large and places > 2:
        whole = _of_large(whole >= LARGE * 10**places, _moved(number.whole, number.places, 2), whole, places)
    return Digits(whole, places)


def rounded(value: pl.Expr, style: NumberStyle) -> Digits | None:
    """Return a column of any doubles as whole numbers as a style writes them; None for too many places."""
    value = value * 100 if style.percent else value
    places = style.places if style.places is not None else style.rounded or _MOST_PLACES
    if places > _MOST_PLACES:
        return None
    is_exact = style.places is None and style.rounded is None
    whole = _in_range(_that_is_it(value, places)) if is_exact else _rounded(value, places)
    if not style.cents_if_large:
        return Digits(whole, places)
    cents = pl.when(whole.is_not_null()).then(_rounded(value, 2))
    return Digits(_of_large(value.abs() >= LARGE, cents, whole, places), places)


def _that_is_it(value: pl.Expr, places: int) -> pl.Expr:
    """Return doubles that have no more places as whole numbers, the others missing; large ones may be wrong."""
    return pl.when(value.round(places) == value).then((value * 10.0**places).round())


def _in_range(number: pl.Expr) -> pl.Expr:
    """Return numbers, missing where they are too large."""
    return pl.when(number.is_between(-_LARGEST, _LARGEST)).then(number)


def _rounded(value: pl.Expr, places: int) -> pl.Expr:
    """Return doubles to so many places as whole numbers, missing where it cannot be told to which side they go."""
    moved = value * 10.0**places
    near = moved.round()
    is_known = ((moved - near).abs() - 0.5).abs() > _NEAR
    return _in_range(pl.when(is_known).then(near)).cast(pl.Int64())


def _of_large(is_large: pl.Expr, cents: pl.Expr, whole: pl.Expr, places: int) -> pl.Expr:
    """Return whole numbers of at least two places, large ones with no more unless both would be nought."""
    return pl.when(is_large & (cents.is_null() | (cents % 100 != 0))).then(cents * 10 ** (places - 2)).otherwise(whole)


def _moved(number: pl.Expr, given: int, places: int) -> pl.Expr:
    step: int = 10 ** abs(places - given)
    return number * step if places >= given else (number + step // 2) // step


def pieces(number: pl.Expr, places: int, most: int, style: NumberStyle) -> Iterator[LookUp]:
    """Yield the parts of the texts of whole numbers, none of them above `most`, without their signs."""
    strip, end = style.places is None, "%" if style.percent else ""
    beside = places if places <= _PLACES_BESIDE else 0
    units = number // 10 ** (places - beside) if places > beside else number
    size = 1000 * 10**beside
    yield from _above(units // size, most // (1000 * 10**places), "," if style.comma else "")
    yield LookUp(_last_group(beside, strip=strip, end="" if places > beside else end), _within(units, size))
    if places > beside:
        yield LookUp(_places(places, strip=strip, end=end), number % 10**places)


def _above(number: pl.Expr, most: int, end: str) -> Iterator[LookUp]:
    """Yield the groups of three digits of a number, none of them above `most`; of nought there are none."""
    if most >= _MANY:
        yield from _above(number // 1000, most // 1000, end)
        yield LookUp(_group(end), _within(number, 1000))
    elif most:
        yield LookUp(_groups(end), number)


def _within(number: pl.Expr, size: int) -> pl.Expr:
    """Return a number that is below a size; of others how much they are above a multiple of it, and once the size."""
    return pl.when(number < size).then(number).otherwise(number % size + size)


@lru_cache(maxsize=2)
def _groups(end: str) -> pl.Series:
    """Return small numbers, nothing for nought."""
    return pl.Series(["", *(f"{number:,}{end}" if end else f"{number}" for number in range(1, _MANY))])


@lru_cache(maxsize=2)
def _group(end: str) -> pl.Series:
    """Return three digits: those with nothing above them, nothing for nought, then those with something."""
    first = [f"{number}{end}" if number else "" for number in range(1000)]
    return pl.Series([*first, *(f"{number:03}{end}" for number in range(1000))])


@lru_cache(maxsize=16)
def _last_group(count: int, *, strip: bool, end: str) -> pl.Series:
    """Return three digits with places behind: those with nothing above them, then those with something."""
    digits = [f"{number:{width}}" for width in ("", "03") for number in range(1000)]
    behind = _places(count, strip=strip, end=end).to_frame("places")
    both = pl.DataFrame({"digits": digits}).join(behind, how="cross", maintain_order="left_right")
    return both.select(pl.concat_str("digits", "places")).to_series()


@lru_cache(maxsize=16)
def _places(count: int, *, strip: bool, end: str) -> pl.Series:
    found = [f".{number:0{count}}" if count else "" for number in range(10**count)]
    return pl.Series([(one.rstrip("0").rstrip(".") if strip else one) + end for one in found])
