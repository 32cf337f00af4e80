"""Treatments: Polars gives what the interpreter gives, and nobody gets what there is not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import polars as pl
from hypothesis import given

from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.preparation import prepared
from segrules.backends.scalar.treatments import outcomes_alone, outcomes_of
from segrules.engine.result import Result
from segrules.meaning.constants import constant_value
from segrules.meaning.tables import RowAt
from segrules.meaning.treatments import Cause, Status
from segrules.program.invariants import check_invariants
from tests.properties.answers import given_frames, loaded, typed_rows
from tests.properties.generators.cases import Case
from tests.properties.generators.treatments import treatment_cases
from tests.support.treatments import Row, treatment_rows

STATUSES = [status.value for status in Status if status is not Status.ELIGIBLE]


def result_of(case: Case) -> Result:
    ruleset = loaded(case)
    return ruleset.evaluate(given_frames(ruleset.program, case), as_of=case.as_of)


def by_engine(case: Case) -> list[Row]:
    """The table of treatments that Polars makes."""
    return [dict(row) for row in result_of(case).treatments.iter_rows(named=True)]


def by_interpreter(case: Case) -> list[Row]:
    """The table of treatments as the language means it."""
    program = loaded(case).bound(None, case.as_of)
    check_invariants(program)
    return treatment_rows(Interpreter(program, case.as_of, prepared(program, case.as_of, typed_rows(case))))


@given(treatment_cases())
def test_the_backends_agree_on_treatments(case: Case) -> None:
    assert by_engine(case) == by_interpreter(case)


@given(treatment_cases())
def test_no_budget_and_no_limit_is_exceeded(case: Case) -> None:
    result = result_of(case)
    for name, counts in result.summary.treatments.items():
        assert all(0 <= budget.left <= budget.total for budget in counts.budget.values())
        limit = result.program.treatment(name).limit
        if limit is not None and limit.per is None and not isinstance(limit.count, tuple):
            count = constant_value(result.program, result.as_of, limit.count)
            assert isinstance(count, int)
            assert counts.granted + counts.reduced <= count


@given(treatment_cases())
def test_totals_are_the_sums_of_the_rows(case: Case) -> None:
    result = result_of(case)
    for name, counts in result.summary.treatments.items():
        rows = result.treatments.filter(treatment=name)
        assert (counts.amount or 0) == sum(amount for amount in rows["amount"] if amount is not None)
        budgets = counts.budget.values()
        assert not budgets or sum(one.total - one.left for one in budgets) == counts.amount
        statuses = Counter(rows["status"])
        assert statuses == {status: n for status in STATUSES if (n := getattr(counts, status))}


@given(treatment_cases())
def test_every_row_that_may_be_eligible_has_one_status(case: Case) -> None:
    program = loaded(case).bound(None, case.as_of)
    known = Interpreter(program, case.as_of, prepared(program, case.as_of, typed_rows(case)))
    at = [RowAt(program.entity, index) for index in range(len(known.tables.rows(program.entity)))]
    eligible = [
        (*known.tables.key(row), treatment.name)
        for row in at
        for treatment in program.treatments
        if treatment.in_force(case.as_of)
        and (program.suppress is None or known.evaluate(program.suppress, row) is False)
        and known.evaluate(treatment.when, row) is not False
    ]
    assert [(row["region_of_key"], row["number"], row["treatment"]) for row in by_engine(case)] == eligible


@given(treatment_cases())
def test_nobody_is_passed_over_in_the_ranking(case: Case) -> None:
    """Down one pot for all, everyone before the first refusal gets something and everyone behind it nothing."""
    result = result_of(case)
    for treatment in result.program.treatments:
        pots = [one for one in (treatment.budget, treatment.limit) if one is not None]
        if pots and all(one.per is None for one in pots):
            rows = result.treatments.filter(pl.col("rank").is_not_null(), treatment=treatment.name).sort("rank")
            given = rows["status"].is_in(["granted", "reduced"]).to_list()
            assert rows["rank"].to_list() == list(range(1, rows.height + 1))
            assert given == sorted(given, reverse=True)


@given(treatment_cases())
def test_the_order_of_rows_changes_nothing(case: Case) -> None:
    turned = replace(case, rows={name: rows[::-1] for name, rows in case.rows.items()})
    sort = ["region_of_key", "number", "treatment"]
    assert result_of(case).treatments.sort(sort).equals(result_of(turned).treatments.sort(sort))


@given(treatment_cases())
def test_what_is_told_of_a_row_alone_is_what_becomes_of_it(case: Case) -> None:
    """What hangs on other rows is left at `eligible`, with what the row asks for."""
    program = loaded(case).bound(None, case.as_of)
    known = Interpreter(program, case.as_of, prepared(program, case.as_of, typed_rows(case)))
    among_all = outcomes_of(known)
    for index in range(len(known.tables.rows(program.entity))):
        alone = outcomes_alone(known, RowAt(program.entity, index))
        assert {name: found[index] for name, found in among_all.items() if index in found}.keys() == alone.keys()
        for name, outcome in alone.items():
            there = among_all[name][index]
            if outcome.status is Status.ELIGIBLE:
                assert there.cause in (Cause.ELIGIBLE, Cause.CAP, Cause.SHARED_OUT, Cause.REQUIREMENT)
                assert there.asked == outcome.asked
                assert not there.is_given or (there.amount or 0) <= (outcome.amount or 0)
                assert not there.is_given or (there.amount is None) == (outcome.amount is None)
            else:
                assert there == outcome
