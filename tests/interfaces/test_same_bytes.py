"""The same inputs give the same files, byte for byte: on every run, and on any number of threads."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import polars as pl

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "rulesets" / "acme_partner_programme"
RETAIL = ROOT / "rulesets" / "online_retail_value"
AS_OF = date(2026, 6, 30)
ENVIRONMENTS: Sequence[Mapping[str, str]] = (
    {"POLARS_MAX_THREADS": "1", "PYTHONHASHSEED": "0"},
    {"POLARS_MAX_THREADS": "1", "PYTHONHASHSEED": "1"},
    {"POLARS_MAX_THREADS": "2", "PYTHONHASHSEED": "2"},
    {"POLARS_MAX_THREADS": "2", "PYTHONHASHSEED": "3"},
)
RUNS = """
import json, sys
from segrules.cli.main import run

for arguments in json.loads(sys.argv[1]):
    assert run(["evaluate", *arguments]) == 0
"""
LINES = 200_000
RULESET = """
segrules: 1
ruleset: large
entity: customers
tables:
  customers: {key: customer, keys_from: lines}
  lines:
    belongs_to:
      buyer: {table: customers, by: customer}
      product: {table: products, by: sku, required: true}
    where: quantity > 0
    columns:
      customer: {type: string, optional: true}
      sku: string
      quantity: integer
      price: {type: number, optional: true, max: 99_000}
      discount: {type: decimal(4), optional: true}
      on: date
    derived:
      net: quantity * price * (1 - discount)
  products:
    key: sku
    columns: {sku: string, line: string, weight: number}
metrics:
  spent: sum(lines.price where lines.on in last 12 months)
  net: sum(lines.net)
  typical: mean(lines.price)
  spread: stdev(lines.price)
  middle: median(lines.price)
  off: sum(lines.discount)
  heavy: sum(lines.product.weight where lines.product.line = 'heavy')
  skus: count_distinct(lines.sku)
  favourite: mode(lines.sku)
  latest: last(lines.sku by lines.on)
  place: percentile(spent over all)
  among: rank(net descending over favourite)
  above: zscore(typical over all)
  part: spent / sum(spent over all)
  abc: cumulative_share(spent over all where spent > 0)
scorecards:
  worth:
    terms:
      spending: {points: 60, value: "spent / quantile(spent, 80% over all)", target: 1}
      breadth: {points: 40, value: skus, target: 60}
segmentations:
  class:
    bands: {of: abc, up_to: {a: 80%, b: 95%, c: 100%}}
  tier:
    hit_policy: first
    rules:
      - segment: top
        when: place > 90% and above > 0
        because: "{spent:,.2f} spent, {part:.6%} of all, {above} above"
      - {segment: middle, when: "worth > 50 or spread > mean(spread over all)"}
  habits:
    hit_policy: collect
    rules:
      - {segment: heavy, when: heavy > 1.1 * mean(heavy over all)}
      - {segment: saver, when: off > 2}
      - {segment: steady, when: spread < typical}
treatments:
  - treatment: rebate
    kind: incentive
    when: habits contains 'steady' or place > 50%
    holdout: 10%
    amount: {value: 0.05 * spent}
    attributes: {part: "{part:.9%} of all"}
    budget: {total: 10_000, rank_by: above descending, partial: true}
"""


def arguments(folder: Path, written: str, ruleset: Path, *tables: str) -> list[str]:
    """Return what is typed to write a result into a folder in a format, rows that break their declaration set apart."""
    given = [part for table in tables for part in ("--table", table)]
    fixed = ["--as-of", AS_OF.isoformat(), "--reasons", "--invalid", "quarantine"]
    written_there = ["--format", written, "--out", str(folder), "--save-population", str(folder / "population")]
    return [str(ruleset), *fixed, *given, *written_there]


def assert_same_bytes(folder: Path, *runs: tuple[str, Path, *tuple[str, ...]], tables: int = 3) -> None:
    """Do the same runs in processes of their own, with one thread and with several, twice each."""
    written = []
    for number, environment in enumerate(ENVIRONMENTS):
        asked = [arguments(folder / str(number), *run) for run in runs]
        command = [sys.executable, "-c", RUNS, json.dumps(asked)]
        found = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stderr
        files = sorted((folder / str(number)).iterdir())
        written.append({file.name: sha256(file.read_bytes()).hexdigest() for file in files})
    assert len(written[0]) == tables * len(runs) + 2
    assert written == [written[0]] * len(written)


def test_the_sample_gives_the_same_bytes(tmp_path: Path) -> None:
    assert_same_bytes(tmp_path, *((written, SAMPLE) for written in ("csv", "parquet", "ndjson")), tables=4)


def test_a_large_table_gives_the_same_bytes(tmp_path: Path) -> None:
    draw, skus = random.Random(7), [f"S{number:03}" for number in range(400)]
    lines, products = tmp_path / "lines.parquet", tmp_path / "products.csv"
    (tmp_path / "ruleset.yaml").write_text(RULESET)
    lines_of(draw, skus).write_parquet(lines, row_group_size=20_000)
    products_of(draw, skus).write_csv(products)
    assert_same_bytes(tmp_path / "out", ("parquet", tmp_path, f"lines={lines}", f"products={products}"), tables=4)


def test_online_retail_gives_the_same_bytes(tmp_path: Path, data_dir: Path) -> None:
    lines = f"lines={data_dir / 'online_retail' / 'online_retail.parquet'}"
    assert_same_bytes(tmp_path, ("csv", RETAIL, lines))


def lines_of(draw: random.Random, skus: Sequence[str]) -> pl.DataFrame:
    """Return lines of many customers, with prices of all sizes, and some that break their declaration."""
    numbers = range(LINES)
    return pl.DataFrame(
        {
            "customer": [f"C{draw.randrange(5_000)}" if draw.random() > 0.02 else None for _ in numbers],
            "sku": draw.choices([*skus, "unknown"], k=LINES),
            "quantity": [draw.randint(-1, 20) for _ in numbers],
            "price": [draw.lognormvariate(0, 4) if draw.random() > 0.05 else None for _ in numbers],
            "discount": [str(draw.randrange(30) / 100) for _ in numbers],
            "on": [AS_OF - timedelta(draw.randrange(700)) for _ in numbers],
        }
    )


def products_of(draw: random.Random, skus: Sequence[str]) -> pl.DataFrame:
    """Return the products, with weights of all sizes."""
    lines, weights = draw.choices(["heavy", "light"], k=len(skus)), [draw.lognormvariate(0, 4) for _ in skus]
    return pl.DataFrame({"sku": skus, "line": lines, "weight": weights})
