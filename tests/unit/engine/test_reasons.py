from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import polars as pl
import pytest

import segrules
from segrules.engine import told

AS_OF = date(2026, 6, 30)
NAMES = [f"x{number}" for number in range(8)]


@pytest.fixture(params=["any", "at_least"])
def ruleset(request: pytest.FixtureRequest, tmp_path: Path) -> segrules.Ruleset:
    """A rule of eight conditions on columns of their own, and one more that saw what the first did."""
    parts = [*(f"{name} > 0" for name in NAMES), "x0 < 9"]
    tree = f"{{any: {parts}}}" if request.param == "any" else f"{{at_least: {{count: 2, of: {parts}}}}}"
    columns = "".join(f", {name}: {{type: integer, optional: true}}" for name in NAMES)
    path = tmp_path / "ruleset.yaml"
    path.write_text(
        f"segrules: 1\nruleset: many\nentity: t\ntables:\n  t: {{key: k, columns: {{k: integer{columns}}}}}\n"
        f"segmentations:\n  s:\n    hit_policy: first\n    rules:\n      - {{segment: a, when: {tree}}}\n",
        "utf-8",
    )
    return segrules.load(path)


def test_reasons_are_those_of_one_record_also_where_rows_tell_many_sets_of_conditions(
    ruleset: segrules.Ruleset,
) -> None:
    values = product((None, 2, 0), *((0, 3) for _ in NAMES[1:]))
    rows = [{"k": number, **dict(zip(NAMES, row, strict=True))} for number, row in enumerate(values)]
    told = ruleset.evaluate({"t": rows}, as_of=AS_OF).reasons()["reason"].to_list()
    assert told == [ruleset.decide(row, as_of=AS_OF).assignments["s"].reason for row in rows]
    assert len(set(told)) > 64
    assert any(" and 5 more" in one for one in told)


def test_rows_without_rules_in_force_and_tables_without_rows_have_reasons(tmp_path: Path) -> None:
    path = tmp_path / "ruleset.yaml"
    path.write_text(
        "segrules: 1\nruleset: over\nentity: t\ntables: {t: {key: k, columns: {k: integer}}}\nsegmentations:\n  s:\n"
        "    hit_policy: unique\n    rules: [{segment: a, when: k > 0, valid: {until: 2020-01-01}}]\n",
        "utf-8",
    )
    result = segrules.load(path).evaluate({"t": [{"k": 1}]}, as_of=AS_OF)
    assert result.reasons()["reason"].to_list() == ["no rule matched"]
    assert result.conditions().columns == ["k"]
    assert result.legend.height == 0
    assert result.summary.conditions == ()
    assert segrules.load(path).evaluate({"t": []}, as_of=date(2019, 1, 1)).reasons().height == 0


LISTS = """\
segrules: 1
ruleset: lists
entity: t
tables: {t: {key: k, columns: {k: integer, on: {type: boolean, optional: true}, words: list of string}}}
segmentations:
  s:
    hit_policy: first
    rules:
      - {segment: a, when: k > 3, because: "{on} {words}"}
      - {segment: b, when: words contains 'x', because: "has {words}"}
"""


def test_values_that_are_written_one_by_one_are_told_in_more_rows_than_are_told_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ruleset.yaml").write_text(LISTS, "utf-8")
    monkeypatch.setattr(told, "_AT_A_TIME", 2)
    rows = pl.DataFrame({"k": range(9), "on": [True, False, None] * 3, "words": [["x"], ["y", "x"], ["x"]] * 3})
    reasons = segrules.load(tmp_path).evaluate({"t": rows}, as_of=AS_OF).reasons()["reason"].to_list()
    assert reasons == [
        *("has x", "has y, x", "has x", "has x"),
        *("false y, x", "missing x", "true x", "false y, x", "missing x"),
    ]
