"""Scorecards as written: terms that give points, floors, and the best of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from segrules.document.condition_text import ConditionText
from segrules.document.written import Entries, Formula, Record, SegmentEntries, Text, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class TermBandsText(Record):
    """Points by the size of a number."""

    of: Formula
    """The number that is looked at.

    of: certifications
    """
    points: SegmentEntries[Formula]
    """The points from each number on; below the first there are none.

    points: {5: 10, 20: 40}
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class TermText(Record):
    """A term of a scorecard: so many points for so much."""

    exactly_one = ("value", "when", "bands")
    calls_for: ClassVar[Mapping[str, str]] = {"value": "target", "target": "points", "when": "points"}

    points: Formula | None = None
    """The most points that it gives.

    points: 40
    """
    value: Formula | None = None
    """The number that is held against the target; a part of it gives a part of the points.

    value: certifications
    """
    target: Formula | None = None
    """The value from which on all points are given.

    target: 20
    """
    when: Formula | ConditionText | None = None
    """A condition that gives all points or none.

    when: specialisms contains 'cloud'
    """
    bands: TermBandsText | None = None
    """Points by the size of a number.

    bands: {of: certifications, points: {5: 10, 20: 40}}
    """
    missing: Formula | None = None
    """The points where the value is missing; without it the whole score is missing then.

    missing: 0
    """
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardText(Record):
    """Points that add up to a score."""

    exactly_one = ("terms", "best_of")

    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    terms: Entries[TermText] | None = None
    """What gives points.

    terms:
      skilling: {points: 40, value: certifications, target: 20}
      success: {points: 30, value: csat - 3, target: 2}
    """
    floors: Formula | tuple[Formula, ...] | None = None
    """What must hold for the score to qualify, on terms by name, or `every term > 0`.

    floors: every term > 0
    floors: [skilling > 10, success > 0]
    """
    best_of: tuple[Word, ...] | None = None
    """Scorecards of which the one with the highest score is taken, of those that qualify if there are any.

    best_of: [capability, services]
    """
