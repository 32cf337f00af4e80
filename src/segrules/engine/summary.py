"""What a run was and what came of it, as `summary.json` holds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from segrules.engine.allocation_summary import AllocationSummary
from segrules.engine.treatment_counts import TreatmentCounts
from segrules.explain.provenance import Fingerprint


class TableRows(BaseModel):
    """What became of a table's rows."""

    model_config = ConfigDict(frozen=True)

    read: int
    """How many there were; of a table whose keys are taken from another, how many keys."""
    kept: int
    """How many the rules saw."""
    where_false: int
    """How many the table's `where` leaves out."""
    where_unknown: int
    """How many are left out because `where` is unknown for them."""
    set_apart: int
    """How many broke the declaration and were set apart, or went with a row that they belong to."""
    without_key: int
    """How many name no row of the table that takes its keys from this one."""


class Sizes(BaseModel):
    """What came of one segmentation."""

    model_config = ConfigDict(frozen=True)

    segments: Mapping[str, int]
    """The number of rows of every segment, those with none too; under `collect` a row counts for each of its own."""
    unassigned: int
    """How many rows have no segment, those in conflict not among them."""
    conflict: int
    """How many rows have no segment because rules are in conflict."""
    certain: int
    """How many assignments have one possible answer."""
    provisional: int
    """How many assignments something that is missing could change."""


class MissingImpact(BaseModel):
    """How many provisional assignments hang on something that is missing."""

    model_config = ConfigDict(frozen=True)

    missing: str
    """What is missing: a column, or an expression that has no value."""
    assignments: int
    """How many provisional assignments hang on it."""


class ConditionCounts(BaseModel):
    """How a condition turned out over all rows."""

    model_config = ConfigDict(frozen=True)

    condition: str
    """Its name in `result.conditions()`."""
    text: str
    """The condition, as its author wrote it."""
    place: str
    """Where it stands: file:line:column."""
    passed: int
    """For how many rows it is true."""
    failed: int
    """For how many rows it is false."""
    unknown: int
    """For how many rows it is unknown."""
    decided: int
    """For how many rows it had a part in an assignment, or a conflict: these are the conditions that a reason tells.

    A rule that decided matched because the condition holds, or, where the rule denies it, because it does not.
    """


class PassedOver(BaseModel):
    """How many rows an aggregate passed over."""

    model_config = ConfigDict(frozen=True)

    name: str
    """What it stands in: a metric, a derived column with its table, a rule by its id, a treatment, or `suppress`."""
    aggregate: str
    """The aggregate, as its author wrote it."""
    unknown: int
    """How many rows it passed over because its condition is unknown for them."""
    missing: int
    """How many rows it passed over because they have no value."""


class Summary(BaseModel):
    """A run: which rules on which day over which data, and what came of it in numbers."""

    model_config = ConfigDict(frozen=True)

    ruleset: str
    """The ruleset's name."""
    hash: str
    """The SHA-256 of what the ruleset means, imports included."""
    as_of: date
    """The day on which the rules were asked."""
    segrules: str
    """The version of segrules."""
    engine: str
    """What computed it, with its version."""
    parameters: Mapping[str, Any]
    """The values of parameters that were used, exact numbers and dates as text."""
    parameters_since: Mapping[str, date]
    """For the parameters with values by day: the day from which the used one holds."""
    tables: Mapping[str, Fingerprint]
    """The fingerprint of what each table was read from."""
    rows: Mapping[str, TableRows]
    """What became of the rows of each table."""
    segmentations: Mapping[str, Sizes]
    """What came of each segmentation."""
    treatments: Mapping[str, TreatmentCounts]
    """What came of each treatment in force, in the order of the file."""
    suppressed: int
    """For how many rows `suppress` is true."""
    perhaps_suppressed: int
    """For how many rows `suppress` is unknown; they get nothing either."""
    allocation: AllocationSummary | None
    """How good the choice of grants is; null where nothing is chosen for its value."""
    conditions: tuple[ConditionCounts, ...]
    """How each condition turned out."""
    never_decided: tuple[str, ...]
    """The names of the conditions that decided no row."""
    missing_impact: tuple[MissingImpact, ...]
    """What is missing and how many assignments hang on it, the most first."""
    passed_over: tuple[PassedOver, ...]
    """How many rows aggregates passed over, of those that passed over any."""
