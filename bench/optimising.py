"""Grants chosen for their total value: 100,000 rows, three treatments, two budgets and a limit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import polars as pl
from _timing import seconds

import segrules
from segrules.engine.ruleset import Ruleset

ROWS = 100_000
AS_OF = date(2026, 6, 30)

RULESET = """
segrules: 1
ruleset: bench
entity: customers
tables:
  customers:
    key: id
    columns: {id: integer, region: string, asks: decimal(2), likes: number, churn: number}
allocation: optimise
groups: {offers: {stacking: GROUP}}
treatments:
  - treatment: discount
    kind: pricing
    when: true
    group: offers
    amount: {value: asks, unit: USD}
    value: 2 * asks * likes
    budget: {total: DISCOUNTS}
  - treatment: voucher
    kind: incentive
    when: true
    group: offers
    amount: {value: asks / 2, unit: USD}
    value: asks * churn
    budget: {total: VOUCHERS}
  - {treatment: call, kind: support, when: true, group: offers, value: 100 * churn, limit: {count: 10_000}}
"""
WHOLE = ("10_000_000", "5_000_000")
OF_REGIONS = ("500_000, per: region", "250_000, per: region")
SIDES = {
    "one of three": ("best", WHOLE),
    "any of three": ("all", WHOLE),
    "one of three, by region": ("best", OF_REGIONS),
    "any of three, by region": ("all", OF_REGIONS),
}


def main() -> None:
    rows = customers()
    for name, (group, (discounts, vouchers)) in SIDES.items():
        text = RULESET.replace("GROUP", group).replace("DISCOUNTS", discounts).replace("VOUCHERS", vouchers)
        with TemporaryDirectory() as folder:
            (Path(folder) / "ruleset.yaml").write_text(text, "utf-8")
            ruleset = segrules.load(folder)
        ruleset.evaluate({"customers": rows.head(1)}, as_of=AS_OF)
        print(f"{ROWS:,} rows, {name}: {measured(ruleset, rows)}")


def measured(ruleset: Ruleset, rows: pl.DataFrame) -> str:
    """The time that a choice takes, by the clock and of the processor, and how near it is to the best."""
    result, work = ruleset.evaluate({"customers": rows}, as_of=AS_OF), process_time()
    took, work = seconds(lambda: result.summary), process_time() - work
    allocation = result.summary.allocation
    assert allocation is not None
    return f"{took:.1f} s ({work:.1f} s of work), gap {allocation.gap:.4%}"


def customers() -> pl.DataFrame:
    """Invented customers, the same ones every time."""
    row = pl.int_range(ROWS, eager=True)

    def drawn(seed: int, below: int) -> pl.Series:
        return ((row * 2_654_435_761 + seed).hash(seed=seed) % below).cast(pl.Int64)

    return pl.DataFrame(
        {
            "id": row,
            "region": (drawn(1, 20)).cast(pl.String),
            "asks": drawn(2, 100_000),
            "likes": drawn(3, 1_000_000) / 1_000_000,
            "churn": drawn(4, 1_000_000) / 1_000_000,
        }
    ).with_columns((pl.col("asks").cast(pl.Decimal(38, 2)) / 100).cast(pl.Decimal(38, 2)))


if __name__ == "__main__":
    main()
