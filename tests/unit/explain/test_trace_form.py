"""The JSON form of a trace: valid by its schema, and the same whether legend and row are had together or apart."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

import segrules
from segrules.engine.result import Result
from segrules.explain.schema import trace_schema

ROOT = Path(__file__).parents[3]
VALIDATOR = Draft7Validator(trace_schema())


@pytest.fixture(scope="module")
def result() -> Result:
    return segrules.load(ROOT / "rulesets/acme_partner_programme").evaluate(as_of=date(2026, 6, 30))


def test_the_traces_of_the_sample_are_valid_json_of_version_1(result: Result) -> None:
    for key in result.wide["partner_id"][:40]:
        form = json.loads(json.dumps(result.explain(key).to_dict(), allow_nan=False))
        assert form["version"] == 1
        assert [error.message for error in VALIDATOR.iter_errors(form)] == []


def test_legend_and_row_can_be_had_apart(result: Result) -> None:
    first, second = result.explain("P-017"), result.explain("P-025")
    assert first.legend() == second.legend()
    assert first.values() != second.values()
    assert first.to_dict() == {**first.to_dict(), "legend": second.legend(), "row": first.values()}


def test_every_value_is_named_by_its_position(result: Result) -> None:
    form = result.explain("P-017").to_dict()
    legend, values = form["legend"], form["row"]["values"]
    assert len(values) == len(legend["expressions"])
    told = {one["text"]: one["outcome"] for one in legend["conditions"] if "outcome" in one}
    at = told["revenue_12m >= gold_revenue"]
    assert isinstance(at, int)
    assert values[at] is True
    [revenue] = [one["value"] for one in legend["metrics"] if one["metric"] == "revenue_12m"]
    assert isinstance(revenue, int)
    assert values[revenue] == "962400.000000"


def test_a_field_that_nobody_declared_is_not_valid(result: Result) -> None:
    form = {**result.explain("P-017").to_dict(), "extra": 1}
    assert list(VALIDATOR.iter_errors(form))


def test_what_became_of_treatments_stands_beside_the_row(result: Result) -> None:
    treatments = result.explain("P-018").to_dict()["treatments"]
    [bootcamp] = [one for one in treatments if one["treatment"] == "cloud_bootcamp"]
    assert (bootcamp["status"], bootcamp["amount"], bootcamp["rank"], bootcamp["cutoff"]) == ("refused", None, 9, 5)
    assert [one["amount"] for one in treatments if one["treatment"] == "loyalty_rebate"] == ["823.59"]
