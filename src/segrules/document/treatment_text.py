"""Treatments as written: what a row gets, when, for how much, and how money and places are shared out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

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
)

StackingWord = Annotated[Choice, Literal["all", "first", "best", "capped_sum"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountText(Record):
    """How much a row gets."""

    value: Formula
    """The expression that works it out; below 0 it is 0."""
    unit: Text | None = None
    """What is counted, such as `USD` or `days`; without it the unit of the value."""
    places: Formula | None = None
    """The decimal places to which it is rounded, halves away from zero, before anything counts it; default 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetText(Record):
    """Money that is shared out down a ranking, until it is gone."""

    total: Formula | SegmentEntries[Formula]
    """All the money there is; with `per` each value has so much, or its own amount by its name."""
    rank_by: Formula | tuple[Formula, ...] | None = None
    """Who comes first: an expression, or a list of them, the smallest first unless it says `descending`."""
    per: Word | None = None
    """The column, metric or segmentation whose values have a budget each."""
    partial: Flag | None = None
    """Whether the first that does not fit takes what is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitText(Record):
    """Places that are given out down a ranking, until they are gone."""

    count: Formula | SegmentEntries[Formula]
    """How many rows get it; with `per` so many of each value, or each its own number by its name."""
    rank_by: Formula | tuple[Formula, ...] | None = None
    """Who comes first: an expression, or a list of them, the smallest first unless it says `descending`."""
    per: Word | None = None
    """The column, metric or segmentation whose values have a limit each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentText(Record):
    """A treatment: what a row gets."""

    treatment: Word
    """The treatment's name."""
    kind: Word
    """What sort of thing it is: `incentive`, `training`, `pricing` and the like, or one of `kinds`."""
    when: Formula | ConditionText
    """Who is eligible for it."""
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    amount: AmountText | None = None
    """How much a row gets."""
    attributes: Entries[Sentence] = ()
    """What else belongs to it: constants, or texts with `{expression}` holes; one hole alone keeps its type."""
    valid: ValidityText | None = None
    """When it is in force."""
    owner: Text | None = None
    """Who answers for it."""
    channel: Text | None = None
    """By which way it reaches people."""
    group: Word | None = None
    """The group of treatments that it combines with."""
    budget: BudgetText | None = None
    """The money that there is for it."""
    limit: LimitText | None = None
    """How many rows get it."""
    holdout: Formula | None = None
    """The share of rows that a stable hash keeps out as a control group, such as `10%`."""
    requires: Word | tuple[Word, ...] | None = None
    """Treatments that a row must get to get this one."""
    excludes: Word | tuple[Word, ...] | None = None
    """Treatments that a row does not get when it is eligible for this one."""
    value: Formula | None = None
    """What it is worth to give it; for `allocation: optimise`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupText(Record):
    """How treatments of one group combine."""

    only_with: ClassVar[Mapping[str, tuple[str, str]]] = {"cap": ("stacking", "capped_sum")}

    stacking: StackingWord
    """`all` of them, the `first` in the file, the `best` one, or as many as a cap allows (`capped_sum`)."""
    cap: Formula | None = None
    """The most that one row gets from the group; for `stacking: capped_sum`."""
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
