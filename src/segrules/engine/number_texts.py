"""The texts of whole numbers, as their digits: these are looked up in small tables, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from segrules.engine.pieces import LookUp, together
from segrules.engine.styles import NumberStyle
from segrules.engine.whole_numbers import MOST_PLACES, WholeNumbers, fits, of_large
from segrules.explain.shown import LARGE

_MANY = 10_000
"""Numbers below it are looked up at once."""

_PLACES_BESIDE = 2
"""So many places are looked up together with the three digits before them."""

_NOTHING = ""
"""The last text of every table, for what is missing."""

_SIGNS = pl.Series(["", "-", _NOTHING])


def number_texts(numbers: WholeNumbers, style: NumberStyle, rows: int) -> list[LookUp] | None:
    """Return the parts of the texts of numbers that stand in so many rows; None for too many places.

    Where there are few between the least and the most, each has a text of its own.
    """
    between = numbers.most - numbers.least
    if between > max(rows // 8, 1_000):
        return _parts(numbers, numbers.number, style)
    each = pl.lit(pl.int_range(numbers.least, numbers.most + 1, dtype=pl.Int64(), eager=True))
    parts = _parts(numbers, each, style)
    if parts is None:
        return None
    texts = pl.select(together(parts, between + 1)).to_series()
    beyond = numbers.least - numbers.base
    return [LookUp(texts, numbers.above - beyond if beyond else numbers.above)]


def _parts(numbers: WholeNumbers, number: pl.Expr, style: NumberStyle) -> list[LookUp] | None:
    """Return the parts of the text of a number that is one of these, with its sign."""
    is_signed = numbers.least < 0
    size = _Digits(number.abs() if is_signed else number, numbers.places, max(-numbers.least, numbers.most))
    digits = size if numbers.as_styled else _styled(size, style)
    if digits is None:
        return None
    sign = LookUp(_SIGNS, ((number < 0) & (digits.whole > 0)).cast(pl.UInt32()))
    return [*([sign] if is_signed else []), *_pieces(digits, style)]


@dataclass(frozen=True, slots=True)
class _Digits:
    """Whole numbers without signs, of the last of their `places`, none of them above `most`."""

    whole: pl.Expr
    places: int
    most: int


def _styled(number: _Digits, style: NumberStyle) -> _Digits | None:
    """Return numbers as a style writes them, halves up; None for too many places."""
    places = max(number.places, 0) if style.places is None else style.places
    if places > MOST_PLACES or abs(places - number.places) > MOST_PLACES:
        return None
    found = _moved(number, places)
    if not style.cents_if_large or places <= 2:
        return found
    cents = _moved(number, 2).whole
    whole = of_large(found.whole >= LARGE * 10**places, cents, found.whole, places)
    return _Digits(whole, places, found.most + 10**places)


def _moved(number: _Digits, places: int) -> _Digits:
    step: int = 10 ** abs(places - number.places)
    if places < number.places:
        return _Digits((number.whole + step // 2) // step, places, number.most // step + 1)
    most = number.most * step
    return _Digits(number.whole.cast(fits(most)) * step if step > 1 else number.whole, places, most)


def _pieces(digits: _Digits, style: NumberStyle) -> Iterator[LookUp]:
    """Yield the parts of the texts of numbers."""
    number, places = digits.whole, digits.places
    strip, end = style.places is None, "%" if style.percent else ""
    beside = places if places <= _PLACES_BESIDE else 0
    units = number // 10 ** (places - beside) if places > beside else number
    size = 1000 * 10**beside
    yield from _above(units // size, digits.most // (1000 * 10**places), "," if style.comma else "")
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
    return pl.Series(["", *(f"{number:,}{end}" if end else f"{number}" for number in range(1, _MANY)), _NOTHING])


@lru_cache(maxsize=2)
def _group(end: str) -> pl.Series:
    """Return three digits: those with nothing above them, nothing for nought, then those with something."""
    first = [f"{number}{end}" if number else "" for number in range(1000)]
    return pl.Series([*first, *(f"{number:03}{end}" for number in range(1000)), _NOTHING])


@lru_cache(maxsize=16)
def _last_group(count: int, *, strip: bool, end: str) -> pl.Series:
    """Return three digits with places behind: those with nothing above them, then those with something."""
    digits = pl.DataFrame({"digits": [f"{number:{width}}" for width in ("", "03") for number in range(1000)]})
    behind = _places(count, strip=strip, end=end)[:-1].to_frame("places")
    both = digits.join(behind, how="cross", maintain_order="left_right")
    return pl.concat([both.select(pl.concat_str("digits", "places")).to_series(), pl.Series([_NOTHING])], rechunk=True)


@lru_cache(maxsize=16)
def _places(count: int, *, strip: bool, end: str) -> pl.Series:
    found = [f".{number:0{count}}" if count else "" for number in range(10**count)]
    return pl.Series([*((one.rstrip("0").rstrip(".") if strip else one) + end for one in found), _NOTHING])
