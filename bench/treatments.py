"""Treatments against the same ruleset without them: a million rows, ten treatments, three groups, three budgets."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from _timing import medians, report, seconds

import segrules
from segrules.engine.ruleset import Ruleset

ROWS = 1_000_000
ROUNDS = 5
AS_OF = date(2026, 6, 30)

RULESET = """
segrules: 1
ruleset: bench
entity: customers
tables:
  customers:
    key: id
    columns:
      id: integer
      region: {type: string, values: [NA, EMEA, APAC, LATAM]}
      revenue: {type: decimal(2), unit: USD}
      orders: integer
      csat: {type: number, optional: true}
      share: number
      kind: integer
metrics:
  average: revenue / orders
  points: 0.5 * share + 0.1 * coalesce(csat, 3)
segmentations:
  tier:
    hit_policy: first
    ordered: true
    rules:
      - {segment: platinum, when: revenue >= 90_000 and csat >= 4}
      - {segment: gold, when: revenue >= 70_000}
      - {segment: silver, when: revenue >= 40_000}
    default: basic
  focus:
    hit_policy: collect
    rules:
      - {segment: happy, when: csat >= 4}
      - {segment: frequent, when: orders > 50}
"""

GROUPS = """
groups:
  best: {stacking: best}
  early: {stacking: first}
  capped: {stacking: capped_sum, cap: 500}
treatments:
"""

TREATMENT = """\
  - treatment: t{number}
    kind: incentive
    when: kind = {number} or (kind = {next} and tier = 'platinum')
    group: {group}
    amount: {{value: 1% * revenue, unit: USD}}
"""

BUDGETS = {
    1: "{total: 20_000_000, rank_by: share descending}",
    4: "{total: 10_000_000, rank_by: share descending, per: region}",
    7: "{total: 20_000_000, rank_by: [tier descending, share], partial: true}",
}


def main() -> None:
    rows = customers()
    with TemporaryDirectory() as folder:
        plain, treated = (load(Path(folder, name), text) for name, text in texts().items())
        held_out = load(Path(folder, "held out"), RULESET + "treatments:\n" + HELD_OUT)
    sides = {
        "without treatments": lambda: plain.evaluate({"customers": rows}, as_of=AS_OF).summary,
        "with treatments": lambda: treated.evaluate({"customers": rows}, as_of=AS_OF).summary,
    }
    report(f"{ROWS:,} rows, the summary", medians(sides, ROUNDS), "without treatments")
    counted = treated.evaluate({"customers": rows}, as_of=AS_OF)
    print(f"  eligible: {sum(one.eligible for one in counted.summary.treatments.values()):,}")
    print(f"  the table of treatments, with its reasons: {seconds(lambda: counted.treatments):.2f} s")
    held = seconds(lambda: held_out.evaluate({"customers": rows}, as_of=AS_OF).summary)
    print(f"  a holdout of {ROWS:,} eligible rows: {held:.2f} s in all")


HELD_OUT = "  - {treatment: letter, kind: communication, when: true, holdout: 10%}\n"


def texts() -> dict[str, str]:
    """The ruleset without treatments and with them."""
    treatments = ""
    for number in range(10):
        group = ("best", "early", "capped")[number % 3]
        treatments += TREATMENT.format(number=number, next=(number + 1) % 10, group=group)
        treatments += f"    budget: {BUDGETS[number]}\n" if number in BUDGETS else ""
    return {"without": RULESET, "with": RULESET + GROUPS + treatments}


def load(folder: Path, text: str) -> Ruleset:
    folder.mkdir()
    (folder / "ruleset.yaml").write_text(text, "utf-8")
    return segrules.load(folder)


def customers() -> pl.DataFrame:
    """Invented customers, the same ones every time."""
    row = pl.int_range(ROWS, eager=True)

    def drawn(seed: int, below: int) -> pl.Series:
        return ((row * 2_654_435_761 + seed).hash(seed=seed) % below).cast(pl.Int64)

    regions = {0: "NA", 1: "EMEA", 2: "APAC", 3: "LATAM"}
    return pl.DataFrame(
        {
            "id": row,
            "region": drawn(1, 4).replace_strict(regions, return_dtype=pl.String),
            "revenue": drawn(2, 10_000_000),
            "orders": drawn(3, 99) + 1,
            "csat": drawn(4, 5_000) / 1_000,
            "share": drawn(5, 1_000_000) / 1_000_000,
            "kind": drawn(6, 10),
        }
    ).with_columns(
        (pl.col("revenue").cast(pl.Decimal(38, 2)) / 100).cast(pl.Decimal(38, 2)),
        pl.when(pl.col("csat") > 0.5).then("csat"),
    )


if __name__ == "__main__":
    main()
