"""A table that belongs to itself, as tables and as a nested record: the answers are the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import segrules

AS_OF = date(2026, 6, 30)
RULESET = """\
segrules: 1
ruleset: hierarchies
entity: partners
tables:
  partners:
    key: id
    columns: {id: string, parent_id: {type: string, optional: true}, revenue: {type: number, optional: true}}
    belongs_to: {parent: {table: partners, by: parent_id, as: subsidiaries}}
  deals:
    columns: {partner_id: string, amount: integer}
    belongs_to: {partner: {table: partners, by: partner_id}}
metrics:
  above: parent.parent.id
  direct: coalesce(revenue, 0) + sum(subsidiaries.revenue)
  two_levels: direct + sum(subsidiaries.subsidiaries.revenue)
  won_below: sum(subsidiaries.deals.amount)
  share: revenue / parent.direct
segmentations:
  tier:
    hit_policy: first
    ordered: true
    rules: [{segment: gold, when: revenue >= 20}]
    default: other
  benefits:
    hit_policy: first
    rules:
      - {segment: full, when: parent_id is present and parent.tier = 'gold'}
      - {segment: half, when: share > 0.5}
    default: basic
"""
PARTNERS: list[dict[str, Any]] = [
    {"id": "A", "parent_id": None, "revenue": 0.1},
    {"id": "B", "parent_id": "A", "revenue": 20.0},
    {"id": "C", "parent_id": "A", "revenue": 1.0},
    {"id": "D", "parent_id": "C", "revenue": None},
    {"id": "E", "parent_id": "D", "revenue": 0.3},
    {"id": "F", "parent_id": "A", "revenue": 2.0},
    {"id": "Z", "parent_id": "Z", "revenue": 1.0},
]
DEALS = [{"partner_id": who, "amount": amount} for who, amount in (("A", 1), ("B", 10), ("C", 100), ("D", 1000))]


@pytest.fixture(scope="module")
def ruleset(tmp_path_factory: pytest.TempPathFactory) -> segrules.Ruleset:
    path = tmp_path_factory.mktemp("hierarchies") / "ruleset.yaml"
    path.write_text(RULESET, "utf-8")
    return segrules.load(path)


def below(key: str) -> list[dict[str, Any]]:
    """The rows that belong to one, with all that belongs to them."""
    return [with_rows_below(row) for row in PARTNERS if row["parent_id"] == key and row["id"] != key]


def with_rows_below(row: dict[str, Any]) -> dict[str, Any]:
    deals = [deal for deal in DEALS if deal["partner_id"] == row["id"]]
    return {**row, "deals": deals, "subsidiaries": below(row["id"])}


def with_rows_above(row: dict[str, Any]) -> dict[str, Any]:
    """A record with the rows below it, and those above it with their other rows below."""
    found = with_rows_below(row)
    parent = next((one for one in PARTNERS if one["id"] == row["parent_id"] != row["id"]), None)
    if parent is not None:
        found["parent"] = with_rows_above(parent)
        siblings = found["parent"]["subsidiaries"]
        found["parent"]["subsidiaries"] = [one for one in siblings if one["id"] != row["id"]]
    return found


@pytest.mark.parametrize("row", PARTNERS, ids=lambda row: row["id"])
def test_a_nested_record_is_decided_as_it_is_among_all(ruleset: segrules.Ruleset, row: dict[str, Any]) -> None:
    result = ruleset.evaluate({"partners": PARTNERS, "deals": DEALS}, as_of=AS_OF)
    among_all = result.wide.row(by_predicate=pl.col("id") == row["id"], named=True)
    decision = ruleset.decide(with_rows_above(row), as_of=AS_OF)
    told = {name: assigned.segment for name, assigned in decision.assignments.items()}
    assert {"id": row["id"], **decision.metrics, **told} == pytest.approx(among_all)


def test_rows_above_may_be_found_in_tables(ruleset: segrules.Ruleset) -> None:
    decision = ruleset.decide({**PARTNERS[4], "deals": []}, as_of=AS_OF, tables={"partners": PARTNERS})
    assert decision.metrics["above"] == "C"
    assert decision["benefits"] == "half"
    assert decision.assignments["benefits"].missing == ("revenue",)


@pytest.mark.parametrize("row", PARTNERS, ids=lambda row: row["id"])
def test_a_record_without_other_rows_finds_them_in_tables(ruleset: segrules.Ruleset, row: dict[str, Any]) -> None:
    tables: dict[str, object] = {"partners": PARTNERS, "deals": DEALS}
    among_all = ruleset.evaluate(tables, as_of=AS_OF).wide.row(by_predicate=pl.col("id") == row["id"], named=True)
    decision = ruleset.decide(row, as_of=AS_OF, tables=tables)
    told = {name: assigned.segment for name, assigned in decision.assignments.items()}
    assert {"id": row["id"], **decision.metrics, **told} == pytest.approx(among_all)


def test_rows_that_nest_count_instead_of_those_in_tables(ruleset: segrules.Ruleset) -> None:
    tables: dict[str, object] = {"partners": PARTNERS, "deals": DEALS}
    record = {"id": "A", "revenue": 7.0, "subsidiaries": [{"id": "B", "revenue": 1.0, "deals": []}, {"id": "C"}]}
    metrics = ruleset.decide(record, as_of=AS_OF, tables=tables).metrics
    assert metrics == {"above": None, "direct": 8.0, "two_levels": None, "won_below": 100, "share": None}


@pytest.mark.parametrize("form", ["frame", "lazy", "path"])
def test_tables_of_rows_above_are_whatever_a_run_takes(ruleset: segrules.Ruleset, tmp_path: Path, form: str) -> None:
    frame = pl.DataFrame(PARTNERS)
    path = tmp_path / "partners.csv"
    frame.write_csv(path)
    given = {"frame": frame, "lazy": frame.lazy(), "path": path}[form]
    record = {**PARTNERS[4], "deals": []}
    decision = ruleset.decide(record, as_of=AS_OF, tables={"partners": given})
    assert decision == ruleset.decide(record, as_of=AS_OF, tables={"partners": PARTNERS})


@pytest.mark.parametrize(
    ("given", "said"), [(3, "SR523"), ("absent.csv", "SR515"), (pl.DataFrame({"x": [1]}), "SR510")]
)
def test_what_is_no_table_of_rows_above_is_refused(ruleset: segrules.Ruleset, given: object, said: str) -> None:
    with pytest.raises((segrules.DataInvalid, segrules.InputInvalid), match=said):
        ruleset.decide({**PARTNERS[4], "deals": []}, as_of=AS_OF, tables={"partners": given})


def test_a_row_that_is_its_own_parent_is_found_in_the_record_itself(ruleset: segrules.Ruleset) -> None:
    decision = ruleset.decide(PARTNERS[6], as_of=AS_OF)
    assert (decision.metrics["above"], decision.metrics["direct"]) == ("Z", 2.0)


@pytest.mark.parametrize("key", [row["id"] for row in PARTNERS])
def test_an_explanation_sees_the_values_of_the_batch_to_the_last_bit(ruleset: segrules.Ruleset, key: str) -> None:
    far_apart = [{**row, "revenue": {"B": 1e16, "F": -1e16}.get(row["id"], 1.0)} for row in PARTNERS]
    result = ruleset.evaluate({"partners": far_apart, "deals": DEALS}, as_of=AS_OF)
    trace = result.explain(key).trace
    told: dict[str, object] = {one.segmentation: one.segment for one in trace.segmentations}
    told |= {one.metric: one.value for one in trace.metrics}
    wide = result.wide.row(by_predicate=pl.col("id") == key, named=True)
    assert told == {name: wide[name] for name in ("tier", "benefits", "share")}


def test_a_nested_row_that_names_another_parent_is_refused(ruleset: segrules.Ruleset) -> None:
    record = {**PARTNERS[0], "subsidiaries": [{"id": "X", "parent_id": "Y"}]}
    with pytest.raises(segrules.DataInvalid, match="does not belong to"):
        ruleset.decide(record, as_of=AS_OF)


def test_a_required_parent_that_is_set_apart_takes_all_below_it_along(tmp_path: Path) -> None:
    path = tmp_path / "ruleset.yaml"
    path.write_text(RULESET.replace("as: subsidiaries", "as: subsidiaries, required: true"), "utf-8")
    rows = [
        {"id": who, "parent_id": parent, "revenue": 1.0}
        for who, parent in (("Z", "Z"), ("A", "X"), ("B", "A"), ("C", "B"), ("Y", "Z"))
    ]
    result = segrules.evaluate(path, {"partners": rows, "deals": []}, as_of=AS_OF, invalid="quarantine")
    assert result.wide["id"].to_list() == ["Z", "Y"]
    assert result.quarantine["key"].to_list() == ['"A"', '"B"', '"C"']
