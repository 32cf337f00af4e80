"""Every Online Retail customer, decided alone among the population of a run, gets what the run gave."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import segrules
from segrules.engine.result import Result
from segrules.engine.ruleset import Ruleset

AS_OF = date(2011, 12, 10)
QUINTILES = """
segrules: 1
ruleset: rfm_quintiles
entity: customers
tables:
  customers: {key: customer_id, keys_from: invoices}
  invoices:
    belongs_to:
      customer: {table: customers, by: customer_id}
    columns: {customer_id: integer, invoiced_at: datetime, country: string, amount: decimal(3)}
metrics:
  country: mode(invoices.country)
  recency: days_between(max(invoices.invoiced_at), as_of)
  frequency: count(invoices)
  monetary: sum(invoices.amount)
  r: qcut(5, recency descending over all)
  f: qcut(5, frequency over all)
  m: qcut(5, monetary over all)
  share: monetary / sum(monetary over all)
  in_country: percentile(monetary over country)
  upto: cumulative_share(monetary over all where monetary >= 0)
segmentations:
  value:
    hit_policy: first
    rules:
      - {segment: champions, when: r >= 4 and f >= 4 and m >= 4}
      - {segment: loyal, when: f >= 4}
      - {segment: recent, when: r >= 4}
    default: other
"""


@pytest.fixture(scope="module")
def invoices(data_dir: Path) -> pl.DataFrame:
    """The lines of each invoice added up, so that a customer has few rows to bring along."""
    lines = pl.scan_parquet(data_dir / "online_retail" / "online_retail.parquet").drop_nulls("CustomerID")
    amount = (pl.col("UnitPrice") * 1000).round().cast(pl.Int64) * pl.col("Quantity")
    added = lines.group_by("CustomerID", "InvoiceNo", maintain_order=True).agg(
        pl.col("InvoiceDate").max().alias("invoiced_at"),
        pl.col("Country").first().alias("country"),
        (amount.sum().cast(pl.Decimal(38, 3)) / 1000).alias("amount"),
    )
    return added.select(pl.col("CustomerID").alias("customer_id"), "invoiced_at", "country", "amount").collect()


@pytest.fixture(scope="module")
def ruleset(tmp_path_factory: pytest.TempPathFactory) -> Ruleset:
    folder = tmp_path_factory.mktemp("rfm_quintiles")
    (folder / "ruleset.yaml").write_text(QUINTILES, "utf-8")
    return segrules.load(folder)


@pytest.fixture(scope="module")
def result(ruleset: Ruleset, invoices: pl.DataFrame) -> Result:
    return ruleset.evaluate({"invoices": invoices}, as_of=AS_OF)


def test_every_customer_is_decided_as_in_the_run(
    ruleset: Ruleset, invoices: pl.DataFrame, result: Result, tmp_path: Path
) -> None:
    result.save_population(tmp_path / "population")
    population = segrules.load_population(tmp_path / "population")
    wide = {row["customer_id"]: row for row in result.wide.iter_rows(named=True)}
    nested = invoices.partition_by("customer_id", as_dict=True)
    assert len(wide) == len(nested) == len(population) == 4_372
    for (customer,), own in nested.items():
        record: dict[str, Any] = {"customer_id": customer, "invoices": own.to_dicts()}
        decision = ruleset.decide(record, as_of=AS_OF, population=population)
        found = {"customer_id": customer, **decision.metrics, "value": decision["value"]}
        assert found == wide[customer]


def test_a_customer_is_explained_with_the_values_of_the_run(result: Result) -> None:
    row = result.wide.row(17, named=True)
    trace = result.explain(row["customer_id"]).trace
    assert {metric.metric: metric.value for metric in trace.metrics} == {
        name: row[name] for name in ("r", "f", "m", "recency", "frequency", "monetary")
    }
    [upto] = [metric for metric in trace.metrics if metric.metric == "m"]
    assert [(seen.text, seen.among and seen.among.rows) for seen in upto.statistics] == [
        ("qcut(5, monetary over all)", 4_372)
    ]
