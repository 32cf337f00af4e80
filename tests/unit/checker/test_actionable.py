"""Columns that are actionable: what is wrong with them, and what they leave in the program."""

from __future__ import annotations

from decimal import Decimal

import pytest

from segrules.language.values import Value
from segrules.program.fingerprint import ruleset_hash
from segrules.program.nodes import Constant
from segrules.program.program import Actionable, Program
from tests.support.rulesets import with_diagnostics

TEXT = """\
segrules: 1
ruleset: test
entity: rows
tables:
  rows:
    key: [id, day]
    belongs_to: {group: {table: groups, by: group_no}}
    columns:
      id: string
      day: date
      group_no: {type: integer}
      n: {type: integer, min: 0, max: 10}
      share: {type: decimal(2)}
      x: {type: number}
      flag: {type: boolean}
      level: {type: string, values: [low, high], ordered: true}
      text: {type: string}
      since: {type: date}
      tags: {type: list of string}
      code: {type: integer, unique: true}
  groups:
    key: no
    columns:
      no: integer
      size: {type: integer}
parameters: {most: 8}
segmentations:
  tier:
    hit_policy: first
    rules: [{segment: some, when: n > 1}]
"""


def marked(column: str, actionable: str) -> tuple[Program | None, list[str]]:
    """The program of a text in which a column is actionable, and the codes of what is wrong."""
    lines = TEXT.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"      {column}: "))
    line = lines[at].replace(f"{column}: string", f"{column}: {{type: string}}")
    lines[at] = line.replace("}", f", actionable: {actionable}}}")
    program, found = with_diagnostics("\n".join(lines) + "\n")
    return program, [one.code.number for one in found]


@pytest.mark.parametrize(
    ("column", "actionable", "code"),
    [
        ("id", "true", "SR271"), ("group_no", "true", "SR271"), ("code", "true", "SR271"), ("size", "true", "SR271"),
        ("text", "true", "SR272"), ("since", "true", "SR272"), ("tags", "true", "SR272"),
        ("x", "true", "SR273"), ("x", "{direction: up}", "SR273"), ("x", "{step: 0}", "SR273"),
        ("n", "{step: -1}", "SR273"), ("n", "{step: 0.5}", "SR273"), ("n", "{step: most}", "SR273"),
        ("share", "{step: 0.001}", "SR273"),
        ("n", "{min: 5, max: 4}", "SR274"), ("n", "{min: 11}", "SR274"), ("n", "{max: -1}", "SR274"),
        ("level", "{to: [middle]}", "SR275"), ("level", "{to: [low, low]}", "SR275"),
        ("flag", "{to: [maybe]}", "SR275"),
        ("level", "{step: 1}", "SR221"), ("flag", "{direction: up}", "SR221"), ("n", "{to: [1]}", "SR221"),
        ("n", "{setp: 1}", "SR301"), ("n", "{direction: sideways}", "SR306"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(column: str, actionable: str, code: str) -> None:
    assert marked(column, actionable)[1] == [code]


@pytest.mark.parametrize(
    ("column", "actionable", "step", "direction", "to"),
    [
        ("n", "true", 1, "any", ()),
        ("n", "{step: 2, direction: down}", 2, "down", ()),
        ("share", "true", Decimal("0.01"), "any", ()),
        ("share", "{step: 5%}", Decimal("0.05"), "any", ()),
        ("x", "{step: 0.1, direction: up}", 0.1, "up", ()),
        ("flag", "true", None, "any", ()),
        ("flag", "{to: [true]}", None, "any", (True,)),
        ("level", "{to: [high]}", None, "any", ("high",)),
    ],
)
def test_what_can_be_changed_is_in_the_program(
    column: str, actionable: str, step: Value, direction: str, to: tuple[Value, ...]
) -> None:
    program, codes = marked(column, actionable)
    assert codes == []
    assert program is not None
    found = program.table("rows").column(column).actionable
    assert found == Actionable(step, None, None, direction, to)
    assert type(found.step) is type(step)


def test_bounds_may_be_parameters() -> None:
    program, codes = marked("n", "{min: 1, max: most}")
    assert codes == []
    assert program is not None
    found = program.table("rows").column("n").actionable
    assert found is not None
    assert isinstance(found.minimum, Constant)
    assert found.maximum is not None


def test_false_is_as_if_it_were_not_there() -> None:
    program, codes = marked("n", "false")
    assert codes == []
    assert program is not None
    assert program.table("rows").column("n").actionable is None


def test_what_can_be_changed_is_part_of_what_a_ruleset_means() -> None:
    programs = [marked("n", text)[0] for text in ("false", "true", "{step: 1}", "{direction: up}", "{max: 5}")]
    hashes = [ruleset_hash(program) for program in programs if program]
    assert hashes[1] == hashes[2]
    assert len(set(hashes)) == 4
