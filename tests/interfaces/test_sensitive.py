"""Sensitive columns at the command line and from Python: hidden where answers are explained, shown when asked for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import segrules
from tests.interfaces.command import EVALUATE, EXPLAIN, written
from tests.interfaces.command import Segrules as Command

AS_OF = date(2026, 6, 30)
RULESET = """\
segrules: 1
ruleset: care
entity: people
tables:
  people:
    source: {file: people.csv}
    key: id
    columns:
      id: string
      income: {type: integer, sensitivity: protected, min: 0}
      town: {type: string, values: [Rome, Oslo], sensitivity: personal}
      visits: integer
metrics:
  spare: income - 1000
segmentations:
  care:
    hit_policy: first
    rules:
      - {segment: more, when: income < 9_000 and visits > 2, because: "{income} and {visits} visits"}
      - {segment: some, when: spare < 7_000}
    default: none
"""
PEOPLE = "id,income,town,visits\nP1,8123,Rome,3\nP2,7654,Oslo,1\n"
TESTS = """\
as_of: 2026-06-30
tests:
  - test: it is none
    given: {people: [{id: P1, income: 8123, town: Rome, visits: 1}]}
    expect: {P1: {care: some}}
"""
SECRETS = ("8123", "8,123", "7123", "7,123", "7654", "6654")
WAY_OUT = "--show-sensitive shows them"


@pytest.fixture(autouse=True)
def _files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "ruleset.yaml").write_text(RULESET)
    (folder / "people.csv").write_text(PEOPLE)


def secrets_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def decided(record: dict[str, Any], **further: Any) -> Any:
    return segrules.load("ruleset.yaml").decide(record, as_of=AS_OF, trace=True, **further)


def test_reasons_hide_what_is_sensitive_and_the_way_out_is_told_once(segrules: Command) -> None:
    found = segrules(*EVALUATE, "--out", "results", "--reasons")
    assert found.err.count(WAY_OUT) == 1
    reasons = [row["reason"] for row in written("results/assignments.csv")]
    assert reasons == ["hidden and 3 visits", "spare < 7_000 (hidden)"]
    assert segrules(*EVALUATE, "--out", "results").err.count(WAY_OUT) == 0


def test_reasons_show_what_is_sensitive_to_who_asks(segrules: Command) -> None:
    found = segrules(*EVALUATE, "--out", "results", "--reasons", "--show-sensitive")
    assert WAY_OUT not in found.err
    reasons = [row["reason"] for row in written("results/assignments.csv")]
    assert reasons == ["8123 and 3 visits", "spare < 7_000 (6,654)"]


@pytest.mark.parametrize(
    "further", [[], ["--full"], ["--format", "json"], ["--not", "none"], ["--not", "some", "--full"]]
)
def test_explanations_hide_what_is_sensitive(segrules: Command, further: list[str]) -> None:
    hidden, shown = (segrules(*EXPLAIN, "--key", "P1", *further, *show).out for show in ([], ["--show-sensitive"]))
    assert secrets_in(hidden) == []
    assert secrets_in(shown)
    assert WAY_OUT not in shown


def test_what_would_be_enough_hides_values_that_are_sensitive_or_would_tell_one_that_is(segrules: Command) -> None:
    text = RULESET.replace("visits: integer", "visits: {type: integer, actionable: true}")
    text = text.replace("sensitivity: protected", "sensitivity: protected, actionable: {step: 100}")
    mixed = text.replace("visits > 2,", "1_000 * visits > income,")
    told = []
    for ruleset in (text, mixed):
        Path("ruleset.yaml").write_text(ruleset)
        for show in ([], ["--show-sensitive"]):
            answer = segrules(*EXPLAIN, "--key", "P2", "--not", "more", *show).out
            told.append(answer.split("what would be enough\n")[1].splitlines()[0].strip())
            form = segrules(*EXPLAIN, "--key", "P2", "--not", "more", "--format", "json", *show).out
            assert bool(secrets_in(form)) is bool(show)
    assert told[:2] == ["visits 1 → 3 (2 more)"] * 2
    assert told[2:] == ["another value of visits (hidden)", "visits 1 → 8 (7 more)"]


def test_a_trace_names_the_columns_that_it_hides_and_has_no_margin_that_would_tell(segrules: Command) -> None:
    row = json.loads(segrules(*EXPLAIN, "--key", "P1", "--format", "json").out)["row"]
    assert (row["hidden"], row["margins"]) == (["income"], {})
    row = json.loads(segrules(*EXPLAIN, "--key", "P1", "--format", "json", "--show-sensitive").out)["row"]
    assert (row["hidden"], row["margins"]["c3"]) == ([], {"amount": 123, "limit": 7000, "side": "over"})


def test_data_that_breaks_its_declaration_is_told_without_its_values(segrules: Command) -> None:
    Path("people.csv").write_text("id,income,town,visits\nP1,-8123,Roma,3\nP2,7654x,Oslo,1\n")
    hidden = segrules(*EVALUATE)
    assert secrets_in(hidden.said) == []
    assert "Roma" not in hidden.said
    assert 'row 1, key "P1": hidden' in hidden.err
    assert WAY_OUT in hidden.err
    shown = segrules(*EVALUATE, "--show-sensitive").err
    assert all(text in shown for text in ("`-8123`", "`7654x`", "did you mean `Rome` for `Roma`?"))


def test_the_quarantine_has_no_sensitive_values(segrules: Command) -> None:
    Path("people.csv").write_text("id,income,town,visits\nP1,-8123,Rome,3\nP2,7654,,1\nP3,7654,Oslo,x\n")
    values = []
    for show in ([], ["--show-sensitive"]):
        assert segrules(*EVALUATE, "--out", "results", "--invalid", "quarantine", *show).status == 0
        values.append([(row["column"], row["value"]) for row in written("results/quarantine.csv")])
    assert values == [
        [("income", "hidden"), ("town", ""), ("visits", "x")],
        [("income", "-8123"), ("town", ""), ("visits", "x")],
    ]


def test_a_decision_hides_what_is_sensitive_in_its_reason_and_in_its_explanation() -> None:
    record = {"id": "P1", "income": 8123, "town": "Rome", "visits": 3}
    hidden, shown = decided(record), decided(record, show_sensitive=True)
    assert hidden.metrics == shown.metrics == {"spare": 7123}
    assert (hidden.assignments["care"].because, shown.assignments["care"].because) == (
        "hidden and 3 visits",
        "8123 and 3 visits",
    )
    assert secrets_in(hidden.explanation.text(full=True) + hidden.explanation._repr_html_()) == []
    assert secrets_in(shown.explanation.text(full=True)) == ["8123", "8,123", "7,123"]


def test_a_record_that_breaks_its_declaration_is_told_without_its_values() -> None:
    record = {"id": "P1", "income": -8123, "town": "Rome", "visits": 3}
    for show in (False, True):
        with pytest.raises(segrules.DataInvalid) as caught:
            decided(record, show_sensitive=show)
        (said,) = caught.value.diagnostics
        assert ("-8123" in str(said.notes)) is show


def test_what_a_treatment_would_have_cost_is_hidden_if_it_comes_from_what_is_sensitive(segrules: Command) -> None:
    amount = "amount: {value: spare}, budget: {total: 7_000, rank_by: visits, partial: true}"
    grant = f"treatments:\n  - {{treatment: grant, kind: support, when: visits > 1, {amount}}}\n"
    Path("ruleset.yaml").write_text(RULESET + grant)
    reasons = []
    for show in ([], ["--show-sensitive"]):
        assert segrules(*EVALUATE, "--out", "results", *show).status == 0
        reasons += [row["reason"] for row in written("results/treatments.csv")]
        assert bool(secrets_in(segrules(*EXPLAIN, "--key", "P1", *show).out)) is bool(show)
    assert reasons == [
        "rank 1, the last; hidden, but the budget leaves no more",
        "rank 1, the last; 7,123.00, but the budget leaves no more",
    ]


def test_a_failing_test_shows_the_values_that_stand_in_it(segrules: Command) -> None:
    Path("tests.yaml").write_text(TESTS)
    assert "7,123" in segrules("test", ".").out + segrules("test", ".").err
