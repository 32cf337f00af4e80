"""One record decided by the program compiled for it, as `evaluate` would decide it among others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from segrules.backends.record.compiled import compiled
from segrules.backends.record.rows import Rows, Typed, typed_rows
from segrules.engine import population_messages
from segrules.engine.decision import Decision, Recorded, Watch
from segrules.engine.intake_beside import IntakeBeside
from segrules.engine.quick_intake import QuickIntake
from segrules.engine.record import RecordIntake
from segrules.errors import InputInvalid
from segrules.explain.build.legend import legend_of
from segrules.meaning.tables import Tables
from segrules.program.populations import statistics_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from segrules.engine.population import Population
    from segrules.program.program import Program
    from segrules.program.sensitivity import Sensitivity


class Decider:
    """Decides records under one program on one day; made once, used for many records, from any thread.

    With the hash of the ruleset decisions carry their explanations, which hide what is sensitive.
    """

    def __init__(self, program: Program, as_of: date, traced: str | None, sensitivity: Sensitivity) -> None:
        self._program = program
        self._as_of = as_of
        self._sensitivity = sensitivity
        self._watch = Watch(legend_of(program, as_of), traced) if traced is not None else None
        self._run = compiled(program, as_of, self._watch.legend.expressions if self._watch else None).run
        self._quick = QuickIntake(program, as_of)
        self._beside = IntakeBeside(program, as_of, sensitivity)
        self._entity = program.tables.index(program.table(program.entity))
        self._compared = bool(statistics_of(program))

    def decide(
        self, record: Mapping[str, object], tables: Mapping[str, object], population: Population | str | Path | None
    ) -> Decision:
        """Return the decision for a record."""
        others = self._others(population) if population is not None or self._compared else None
        rows = Rows(self._taken(record, tables), others.groups if others is not None else None)
        found = self._run(rows, rows.tables[self._entity][0], 0)
        recorded = Recorded(self._program, self._as_of, tuple(record), rows, others, self._sensitivity)
        return Decision(found, recorded, self._watch)

    def _taken(self, record: Mapping[str, object], tables: Mapping[str, object]) -> Sequence[Sequence[Typed]]:
        """Return the rows of a record; one that is not as records usually are is read with care, and refused by it."""
        if not tables and (usual := self._quick.take(record)) is not None:
            return usual
        intake = self._beside.beside(tables) if tables else _intake(self._program, self._as_of, self._sensitivity)
        return typed_rows(self._program, Tables(self._program, intake.take(record)))

    def _others(self, population: Population | str | Path | None) -> Population:
        """Return the rows among which a record stands; those that are given must fit, those needed be given."""
        if population is None:
            [compared, *_] = statistics_of(self._program)
            raise InputInvalid([population_messages.needed(compared, self._program.entity)])
        from segrules.engine.population import fitting

        return fitting(population, self._program, self._as_of)


@lru_cache(maxsize=64)
def decider(program: Program, as_of: date, traced: str | None, sensitivity: Sensitivity) -> Decider:
    """Return what decides records under a program on a day."""
    return Decider(program, as_of, traced, sensitivity)


@lru_cache(maxsize=64)
def _intake(program: Program, as_of: date, sensitivity: Sensitivity) -> RecordIntake:
    """Return what takes in records that carry all their rows; it serves many of them, from any thread."""
    return RecordIntake(program, as_of, {}, sensitivity)
