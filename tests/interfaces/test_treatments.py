"""Treatments as a person sees them: a table at the end of a run, a file, and why a row was refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.interfaces.command import EVALUATE, EXPLAIN, Segrules, process, written

RULESET = """\
segrules: 1
ruleset: example
entity: partners
tables:
  partners:
    source: {file: partners.csv}
    key: id
    columns: {id: string, revenue: {type: decimal(2), unit: USD}, out: {type: boolean, optional: true}}
suppress: out
treatments:
  - treatment: fund
    kind: marketing_support
    when: revenue > 100
    amount: {value: 10% * revenue}
    budget: {total: 1_500, rank_by: revenue descending, partial: true}
  - {treatment: letter, kind: communication, when: true}
"""
PARTNERS = """\
id,revenue,out
a,12000.00,false
b,9000.00,false
c,8000.00,false
d,100.00,false
e,50000.00,true
f,50000.00,
"""

TABLE = """\
1 row suppressed
1 row without treatments, as `suppress` is unknown
treatments  eligible  granted  reduced  refused        amount  budget left
  fund             3        1        1        1  1,500.00 USD     0.00 USD
  letter           4        4        0        0
"""


LETTERS = """\
treatments  eligible  granted
  letter           6        6
"""


def write(folder: Path) -> None:
    (folder / "ruleset.yaml").write_text(RULESET)
    (folder / "partners.csv").write_text(PARTNERS)


def test_a_run_ends_with_a_table_of_treatments(segrules: Segrules, folder: Path) -> None:
    write(folder)
    found = segrules(*EVALUATE, "--out", "results")
    assert (found.status, found.out) == (0, "")
    assert found.err.endswith(TABLE)
    summary = json.loads((folder / "results" / "summary.json").read_text())
    assert summary["treatments"]["fund"]["amount"] == "1500.00"
    assert summary["treatments"]["fund"]["budget"] == {"": {"total": "1500.00", "left": "0.00"}}
    assert (summary["suppressed"], summary["perhaps_suppressed"]) == (1, 1)


def test_a_table_has_no_column_that_would_be_empty(segrules: Segrules, folder: Path) -> None:
    write(folder)
    fund = RULESET[RULESET.index("suppress: out\n") : RULESET.index("  - {treatment: letter")]
    (folder / "ruleset.yaml").write_text(RULESET.replace(fund, "treatments:\n"))
    assert segrules(*EVALUATE).err.endswith(LETTERS)


def test_treatments_are_written_as_a_file(segrules: Segrules, folder: Path) -> None:
    write(folder)
    assert segrules(*EVALUATE, "--out", "results").status == 0
    found = written("results/treatments.csv")
    assert [(row["id"], row["treatment"], row["status"], row["amount"], row["rank"]) for row in found][:5] == [
        ("a", "fund", "granted", "1200.00", "1"),
        ("a", "letter", "granted", "", ""),
        ("b", "fund", "reduced", "300.00", "2"),
        ("b", "letter", "granted", "", ""),
        ("c", "fund", "refused", "", "3"),
    ]


def test_explain_says_why_a_row_was_refused(segrules: Segrules, folder: Path) -> None:
    write(folder)
    found = segrules(*EXPLAIN, "--key", "c")
    assert "  fund: refused" in found.out
    assert "rank 3, the last granted is rank 2; a budget of 2,900.00 USD would have been enough" in found.out
    [fund, _] = json.loads(segrules(*EXPLAIN, "--key", "c", "--format", "json").out)["treatments"]
    assert (fund["status"], fund["rank"], fund["cutoff"]) == ("refused", 3, 2)


def test_amounts_that_come_from_what_is_sensitive_are_hidden_in_explanations(segrules: Segrules, folder: Path) -> None:
    write(folder)
    sensitive = RULESET.replace("unit: USD}, out", "unit: USD, sensitivity: personal}, out")
    (folder / "ruleset.yaml").write_text(sensitive)
    text = segrules(*EXPLAIN, "--key", "b").out
    assert "  fund: reduced, hidden" in text
    assert "900" not in text
    [fund, _] = json.loads(segrules(*EXPLAIN, "--key", "b", "--format", "json").out)["treatments"]
    assert fund["amount"] == "hidden"
    [fund, _] = json.loads(segrules(*EXPLAIN, "--key", "b", "--format", "json", "--show-sensitive").out)["treatments"]
    assert fund["amount"] == "300.00"


CHOSEN = """\
segrules: 1
ruleset: example
entity: partners
allocation: optimise
tables:
  partners:
    source: {file: partners.csv}
    key: id
    columns: {id: string, asks: {type: decimal(2), unit: USD}, earns: {type: decimal(2), unit: EUR}}
treatments:
  - treatment: fund
    kind: marketing_support
    when: true
    amount: {value: asks}
    value: earns
    budget: {total: 100}
  - {treatment: call, kind: support, when: true, value: earns / 10, limit: {count: 1}}
  - {treatment: letter, kind: communication, when: true}
"""

CHOSEN_TESTS = """\
as_of: 2026-06-30
tests:
  - test: the second is worth more
    given: {partners: [{id: a, asks: 80, earns: 1}, {id: b, asks: 80, earns: 2}]}
    expect:
      a: {treatments: {fund: {status: refused, amount: none}}}
      b: {treatments: {fund: {status: granted, amount: 80}}}
"""

CHOSEN_TABLE = """\
treatments  eligible  granted  refused      amount  budget left      value
  fund             3        2        1  100.00 USD     0.00 USD  16.25 EUR
  call             3        1        2                             1.2 EUR
  letter           3        3        0
total value 17.45 EUR, the highest there is
"""


def write_chosen(folder: Path) -> None:
    (folder / "ruleset.yaml").write_text(CHOSEN)
    (folder / "partners.csv").write_text("id,asks,earns\na,60.00,12.00\nb,50.00,8.00\nc,50.00,8.25\n")


def test_a_choice_ends_with_its_total_value(segrules: Segrules, folder: Path) -> None:
    write_chosen(folder)
    found = segrules(*EVALUATE, "--out", "results")
    assert (found.status, found.out) == (0, "")
    assert found.err.endswith(CHOSEN_TABLE)
    summary = json.loads((folder / "results" / "summary.json").read_text())
    assert summary["allocation"] == {"value": "17.450000", "bound": "17.450000", "gap": "0", "unit": "EUR"}
    assert summary["treatments"]["fund"]["value"] == "16.250000"
    assert summary["treatments"]["fund"]["budget"] == {"": {"total": "100.00", "left": "0.00"}}


def test_a_solver_says_nothing_of_its_own(folder: Path) -> None:
    write_chosen(folder)
    found = process(*EVALUATE, "--out", "results", cwd=folder)
    assert (found.returncode, found.stdout, found.stderr.lstrip()) == (0, "", CHOSEN_TABLE)


def test_explain_says_why_a_row_was_not_chosen(segrules: Segrules, folder: Path) -> None:
    write_chosen(folder)
    found = " ".join(segrules(*EXPLAIN, "--key", "a").out.split())
    value = "its value is 12 EUR, and what is chosen for the highest total value"
    assert f"fund: refused {value} leaves 0.00 USD of the budget, less than the 60.00 USD it takes" in found
    assert "call: granted" in found


def test_values_that_come_from_what_is_sensitive_are_hidden_in_explanations(segrules: Segrules, folder: Path) -> None:
    write_chosen(folder)
    (folder / "ruleset.yaml").write_text(CHOSEN.replace("unit: EUR", "unit: EUR, sensitivity: personal"))
    assert "its value is hidden, and" in " ".join(segrules(*EXPLAIN, "--key", "a").out.split())


def test_tests_beside_the_rules_see_what_is_chosen(segrules: Segrules, folder: Path) -> None:
    write_chosen(folder)
    (folder / "tests.yaml").write_text(CHOSEN_TESTS)
    assert segrules("test", ".").status == 0


@pytest.mark.parametrize("command", [(*EVALUATE, "--out", "results"), (*EXPLAIN, "--key", "a"), ("test", ".")])
def test_without_a_solver_it_is_said_what_to_install(
    segrules: Segrules, folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    write_chosen(folder)
    (folder / "tests.yaml").write_text(CHOSEN_TESTS)
    monkeypatch.setitem(sys.modules, "highspy", None)
    found = segrules(*command)
    assert (found.status, found.out) == (2, "")
    assert "pip install 'segrules[optimise]'" in found.err
    assert "Traceback" not in found.err
