"""Dates and datetimes: calendar arithmetic that clamps to the end of a month, whole days and months between."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl

from segrules.backends.polars.dtypes import known
from segrules.language.types import Kind, Type
from segrules.language.values import Duration

_FIRST = {Kind.DATE: date.min, Kind.DATETIME: datetime.min}  # noqa: DTZ901 (local)
_LAST = {Kind.DATE: date.max, Kind.DATETIME: datetime.max}  # noqa: DTZ901 (local)
_ALL_MONTHS = 12 * 9_999
_ALL_DAYS = 366 * 9_999


def moved(moment: pl.Expr, kind: Type, duration: Duration, sign: int) -> pl.Expr:
    """Return a moment moved by a duration, months first; outside the years 1 to 9999 it is missing."""
    if duration.months:
        months = max(-_ALL_MONTHS, min(sign * duration.months, _ALL_MONTHS))
        moment = _in_calendar(moment.dt.offset_by(f"{months}mo"), kind)
    if duration.days:
        days = max(-_ALL_DAYS, min(sign * duration.days, _ALL_DAYS))
        moment = _in_calendar(moment.dt.offset_by(f"{days}d"), kind)
    return moment


def _in_calendar(moment: pl.Expr, kind: Type) -> pl.Expr:
    return pl.when(moment.is_between(pl.lit(_FIRST[kind.kind]), pl.lit(_LAST[kind.kind]))).then(moment)


def days_between(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Return the whole days from start to end, of 24 hours, cut off towards zero."""
    return (end - start).dt.total_days()


def months_between(start: pl.Expr, end: pl.Expr, kind: Type) -> pl.Expr:
    """Return the most months that can be added to start without passing end; backwards, that much below zero."""
    months = (_year(end) - _year(start)) * 12 + _month(end) - _month(start)
    forward = months - (~_reached(start, end, kind)).cast(pl.Int64())
    backward = months + (~_reached(end, start, kind)).cast(pl.Int64())
    return pl.when(start <= end).then(forward).otherwise(backward)


def _reached(start: pl.Expr, end: pl.Expr, kind: Type) -> pl.Expr:
    """Whether start, put into the month of end and clamped to its last day, is not after end."""
    day, last = known(end.dt.day()), known(end.dt.days_in_month())
    clamped = pl.min_horizontal(known(start.dt.day()), last)
    if kind.kind is Kind.DATE:
        return clamped <= day
    return (clamped < day) | ((clamped == day) & (known(start.dt.time()) <= known(end.dt.time())))


def _year(moment: pl.Expr) -> pl.Expr:
    return known(moment.dt.year().cast(pl.Int64()))


def _month(moment: pl.Expr) -> pl.Expr:
    return known(moment.dt.month().cast(pl.Int64()))


def window(day: pl.Expr, start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Return whether a day is after the start and not after the end."""
    return (day > start) & (day <= end)
