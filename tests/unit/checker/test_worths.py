"""What treatments are worth: numbers of one unit, and a part of what a ruleset means."""

from __future__ import annotations

import pytest

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.program.fingerprint import ruleset_hash
from segrules.program.program import Program
from tests.support.rulesets import with_diagnostics

HEAD = """\
segrules: 1
ruleset: test
entity: rows
tables:
  rows:
    key: id
    columns:
      id: string
      usd: {type: decimal(2), unit: USD}
      eur: {type: number, unit: EUR}
      plain: integer
"""


def checked(text: str) -> tuple[Program | None, list[Diagnostic]]:
    return with_diagnostics(HEAD + text)


def of_values(*values: str) -> tuple[Program | None, list[Diagnostic]]:
    """One treatment for each value."""
    treatments = "".join(
        f"  - {{treatment: t{number}, kind: support, when: true, value: {value}}}\n"
        for number, value in enumerate(values)
    )
    return checked(f"allocation: optimise\ntreatments:\n{treatments}")


@pytest.mark.parametrize(
    ("values", "unit"),
    [(["usd", "2 * usd", "5"], "USD"), (["5", "eur"], "EUR"), (["plain", "plain / 2"], None), (["5"], None)],
)
def test_values_have_one_unit(values: list[str], unit: str | None) -> None:
    program, found = of_values(*values)
    assert found == []
    assert program is not None
    assert {one.worth.unit for one in program.treatments if one.worth} == {unit}


@pytest.mark.parametrize(
    ("values", "message", "first"),
    [
        (["usd", "eur"], "the value of `t1` is in `EUR`, and others are in `USD`: they are added up", "usd"),
        (["plain", "usd"], "the value of `t0` is without a unit, and others are in `USD`: they are added up", "usd"),
    ],
)
def test_values_of_two_units_do_not_add_up(values: list[str], message: str, first: str) -> None:
    _, [found] = of_values(*values)
    assert (found.code.slug, found.message) == ("units-mixed", message)
    assert [label.span.text for label in found.related] == [first]


def test_a_value_is_a_number() -> None:
    _, [found] = of_values("id")
    assert (found.code.slug, found.message) == ("type-mismatch", "a value is a number")


def test_what_is_best_needs_no_amount_where_values_tell() -> None:
    best = "groups: {g: {stacking: best}}\ntreatments: [{treatment: t, kind: support, when: true, group: g"
    assert [one.code.slug for one in checked(f"{best}}}]\n")[1]] == ["amount-needed"]
    assert checked(f"allocation: optimise\n{best}, value: plain}}]\n")[1] == []


def test_the_spelling_of_america_is_told_once() -> None:
    text = "treatments: [{treatment: t, kind: support, when: true, value: plain, limit: {count: 1}}]\n"
    _, found = checked(f"allocation: optimize\n{text}")
    assert [one.fix and one.fix.edits[0].replacement for one in found] == ["optimise"]


def test_a_value_and_the_allocation_are_a_part_of_what_a_ruleset_means() -> None:
    treatments = "treatments: [{treatment: t, kind: support, when: true%s}]\n"
    greedy, said, nothing, one, two = (
        ruleset_hash(program)
        for text in (
            treatments % "",
            "allocation: greedy\n" + treatments % "",
            "allocation: optimise\n" + treatments % "",
            "allocation: optimise\n" + treatments % ", value: 1",
            "allocation: optimise\n" + treatments % ", value: 2",
        )
        if (program := checked(text)[0]) is not None
    )
    assert greedy == said
    assert len({greedy, nothing, one, two}) == 4
