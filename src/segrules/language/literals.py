"""What a written literal stands for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from segrules.language.values import MAX_DIGITS, MAX_PLACES, Duration, Value
from segrules.language.words import CONSTANTS

A_DAY = "write a day of the calendar, year first"
MAX_MONTHS = 9999 * 12
MAX_DAYS = 9999 * 366


class Unreadable(ValueError):
    """A literal that looks right and stands for nothing; it says why and what to do, in the author's words."""

    def __init__(self, reason: str, way_out: str) -> None:
        super().__init__(reason, way_out)


def read(kind: str, text: str) -> Value:
    """Return the value of a literal of a kind of token, or raise `Unreadable`."""
    return _READERS[kind](text)


def read_number(text: str) -> int | Decimal:
    """Return a whole number, or a number with the places that are written: `1_000`, `2.50`."""
    digits = text.replace("_", "")
    whole, _, places = digits.partition(".")
    if len(whole) + len(places) > MAX_DIGITS:
        raise Unreadable(f"a number has at most {MAX_DIGITS} digits", "write a shorter one")
    if len(places) > MAX_PLACES:
        raise Unreadable(f"a number has at most {MAX_PLACES} decimal places", "write fewer places")
    return Decimal(digits) if places else int(digits)


def read_percent(text: str) -> Decimal:
    """Return a percent as the exact number that it is, with two places more than written: `30%` is 0.30."""
    number = read_number(text.rstrip("% \t"))
    return Decimal(f"{number}e-2")


def read_text(text: str) -> str:
    """Return what stands between the quotes; a doubled quote is one."""
    quote = text[0]
    return text[1:-1].replace(quote * 2, quote)


def read_date(text: str) -> date:
    """Return a day written as `2026-01-31`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"there is no day `{text}`", A_DAY) from None


def read_datetime(text: str) -> datetime:
    """Return a day and a time written as `2026-01-31T12:50`, with seconds and their fraction if need be."""
    read_date(text[:10])
    try:
        return datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        raise Unreadable(f"there is no time `{text[11:]}`", "write a time from 00:00 to 23:59") from None


def read_duration(text: str) -> Duration:
    """Return a duration: `90 days`, `2 quarters`."""
    written, unit = text.split()
    count = int(written.replace("_", "")[:MAX_DIGITS])
    in_months, in_days = _UNITS[unit.rstrip("s")]
    duration = Duration(months=count * in_months, days=count * in_days)
    if duration.months > MAX_MONTHS or duration.days > MAX_DAYS:
        raise Unreadable("a stretch of time is at most 9999 years long", "write a shorter one")
    return duration


_UNITS = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "quarter": (3, 0), "year": (12, 0)}

_READERS: dict[str, Callable[[str], Value]] = {
    "NUMBER": read_number,
    "PERCENT": read_percent,
    "TEXT": read_text,
    "DATE": read_date,
    "DATETIME": read_datetime,
    "DURATION": read_duration,
    "CONSTANT": CONSTANTS.__getitem__,
}
