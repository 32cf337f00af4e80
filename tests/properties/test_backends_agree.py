"""Polars gives every row the answers of the scalar interpreter: values, decisions, certainty, and what is missing."""

from __future__ import annotations

from hypothesis import given

from tests.properties.both_backends import by_polars, by_scalar, kept
from tests.properties.generators.cases import Case, cases, cases_of_any_doubles
from tests.properties.test_generated_rulesets import checked


@given(cases())
def test_every_row_gets_the_same_answers(case: Case) -> None:
    program = checked(case.text)
    assert by_polars(program, case) == by_scalar(program, case)


@given(cases())
def test_the_same_rows_are_kept(case: Case) -> None:
    scalar, compiled = kept(checked(case.text), case)
    assert compiled == scalar


@given(cases_of_any_doubles())
def test_any_doubles_get_the_same_answers(case: Case) -> None:
    program = checked(case.text)
    assert by_polars(program, case) == by_scalar(program, case)
