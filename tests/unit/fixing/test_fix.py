"""Which fixes are made in the texts of files, and which are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from segrules.diagnostics.diagnostic import Applicability
from segrules.fixing.fix import Fixed, fix

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE
RIGHT = """\
segrules: 1
ruleset: partners
objective: Know whom to call first.
entity: partners
tables: {partners: {key: id, columns: {id: string, revenue: integer}}}
segmentations:
  tier:
    hit_policy: first
    rules:
      - {segment: gold, when: revenue >= 9 and revenue < 99}
    default: other
"""
IMPORTING = RIGHT.replace("revenue >= 9 and revenue < 99", "large") + "imports: [shared.yaml]\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ruleset.yaml"


def fixed(path: Path, text: str, *wanted: Applicability) -> Fixed:
    path.write_text(text)
    return fix([path], wanted, lambda _: True)


def errors(outcome: Fixed) -> list[str]:
    return [one.message for one in outcome.left if one.is_error]


def test_the_new_text_is_returned_and_not_written(path: Path) -> None:
    odd = RIGHT.replace(" and ", " && ")
    outcome = fixed(path, odd, SAFE)
    assert (outcome.texts, outcome.count, errors(outcome)) == ({path.resolve(): RIGHT}, 1, [])
    assert path.read_text() == odd


def test_a_file_that_may_not_be_changed_keeps_its_mistakes(path: Path) -> None:
    path.write_text(RIGHT.replace(" and ", " && "))
    outcome = fix([path], (SAFE,), lambda _: False)
    assert (outcome.texts, outcome.count, len(errors(outcome))) == ({}, 0, 1)


def test_of_fixes_that_can_only_be_made_alone_the_first_is_made(path: Path) -> None:
    odd = RIGHT.replace("objective: ", "objetive: Why not.\nobjectiv: ")
    outcome = fixed(path, odd, UNSAFE)
    assert (outcome.texts, outcome.count) == ({path.resolve(): odd.replace("objetive", "objective")}, 1)
    assert len(errors(outcome)) == 1


@pytest.mark.parametrize(("other_column", "is_fixed"), [("revenue", True), ("revnue", False)])
def test_an_import_is_fixed_only_if_no_ruleset_that_reads_it_is_worse_for_it(
    tmp_path: Path, other_column: str, is_fixed: bool
) -> None:
    shared, one, other = (tmp_path / name for name in ("shared.yaml", "one.yaml", "other.yaml"))
    shared.write_text("segrules: 1\nmetrics: {large: revnue > 9}\n")
    one.write_text(IMPORTING)
    other.write_text(IMPORTING.replace("revenue: integer", f"{other_column}: integer"))
    outcome = fix([one, other], (UNSAFE,), lambda _: True)
    assert list(outcome.texts) == ([shared.resolve()] if is_fixed else [])
    assert len(errors(outcome)) == (0 if is_fixed else 1)


@pytest.mark.parametrize("name", ["turnover", "turnoves", "turnovex"])
def test_rulesets_that_share_a_file_do_not_take_turns_with_their_guesses(tmp_path: Path, name: str) -> None:
    shared, one, other = (tmp_path / file for file in ("shared.yaml", "one.yaml", "other.yaml"))
    shared.write_text(f"segrules: 1\nmetrics: {{large: {name} > 9}}\n")
    one.write_text(IMPORTING.replace("revenue: integer", "turnover: string"))
    other.write_text(IMPORTING.replace("revenue: integer", "turnoves: string"))
    outcome = fix([one, other], (UNSAFE,), lambda _: True)
    assert (outcome.texts, outcome.count) == ({}, 0)


def test_a_guess_in_a_shared_file_helps_one_ruleset_where_another_is_no_worse_for_it(
    tmp_path: Path,
) -> None:
    shared, one, other = (tmp_path / file for file in ("shared.yaml", "one.yaml", "other.yaml"))
    shared.write_text("segrules: 1\nmetrics: {large: turnovex > 9}\n")
    one.write_text(IMPORTING.replace("revenue: integer", "turnover: integer"))
    other.write_text(IMPORTING)
    outcome = fix([one, other], (UNSAFE,), lambda _: True)
    assert outcome.texts == {shared.resolve(): "segrules: 1\nmetrics: {large: turnover > 9}\n"}
    assert len(errors(outcome)) == 1
