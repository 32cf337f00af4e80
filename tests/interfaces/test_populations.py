"""A population from its run to the decisions about single records, as a service uses it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import polars as pl
import pytest

import segrules
from segrules.errors import InputInvalid
from tests.interfaces.command import Segrules

AS_OF = date(2026, 6, 30)
RULESET = """
segrules: 1
ruleset: tiers
entity: partners
tables:
  partners:
    key: id
    source: {file: partners.csv}
    columns:
      id: string
      region: {type: string, optional: true}
      revenue: {type: decimal(2), optional: true}
parameters:
  top: 75%
metrics:
  place: rank(revenue descending over region)
  share: revenue / sum(revenue over all)
segmentations:
  tier:
    hit_policy: first
    rules:
      - {segment: gold, when: "revenue >= quantile(revenue, top over all)"}
    default: silver
"""
PARTNERS = "id,region,revenue\na,N,100.00\nb,N,300.00\nc,S,200.00\nd,S,\ne,,400.00\n"
EVALUATE = ["evaluate", "ruleset.yaml", "--as-of", "2026-06-30"]


@pytest.fixture(autouse=True)
def _files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    Path("ruleset.yaml").write_text(RULESET, "utf-8")
    Path("partners.csv").write_text(PARTNERS, "utf-8")


def decided(record: dict[str, Any], **further: Any) -> tuple[Any, ...]:
    found = segrules.load("ruleset.yaml").decide(record, as_of=AS_OF, population="population", **further)
    return (found.metrics["place"], found["tier"])


def saved() -> segrules.Ruleset:
    ruleset = segrules.load("ruleset.yaml")
    ruleset.evaluate(as_of=AS_OF).save_population("population")
    return ruleset


def refused(record: dict[str, Any], **further: Any) -> list[str]:
    with pytest.raises(InputInvalid) as caught:
        segrules.load("ruleset.yaml").decide(record, **{"as_of": AS_OF, **further})
    return [one.code.number for one in caught.value.diagnostics]


def test_a_population_saved_by_the_command_serves_single_records(segrules: Segrules) -> None:
    found = segrules(*EVALUATE, "--save-population", "population")
    assert found.status == 0
    assert decided({"id": "b", "region": "N", "revenue": "300.00"}) == (1, "silver")
    assert decided({"id": "b", "region": "N", "revenue": "99.00"}) == (2, "silver")
    assert decided({"id": "new", "region": "S", "revenue": "250.00"}) == (1, "silver")
    assert decided({"id": "new", "region": "S", "revenue": None}) == (None, "silver")
    assert decided({"id": "new", "region": "W", "revenue": "1000.00"}) == (1, "gold")


def test_what_is_saved_knows_its_run() -> None:
    ruleset = saved()
    population = segrules.load_population("population")
    assert (population.ruleset, population.hash, population.as_of) == ("tiers", ruleset.hash, AS_OF)
    assert len(population) == 5


def test_a_decision_tells_among_how_many_rows_the_record_stands() -> None:
    ruleset = saved()
    record = {"id": "new", "region": "N", "revenue": "250.00"}
    decision = ruleset.decide(record, as_of=AS_OF, population="population", trace=True)
    assert decision.explanation is not None
    assert "quantile(revenue, top over all) is 300 among 5 partners" in decision.explanation.text(width=200)


def test_other_rules_another_day_and_other_values_are_refused() -> None:
    saved()
    record = {"id": "a", "region": "N", "revenue": "1.00"}
    assert refused(record) == ["SR803"]
    assert refused(record, population="population", as_of=date(2026, 7, 1)) == ["SR806"]
    assert refused(record, population="population", parameters={"top": 0.5}) == ["SR805"]
    Path("ruleset.yaml").write_text(RULESET.replace("over region", "over all"), "utf-8")
    assert refused(record, population="population") == ["SR805"]


@pytest.mark.parametrize("content", [b"", b"id,region\n", b"PAR1 and nothing else PAR1"])
def test_a_file_that_is_no_population_is_refused(content: bytes) -> None:
    Path("population").write_bytes(content)
    assert refused({"id": "a", "region": "N", "revenue": "1.00"}, population="population") == ["SR804"]
    pl.DataFrame({"x": [1]}).write_parquet("other.parquet")
    assert refused({"id": "a", "region": "N", "revenue": "1.00"}, population="other.parquet") == ["SR804"]


def test_a_population_of_other_parameter_values_serves_these() -> None:
    ruleset = segrules.load("ruleset.yaml")
    ruleset.evaluate(as_of=AS_OF, parameters={"top": 0.25}).save_population("population")
    assert decided({"id": "c", "region": "S", "revenue": "200.00"}, parameters={"top": 0.25}) == (1, "gold")


def test_a_file_is_read_anew_when_it_has_changed() -> None:
    saved()
    record = {"id": "a", "region": "N", "revenue": "100.00"}
    assert decided(record) == (2, "silver")
    Path("partners.csv").write_text(PARTNERS + "f,N,200.00\n", "utf-8")
    saved()
    assert decided(record) == (3, "silver")


def test_threads_share_a_population() -> None:
    ruleset = saved()
    population = segrules.load_population("population")
    found: list[object] = []

    def decide(number: int) -> None:
        record = {"id": f"new {number}", "region": "N", "revenue": "200.00"}
        found.append(ruleset.decide(record, as_of=AS_OF, population=population).metrics["place"])

    threads = [Thread(target=decide, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2] * 8


def test_a_population_that_cannot_be_written_is_a_message_and_leaves_nothing(segrules: Segrules) -> None:
    found = segrules(*EVALUATE, "--save-population", "absent/population")
    assert found.status == 1
    assert "absent" in found.err
    assert not Path("absent").exists()
