"""Parameters with values by day: what is wrong with them, which value holds, and what the hash covers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import segrules
from segrules.program.dated import lacking, on_day
from segrules.program.fingerprint import ruleset_hash
from segrules.program.program import Program
from tests.support.rulesets import checked, with_diagnostics

START = "segrules: 1\nruleset: test\nentity: rows\ntables:\n  rows: {key: id, columns: {id: string, n: integer}}\n"
BANDS = "segmentations:\n  size:\n    bands: {of: n, from: {small: 0, medium: medium, large: large}}\n"


def said(text: str) -> list[str]:
    _, found = with_diagnostics(START + text)
    return [f"{one.code.number} {one.message}; {one.label.text if one.label else ''}" for one in found]


def program(text: str, start: str = START) -> Program:
    return checked(start + text)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("{2020-01-01: 40, 2027-01-01: none, 2026-01-01: 2.5}", "a text"),
        ("{2020-01-01: 40, 2027-01-01: [1]}", "a list"),
        ("{2020-01-01: [1, 2], 2027-01-01: [A]}", "a list"),
        ("{2020-01-01: 1 month, 2027-01-01: 40}", "a whole number"),
    ],
)
def test_values_of_different_sorts_do_not_meet(value: str, label: str) -> None:
    assert said(f"parameters: {{limit: {value}}}\n") == [
        f"SR225 the values of `limit` are not all of one sort; {label}"
    ]


MOMENTS = ["2026-01-31 00:00:00", "2026-01-31 12:50:00"]


@pytest.mark.parametrize(
    ("value", "kind", "values"),
    [
        ("{2020-01-01: 40, 2027-01-01: 2.50}", "decimal(2)", ["40.00", "2.50"]),
        ("{2021-01-01: 2026-01-31T12:50, 2020-01-01: 2026-01-31}", "datetime", MOMENTS),
        ("{value: {2020-01-01: 012, 2021-01-01: x}, type: string}", "string", ["012", "x"]),
        ("{value: {2020-01-01: 1}, type: number}", "number", ["1.0"]),
        ("{2020-01-01: [1], 2021-01-01: [0.5, 2]}", "list of decimal(1)", ["1.0", "0.5 2.0"]),
    ],
)  # fmt: skip
def test_all_values_meet_in_one_type_and_stand_by_day(value: str, kind: str, values: list[str]) -> None:
    (found,) = program(f"parameters:\n  limit: {value}\n").parameters
    assert str(found.type) == kind
    shown = [" ".join(map(str, one.value)) if isinstance(one.value, tuple) else str(one.value) for one in found.dated]
    assert shown == values


def test_bands_go_up_on_every_day() -> None:
    text = "parameters:\n  medium: {2020-01-01: 40, 2027-01-01: 300}\n  large: 250\n"
    assert said(text + BANDS) == ["SR230 the bands' numbers must go up from one to the next; 250 from 2027-01-01"]


def test_bands_go_up_with_plain_parameters() -> None:
    assert said("parameters: {medium: 40, large: 25}\n" + BANDS) == [
        "SR230 the bands' numbers must go up from one to the next; not above the one before"
    ]


def test_before_the_first_day_only_bands_that_need_no_parameter_are_compared() -> None:
    assert said("parameters:\n  medium: {2020-01-01: 40}\n  large: {2019-01-01: 30, 2020-01-01: 50}\n" + BANDS) == []


TIERS = """parameters:
  gold: {2025-01-01: 10, 2026-01-01: 20}
segmentations:
  tier:
    hit_policy: first
    rules: [{segment: gold, when: n >= gold, valid: {from: 2024-06-01}}]
"""


@pytest.mark.parametrize(
    ("day", "value"), [("2024-12-31", None), ("2025-01-01", 10), ("2025-12-31", 10), ("2026-01-01", 20)]
)
def test_the_latest_day_not_after_holds(day: str, value: int | None) -> None:
    (found,) = on_day(program(TIERS), date.fromisoformat(day)).parameters
    assert found.value == value


def test_a_parameter_lacks_a_value_where_something_in_force_needs_it() -> None:
    found = program(TIERS)
    assert [parameter.name for parameter, _ in lacking(found, date(2024, 6, 1))] == ["gold"]
    assert lacking(found, date(2024, 5, 31)) == ()
    assert lacking(found, date(2025, 1, 1)) == ()


@pytest.mark.parametrize("bound", ["min: least", "actionable: {max: least}"])
def test_a_parameter_that_bounds_a_column_or_its_changes_lacks_a_value_on_earlier_days(bound: str) -> None:
    start = START.replace("n: integer", f"n: {{type: integer, {bound}}}")
    found = program("parameters:\n  least: {2025-01-01: 1}\n", start)
    lacked = [(parameter.name, reader.span.text) for parameter, reader in lacking(found, date(2024, 12, 31))]
    assert lacked == [("least", "least")]
    assert lacking(found, date(2025, 1, 1)) == ()


def test_a_program_without_values_by_day_stays_itself() -> None:
    found = program("parameters: {gold: 10}\n")
    assert on_day(found, date(2026, 1, 1)) is found


def test_the_hash_covers_every_value_and_day_but_not_their_order() -> None:
    texts = ["{2025-01-01: 1, 2026-01-01: 2}", "{2026-01-01: 2, 2025-01-01: 1}", "{2025-01-01: 1, 2026-01-02: 2}",
             "{2025-01-01: 1, 2026-01-01: 3}", "1"]  # fmt: skip
    hashes = [ruleset_hash(program(f"parameters: {{gold: {text}}}\n")) for text in texts]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 4


def test_a_run_says_which_value_it_used_and_one_that_is_given_replaces_them_all(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(START + TIERS, "utf-8")
    ruleset = segrules.load(tmp_path)
    rows, day = [{"id": "a", "n": 15}], date(2025, 6, 30)
    summary = ruleset.evaluate({"rows": rows}, as_of=day).summary
    assert (summary.parameters, summary.parameters_since) == ({"gold": 10}, {"gold": date(2025, 1, 1)})
    given = ruleset.evaluate({"rows": rows}, as_of=date(2024, 6, 30), parameters={"gold": 16})
    assert (given.summary.parameters, given.summary.parameters_since) == ({"gold": 16}, {})
    assert given.wide["tier"].to_list() == [None]


def test_a_record_before_the_first_day_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(START + TIERS, "utf-8")
    with pytest.raises(segrules.InputInvalid) as refused:
        segrules.load(tmp_path).decide({"id": "a", "n": 15}, as_of=date(2024, 6, 30))
    assert [one.code.number for one in refused.value.diagnostics] == ["SR255"]


def test_a_trace_names_the_value_and_the_day_it_holds_from(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(START + TIERS, "utf-8")
    decision = segrules.load(tmp_path).decide({"id": "a", "n": 15}, as_of=date(2025, 6, 30), trace=True)
    assert decision.explanation is not None
    (tried,) = decision.explanation.trace.segmentations[0].tried
    assert tried.condition is not None
    (dated,) = tried.condition.dated
    assert (dated.parameter, dated.value, dated.since) == ("gold", 10, date(2025, 1, 1))
    assert str(dated.span).endswith("ruleset.yaml:7:10")


def test_a_unit_stands_on_numbers_only() -> None:
    found = said("parameters:\n  gold: {value: $200, unit: USD}\nmetrics:\n  m: n > gold\n")
    assert found == ["SR225 only a number has a unit, and `gold` is a text; a unit"]
