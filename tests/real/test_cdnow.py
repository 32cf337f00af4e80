"""Repeat purchases at CDNOW, compared with DuckDB customer by customer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import segrules
from segrules.engine.result import Result
from tests.real.duck import differences, evaluated, queried

RULESET = Path(__file__).parents[2] / "rulesets" / "cdnow_repeat"

SQL = """
WITH bought AS (
    SELECT *, CAST(amount AS DECIMAL(12, 2)) AS usd, min(date) OVER (PARTITION BY customer_id) AS first_day
    FROM purchases
),
customer AS (
    SELECT customer_id,
           count(DISTINCT date) AS days_bought,
           count(DISTINCT date) - 1 AS frequency,
           min(date) AS first_bought,
           max(date) AS last_bought,
           date_diff('day', min(date), max(date)) AS recency,
           date_diff('day', min(date), DATE '1998-06-30') AS age,
           date_diff('day', max(date), DATE '1998-06-30') AS days_away,
           sum(usd) AS spend,
           coalesce(sum(usd) FILTER (date > first_day), 0) AS repeat_spend,
           sum(cds) AS cds
    FROM bought GROUP BY customer_id
),
known AS (SELECT *, recency / nullif(frequency, 0) AS usual_gap FROM customer)
SELECT *,
       CASE WHEN days_bought >= 10 THEN 'devoted' WHEN days_bought >= 3 THEN 'regular'
            WHEN days_bought = 2 THEN 'twice' ELSE 'once' END AS loyalty,
       monthname(first_bought) || ' 1997' AS cohort,
       CASE WHEN frequency = 0 THEN 'tried_once'
            WHEN days_away > 3 * usual_gap AND days_away > 30 THEN 'quiet'
            WHEN days_away > 365 THEN 'gone' ELSE 'there' END AS state
FROM known
"""


@pytest.fixture(scope="module")
def file(data_dir: Path) -> Path:
    return data_dir / "cdnow" / "cdnow_master.parquet"


@pytest.fixture(scope="module")
def result(file: Path) -> Result:
    return segrules.load(RULESET).evaluate({"purchases": file}, as_of=date(1998, 6, 30))


def test_every_customer_has_the_values_that_duckdb_gives(result: Result, file: Path) -> None:
    columns = [name for name in result.wide.columns if name != "customer_id"]
    ours, theirs = evaluated(result), queried(SQL, purchases=file)
    assert len(ours) == 23_570
    assert differences(ours, theirs, columns) == []


def test_half_of_the_customers_bought_once(result: Result) -> None:
    loyalty = result.summary.segmentations["loyalty"].segments
    assert loyalty["once"] / 23_570 == pytest.approx(0.5, abs=0.05)
    assert result.summary.segmentations["state"].provisional == 0
