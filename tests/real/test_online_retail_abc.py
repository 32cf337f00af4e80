"""ABC of Online Retail's products, compared with DuckDB product by product."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import segrules
from tests.real.duck import Rows, differences, evaluated, queried, sizes

RULESET = Path(__file__).parents[2] / "rulesets" / "online_retail_abc"

SQL = """
WITH product AS (
    SELECT StockCode AS stock_code,
           sum(Quantity * CAST(UnitPrice AS DECIMAL(12, 3))) AS revenue
    FROM lines
    WHERE UnitPrice >= 0
    GROUP BY StockCode
),
shares AS (
    SELECT stock_code,
           CAST(sum(revenue) OVER (ORDER BY revenue DESC RANGE UNBOUNDED PRECEDING) AS DOUBLE)
               / CAST(sum(revenue) OVER () AS DOUBLE) AS cumulative,
           round(coalesce(CAST(sum(revenue) OVER (
                              ORDER BY revenue DESC RANGE UNBOUNDED PRECEDING EXCLUDE GROUP
                          ) AS DOUBLE), 0) / CAST(sum(revenue) OVER () AS DOUBLE), 12) AS before
    FROM product
    WHERE revenue > 0
)
SELECT product.stock_code,
       product.revenue,
       shares.cumulative,
       shares.before,
       rank() OVER (ORDER BY product.revenue DESC) AS rank,
       CASE WHEN shares.stock_code IS NULL THEN 'no revenue'
            WHEN shares.before < 0.80 THEN 'A'
            WHEN shares.before < 0.95 THEN 'B'
            ELSE 'C' END AS class
FROM product LEFT JOIN shares USING (stock_code)
"""


@pytest.fixture(scope="module")
def file(data_dir: Path) -> Path:
    return data_dir / "online_retail" / "online_retail.parquet"


@pytest.fixture(scope="module")
def ours(file: Path) -> Rows:
    return evaluated(segrules.load(RULESET).evaluate({"lines": file}, as_of=date(2011, 12, 10)))


def test_every_product_has_the_values_that_duckdb_gives_it(ours: Rows, file: Path) -> None:
    theirs = queried(SQL, lines=file)
    assert differences(ours, theirs, ["revenue", "cumulative", "before", "rank", "class"]) == []


def test_a_fifth_of_the_products_makes_four_fifths_of_the_revenue(ours: Rows) -> None:
    found = sizes(ours, "class")
    assert found["A"] / len(ours) == pytest.approx(0.21, abs=0.02)
    crossing = [row for row in ours.values() if row["class"] == "A" and row["cumulative"] >= 0.80]
    assert len(crossing) == 1
