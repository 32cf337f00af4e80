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
    """What became of a table's rows; see `segrules.engine.intake.RowCounts`."""

    model_config = ConfigDict(frozen=True)

    read: int
    kept: int
    where_false: int
    where_unknown: int
    set_apart: int
    without_key: int


class Sizes(BaseModel):
    """What came of one segmentation.

    `segments` has the number of rows of every segment, those with none too; `unassigned` counts rows without a
    segment, those in `conflict` not among them. Under `collect` a row counts once for each of its segments.
    """

    model_config = ConfigDict(frozen=True)

    segments: Mapping[str, int]
    unassigned: int
    conflict: int
    certain: int
    provisional: int


class MissingImpact(BaseModel):
    """How many provisional assignments hang on something that is missing."""

    model_config = ConfigDict(frozen=True)

    missing: str
    assignments: int


class ConditionCounts(BaseModel):
    """How a condition turned out over all rows, by the name that `conditions` has for it.

    `decided` counts the rows in which it had a part in an assignment, or a conflict: a rule that decided matched
    because it holds, or, where the rule denies it, because it does not. These are the conditions that a reason tells.
    """

    model_config = ConfigDict(frozen=True)

    condition: str
    text: str
    place: str
    passed: int
    failed: int
    unknown: int
    decided: int


class PassedOver(BaseModel):
    """How many rows an aggregate passed over: those whose condition was unknown, and those without a value.

    `name` is what it stands in: a metric, a derived column with its table, or a rule by its id.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    aggregate: str
    unknown: int
    missing: int


class Summary(BaseModel):
    """A run in numbers.

    `parameters` are the values it used, exact numbers and dates as text; `parameters_since` names, for those with
    values by day, the day from which the used one holds. `tables` are the fingerprints of what was read.
    `suppressed` counts the rows for which `suppress` is true, `perhaps_suppressed` those for which it is unknown.
    `allocation` says how good a choice is, where grants are chosen for their total value.
    `never_decided` names the conditions that decided no row.
    """

    model_config = ConfigDict(frozen=True)

    ruleset: str
    hash: str
    as_of: date
    segrules: str
    engine: str
    parameters: Mapping[str, Any]
    parameters_since: Mapping[str, date]
    tables: Mapping[str, Fingerprint]
    rows: Mapping[str, TableRows]
    segmentations: Mapping[str, Sizes]
    treatments: Mapping[str, TreatmentCounts]
    suppressed: int
    perhaps_suppressed: int
    allocation: AllocationSummary | None
    conditions: tuple[ConditionCounts, ...]
    never_decided: tuple[str, ...]
    missing_impact: tuple[MissingImpact, ...]
    passed_over: tuple[PassedOver, ...]
