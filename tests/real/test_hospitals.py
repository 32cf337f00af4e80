"""US hospitals with `Not Available` among their ratings, compared with DuckDB hospital by hospital."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import segrules
from segrules.engine.result import Result
from tests.real.duck import Rows, differences, evaluated, queried

RULESET = Path(__file__).parents[2] / "rulesets" / "hospital_accounts"
NOT_RATED = 1_631
IDS_WITH_A_ZERO = 827

COMPARED = {
    "mortality": "Mortality",
    "safety": "Safety of care",
    "readmission": "Readmission",
    "experience": "Patient experience",
    "timeliness": "Timeliness of care",
}
READ = ", ".join(
    f"nullif(\"{name} national comparison\", 'Not Available') = 'Below the national average' AS {column}"
    for column, name in COMPARED.items()
)

# Three-valued logic is SQL's own: a comparison with NULL is NULL, and a CASE takes only what is true.
SQL = f"""
WITH hospital AS (
    SELECT "Provider ID" AS provider_id, "Hospital Type" AS type, "Hospital Ownership" AS ownership,
           "Emergency Services" = 'true' AS emergency,
           TRY_CAST("Hospital overall rating" AS INTEGER) AS rating, {READ}
    FROM hospitals
),
counted AS (
    SELECT *,
           {" + ".join(f"CAST({column} IS NOT NULL AS INTEGER)" for column in COMPARED)} AS comparisons,
           {" + ".join(f"CAST(coalesce({column}, false) AS INTEGER)" for column in COMPARED)} AS below
    FROM hospital
)
SELECT provider_id, comparisons,
       CASE WHEN ownership LIKE 'Government%' OR ownership = 'Tribal' THEN 'public'
            WHEN ownership LIKE 'Voluntary%' THEN 'charitable' ELSE 'private' END AS sector,
       CASE WHEN rating >= 4 THEN 'strong' WHEN rating >= 3 THEN 'average' WHEN rating >= 1 THEN 'weak' END AS standing,
       list_filter([CASE WHEN safety OR mortality THEN 'safety_programme' END,
                    CASE WHEN experience AND type != 'Psychiatric' THEN 'patient_experience' END,
                    CASE WHEN emergency AND timeliness THEN 'emergency_flow' END,
                    CASE WHEN comparisons = 0 THEN 'reporting' END],
                   lambda topic: topic IS NOT NULL) AS offer,
       CASE WHEN rating >= 4 AND NOT safety THEN 'reference_customer'
            WHEN below >= 3 THEN 'improvement_team'
            WHEN type = 'Acute Care Hospitals' AND emergency THEN 'field_sales' ELSE 'inside_sales' END AS account,
       -- Provisional: a rule above the answer could still be true.
       CASE WHEN rating >= 4 AND NOT safety THEN false
            WHEN (rating >= 4 IS NULL AND coalesce(NOT safety, true)) OR (rating >= 4 AND safety IS NULL) THEN true
            WHEN below >= 3 THEN false
            ELSE below + 5 - comparisons >= 3 END AS provisional
FROM counted
"""


@pytest.fixture(scope="module")
def file(data_dir: Path) -> Path:
    return data_dir / "hospitals_cms" / "hospital_general_information.parquet"


@pytest.fixture(scope="module")
def result(file: Path) -> Result:
    return segrules.load(RULESET).evaluate({"hospitals": file}, as_of=date(2017, 1, 31))


@pytest.fixture(scope="module")
def theirs(file: Path) -> Rows:
    return queried(SQL, hospitals=file)


def test_every_hospital_has_the_values_that_duckdb_gives(result: Result, theirs: Rows) -> None:
    columns = [name for name in result.wide.columns if name != "provider_id"]
    ours = evaluated(result)
    assert len(ours) == 5_334
    assert differences(ours, theirs, columns) == []


def test_the_same_hospitals_are_provisional(result: Result, theirs: Rows) -> None:
    accounts = result.assignments.filter(segmentation="account")
    certainty = dict(accounts.select("provider_id", "certainty").iter_rows())
    assert {key for key, word in certainty.items() if word == "provisional"} == {
        key for key, row in theirs.items() if row["provisional"]
    }


def test_what_is_not_available_is_missing_and_not_weak(result: Result) -> None:
    standing = result.summary.segmentations["standing"]
    assert (standing.unassigned, standing.provisional) == (NOT_RATED, NOT_RATED)
    missing = dict(result.missing_impact.rows())
    assert missing["rating"] >= NOT_RATED


def test_zeros_at_the_start_of_an_id_stay(result: Result) -> None:
    assert sum(key.startswith("0") for key in evaluated(result)) == IDS_WITH_A_ZERO
