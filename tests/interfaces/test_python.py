"""The Python interface as a service uses it, on the sample ruleset."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import polars as pl
import pytest
from jsonschema import Draft7Validator

import segrules
from segrules.engine.result import Result
from segrules.explain.schema import trace_schema

SAMPLE = Path(__file__).parents[2] / "rulesets" / "acme_partner_programme"
SHARED = SAMPLE.parent / "shared"
AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def ruleset() -> segrules.Ruleset:
    return segrules.load(SAMPLE)


@pytest.fixture(scope="module")
def result(ruleset: segrules.Ruleset) -> Result:
    return ruleset.evaluate(as_of=AS_OF)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the sample ruleset that a test may change, beside what it imports."""
    shutil.copytree(SHARED, tmp_path / "shared")
    shutil.copytree(SAMPLE, tmp_path / "sample")
    return tmp_path / "sample" / "ruleset.yaml"


def rows(table: str) -> list[dict[str, Any]]:
    path = SHARED / "products.csv" if table == "products" else SAMPLE / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]


def test_deciding_a_record_gives_what_the_batch_gives_it(ruleset: segrules.Ruleset, result: Result) -> None:
    deals: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for deal in rows("deals"):
        deals[deal["partner_id"]].append(deal)
    tables = {"products": rows("products")}
    wide = {row["partner_id"]: row for row in result.wide.rows(named=True)}
    reasons = {(row["partner_id"], row["segmentation"]): row for row in result.assignments.rows(named=True)}
    partners = rows("partners")
    assert len(partners) == len(wide)
    for partner in partners:
        key = partner["partner_id"]
        record = {**partner, "deals": deals[key]}
        decision = ruleset.decide(record, as_of=AS_OF, tables=tables, population=result.population)
        assert {name: wide[key][name] for name in decision.metrics} == dict(decision.metrics)
        for name, assigned in decision.assignments.items():
            batch = reasons[key, name]
            segments = None if assigned.segments is None else list(assigned.segments)
            assert (batch["segment"], batch["segments"]) == (assigned.segment, segments)
            assert (batch["rule"], batch["certainty"]) == (assigned.rule, assigned.certainty)
            assert (batch["possible"] or [], batch["conflict"] or []) == ([*assigned.possible], [*assigned.conflict])


@pytest.mark.parametrize(
    ("deals", "said"),
    [
        ("D-1", "what stands under `deals` in a row of `partners` is not a list of rows but a text"),
        (pl.DataFrame({"deal_id": ["D-1"]}), "is not a list of rows but a `DataFrame`"),
        (["D-1"], "is not a list of rows but a list with a text in it"),
    ],
)
def test_what_is_no_rows_is_refused_where_rows_nest(
    ruleset: segrules.Ruleset, result: Result, deals: object, said: str
) -> None:
    record = {**rows("partners")[0], "deals": deals}
    with pytest.raises(segrules.InputInvalid, match=said):
        ruleset.decide(record, as_of=AS_OF, population=result.population)


@pytest.mark.parametrize(
    "call",
    [
        lambda ruleset: ruleset.evaluate({1: []}, as_of=AS_OF),
        lambda ruleset: ruleset.evaluate(as_of=AS_OF, parameters={1: 2}),
        lambda ruleset: ruleset.evaluate(as_of=AS_OF, parameters=["gold_revenue"]),
        lambda ruleset: ruleset.evaluate({"partners": [{1: "P-1"}]}, as_of=AS_OF),
        lambda ruleset: ruleset.decide({1: [{}]}, as_of=AS_OF, population=3),
        lambda ruleset: ruleset.decide({"partner_id": "P-1"}, as_of=AS_OF, population=3),
        lambda ruleset: ruleset.evaluate(as_of=AS_OF).explain("P-017").why_not(3),
        lambda ruleset: ruleset.evaluate(as_of=AS_OF).explain("P-017").text(segmentations="teer"),
    ],
    ids=["table", "parameter", "parameters", "column", "nested", "population", "segment", "segmentation"],
)
def test_what_cannot_stand_in_a_call_is_refused_in_words(ruleset: Any, call: Callable[[Any], object]) -> None:
    with pytest.raises((segrules.InputInvalid, segrules.DataInvalid)):
        call(ruleset)


def test_a_parameter_may_be_given_for_one_run(ruleset: segrules.Ruleset, result: Result) -> None:
    dearer = ruleset.evaluate(as_of=AS_OF, parameters={"gold_revenue": 10**9})
    assert dearer.summary.segmentations["tier"].segments["gold"] == 0
    assert result.summary.segmentations["tier"].segments["gold"] > 0
    assert dearer.summary.hash == result.summary.hash
    assert dearer.summary.parameters["gold_revenue"] == 1_000_000_000


def test_an_unknown_parameter_names_the_nearest(ruleset: segrules.Ruleset) -> None:
    with pytest.raises(segrules.InputInvalid, match="did you mean `gold_revenue`"):
        ruleset.evaluate(as_of=AS_OF, parameters={"gold_revenu": 1})


def test_a_parameter_of_another_sort_is_refused(ruleset: segrules.Ruleset) -> None:
    with pytest.raises(segrules.InputInvalid, match="`gold_revenue` is a whole number, not a text"):
        ruleset.evaluate(as_of=AS_OF, parameters={"gold_revenue": "much"})


def test_an_unknown_table_names_the_nearest(ruleset: segrules.Ruleset) -> None:
    with pytest.raises(segrules.InputInvalid, match="did you mean `deals`"):
        ruleset.evaluate({"deal": pl.DataFrame()}, as_of=AS_OF)


def test_explaining_a_row_that_is_not_there_says_so(result: Result) -> None:
    with pytest.raises(segrules.InputInvalid, match="no row of `partners` has the key `P-999`"):
        result.explain("P-999")


@pytest.mark.parametrize("key", ["p-017", " P-017"])
def test_a_key_that_is_written_otherwise_names_the_right_one(result: Result, key: str) -> None:
    with pytest.raises(segrules.InputInvalid, match="did you mean `P-017`"):
        result.explain(key)


def test_explaining_a_row_with_too_many_keys_says_which_column_is_the_key(result: Result) -> None:
    with pytest.raises(segrules.InputInvalid, match="the key of `partners` is `partner_id`, and 2 values were given"):
        result.explain("P", "017")


def test_explaining_a_row_that_was_set_apart_says_what_it_breaks(ruleset: segrules.Ruleset) -> None:
    partners = [{**row, "certifications": "-1"} if row["partner_id"] == "P-017" else row for row in rows("partners")]
    result = ruleset.evaluate({"partners": partners}, as_of=AS_OF, invalid="quarantine")
    with pytest.raises(segrules.InputInvalid, match="`P-017` in the data of `partners` was set apart") as refused:
        result.explain("P-017")
    assert refused.value.diagnostics[0].notes == ("row 17: `certifications` (min)",)


def test_an_explanation_agrees_with_the_batch(result: Result) -> None:
    assigned = {(row["partner_id"], row["segmentation"]): row for row in result.assignments.rows(named=True)}
    for key in result.wide["partner_id"].to_list()[:40]:
        for told in result.explain(key).trace.segmentations:
            batch = assigned[key, told.segmentation]
            segments = None if told.segments is None else list(told.segments)
            assert (told.segment, segments) == (batch["segment"], batch["segments"])
            assert told.certainty == batch["certainty"]


def test_why_not_says_what_would_be_enough(result: Result) -> None:
    explanation = result.explain("P-189")
    answer = explanation.why_not("tier=gold")
    [miss] = answer.misses
    assert miss.enough is not None
    [changes] = miss.enough.changes.sets
    assert {one.column: (one.present, one.value) for one in changes} == {"certifications": (3, 6), "csat": (3.3, 4.0)}
    assert "certifications 3 → 6 (3 more) and csat 3.3 → 4 (0.7 more)" in answer.text()
    Draft7Validator(trace_schema()).validate({**explanation.to_dict(), "why_not": answer.to_dict()})


def test_a_decided_record_can_be_asked_why_not(ruleset: segrules.Ruleset, result: Result) -> None:
    with (SAMPLE / "data" / "partners.csv").open(newline="", encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if row["partner_id"] == "P-165")
    record = {name: value or None for name, value in row.items()} | {"specialisms": ["cloud"], "deals": []}
    decision = ruleset.decide(record, as_of=AS_OF, population=result.population, trace=True)
    assert decision.explanation is not None
    [miss] = decision.explanation.why_not("silver").misses
    assert miss.enough is not None
    assert miss.enough.changes.sets == ()
    assert "it comes from rows of deals" in decision.explanation.why_not("silver").text()


def test_reasons_tell_the_authors_words_with_the_rows_values(result: Result) -> None:
    reasons = result.reasons().filter(partner_id="P-017", segmentation="tier")["reason"].item()
    assert reasons == result.explain("P-017").trace.segmentations[2].because
    assert "962,400 USD" in reasons


def test_what_the_caller_passed_is_not_changed(ruleset: segrules.Ruleset) -> None:
    partners, deals, products = rows("partners"), rows("deals"), rows("products")
    before = repr((partners, deals, products))
    assert (
        ruleset.evaluate({"partners": partners, "deals": deals, "products": products}, as_of=AS_OF).wide.height == 200
    )
    assert repr((partners, deals, products)) == before


def test_a_ruleset_may_be_shared_between_threads(ruleset: segrules.Ruleset, result: Result) -> None:
    found: list[pl.DataFrame] = []
    threads = [Thread(target=lambda: found.append(ruleset.evaluate(as_of=AS_OF).wide)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(frame.equals(result.wide) for frame in found)


def test_loading_and_evaluating_in_one_call_gives_the_same(result: Result) -> None:
    assert segrules.evaluate(SAMPLE, as_of=AS_OF).assignments.equals(result.assignments)


def test_layout_comments_and_titles_do_not_change_the_hash_and_a_number_does(
    ruleset: segrules.Ruleset, copied: Path
) -> None:
    text = copied.read_text(encoding="utf-8")
    relaid = copied
    relaid.write_text("# a comment\n" + text.replace("title: Acme partner programme 2026", "title: Other"), "utf-8")
    assert segrules.load(relaid).hash == ruleset.hash
    relaid.write_text(text.replace("250_000", "250_001"), "utf-8")
    assert segrules.load(relaid).hash != ruleset.hash


def test_every_mistake_of_a_file_is_in_the_exception(copied: Path) -> None:
    text = copied.read_text(encoding="utf-8")
    broken = copied
    text = text.replace("certifications >= 6", "certifcations >= 6").replace(
        "sum(deals.net where", "summ(deals.net where", 1
    )
    broken.write_text(text.replace("entity: partners", "entity: partners\nowners: me"), "utf-8")
    with pytest.raises(segrules.RulesetInvalid) as caught:
        segrules.load(broken)
    assert {diagnostic.code.slug for diagnostic in caught.value.diagnostics} == {
        "unknown-name",
        "unknown-function",
        "unknown-key",
    }


def test_rulesets_that_mean_the_same_tell_their_reasons_each_in_its_own_words(tmp_path: Path) -> None:
    told = []
    for number, condition in enumerate(("x > 1", "1 < x")):
        path = tmp_path / f"{number}.yaml"
        path.write_text(
            "segrules: 1\nruleset: r\nentity: t\ntables:\n  t: {key: k, columns: {k: integer, x: integer}}\n"
            f"segmentations:\n  s:\n    hit_policy: first\n    rules: [{{segment: a, when: {condition}}}]\n"
        )
        told.append(segrules.evaluate(path, {"t": [{"k": 1, "x": 2}]}, as_of=AS_OF).reasons()["reason"].item())
    assert told == ["x > 1 (2)", "1 < x (2)"]
