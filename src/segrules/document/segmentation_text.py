"""Segmentations as written: rules, bands and decision tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from segrules.document.condition_text import ConditionText, ValidityText
from segrules.document.decision_table import DecisionTable
from segrules.document.written import Choice, Flag, Formula, Record, SegmentEntries, Sentence, TableBlock, Text, Words

HitPolicyWord = Annotated[
    Choice,
    Words(
        {
            "first": "The first rule that matches, in the order of the file.",
            "unique": "At most one rule may match; two are a conflict, and the row gets no segment.",
            "any": "Several rules may match if they agree on the segment and the outputs; otherwise it is a conflict.",
            "priority": "Of the segments that match, the one that stands first in the list of priority.",
            "collect": "Every segment that matches, each once, in the order of the file: a list, perhaps empty.",
        }
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText(Record):
    """A rule: who is in the segment."""

    segment: Text
    """The segment that the rule gives.

    segment: gold
    """
    when: Formula | ConditionText
    """Whom it gives it to.

    when: revenue_12m >= 250_000 and csat >= 4
    when:
      all:
        - revenue_12m >= 250_000
        - any: [csat >= 4, certifications >= 6]
    """
    id: Text | None = None
    """The rule's name in results; without it `segmentation.segment`.

    id: fast_start
    """
    because: Sentence | None = None
    """The reason told, with `{expression}` or `{expression:format}` holes.

    because: "{revenue_12m:,.0f} USD in 12 months"
    """
    note: Text | None = None
    """Anything worth knowing."""
    valid: ValidityText | None = None
    """When the rule is in force.

    valid: {from: 2026-01-01, until: 2026-12-31}
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class BandsText(Record):
    """Segments that cut a number."""

    exactly_one = ("from", "up_to")

    of: Formula
    """The number that is cut.

    of: employees
    """
    from_: SegmentEntries[Formula] | None = None
    """Each band's first number; the last band goes on for ever.

    from: {micro: 0, small: 10, medium: 50, large: 250}
    """
    up_to: SegmentEntries[Formula] | None = None
    """Each band's last number; the first band begins anywhere.

    up_to: {A: 80%, B: 95%}
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFileText(Record):
    """A decision table in a file of its own."""

    file: Text
    """The CSV file, relative to the ruleset.

    file: tables/rfm.csv
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentationText(Record):
    """A way of sorting the entity's rows into segments. `read` is its decision table, as far as it can be read."""

    exactly_one = ("rules", "bands", "table")
    calls_for: ClassVar[Mapping[str, str]] = {"rules": "hit_policy", "table": "hit_policy"}
    only_with: ClassVar[Mapping[str, tuple[str, str]]] = {"priority": ("hit_policy", "priority")}

    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    hit_policy: HitPolicyWord | None = None
    """What several rules that match mean."""
    ordered: Flag | None = None
    """Whether the rules stand highest first, so that segments can be compared.

    ordered: true
    """
    rules: tuple[RuleText, ...] | None = None
    """The rules, in order.

    rules:
      - {segment: gold, when: revenue_12m >= 250_000}
      - {segment: silver, when: revenue_12m >= 50_000}
    """
    bands: BandsText | None = None
    """The short spelling for segments that cut a number.

    bands: {of: employees, from: {micro: 0, small: 10, medium: 50, large: 250}}
    """
    table: TableBlock | TableFileText | None = None
    """A decision table, its cells between bars, or the CSV file that holds one.

    table: |
      r    | f    | segment   | discount
      4..5 | 4..5 | champions | 15%
      >= 3 | -    | promising | 5%
      -    | -    | other     | 0%
    table: {file: tables/rfm.csv}
    """
    default: Text | tuple[Text, ...] | None = None
    """The segment of a row that nothing matched.

    default: registered
    """
    priority: tuple[Text, ...] | None = None
    """All segments, the one that wins first; for `hit_policy: priority`.

    priority: [named_manager, partner_desk, self_service]
    """
    read: DecisionTable | None = None
