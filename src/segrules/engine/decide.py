"""One record decided by the scalar interpreter, as `evaluate` would decide it among others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from segrules import __version__
from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.reasons import because
from segrules.engine import population_messages
from segrules.engine.record import RecordIntake
from segrules.errors import InputInvalid
from segrules.explain.explanation import Explanation
from segrules.explain.provenance import Provenance
from segrules.explain.row import trace_row
from segrules.language.values import Value
from segrules.meaning.decisions import Decision as Decided
from segrules.meaning.tables import RowAt, Tables
from segrules.program.populations import statistics_of
from segrules.program.program import HitPolicy, Program, Segmentation

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from segrules.engine.population import Population
    from segrules.engine.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one segmentation says of a record; the fields are those of the columns of `assignments`.

    `outputs` are the further ones by name. `missing` names the columns, or expressions without a value, that a
    provisional assignment hangs on.
    """

    segmentation: str
    segment: str | None
    segments: tuple[str, ...] | None
    rule: str | None
    certainty: str
    possible: tuple[str, ...]
    conflict: tuple[str, ...]
    outputs: Mapping[str, Value]
    missing: tuple[str, ...]
    because: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a ruleset says of one record: its metrics, its scores and its assignments by name.

    `decision["tier"]` is the assigned segment, None for none, or, under `collect`, the tuple of segments.
    """

    metrics: Mapping[str, Value]
    scorecards: Mapping[str, Value]
    assignments: Mapping[str, Assignment]
    explanation: Explanation | None = None

    def __getitem__(self, segmentation: str) -> str | tuple[str, ...] | None:
        """Return the segment, or segments, that a segmentation assigns."""
        assigned = self.assignments[segmentation]
        return assigned.segment if assigned.segments is None else assigned.segments


def decide_record(
    ruleset: Ruleset,
    program: Program,
    record: Mapping[str, object],
    as_of: date,
    tables: Mapping[str, object],
    *,
    trace: bool,
    population: Population | str | Path | None,
) -> Decision:
    """Return the decision for a record under a program, the ruleset's own or one with other parameters."""
    others = _others(program, as_of, population)
    intake = RecordIntake(program, as_of, tables) if tables else _intake(program, as_of)
    rows = intake.take(record)
    known = Interpreter(program, as_of, Tables(program, rows), others.groups if others is not None else None)
    row = RowAt(program.entity, 0)
    assignments = {one.name: _assignment(known, one, row) for one in program.segmentations}
    return Decision(
        {metric.name: known.value(row.table, row.index, metric.name) for metric in program.metrics},
        {card.name: known.value(row.table, row.index, card.name) for card in program.scorecards},
        assignments,
        Explanation(trace_row(known, row), _provenance(ruleset, others)) if trace else None,
    )


def _provenance(ruleset: Ruleset, others: Population | None) -> Provenance:
    population = others.fingerprint if others is not None else None
    return Provenance(ruleset.hash, __version__, {}, population)


def _others(program: Program, as_of: date, population: Population | str | Path | None) -> Population | None:
    """Return the population among which a record stands; one that is given must fit, one that is needed be given."""
    if population is not None:
        from segrules.engine.population import fitting

        return fitting(population, program, as_of)
    if compared := statistics_of(program):
        raise InputInvalid([population_messages.needed(compared[0], program.entity)])
    return None


@lru_cache(maxsize=64)
def _intake(program: Program, as_of: date) -> RecordIntake:
    """Return what takes in records that carry all their rows; it serves many of them, from any thread."""
    return RecordIntake(program, as_of, {})


def _assignment(known: Interpreter, segmentation: Segmentation, row: RowAt) -> Assignment:
    decided: Decided = known.decide(segmentation.name, row)
    collect = segmentation.hit_policy is HitPolicy.COLLECT
    provisional = len(decided.answers) > 1
    return Assignment(
        segmentation.name,
        decided.segment,
        decided.segments if collect else None,
        None if decided.conflict else ", ".join(decided.rules) or None,
        decided.certainty.value,
        decided.possible if provisional else (),
        decided.conflict,
        {output.name: value for output, value in zip(segmentation.outputs, decided.outputs, strict=True)},
        decided.missing,
        because(known, segmentation, decided.rules, row),
    )
