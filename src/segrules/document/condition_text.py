"""Conditions as written, and the days on which something is in force."""

from __future__ import annotations

from dataclasses import dataclass

from segrules.document.written import Day, Formula, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeastText(Record):
    """True when so many of the conditions are."""

    count: Formula
    """How many must be true."""
    of: tuple[Formula | ConditionText, ...]
    """The conditions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionText(Record):
    """Conditions put together."""

    exactly_one = ("all", "any", "none", "at_least")

    all: tuple[Formula | ConditionText, ...] | None = None
    """True when every one is."""
    any: tuple[Formula | ConditionText, ...] | None = None
    """True when one is."""
    none: tuple[Formula | ConditionText, ...] | None = None
    """True when none is."""
    at_least: AtLeastText | None = None
    """True when so many are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidityText(Record):
    """When a rule is in force; both days belong."""

    from_: Day | None = None
    """The first day."""
    until: Day | None = None
    """The last day."""
