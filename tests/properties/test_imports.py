"""A ruleset whose tables, parameters and metrics are spread over files that it imports means what it means whole."""

from __future__ import annotations

from hypothesis import given

from segrules.program.canonical import print_program
from tests.properties.answers import loaded, loaded_text
from tests.properties.generators.cases import Case, cases


@given(cases(percent_spread=100))
def test_parts_of_a_ruleset_may_stand_in_files_that_it_imports(case: Case) -> None:
    imported, whole = loaded(case), loaded_text(case.text)
    assert print_program(imported.program) == print_program(whole.program)
    assert imported.hash == whole.hash
