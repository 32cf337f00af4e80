"""How dates and times are spelt in data: ISO, or as a column's `date_format` says (strftime)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

ISO = "ISO"
ISO_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
ISO_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-5][0-9](?:\.[0-9]+)?)?"
ISO_OFFSET = r"(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)"

TIMES = re.compile("%[HMS]")

_DIGITS = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2}
_DIRECTIVE = re.compile(r"%(.)", re.DOTALL)
_ISO = re.compile(f"({ISO_DATE})(?:[T ]({ISO_TIME})({ISO_OFFSET})?)?")


def read_datetime(text: str, formats: Sequence[str], zone: ZoneInfo) -> datetime | None:
    """Return the moment that a text spells in one of the formats, as local time of `zone`; None if it spells none."""
    for spelt in formats:
        found = _read_iso(text) if spelt == ISO else _read_format(text, spelt)
        if found is not None:
            return local(found, zone)
    return None


def local(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return a moment as local time of `zone`, without an offset; None beyond the years 1 to 9999.

    One without an offset is local already.
    """
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return None


def at_midnight(moment: datetime) -> bool:
    """Whether a moment is the beginning of its day, so that it can stand for the date."""
    return not (moment.hour or moment.minute or moment.second or moment.microsecond)


def _read_iso(text: str) -> datetime | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    day, time, offset = match.groups()
    try:
        found = datetime.fromisoformat(f"{day}T{_microseconds(time)}" if time else day)
        return found if offset is None else found.replace(tzinfo=_zone(offset))
    except ValueError:
        return None


def _microseconds(time: str) -> str:
    """Return a time with six digits behind the second; further ones are dropped."""
    whole, _, fraction = time.partition(".")
    return f"{whole}.{fraction[:6].ljust(6, '0')}" if fraction else whole


def _zone(offset: str) -> timezone:
    if offset == "Z":
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-size if offset[0] == "-" else size)


def _read_format(text: str, spelt: str) -> datetime | None:
    pattern = digits_pattern(spelt)
    if pattern is not None and not re.fullmatch(pattern, text):
        return None
    try:
        return datetime.strptime(text, spelt)  # noqa: DTZ007 (without an offset it is local time)
    except ValueError:
        return None


@cache
def digits_pattern(spelt: str) -> str | None:
    """Return what texts of a format look like, as a regular expression, if it has only digits between fixed signs.

    A day may lack its leading zero only where something else than a digit parts it from the next.
    """
    parts = _DIRECTIVE.split(spelt)
    directives = parts[1::2]
    if "Y" not in directives or not set(directives) <= set(_DIGITS) or len(set(directives)) < len(directives):
        return None
    pattern = re.escape(parts[0])
    for directive, before, after in zip(directives, parts[:-2:2], parts[2::2], strict=True):
        alone = (before or directive == directives[0]) and (after or directive == directives[-1])
        least = 1 if alone and directive != "Y" else _DIGITS[directive]
        pattern += f"[0-9]{{{least},{_DIGITS[directive]}}}" + re.escape(after)
    return pattern
