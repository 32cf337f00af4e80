"""The extents of parts of days, and of how far days lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from segrules.lint.regions.calendar import AS_OF
from segrules.lint.regions.extents.extent import Extent
from segrules.lint.regions.extents.part import Part, Rule, are_apart, lack
from segrules.program.nodes import Call, Reference

_DAYS, _MONTHS = 500_000, 16_000
"""So far from a day that is not near an end of the calendar there surely are others."""


def part_of_a_day(last: int) -> Rule:
    """Return the rule for a number from 1 to a last one, of which any day gives every one."""

    def found(_: Call, parts: Sequence[Part]) -> Extent:
        day = parts[0].extent
        return Extent(Fraction(1), Fraction(last), day.is_endless, day.can_lack)

    return found


def day_of(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of the day of a moment: of any moment it is any."""
    moment = parts[0].extent
    return Extent(is_all=moment.is_endless, can_lack=moment.can_lack)


def days_between(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of the days from one to another."""
    return replace(_distance(parts), within=_DAYS)


def months_between(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of the months from one to another."""
    return replace(_distance(parts), within=_MONTHS)


def _distance(parts: Sequence[Part]) -> Extent:
    """Return the extent of a distance, which has no ends that are known.

    Any that is not too far comes out if one day is any, and the other, which has nothing to do with it, is any too or
    is far from the ends of the calendar.
    """
    days = [part.extent.is_endless for part in parts]
    are_known = all(is_any or _is_usual(part) for is_any, part in zip(days, parts, strict=True))
    return Extent(is_all=any(days) and are_known and are_apart(parts), can_lack=lack(parts))


def _is_usual(day: Part) -> bool:
    if isinstance(day.node, Reference) and day.node.name == AS_OF:
        return True
    value = day.written
    return isinstance(value, date) and is_usual(value)


def is_usual(day: date) -> bool:
    """Whether a day is far from the ends of the calendar, as that of an evaluation is."""
    return _DAYS < day.toordinal() < date.max.toordinal() - _DAYS
