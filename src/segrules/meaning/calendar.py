"""Dates: months that clamp to their last day, whole days and months between two moments, windows."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import Any

from segrules.language.values import Duration
from segrules.meaning.logic import Truth, conjunction

Moment = date | datetime

_DAY = timedelta(days=1)


def later(moment: Moment, duration: Duration) -> Moment | None:
    """Return a moment so much later: months first, clamped to the month's last day, then days."""
    moved = _months_later(moment, duration.months)
    try:
        return None if moved is None else moved + timedelta(days=duration.days)
    except OverflowError:
        return None


def earlier(moment: Moment, duration: Duration) -> Moment | None:
    """Return a moment so much earlier, months first."""
    return later(moment, Duration(-duration.months, -duration.days))


def _months_later(moment: Moment, months: int) -> Moment | None:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def months_between(start: Moment, end: Moment) -> int:
    """Return the most months that can be added to `start` without passing `end`; backwards, that much below zero."""
    if start > end:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    reached = _months_later(start, months)
    return months if reached is not None and reached <= end else months - 1


def days_between(start: Any, end: Any) -> int:
    """Return the whole days from `start` to `end`, of 24 hours on datetimes, cut off towards zero."""
    apart: timedelta = abs(end - start)
    return apart // _DAY if end >= start else -(apart // _DAY)


def in_last(day: date | None, as_of: date, duration: Duration) -> Truth:
    """Return whether a day is after `as_of` less the duration, and not after `as_of`."""
    return _after_until(earlier(as_of, duration), day, as_of)


def in_next(day: date | None, as_of: date, duration: Duration) -> Truth:
    """Return whether a day is after `as_of`, and not after `as_of` and the duration."""
    return _after_until(as_of, day, later(as_of, duration))


def _after_until(start: date | None, day: date | None, end: date | None) -> Truth:
    after = None if start is None or day is None else start < day
    until = None if end is None or day is None else day <= end
    return conjunction([after, until])


def day_of(moment: Moment) -> date:
    """Return the day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


def quarter(moment: Moment) -> int:
    """Return the quarter of the year, 1 to 4."""
    return (moment.month + 2) // 3
