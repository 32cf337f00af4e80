"""Segmentations as written: rules, bands and decision tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from segrules.document.condition_text import ConditionText, ValidityText
from segrules.document.decision_table import DecisionTable
from segrules.document.written import Choice, Flag, Formula, Record, SegmentEntries, Sentence, TableBlock, Text

HitPolicyWord = Annotated[Choice, Literal["first", "unique", "any", "priority", "collect"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText(Record):
    """A rule: who is in the segment."""

    segment: Text
    """The segment that the rule gives."""
    when: Formula | ConditionText
    """Whom it gives it to."""
    id: Text | None = None
    """The rule's name in results; without it `segmentation.segment`."""
    because: Sentence | None = None
    """The reason told, with `{expression}` or `{expression:format}` holes."""
    note: Text | None = None
    """Anything worth knowing."""
    valid: ValidityText | None = None
    """When the rule is in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BandsText(Record):
    """Segments that cut a number."""

    exactly_one = ("from", "up_to")

    of: Formula
    """The number that is cut."""
    from_: SegmentEntries[Formula] | None = None
    """Each band's first number; the last band goes on for ever."""
    up_to: SegmentEntries[Formula] | None = None
    """Each band's last number; the first band begins anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFileText(Record):
    """A decision table in a file of its own."""

    file: Text
    """The CSV file, relative to the ruleset."""


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
    """Whether the rules stand highest first, so that segments can be compared."""
    rules: tuple[RuleText, ...] | None = None
    """The rules, in order."""
    bands: BandsText | None = None
    """The short spelling for segments that cut a number."""
    table: TableBlock | TableFileText | None = None
    """A decision table, its cells between bars, or the CSV file that holds one."""
    default: Text | tuple[Text, ...] | None = None
    """The segment of a row that nothing matched."""
    priority: tuple[Text, ...] | None = None
    """All segments, the one that wins first; for `hit_policy: priority`."""
    read: DecisionTable | None = None
