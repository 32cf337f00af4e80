"""A ruleset file as written, and a file that rulesets import; the JSON Schema is generated from these classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

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
    Words,
)

LanguageVersion = Annotated[Choice, Words({"1": "The first version, and the only one so far."})]
AllocationWord = Annotated[
    Choice,
    Words(
        {
            "greedy": "Each budget and limit goes down its own ranking until it is gone.",
            "optimise": "The set of grants with the highest total value that all budgets and limits allow.",
        }
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterText(Record):
    """A constant: its value, values by day, or a value with what else is known of it."""

    value: ConstantText | tuple[ConstantText, ...] | Dated[ConstantText | tuple[ConstantText, ...]]
    """The constant, a list of them, or values by the day from which they hold.

    value: 250_000
    value: {2025-01-01: 200_000, 2026-01-01: 250_000}
    """
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    unit: Text | None = None
    """What is counted, such as `USD` or `days`.

    unit: USD
    """
    type: TypeName | None = None
    """The type, when the value alone does not say it.

    type: decimal(2)
    """


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
    """Files with what this one needs, relative to it.

    imports: [countries.yaml]
    """
    tables: Entries[TableText] = ()
    """What data looks like before any rule reads it; sample files are relative to this file.

    tables:
      products:
        key: sku
        columns: {sku: string, line: string}
    """
    parameters: Parameters = ()
    """Constants with names.

    parameters:
      mdf_rate: 2%
      dach: [Germany, Austria, Switzerland]
    """
    metrics: Entries[Formula | ComputedText] = ()
    """Values that are worked out for every row of the entity of the ruleset that imports them.

    metrics:
      revenue_12m: sum(deals.amount where deals.closed_on in last 12 months)
    """
    kinds: tuple[Word, ...] = ()
    """Further kinds of treatments.

    kinds: [recognition]
    """
    groups: Entries[GroupText] = ()
    """How treatments of one group combine.

    groups:
      rebates: {stacking: best}
    """
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """An import of a ruleset's own file, and where it leads: the file that it names, and what that imports in turn.

    `kinds` are the kinds of treatments that these files declare.
    """

    written: Text
    files: tuple[Source, ...]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesetText(Record):
    """A ruleset: who is in which segment, and why.

    `unread` are words in what could not be read. That was reported; a name among them may well be declared there, and
    its use is no mistake of its own. Where a file that it imports could not be read at all, it is not `whole`, and any
    name may be declared there. `imported` are the files that could be, and `ways` say by which import they came.
    """

    segrules: LanguageVersion
    """The version of the language: 1."""
    ruleset: Word
    """The ruleset's name.

    ruleset: acme_partner_programme
    """
    entity: Word
    """The table whose rows are sorted into segments.

    entity: partners
    """
    title: Text | None = None
    """What people call it."""
    objective: Text | None = None
    """What it is for.

    objective: Put training and marketing money where it earns most.
    """
    owner: Text | None = None
    """Who answers for it.

    owner: partner-operations
    """
    note: Text | None = None
    """Anything worth knowing."""
    timezone: Text | None = None
    """The time zone in which dates and times are read, such as `Europe/Berlin`; default UTC.

    timezone: Europe/Berlin
    """
    tables: Entries[TableText] = ()
    """What data looks like before any rule reads it.

    tables:
      partners:
        key: partner_id
        columns:
          partner_id: string
          region: {type: string, values: [NA, EMEA, APAC]}
          joined_on: date
    """
    parameters: Parameters = ()
    """Constants with names.

    parameters:
      gold_revenue: {2025-01-01: 200_000, 2026-01-01: 250_000}
      mdf_rate: 2%
    """
    metrics: Entries[Formula | ComputedText] = ()
    """Values that are worked out for every row of the entity.

    metrics:
      revenue_12m: sum(deals.amount where deals.closed_on in last 12 months)
      tenure_months: months_between(joined_on, as_of)
    """
    scorecards: Entries[ScorecardText] = ()
    """Points that add up to scores, for every row of the entity.

    scorecards:
      capability:
        terms:
          skilling: {points: 40, value: certifications, target: 20}
    """
    segmentations: Entries[SegmentationText] = ()
    """The ways of sorting the entity's rows.

    segmentations:
      tier:
        hit_policy: first
        rules:
          - {segment: gold, when: revenue_12m >= 250_000}
        default: registered
    """
    imports: tuple[Text, ...] = ()
    """Files with shared tables, parameters and metrics, relative to this one.

    imports: [../shared/products.yaml]
    """
    suppress: Formula | ConditionText | None = None
    """Who gets nothing, whatever the rules say: no treatment where it is true or unknown.

    suppress: opted_out
    """
    treatments: tuple[TreatmentText, ...] = ()
    """What a row gets.

    treatments:
      - treatment: mdf_fund
        kind: marketing_support
        when: tier = 'gold'
    """
    kinds: tuple[Word, ...] = ()
    """Further kinds of treatments.

    kinds: [recognition]
    """
    groups: Entries[GroupText] = ()
    """How treatments of one group combine.

    groups:
      rebates: {stacking: best}
    """
    allocation: AllocationWord | None = None
    """How budgets and limits are shared out: `greedy`, down a ranking, or `optimise`, for the highest total value."""
    unread: frozenset[str] = frozenset()
    whole: bool = True
    imported: tuple[Source, ...] = ()
    ways: tuple[Way, ...] = ()
