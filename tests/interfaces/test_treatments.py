"""Treatments as a person sees them: a table at the end of a run, a file, and why a row was refused."""

from __future__ import annotations

import json
from pathlib import Path

from tests.interfaces.command import EVALUATE, EXPLAIN, Segrules, written

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
