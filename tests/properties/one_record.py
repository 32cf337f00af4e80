"""The program compiled for one record against the scalar interpreter, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from segrules.backends.record.compiled import Compiled, compiled
from segrules.backends.record.rows import Rows, typed_rows
from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.preparation import prepared
from segrules.meaning.tables import RowAt
from segrules.program.conditions import conditions
from segrules.program.program import Program
from tests.properties.answers import typed_rows as rows_of
from tests.properties.generators.cases import Case


def assert_the_compiled_program_agrees(program: Program, case: Case) -> None:
    """Fail unless it gives every row the values and decisions of the interpreter, to the last bit."""
    tables = prepared(program, case.as_of, rows_of(case))
    known = Interpreter(program, case.as_of, tables)
    watched = tuple(one.expression for one in conditions(program))
    for code, whole in ((compiled(program, case.as_of), False), (compiled(program, case.as_of, watched), True)):
        rows = Rows(typed_rows(program, tables), known._groups_of)
        for index in range(len(tables.rows(program.entity))):
            found, expected = _by_code(code, rows, index), _by_interpreter(known, index, whole=whole)
            assert found == expected
            assert repr(found) == repr(expected)  # in which 1 is not true, and 1.0 is not 1


def _by_code(code: Compiled, rows: Rows, index: int) -> list[Any]:
    entity = code.program.tables.index(code.program.table(code.program.entity))
    metrics, scorecards, decisions, watched = code.run(rows, rows.tables[entity][index], index)
    return [metrics, scorecards, {name: one.decision for name, one in decisions.items()}, watched]


def _by_interpreter(known: Interpreter, index: int, *, whole: bool) -> list[Any]:
    """The same by the interpreter. What is missing is found by who is asked for it; outcomes are told of all rules."""
    program, at = known.program, RowAt(known.program.entity, index)
    decisions = {one.name: replace(known.decide(one.name, at), missing=()) for one in program.segmentations}
    return [
        {one.name: known.value(at.table, index, one.name) for one in program.metrics},
        {one.name: known.value(at.table, index, one.name) for one in program.scorecards},
        decisions if whole else {name: replace(one, outcomes=()) for name, one in decisions.items()},
        tuple(known.evaluate(one.expression, at) for one in conditions(program)) if whole else (),
    ]
