"""Treatments: Polars gives what the interpreter gives, in any order of rows, and `decide` what it can tell of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.preparation import prepared
from segrules.backends.scalar.treatments import outcomes_alone, outcomes_of
from segrules.engine.result import Result
from segrules.meaning.tables import RowAt
from segrules.meaning.treatments import Cause, Status
from segrules.program.invariants import check_invariants
from segrules.program.sensitivity import sensitivity_of
from tests.properties.answers import given_frames, loaded, typed_rows
from tests.properties.generators.cases import Case
from tests.properties.generators.treatments import treatment_cases
from tests.support.treatments import Row, treatment_rows

LEFT_OPEN = (Cause.ELIGIBLE, Cause.CAP, Cause.SHARED_OUT, Cause.REQUIREMENT, Cause.GROUP, Cause.NOT_CHOSEN)
"""What made a status that one row alone cannot tell."""


def result_of(case: Case, **parameters: object) -> Result:
    ruleset = loaded(case)
    return ruleset.evaluate(given_frames(ruleset.program, case), as_of=case.as_of, parameters=parameters)


def by_engine(case: Case) -> list[Row]:
    """The table of treatments that Polars makes."""
    return [dict(row) for row in result_of(case).treatments.iter_rows(named=True)]


def by_interpreter(case: Case) -> list[Row]:
    """The table of treatments as the language means it."""
    known = interpreter_of(case)
    return treatment_rows(known, sensitivity_of(known.program))


def interpreter_of(case: Case) -> Interpreter:
    program = loaded(case).bound(None, case.as_of)
    check_invariants(program)
    return Interpreter(program, case.as_of, prepared(program, case.as_of, typed_rows(case)))


@given(treatment_cases() | treatment_cases(optimised=True))
def test_the_backends_agree_on_treatments(case: Case) -> None:
    assert by_engine(case) == by_interpreter(case)


@given(treatment_cases() | treatment_cases(optimised=True))
def test_the_order_of_rows_changes_nothing(case: Case) -> None:
    turned = replace(case, rows={name: rows[::-1] for name, rows in case.rows.items()})
    sort = ["region_of_key", "number", "treatment"]
    assert result_of(case).treatments.sort(sort).equals(result_of(turned).treatments.sort(sort))


@given(treatment_cases() | treatment_cases(optimised=True))
def test_what_is_told_of_a_row_alone_is_what_becomes_of_it(case: Case) -> None:
    """What hangs on other rows is left at `eligible`, with what the row asks for."""
    known = interpreter_of(case)
    among_all, entity = outcomes_of(known), known.program.entity
    for index in range(len(known.tables.rows(entity))):
        alone = outcomes_alone(known, RowAt(entity, index))
        assert {name: found[index] for name, found in among_all.items() if index in found}.keys() == alone.keys()
        for name, outcome in alone.items():
            there = among_all[name][index]
            if outcome.status is Status.ELIGIBLE:
                assert there.cause in LEFT_OPEN
                assert there.asked == outcome.asked
                assert not there.is_given or (there.amount or 0) <= (outcome.amount or 0)
                assert not there.is_given or (there.amount is None) == (outcome.amount is None)
            else:
                assert there == outcome
