"""A ruleset whose tables, parameters and metrics are spread over files that it imports means what it means whole."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import event, given

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.engine.ruleset import Ruleset
from segrules.errors import RulesetInvalid
from segrules.lint.unused_import import unused_import
from segrules.program.canonical import print_program
from tests.properties.answers import loaded, loaded_text
from tests.properties.generators.cases import Case, cases
from tests.properties.generators.imported_files import RULESET


@given(cases(percent_spread=100))
def test_parts_of_a_ruleset_may_stand_in_files_that_it_imports(case: Case) -> None:
    imported, whole = loaded(case), loaded_text(case.text)
    assert print_program(imported.program) == print_program(whole.program)
    assert imported.hash == whole.hash


@given(cases(percent_spread=100))
def test_an_import_can_be_left_out_if_and_only_if_it_is_told_to_be_unused(case: Case) -> None:
    ruleset = loaded(case)
    program, again = ruleset.program, [label.span for one in _repeated(ruleset) for label in one.related]
    told = {one.label.span.start for one in unused_import(program) if one.label}
    for one in program.imports:
        by_others = frozenset[str]().union(*(other.files for other in program.imports if other is not one))
        left_out = _without(case, one.span.position.line)
        event("unused" if one.span.start in told else "used")
        if one.span.start in told:
            rest = set(print_program(loaded(left_out).program).splitlines())
            assert rest <= set(print_program(program).splitlines())
        elif program.segmentations and not one.files & by_others and one.span not in again:
            with pytest.raises(RulesetInvalid):
                loaded(left_out)


@given(cases(percent_spread=100))
def test_an_import_that_stands_twice_can_be_left_out_once_and_nothing_changes(case: Case) -> None:
    ruleset = loaded(case)
    for one in _repeated(ruleset):
        assert one.label
        event("in the ruleset's own file" if one.label.span.source.name.endswith(RULESET) else "in another file")
        if one.label.span.source.name.endswith(RULESET):
            left_out = loaded(_without(case, one.label.span.position.line))
            assert left_out.hash == ruleset.hash
            assert len(_repeated(left_out)) == len(_repeated(ruleset)) - 1


def _repeated(ruleset: Ruleset) -> list[Diagnostic]:
    return [one for one in ruleset.diagnostics if one.code is catalogue.REPEATED_IMPORT]


def _without(case: Case, line: int) -> Case:
    """Return a case whose ruleset does not import what it imports on a line."""
    lines = case.files[RULESET].splitlines(keepends=True)
    del lines[line - 1]
    text = re.sub(r"^imports:\n(?!  - )", "", "".join(lines), flags=re.MULTILINE)
    return replace(case, files=case.files | {RULESET: text})
