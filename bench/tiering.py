"""The tiering workload: tier, tags and score of a million partners, segrules against a query written by hand.

Both sides start from the same frame in memory and give the same four columns: `id`, `score`, `tier`, `tags` (a list).
Both read NaN as missing in the three columns of doubles, and check that every `id` is there once.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial, reduce
from operator import or_
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl
from _timing import assert_same, medians, report, seconds

import segrules
from segrules.engine.result import Result

RULESET = Path(__file__).resolve().parent / "tiering"
AS_OF = date(2026, 6, 30)
FIRST_DAY = date(2014, 1, 1)
LIMIT = 1.4

TIERS = pl.Enum(
    ["strategic", "elite", "rising", "regional_key", "specialist", "at_risk", "dormant", "core", "standard"]
)
TAGS = pl.Enum(["champion", "needs_survey", "growth_market", "cert_gap", "veteran", "data_issue"])
# Every set of tags there can be, at the number whose bits say which ones are in it.
TAG_SETS = pl.Series(
    "tags",
    [[tag for bit, tag in enumerate(TAGS.categories) if mask >> bit & 1] for mask in range(1 << len(TAGS.categories))],
    dtype=pl.List(TAGS),
)


# --- the partners ----------------------------------------------------------------------------------------------------


def partners(count: int) -> pl.DataFrame:
    """Make partners that are the same in every run of one version of Polars, in no order.

    3% have no revenue (a third of them as NaN), 10% no csat.
    """
    revenue = pl.when(uniform(5) < 0.02).then(0.0).otherwise((10 ** (3 + 3.5 * uniform(6))).round(2))
    return (
        pl.LazyFrame({"id": pl.int_range(count, eager=True)})
        .select(
            "id",
            region=pick(1, "NA EMEA APAC LATAM"),
            industry=pick(2, "healthcare finance public retail manufacturing energy media"),
            country=pick(3, "US DE FR GB JP IN BR MX ID VN CA AU"),
            revenue_12m=pl.when(uniform(4) >= 0.03).then(revenue).when(uniform(4) < 0.01).then(float("nan")),
            growth=(uniform(7) + uniform(8) - 0.8).round(4),
            deals=(60 * uniform(9) ** 3).floor().cast(pl.Int64),
            certifications=(10 * uniform(10) ** 2).floor().cast(pl.Int64),
            csat=pl.when(uniform(11) >= 0.10).then((1 + 4 * uniform(12).sqrt()).round(1)),
            joined_on=pl.lit(FIRST_DAY) + pl.duration(days=(4_560 * uniform(13)).floor().cast(pl.Int64)),
        )
        .sort(pl.col("id").hash(14))
        .collect()
    )


def uniform(seed: int) -> pl.Expr:
    """Give each id a number from 0 up to 1 of its own."""
    return (pl.col("id").hash(seed) // 2**11).cast(pl.Float64) / 2**53


def pick(seed: int, words: str) -> pl.Expr:
    choices = words.split()
    return pl.lit(pl.Series(choices)).gather((uniform(seed) * len(choices)).cast(pl.UInt32))


# --- the query by hand -----------------------------------------------------------------------------------------------


revenue, growth, csat = (pl.col(name) for name in ("revenue_12m", "growth", "csat"))
deals, certifications, joined_on = (pl.col(name) for name in ("deals", "certifications", "joined_on"))


def by_hand(frame: pl.DataFrame, *, checks: bool) -> pl.DataFrame:
    """Work out the four columns as somebody would who knows Polars well.

    One lazy query, so that what conditions share is worked out once; comparisons instead of `is_in` for a few words;
    the tier as a small number that becomes an Enum; the tags as bits that pick a finished list.
    """
    query = frame.lazy()
    if checks:
        assert frame["id"].null_count() == 0
        assert frame["id"].n_unique() == frame.height
        query = query.with_columns(pl.col("revenue_12m", "growth", "csat").fill_nan(None))
    return query.select("id", score=score(), tier=tier(), tags=tags()).collect()


def score() -> pl.Expr:
    return (
        (50 * (revenue / 1_000_000).clip(0, 1)).fill_null(0)
        + 30 * ((growth + 0.5) / 1.5).clip(0, 1)
        + (20 * ((csat - 1) / 4).clip(0, 1)).fill_null(0)
    )


def tier() -> pl.Expr:
    rules = [
        (revenue >= 1_000_000) & (growth >= 0.10) & (csat >= 4.2),
        (revenue >= 500_000) & ((certifications >= 5) | (deals >= 40)) & ~(csat < 3.5),
        (joined_on > days_ago(365)) & (growth > 0.25) & revenue.is_not_null(),
        one_of("region", "EMEA APAC") & one_of("country", "DE FR GB JP") & (revenue >= 250_000) & (revenue < 500_000),
        one_of("industry", "healthcare finance public") & (certifications >= 4) & ~((deals < 5) | (csat < 3)),
        ((growth < -0.15) | (csat < 2.5)) & (revenue >= 100_000) & (joined_on <= days_ago(730)),
        (deals == 0) & (revenue.is_null() | (revenue < 10_000)) & (joined_on < date(2024, 1, 1)),
        (revenue >= 50_000) | ((deals >= 10) & (growth >= 0)),
    ]
    matches = [pl.when(rule).then(pl.lit(number, pl.UInt8)) for number, rule in enumerate(rules)]
    return pl.coalesce(*matches, pl.lit(len(rules), pl.UInt8)).cat.to(TIERS)


def tags() -> pl.Expr:
    rules = [
        (csat >= 4.5) & (deals >= 20),
        csat.is_null() & (deals > 0),
        one_of("country", "IN BR MX ID VN") & (growth > 0.05),
        (certifications < 2) & (revenue >= 200_000),
        (joined_on <= days_ago(1_825)) & ~(growth < 0),
        revenue.is_null() | ((deals > 0) & (revenue <= 0)),
    ]
    none = pl.lit(0, pl.UInt8)
    bits = [pl.when(rule).then(pl.lit(1 << bit, pl.UInt8)).otherwise(none) for bit, rule in enumerate(rules)]
    return pl.lit(TAG_SETS).gather(reduce(or_, bits).cast(pl.UInt32))


def one_of(column: str, words: str) -> pl.Expr:
    return reduce(or_, (pl.col(column) == word for word in words.split()))


def days_ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


# --- the comparison --------------------------------------------------------------------------------------------------

ON_DEMAND: dict[str, Callable[[Result], Any]] = {
    "assignments, with certainty": lambda result: result.assignments,
    "missing_impact": lambda result: result.missing_impact,
    "reasons": lambda result: result.reasons(),
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--partners", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--on-demand-rounds", type=int, default=3, help="0 leaves this part out")
    chosen = options.parse_args()

    frame = partners(chosen.partners)
    ruleset = segrules.load(RULESET)

    def evaluated() -> Result:
        result = ruleset.evaluate({"partners": frame}, as_of=AS_OF)
        assert result.wide.height == frame.height
        return result

    expert = by_hand(frame, checks=True)
    assert_same(expert, evaluated().wide, key="id")

    sides = {
        "by hand": lambda: by_hand(frame, checks=True),
        "by hand, nothing checked": lambda: by_hand(frame, checks=False),
        "segrules, result.wide": evaluated,
    }
    times = medians(sides, chosen.rounds)
    report(f"Tiering, {chosen.partners:,} partners, median of {chosen.rounds}", times, base="by hand")
    print(f"  the limit for segrules is {LIMIT}")
    if chosen.on_demand_rounds:
        extra = {name: on_demand(evaluated, ask, chosen.on_demand_rounds) for name, ask in ON_DEMAND.items()}
        report("  on demand, after result.wide", {"by hand": times["by hand"]} | extra, base="by hand")


def on_demand(evaluated: Callable[[], Result], ask: Callable[[Result], Any], rounds: int) -> float:
    """Give the median of what one more question costs, each time of a result that nothing was asked of before."""
    results = [evaluated() for _ in range(rounds)]
    return median(seconds(partial(ask, result)) for result in results)


if __name__ == "__main__":
    main()
