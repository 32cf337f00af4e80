"""What a run, an explanation and a decision say of what they come from."""

from __future__ import annotations

import importlib.metadata
import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import segrules
from tests.interfaces.command import EVALUATE, EXPLAIN, PARTNERS, RULESET, process
from tests.interfaces.command import Segrules as Command

AS_OF = date(2026, 6, 30)
DATED = RULESET.replace("enough: 100", "enough: {2025-01-01: 100, 2026-01-01: 150}")
ROWS = [{"id": "a", "revenue": 200, "csat": 4.5}]
OF_PARTNERS = {"kind": "file", "files": 1, "bytes": len(PARTNERS), "sha256": sha256(PARTNERS.encode()).hexdigest()}


@pytest.fixture
def ruleset(folder: Path) -> segrules.Ruleset:
    (folder / "ruleset.yaml").write_text(DATED)
    return segrules.load(folder)


def loaded(path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(path).read_text("utf-8"))
    return found


def test_the_summary_and_the_trace_of_a_row_say_the_same_of_what_they_come_from(
    segrules: Command, ruleset: segrules.Ruleset
) -> None:
    given = ["--param", "country=Chad"]
    assert segrules(*EVALUATE, "--out", "results", *given).status == 0
    summary = loaded("results/summary.json")
    trace = json.loads(segrules(*EXPLAIN, "--key", "a", "--format", "json", *given).out)
    assert trace["provenance"] == {
        "hash": ruleset.hash,
        "segrules": importlib.metadata.version("segrules"),
        "tables": {"partners": OF_PARTNERS},
    }
    assert {name: summary[name] for name in trace["provenance"]} == trace["provenance"]
    used = {"enough": 150, "country": "Chad", "days": [1, 2]}
    assert (trace["legend"]["as_of"], summary["as_of"]) == ("2026-06-30", "2026-06-30")
    assert {one["parameter"]: one["value"] for one in trace["legend"]["parameters"]} == summary["parameters"] == used
    since = {one["parameter"]: one["since"] for one in trace["legend"]["parameters"] if "since" in one}
    assert since == summary["parameters_since"] == {"enough": "2026-01-01"}


def test_standard_input_is_known_by_the_bytes_that_were_read(folder: Path) -> None:
    found = process(*EVALUATE, "--table", "partners=-", "--out", "results", cwd=folder, input=PARTNERS)
    assert found.returncode == 0
    assert loaded(str(folder / "results" / "summary.json"))["tables"] == {"partners": {**OF_PARTNERS, "kind": "bytes"}}


def test_the_content_of_rows_in_memory_is_hashed_when_it_is_asked_for(ruleset: segrules.Ruleset) -> None:
    frame = pl.DataFrame(ROWS)
    (given,) = ruleset.evaluate({"partners": frame}, as_of=AS_OF).summary.tables.values()
    assert given.sha256 is None
    (hashed,) = ruleset.evaluate({"partners": frame}, as_of=AS_OF, fingerprint=True).summary.tables.values()
    whole = segrules.evaluate(ruleset.folder, {"partners": ROWS}, as_of=AS_OF, fingerprint=True)
    assert whole.explain("a").to_dict()["provenance"]["tables"]["partners"] == {
        "kind": "rows",
        "rows": 1,
        "columns": {"id": "python", "revenue": "python", "csat": "python"},
        "sha256": hashed.sha256,
    }


def test_a_decision_says_with_which_parameters_it_was_taken_and_has_no_tables(ruleset: segrules.Ruleset) -> None:
    found = ruleset.decide(ROWS[0], as_of=AS_OF, parameters={"enough": 10}, trace=True).explanation
    assert found is not None
    trace = found.to_dict()
    assert trace["provenance"] == {"hash": ruleset.hash, "segrules": segrules.__version__, "tables": {}}
    assert [one["value"] for one in trace["legend"]["parameters"]] == [10, "Norway", [1, 2]]


def test_a_decision_among_others_says_among_whom(folder: Path) -> None:
    (folder / "ruleset.yaml").write_text(
        RULESET.replace("when: revenue", "when: rank(revenue over all) > 1 and revenue")
    )
    ruleset = segrules.load(folder)
    population = ruleset.evaluate(as_of=AS_OF).population
    population.save(folder / "population")

    def among(population: Any) -> Any:
        found = ruleset.decide(ROWS[0], as_of=AS_OF, population=population, trace=True).explanation
        assert found is not None
        return found.to_dict()["provenance"]["population"]

    data = (folder / "population").read_bytes()
    saved = {"kind": "file", "files": 1, "bytes": len(data), "sha256": sha256(data).hexdigest()}
    assert among(folder / "population") == saved
    assert among(segrules.load_population(folder / "population")) == saved
    assert (among(population)["kind"], among(population)["rows"], among(population)["sha256"]) == ("rows", 3, None)
