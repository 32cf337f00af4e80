"""The engine, on Polars, gives every row the answers of the scalar interpreter, which is what the language means."""

from __future__ import annotations

from hypothesis import given

from tests.properties.answers import by_engine, by_interpreter, loaded
from tests.properties.generators.cases import Case, cases, cases_of_any_doubles


@given(cases())
def test_values_assignments_reasons_and_what_is_missing_are_the_same(case: Case) -> None:
    ruleset = loaded(case)
    assert by_engine(ruleset, case) == by_interpreter(ruleset.bound(None, case.as_of), case)


@given(cases_of_any_doubles())
def test_they_are_the_same_with_any_numbers(case: Case) -> None:
    """Even to the last bit, as both add in the order of the rows."""
    ruleset = loaded(case)
    assert by_engine(ruleset, case) == by_interpreter(ruleset.bound(None, case.as_of), case)
