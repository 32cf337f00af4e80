"""Generated rulesets are right, and so is what the checker and the printer make of them."""

from __future__ import annotations

from hypothesis import assume, given

from segrules.program.conditions import atoms, conditions
from segrules.program.invariants import check_invariants
from segrules.program.printer import print_expression
from tests.properties.answers import loaded, loaded_text
from tests.properties.generators.cases import Case, cases


@given(cases())
def test_the_checker_accepts_them_and_keeps_its_invariants(case: Case) -> None:
    check_invariants(loaded(case).program)


@given(cases())
def test_every_condition_of_every_rule_has_one_number(case: Case) -> None:
    program = loaded(case).program
    found = conditions(program)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    whens = [rule.when for segmentation in program.segmentations for rule in segmentation.rules]
    assert {one.expression for one in found} == {atom for when in whens for atom in atoms(when)}


@given(cases())
def test_a_metric_reads_the_same_when_it_is_printed_and_read_again(case: Case) -> None:
    printed = {f"again_{one.name}": print_expression(one.value) for one in loaded(case).program.metrics}
    assume(printed)
    lines = "".join(f"  {name}: |\n    {text}\n" for name, text in printed.items())
    again = loaded_text(case.text.replace("\nmetrics:\n", f"\nmetrics:\n{lines}")).program
    assert {one.name: print_expression(one.value) for one in again.metrics if one.name in printed} == printed
