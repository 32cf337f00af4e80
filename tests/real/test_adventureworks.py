"""The Adventure Works reseller ladder over five tables, compared with DuckDB reseller by reseller."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import segrules
from segrules.engine.result import Result
from tests.real.duck import differences, evaluated, queried

RULESET = Path(__file__).parents[2] / "rulesets" / "adventureworks_resellers"
FILES = {
    "resellers": "DimReseller",
    "sales": "FactResellerSales",
    "products": "DimProduct",
    "subcategories": "DimProductSubcategory",
    "categories": "DimProductCategory",
}
NEVER_ORDERED = 66

SQL = """
WITH line AS (
    SELECT sales.*, subcategories.ProductCategoryKey AS category,
           categories.EnglishProductCategoryName = 'Bikes' AS bike,
           OrderDate > TIMESTAMP '2012-11-30 23:59:59' AND OrderDate < TIMESTAMP '2013-12-01' AS recent,
           OrderDate > TIMESTAMP '2011-11-30 23:59:59' AND OrderDate < TIMESTAMP '2012-12-01' AS earlier
    FROM sales
    JOIN products USING (ProductKey)
    LEFT JOIN subcategories USING (ProductSubcategoryKey)
    LEFT JOIN categories USING (ProductCategoryKey)
),
summed AS (
    SELECT resellers.ResellerKey AS reseller_id,
           coalesce(sum(SalesAmount) FILTER (recent), 0) AS revenue_12m,
           coalesce(sum(SalesAmount) FILTER (earlier), 0) AS revenue_before,
           coalesce(sum(SalesAmount - TotalProductCost) FILTER (recent), 0) AS margin_12m,
           count(DISTINCT category) FILTER (recent) AS categories,
           count(DISTINCT SalesOrderNumber) FILTER (recent) AS orders_12m,
           coalesce(sum(SalesAmount) FILTER (recent AND bike), 0) AS bikes,
           date_diff('day', CAST(max(OrderDate) AS DATE), DATE '2013-11-30') AS days_since_order
    FROM resellers LEFT JOIN line USING (ResellerKey)
    GROUP BY 1
),
known AS (
    SELECT *,
           CASE WHEN revenue_before > 0
                THEN CAST(revenue_12m AS DOUBLE) / CAST(revenue_before AS DOUBLE) - 1 END AS growth,
           CASE WHEN revenue_12m > 0 THEN CAST(bikes AS DOUBLE) / CAST(revenue_12m AS DOUBLE) END AS bike_share
    FROM summed
),
tiered AS (
    SELECT *,
           CASE WHEN revenue_12m >= 200000 AND categories >= 4 THEN 'premier'
                WHEN revenue_12m >= 50000 AND (growth >= 0.1 OR categories >= 4) THEN 'preferred'
                WHEN revenue_12m >= 5000 THEN 'active' ELSE 'registered' END AS tier
    FROM known
)
SELECT *,
       CASE WHEN days_since_order IS NULL THEN 'never_ordered' WHEN revenue_12m = 0 THEN 'lapsed'
            WHEN revenue_before = 0 THEN 'new' WHEN growth >= 0.1 THEN 'growing'
            WHEN growth <= -0.1 THEN 'shrinking' ELSE 'steady' END AS course,
       list_filter([CASE WHEN margin_12m < 0 THEN 'loss_making' END,
                    CASE WHEN revenue_12m > 0 AND bike_share = 1 THEN 'bikes_only' END,
                    CASE WHEN tier != 'registered' AND categories < 4 THEN 'wider_range' END],
                   lambda topic: topic IS NOT NULL) AS topics
FROM tiered
"""


@pytest.fixture(scope="module")
def files(data_dir: Path) -> dict[str, Path]:
    return {name: data_dir / "adventureworks_dw" / f"{file}.parquet" for name, file in FILES.items()}


@pytest.fixture(scope="module")
def result(files: dict[str, Path]) -> Result:
    return segrules.load(RULESET).evaluate(files, as_of=date(2013, 11, 30))


def test_every_reseller_has_the_values_that_duckdb_gives(result: Result, files: dict[str, Path]) -> None:
    columns = [name for name in result.wide.columns if name != "reseller_id"]
    ours, theirs = evaluated(result), queried(SQL, **files)
    assert len(ours) == 701
    assert differences(ours, theirs, columns) == []


def test_who_never_ordered_is_named_and_certain(result: Result) -> None:
    sizes = result.summary.segmentations
    assert sizes["course"].segments["never_ordered"] == NEVER_ORDERED
    assert sizes["tier"].provisional == 0
    assert sum(1 for size in sizes["tier"].segments.values() if size) == 4


def test_money_is_exact_to_four_places(result: Result, files: dict[str, Path]) -> None:
    total = queried(
        "SELECT 1, sum(SalesAmount) AS total FROM sales WHERE OrderDate >= '2012-12-01'", sales=files["sales"]
    )
    assert sum(row["revenue_12m"] for row in evaluated(result).values()) == total[1]["total"]
