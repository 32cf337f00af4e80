"""Treatments as written: what a row gets, when, for how much, and how money and places are shared out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from segrules.document.condition_text import ConditionText, ValidityText
from segrules.document.written import (
    Choice,
    Entries,
    Flag,
    Formula,
    Record,
    SegmentEntries,
    Sentence,
    Text,
    Word,
    Words,
)

StackingWord = Annotated[
    Choice,
    Words(
        {
            "all": "A row gets all of them.",
            "first": "A row gets the one that stands first in the file.",
            "best": "A row gets the one with the largest amount.",
            "capped_sum": "A row gets them in the order of the file up to the cap; the one that crosses it is reduced.",
        }
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountText(Record):
    """How much a row gets."""

    value: Formula
    """The expression that works it out; below 0 it is 0.

    value: mdf_rate * revenue_12m
    """
    unit: Text | None = None
    """What is counted, such as `USD` or `days`; without it the unit of the value.

    unit: USD
    """
    places: Formula | None = None
    """The decimal places to which it is rounded, halves away from zero, before anything counts it; default 2.

    places: 0
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetText(Record):
    """Money that is shared out down a ranking, until it is gone."""

    total: Formula | SegmentEntries[Formula]
    """All the money there is; with `per` each value has so much, or its own amount by its name.

    total: 500_000
    total: {EMEA: 300_000, NA: 200_000}
    """
    rank_by: Formula | tuple[Formula, ...] | None = None
    """Who comes first: an expression, or a list of them, the smallest first unless it says `descending`.

    rank_by: cloud_share descending
    rank_by: [cloud_share descending, joined_on]
    """
    per: Word | None = None
    """The column, metric or segmentation whose values have a budget each.

    per: region
    """
    partial: Flag | None = None
    """Whether the first that does not fit takes what is left.

    partial: true
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitText(Record):
    """Places that are given out down a ranking, until they are gone."""

    count: Formula | SegmentEntries[Formula]
    """How many rows get it; with `per` so many of each value, or each its own number by its name.

    count: 5
    count: {EMEA: 3, NA: 2}
    """
    rank_by: Formula | tuple[Formula, ...] | None = None
    """Who comes first: an expression, or a list of them, the smallest first unless it says `descending`.

    rank_by: capability descending
    rank_by: [capability descending, joined_on]
    """
    per: Word | None = None
    """The column, metric or segmentation whose values have a limit each.

    per: region
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentText(Record):
    """A treatment: what a row gets."""

    treatment: Word
    """The treatment's name.

    treatment: mdf_fund
    """
    kind: Word
    """What sort of thing it is: `incentive`, `training`, `pricing` and the like, or one of `kinds`.

    kind: incentive
    kind: training
    kind: marketing_support
    kind: pricing
    kind: support
    kind: communication
    kind: access
    """
    when: Formula | ConditionText
    """Who is eligible for it.

    when: tier = 'gold' and not opted_out
    """
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    amount: AmountText | None = None
    """How much a row gets.

    amount: {value: mdf_rate * revenue_12m, unit: USD}
    """
    attributes: Entries[Sentence] = ()
    """What else belongs to it: constants, or texts with `{expression}` holes; one hole alone keeps its type.

    attributes: {discount: 15%, goal: "{1.1 * revenue_12m}"}
    """
    valid: ValidityText | None = None
    """When it is in force.

    valid: {from: 2026-01-01, until: 2026-12-31}
    """
    owner: Text | None = None
    """Who answers for it.

    owner: partner-marketing
    """
    channel: Text | None = None
    """By which way it reaches people.

    channel: email
    """
    group: Word | None = None
    """The group of treatments that it combines with.

    group: rebates
    """
    budget: BudgetText | None = None
    """The money that there is for it.

    budget: {total: 500_000, rank_by: cloud_share descending}
    """
    limit: LimitText | None = None
    """How many rows get it.

    limit: {count: 5, rank_by: capability descending, per: region}
    """
    holdout: Formula | None = None
    """The share of rows that a stable hash keeps out as a control group, such as `10%`.

    holdout: 10%
    """
    requires: Word | tuple[Word, ...] | None = None
    """Treatments that a row must get to get this one.

    requires: mdf_fund
    """
    excludes: Word | tuple[Word, ...] | None = None
    """Treatments that a row does not get when it is eligible for this one.

    excludes: newsletter
    """
    value: Formula | None = None
    """What it is worth to give it; for `allocation: optimise`.

    value: 0.3 * revenue_12m
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupText(Record):
    """How treatments of one group combine."""

    only_with: ClassVar[Mapping[str, tuple[str, str]]] = {"cap": ("stacking", "capped_sum")}

    stacking: StackingWord
    """`all` of them, the `first` in the file, the `best` one, or as many as a cap allows (`capped_sum`)."""
    cap: Formula | None = None
    """The most that one row gets from the group; for `stacking: capped_sum`.

    cap: 5_000
    """
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
