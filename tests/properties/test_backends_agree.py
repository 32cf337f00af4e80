"""Polars, and the program compiled for one record, give every row the answers of the scalar interpreter.

That is what the language means.
"""

from __future__ import annotations

from hypothesis import given

from tests.properties.answers import by_engine, by_interpreter, loaded
from tests.properties.generators.cases import Case, cases, cases_of_any_doubles
from tests.properties.one_record import assert_the_compiled_program_agrees


@given(cases())
def test_values_assignments_reasons_and_what_is_missing_are_the_same(case: Case) -> None:
    ruleset = loaded(case)
    program = ruleset.bound(None, case.as_of)
    assert by_engine(ruleset, case) == by_interpreter(program, case)
    assert_the_compiled_program_agrees(program, case)


@given(cases_of_any_doubles())
def test_they_are_the_same_with_any_numbers(case: Case) -> None:
    """Even to the last bit, as all add in the order of the rows."""
    ruleset = loaded(case)
    program = ruleset.bound(None, case.as_of)
    assert by_engine(ruleset, case) == by_interpreter(program, case)
    assert_the_compiled_program_agrees(program, case)
