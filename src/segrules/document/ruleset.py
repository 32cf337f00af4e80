"""A ruleset file as written, and a file that rulesets import; the JSON Schema is generated from these classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from segrules.diagnostics.source import Source
from segrules.document.condition_text import ConditionText
from segrules.document.scorecard_text import ScorecardText
from segrules.document.segmentation_text import SegmentationText
from segrules.document.table_text import ComputedText, TableText
from segrules.document.treatment_text import GroupText, TreatmentText
from segrules.document.written import (
    Choice,
    ConstantText,
    Dated,
    Entries,
    Formula,
    Record,
    Text,
    TypeName,
    Word,
)

LanguageVersion = Annotated[Choice, Literal["1"]]
AllocationWord = Annotated[Choice, Literal["greedy", "optimise"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterText(Record):
    """A constant with more than its value."""

    value: ConstantText | tuple[ConstantText, ...] | Dated[ConstantText | tuple[ConstantText, ...]]
    """The constant, a list of them, or values by the day from which they hold."""
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    unit: Text | None = None
    """What is counted, such as `USD` or `days`."""
    type: TypeName | None = None
    """The type, when the value alone does not say it."""


Parameters = Entries[
    ConstantText | tuple[ConstantText, ...] | ParameterText | Dated[ConstantText | tuple[ConstantText, ...]]
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportText(Record):
    """What rulesets share: tables, parameters and metrics, kinds and groups of treatments."""

    segrules: LanguageVersion
    """The version of the language: 1."""
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    imports: tuple[Text, ...] = ()
    """Files with what this one needs, relative to it."""
    tables: Entries[TableText] = ()
    """What data looks like before any rule reads it; sample files are relative to this file."""
    parameters: Parameters = ()
    """Constants with names."""
    metrics: Entries[Formula | ComputedText] = ()
    """Values that are worked out for every row of the entity of the ruleset that imports them."""
    kinds: tuple[Word, ...] = ()
    """Further kinds of treatments."""
    groups: Entries[GroupText] = ()
    """How treatments of one group combine."""
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesetText(Record):
    """A ruleset: who is in which segment, and why.

    `unread` are words in what could not be read. That was reported; a name among them may well be declared there, and
    its use is no mistake of its own. Where a file that it imports could not be read at all, it is not `whole`, and any
    name may be declared there. `imported` are the files that could be.
    """

    segrules: LanguageVersion
    """The version of the language: 1."""
    ruleset: Word
    """The ruleset's name."""
    entity: Word
    """The table whose rows are sorted into segments."""
    title: Text | None = None
    """What people call it."""
    objective: Text | None = None
    """What it is for."""
    owner: Text | None = None
    """Who answers for it."""
    note: Text | None = None
    """Anything worth knowing."""
    timezone: Text | None = None
    """The time zone in which dates and times are read, such as `Europe/Berlin`; default UTC."""
    tables: Entries[TableText] = ()
    """What data looks like before any rule reads it."""
    parameters: Parameters = ()
    """Constants with names."""
    metrics: Entries[Formula | ComputedText] = ()
    """Values that are worked out for every row of the entity."""
    scorecards: Entries[ScorecardText] = ()
    """Points that add up to scores, for every row of the entity."""
    segmentations: Entries[SegmentationText] = ()
    """The ways of sorting the entity's rows."""
    imports: tuple[Text, ...] = ()
    """Files with shared tables, parameters and metrics, relative to this one."""
    suppress: Formula | ConditionText | None = None
    """Who gets nothing, whatever the rules say: no treatment where it is true or unknown."""
    treatments: tuple[TreatmentText, ...] = ()
    """What a row gets."""
    kinds: tuple[Word, ...] = ()
    """Further kinds of treatments."""
    groups: Entries[GroupText] = ()
    """How treatments of one group combine."""
    allocation: AllocationWord | None = None
    """How budgets and limits are shared out: `greedy`, down a ranking, or `optimise`, for the highest total value."""
    unread: frozenset[str] = frozenset()
    whole: bool = True
    imported: tuple[Source, ...] = ()
