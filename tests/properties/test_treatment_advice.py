"""Advice on treatments is right: nobody gets what it says nobody gets, and what it says is never spent is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given

from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.preparation import prepared
from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code
from segrules.lint import lint
from segrules.program.program import Program
from segrules.program.treatments import Treatment
from tests.properties.answers import given_frames, loaded, typed_rows
from tests.properties.generators.cases import Case
from tests.properties.generators.treatments import treatment_cases
from tests.support.treatments import treatment_rows


def told_of(program: Program, *codes: Code) -> Iterator[Treatment]:
    """Yield the treatments that a diagnostic of one of these codes is about: the first one that its message names."""
    for diagnostic in lint(program):
        if diagnostic.code in codes:
            named = diagnostic.message.split("`")[1]
            yield program.treatment(named)


def of_the_same_rows(case: Case) -> Case:
    """Return the case with treatments that all ask for the same rows."""
    return replace(case, text=re.sub("(?m)^( +when:) .*", r"\1 count >= 1", case.text))


def of_the_same_amount(case: Case) -> Case:
    """Return the case with treatments that all give at most ten to a row."""
    amount = 'amount: {value: "min(count, 10)", unit'
    return replace(case, text=re.sub("amount: {value: .*, unit", amount, case.text))


@given(treatment_cases() | (treatment_cases() | treatment_cases(optimised=True)).map(of_the_same_rows))
def test_nobody_gets_what_advice_says_nobody_gets(case: Case) -> None:
    program = loaded(case).bound(None, case.as_of)
    rows = treatment_rows(Interpreter(program, case.as_of, prepared(program, case.as_of, typed_rows(case))))
    given_out = {row["treatment"] for row in rows if row["status"] in ("granted", "reduced")}
    told = {one.name for one in told_of(program, catalogue.NOBODY_GETS_IT, catalogue.NEVER_GRANTED)}
    assert not told & given_out


@given((treatment_cases() | treatment_cases(optimised=True)).map(of_the_same_amount))
def test_money_is_left_where_advice_says_a_budget_is_never_spent(case: Case) -> None:
    ruleset = loaded(case)
    told = [one.name for one in told_of(ruleset.program, catalogue.BUDGET_NEVER_REACHED)]
    counts = ruleset.evaluate(given_frames(ruleset.program, case), as_of=case.as_of).summary.treatments
    in_force = [counts[name] for name in told if name in counts]
    assert all(any(pot.left > 0 for pot in one.budget.values()) for one in in_force if one.budget)
