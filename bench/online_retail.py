"""Online Retail from the Parquet file to the segments: segrules against a query written by hand.

Both sides give the same columns for the same 4,372 customers, with money exact to a tenth of a penny. Both read a NaN
as missing, leave out the lines without a customer, and check that a customer stands there once.
"""

from __future__ import annotations

import argparse
import os
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
from _timing import assert_same, medians, report

import segrules

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("SEGRULES_DATA", ROOT / "../shared/data")).resolve()
LINES = DATA / "online_retail" / "online_retail.parquet"
AS_OF = date(2011, 12, 10)
REFERENCE = datetime.fromisoformat("2011-12-10T12:50")
RECENCY = (17, 50, 143)
FREQUENCY = (17, 42, 102)
MONETARY = (Decimal("293.3625"), Decimal("648.075"), Decimal("1611.725"))
VALUES = pl.Enum(["low", "mid", "high"])
LIMIT = 1.5


def by_hand(path: Path, *, checks: bool) -> pl.DataFrame:
    """Score the customers as somebody would who knows Polars well.

    Prices have at most three places, so that tenths of a penny are whole numbers: adding those up is exact, and
    faster than decimals.
    """
    price = pl.col("UnitPrice").fill_nan(None) if checks else pl.col("UnitPrice")
    tenths = (price * 1000).round().cast(pl.Int64)
    customers = (
        pl.scan_parquet(path)
        .filter(pl.col("CustomerID").is_not_null())
        .group_by(customer_id="CustomerID")
        .agg(
            last_line=pl.col("InvoiceDate").max(),
            frequency=pl.len().cast(pl.Int64),
            tenths=(tenths * pl.col("Quantity")).sum(),
        )
        .select(
            "customer_id",
            "frequency",
            recency=(pl.lit(REFERENCE) - pl.col("last_line")).dt.total_days(),
            monetary=pl.col("tenths").cast(pl.Decimal(38, 3)) / pl.lit(Decimal("1000.000")),
        )
        .with_columns(
            recency_score=5 - quarter("recency", RECENCY),
            frequency_score=quarter("frequency", FREQUENCY),
            monetary_score=quarter("monetary", MONETARY),
        )
        .with_columns(score=pl.col("recency_score") + pl.col("frequency_score") + pl.col("monetary_score"))
        .with_columns(value=segment(pl.col("score")))
        .collect()
    )
    if checks:
        assert customers["customer_id"].n_unique() == customers.height
    return customers


def quarter(column: str, edges: tuple[int | Decimal, ...]) -> pl.Expr:
    first, second, third = (pl.col(column) <= edge for edge in edges)
    one, two, three, four = (pl.lit(score, pl.Int64) for score in (1, 2, 3, 4))
    return pl.when(first).then(one).when(second).then(two).when(third).then(three).otherwise(four)


def segment(score: pl.Expr) -> pl.Expr:
    low, mid, high = (pl.lit(label, VALUES) for label in VALUES.categories)
    return pl.when(score >= 9).then(high).when(score >= 5).then(mid).otherwise(low)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    rounds = options.parse_args().rounds
    if not LINES.exists():
        raise SystemExit("online_retail: skipped, SEGRULES_DATA does not hold online_retail/online_retail.parquet")

    ruleset = segrules.load(ROOT / "rulesets" / "online_retail_value")

    def evaluated() -> pl.DataFrame:
        return ruleset.evaluate({"lines": LINES}, as_of=AS_OF).wide

    expert = by_hand(LINES, checks=True)
    assert_same(expert, evaluated(), key="customer_id")
    assert_same(expert, by_hand(LINES, checks=False), key="customer_id")

    sides = {
        "by hand": lambda: by_hand(LINES, checks=True),
        "by hand, nothing checked": lambda: by_hand(LINES, checks=False),
        "segrules": evaluated,
    }
    times = medians(sides, rounds)
    report(f"Online Retail, file to segments, 541,909 lines, median of {rounds}", times, base="by hand")
    print(f"  the limit for segrules is {LIMIT}")


if __name__ == "__main__":
    main()
