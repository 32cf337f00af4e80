"""One record with all that nests in it is decided as the scalar interpreter decides it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from segrules.backends.record.rows import typed_rows
from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.reasons import because
from segrules.engine.quick_intake import QuickIntake
from segrules.engine.record import RecordIntake
from segrules.errors import DataInvalid, InputInvalid
from segrules.explain.reasons import reason
from segrules.explain.row import trace_row
from segrules.meaning.tables import Record, RowAt, Tables
from segrules.program.populations import statistics_of
from segrules.program.program import Program
from segrules.program.sensitivity import NOTHING_SENSITIVE
from tests.properties.answers import loaded
from tests.properties.generators.cases import Case, cases


@given(cases(), st.randoms(use_true_random=False))
def test_it_is_decided_as_the_interpreter_decides_it(case: Case, random: Any) -> None:
    """Whether it is read quickly or with care; and both read the same."""
    ruleset = loaded(case)
    program = ruleset.bound(None, case.as_of)
    population = None
    if statistics_of(program):
        population = ruleset.evaluate(
            {name: list(rows) for name, rows in case.rows.items()}, as_of=case.as_of
        ).population
    for row in case.rows.get(program.entity, ())[:4]:
        record = nested(program, case, program.entity, row, random, depth=3)
        quick = QuickIntake(program, case.as_of).take(record)
        try:
            rows = RecordIntake(program, case.as_of, {}).take(record)
        except (DataInvalid, InputInvalid):
            assert quick is None
            continue
        tables = Tables(program, rows)
        assert quick is None or repr(quick) == repr(typed_rows(program, tables))
        known = Interpreter(program, case.as_of, tables, population.groups if population else None)
        decision = ruleset.decide(record, as_of=case.as_of, trace=True, population=population)
        at = RowAt(program.entity, 0)
        assert decision.explanation is not None
        assert decision.explanation.row == trace_row(known, at)
        for plain in (decision, ruleset.decide(record, as_of=case.as_of, population=population)):
            for one in program.segmentations:
                expected, told = known.decide(one.name, at), plain.assignments[one.name]
                assert told.missing == expected.missing
                assert told.because == because(known, one, expected.rules, at, NOTHING_SENSITIVE)
                assert told.reason == reason(known.program, one, expected, partial(known.evaluate, row=at))
                assert told.certainty == expected.certainty.value


@given(cases())
def test_alone_with_all_tables_beside_it_it_is_decided_as_in_a_run(case: Case) -> None:
    """The rows below it, those above it, and those below these are found as they are in a run."""
    ruleset = loaded(case)
    program = ruleset.program
    tables: dict[str, object] = {name: list(rows) for name, rows in case.rows.items()}
    result = ruleset.evaluate(tables, as_of=case.as_of)
    population = result.population if statistics_of(program) else None
    key = program.table(program.entity).key
    reasons = result.reasons().rows_by_key([*key, "segmentation"], named=True, unique=True)
    for row in result.wide.rows(named=True)[:4]:
        among_all = tuple(row[part] for part in key)
        rows = case.rows.get(program.entity, ())
        record = next(
            (one for one in rows if tuple(one[part] for part in key) == among_all),
            dict(zip(key, among_all, strict=True)),
        )
        decision = ruleset.decide(record, as_of=case.as_of, tables=tables, population=population)
        metrics = {name: list(one) if isinstance(one, tuple) else one for name, one in decision.metrics.items()}
        assert metrics == {name: row[name] for name in metrics}
        for name, told in decision.assignments.items():
            assert told.reason == reasons[*among_all, name]["reason"]


def nested(program: Program, case: Case, name: str, row: Record, random: Any, depth: int) -> dict[str, object]:
    """A row with the rows that belong to it below it, at times with another value or without one."""
    found: dict[str, object] = {column: value for column, value in row.items() if random.random() > 0.01}
    if found and random.random() < 0.05:
        found[random.choice(list(found))] = random.choice([None, "k1", 7, 2.5, float("nan"), True, "2026-01-31", "é"])
    for relation in program.table(name).relations if depth else ():
        key = [row.get(part) for part in relation.by]
        parts = program.table(relation.table).key
        above = [one for one in case.rows.get(relation.table, ()) if [one.get(part) for part in parts] == key]
        if above and random.random() < 0.5:
            up = nested(program, case, relation.table, above[0], random, depth=0)
            found[relation.name] = without(up, parts, random)
    for child in program.tables if depth else ():
        for relation in child.relations:
            if relation.table == name and child.name in case.rows:
                key = [row.get(part) for part in program.table(name).key]
                below = [one for one in case.rows[child.name] if [one.get(part) for part in relation.by] == key]
                found[relation.down] = [
                    without(nested(program, case, child.name, one, random, depth - 1), relation.by, random)
                    for one in below
                ]
    return found


def without(row: Mapping[str, object], names: tuple[str, ...], random: Any) -> dict[str, object]:
    """A row that leaves it at times to the row above to say to what it belongs."""
    return dict(row) if random.random() < 0.5 else {name: value for name, value in row.items() if name not in names}
