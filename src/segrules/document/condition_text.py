"""Conditions as written, and the days on which something is in force."""

from __future__ import annotations

from dataclasses import dataclass

from segrules.document.written import Day, Formula, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeastText(Record):
    """True when so many of the conditions are."""

    count: Formula
    """How many must be true.

    count: 2
    """
    of: tuple[Formula | ConditionText, ...]
    """The conditions.

    of: [csat >= 4, certifications >= 6, lines_sold >= 3]
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionText(Record):
    """Conditions put together."""

    exactly_one = ("all", "any", "none", "at_least")

    all: tuple[Formula | ConditionText, ...] | None = None
    """True when every one is.

    all:
      - revenue_12m >= 250_000
      - csat >= 4
    """
    any: tuple[Formula | ConditionText, ...] | None = None
    """True when one is.

    any: [cloud_share > 40%, specialisms contains 'cloud']
    """
    none: tuple[Formula | ConditionText, ...] | None = None
    """True when none is.

    none: [opted_out, region = 'NA']
    """
    at_least: AtLeastText | None = None
    """True when so many are.

    at_least:
      count: 2
      of: [csat >= 4, certifications >= 6, lines_sold >= 3]
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidityText(Record):
    """When a rule is in force; both days belong."""

    from_: Day | None = None
    """The first day.

    from: 2026-01-01
    """
    until: Day | None = None
    """The last day.

    until: 2026-12-31
    """
