"""Quintile scores of Online Retail's customers, compared with DuckDB customer by customer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import segrules
from tests.real.duck import Rows, differences, evaluated, queried

RULESET = Path(__file__).parents[2] / "rulesets" / "online_retail_rfm"


def tile(column: str) -> str:
    """1 plus the number of inner quintiles below the value, by linear interpolation."""
    cuts = (
        f"(SELECT quantile_cont(CAST({column} AS DOUBLE), {number / 5}) FROM customer)::DOUBLE < {column}::DOUBLE"
        for number in range(1, 5)
    )
    return "1 + " + " + ".join(f"CAST({cut} AS INTEGER)" for cut in cuts)


SQL = f"""
WITH customer AS (
    SELECT CustomerID AS customer_id,
           date_diff('day', CAST(max(InvoiceDate) AS DATE), DATE '2011-12-10') AS recency,
           count(DISTINCT InvoiceNo) AS frequency,
           sum(Quantity * CAST(UnitPrice AS DECIMAL(12, 3))) AS monetary
    FROM lines
    WHERE Quantity > 0 AND UnitPrice > 0 AND CustomerID IS NOT NULL
    GROUP BY CustomerID
),
scored AS (
    SELECT *, 6 - ({tile("recency")}) AS r, {tile("frequency")} AS f, {tile("monetary")} AS m FROM customer
)
SELECT *, r + f + m AS score,
       CASE WHEN r + f + m >= 13 THEN 'best' WHEN r + f + m >= 9 THEN 'good'
            WHEN r + f + m >= 6 THEN 'fair' ELSE 'low' END AS value,
       CASE WHEN r <= 2 AND f >= 4 AND m >= 4 THEN 'win_back'
            WHEN r >= 4 AND f >= 4 AND m >= 4 THEN 'keep'
            WHEN r = 5 AND frequency = 1 THEN 'welcome'
            WHEN r >= 3 THEN 'grow' ELSE 'leave' END AS attention
FROM scored
"""


@pytest.fixture(scope="module")
def file(data_dir: Path) -> Path:
    return data_dir / "online_retail" / "online_retail.parquet"


@pytest.fixture(scope="module")
def ours(file: Path) -> Rows:
    return evaluated(segrules.load(RULESET).evaluate({"lines": file}, as_of=date(2011, 12, 10)))


def test_every_customer_has_the_values_that_duckdb_gives(ours: Rows, file: Path) -> None:
    theirs = queried(SQL, lines=file)
    columns = ["recency", "frequency", "monetary", "r", "f", "m", "score", "value", "attention"]
    assert len(ours) > 4_000
    assert differences(ours, theirs, columns) == []


def test_equal_customers_have_equal_scores_so_that_fifths_differ_in_size(ours: Rows) -> None:
    by_frequency: dict[int, set[int]] = {}
    for row in ours.values():
        by_frequency.setdefault(row["frequency"], set()).add(row["f"])
    assert all(len(scores) == 1 for scores in by_frequency.values())
    assert sum(row["f"] == 1 for row in ours.values()) > len(ours) / 4
