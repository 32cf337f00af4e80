"""Places on an axis that is ordered: whole numbers for values that stand one after the other, else exact fractions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any

from segrules.language.types import Kind, Type
from segrules.language.values import MAX_DIGITS, MAX_INTEGER, MIN_INTEGER, Value

_TICK = timedelta(microseconds=1)
_UNITS = tuple(timedelta(**unit) // _TICK for unit in ({"days": 1}, {"hours": 1}, {"minutes": 1}, {"seconds": 1}))
_FIRST, _LAST = datetime.min, datetime.max  # noqa: DTZ901 - local time has no zone here
_USUAL = date(2026, 1, 1)
_ENDLESS = 1_000_000_000
"""So many values are as good as no end."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The places that values of a type have: `lowest` to `highest`, None where there is no end.

    `place` gives that of a value that such values are compared with, which may lie between two of them. With `gaps`
    only whole numbers are places. `value` is the inverse. Of what is no number, `steps` are distances of values that
    read well, and `usual` is where one of them lies. `width` is how many places a value takes that others are compared
    with: a day, among moments, is more than its first. Only a text may have no place: one that is not among the values.
    """

    place: Callable[[Any], Fraction]
    value: Callable[[Fraction], Value]
    gaps: bool
    lowest: Fraction | None
    highest: Fraction | None
    steps: tuple[int, ...] = ()
    usual: Fraction = Fraction(0)
    width: Callable[[Any], int] = lambda _: 0
    has: Callable[[Any], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class Stretch:
    """Places from `low` to `high`; None has no end, and an end that is `open` does not belong."""

    low: Fraction | None
    high: Fraction | None
    is_open: bool = False


def scale_of(kind: Type) -> Scale | None:
    """Return the scale of the values of a type, None if they have no order."""
    match kind.kind:
        case Kind.INTEGER:
            return Scale(_exact, int, True, Fraction(MIN_INTEGER), Fraction(MAX_INTEGER))
        case Kind.DECIMAL:
            return _decimals(kind.places)
        case Kind.NUMBER:
            return Scale(Fraction, float, False, None, None)
        case Kind.DATE:
            return _days()
        case Kind.DATETIME:
            return _moments()
        case Kind.STRING if kind.ordered and kind.values is not None:
            return _texts(kind.values)
        case _:
            return None


def _exact(number: float | Decimal) -> Fraction:
    """Return a number; a double is the number that it is written as, for that is the one that becomes it."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def _decimals(places: int) -> Scale:
    unit, end = 10**places, Fraction(10**MAX_DIGITS - 1)
    return Scale(
        lambda number: _exact(number) * unit, lambda at: Decimal(int(at)).scaleb(-places), True, -end, end,
    )  # fmt: skip


def _days() -> Scale:
    return Scale(
        lambda day: Fraction(day.toordinal()), lambda at: date.fromordinal(int(at)), True,
        Fraction(date.min.toordinal()), Fraction(date.max.toordinal()), (1,), Fraction(_USUAL.toordinal()),
    )  # fmt: skip


def _moments() -> Scale:
    return Scale(
        _tick, lambda at: _FIRST + int(at) * _TICK, True,
        Fraction(0), _tick(_LAST), (*_UNITS, 1), _tick(_USUAL),
        lambda value: 0 if isinstance(value, datetime) else _UNITS[0],
    )  # fmt: skip


def _texts(values: tuple[str, ...]) -> Scale:
    return Scale(
        lambda text: Fraction(values.index(text)), lambda at: values[int(at)], True,
        Fraction(0), Fraction(len(values) - 1), (1,), has=lambda text: text in values,
    )  # fmt: skip


def _tick(moment: date) -> Fraction:
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - nor has this
    return Fraction((moment - _FIRST) // _TICK)


def stretches(scale: Scale, cuts: Iterable[Fraction], low: Fraction | None, high: Fraction | None) -> list[Stretch]:
    """Return the stretches into which cuts divide a scale, lowest first; each cut is one by itself if it is a place.

    Nothing of the scale below `low` or above `high` belongs.
    """
    lowest = _tighter(scale.lowest, low, max)
    highest = _tighter(scale.highest, high, min)
    if scale.gaps:
        return list(_whole(sorted(cuts), lowest, highest))
    return list(_dense(sorted({*cuts, *(end for end in (lowest, highest) if end is not None)}), lowest, highest))


def _tighter(one: Fraction | None, other: Fraction | None, choose: Callable[..., Fraction]) -> Fraction | None:
    return choose(one, other) if one is not None and other is not None else one if other is None else other


def _whole(cuts: list[Fraction], lowest: Fraction | None, highest: Fraction | None) -> Iterator[Stretch]:
    assert lowest is not None
    assert highest is not None
    first, last = -floor(-lowest), floor(highest)
    starts = {floor(cut) + 1 for cut in cuts} | {int(cut) for cut in cuts if cut.denominator == 1}
    bounds = [first, *sorted(start for start in starts if first < start <= last), last + 1]
    for low, following in pairwise(bounds):
        if low < following:
            yield Stretch(Fraction(low), Fraction(following - 1))


def _dense(cuts: list[Fraction], lowest: Fraction | None, highest: Fraction | None) -> Iterator[Stretch]:
    cuts = [cut for cut in cuts if (lowest is None or cut >= lowest) and (highest is None or cut <= highest)]
    below = None if lowest is None else lowest
    for cut in cuts:
        if below is None or below < cut:
            yield Stretch(below, cut, is_open=True)
        yield Stretch(cut, cut)
        below = cut
    if highest is None:
        yield Stretch(below, None, is_open=True)


def count_of(scale: Scale, stretch: Stretch) -> int | None:
    """Return how many values lie in a stretch, None if there is as good as no end of them."""
    if stretch.low is None or stretch.high is None or (not scale.gaps and stretch.is_open):
        return None
    count = int(stretch.high - stretch.low) + 1
    return count if count < _ENDLESS else None


# Values that read well


def friendly(scale: Scale, stretch: Stretch) -> Value:
    """Return a value of a stretch that reads well: 0, 1, 2, 5 or 10, else the one with the fewest digits."""
    unit = Fraction(1) if scale.steps else scale.place(1)
    usual = (scale.usual,) if scale.steps else tuple(number * unit for number in (0, 1, 2, 5, 10))
    for at in usual:
        if _lies_in(stretch, at):
            return scale.value(at)
    low = None if stretch.low == scale.lowest else stretch.low
    high = None if stretch.high == scale.highest else stretch.high
    if high is not None and (low is None or (low < 0 and not scale.steps)):
        return scale.value(-_least(scale, Stretch(-high, None if low is None else -low, stretch.is_open), unit))
    return scale.value(_least(scale, Stretch(low, high, stretch.is_open), unit))


def _lies_in(stretch: Stretch, at: Fraction) -> bool:
    if stretch.is_open:
        return (stretch.low is None or stretch.low < at) and (stretch.high is None or at < stretch.high)
    return (stretch.low is None or stretch.low <= at) and (stretch.high is None or at <= stretch.high)


def _least(scale: Scale, stretch: Stretch, unit: Fraction) -> Fraction:
    """Return the place nearest the low end that is a multiple of the largest step, which is as good as the low end."""
    low = stretch.low or Fraction(0)
    for step in scale.steps or _powers(low, unit, scale.gaps):
        at = Fraction(-floor(-low / step) * step)
        if at == low and stretch.is_open:
            at += step
        # What is written 0.1 is a double above it, which may be the end itself.
        if _lies_in(stretch, at if scale.gaps else scale.place(scale.value(at))):
            return at
    return low if stretch.high is None else (low + stretch.high) / 2


def _powers(low: Fraction, unit: Fraction, whole: bool) -> Iterator[Fraction]:
    step = unit
    while step * 10 <= low:
        step *= 10
    for _ in range(60):
        yield step
        step /= 10
        if whole and step < 1:
            return
