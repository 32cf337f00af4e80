"""Tests of a small ruleset, run in a folder."""

from __future__ import annotations

from pathlib import Path

from segrules.testing.outcome import SuiteOutcome
from segrules.testing.run import run_tests

RULESET = """\
segrules: 1
ruleset: example
entity: partners
tables:
  partners:
    key: id
    where: not closed
    columns:
      id: string
      region: {type: string, values: [EMEA, APAC], header: Sales Region}
      closed: boolean
      csat: {type: number, max: 5, optional: true}
      score: {type: integer, optional: true, unique: true}
      joined_on: {type: date, optional: true}
      seen_at: {type: datetime, optional: true}
      tags: {type: list of string, optional: true}
  products: {key: sku, columns: {sku: string, line: string}}
  deals:
    belongs_to:
      partner: {table: partners, by: id, required: true}
      product: {table: products, by: sku}
    columns: {id: string, sku: {type: string, optional: true}, amount: decimal(2)}
parameters: {gold_revenue: 1_000, lines: [cloud]}
metrics:
  revenue: sum(deals.amount)
  half: revenue / 3
  lines_sold: list(deals.product.line)
  latest: joined_on
  happy: csat >= 4
segmentations:
  tier:
    hit_policy: first
    rules: [{segment: gold, when: revenue >= gold_revenue and csat >= 4}]
    default: registered
  focus:
    hit_policy: collect
    rules: [{segment: cloud, when: any(deals.product.line in lines)}, {segment: old, when: joined_on < 2020-01-01}]
  pool:
    hit_policy: unique
    rules: [{segment: a, when: csat > 3}, {segment: b, when: csat > 4}]
treatments:
  - treatment: kit
    kind: support
    when: revenue >= gold_revenue
    amount: {value: 10% * revenue}
    budget: {total: 150, rank_by: revenue descending, partial: true}
    attributes: {size: 3.50, of: "{revenue} of {pool}", part: "{revenue / 10_000:.0%}", line: "{mode(deals.sku)}"}
"""

HEAD = """\
as_of: 2026-06-30
fixtures:
  emea: {region: EMEA, closed: false, csat: 4}
tests:
  - test: one
"""


def run(text: str, folder: Path) -> SuiteOutcome:
    """What comes of a file of tests."""
    (folder / "ruleset.yaml").write_text(RULESET, "utf-8")
    (folder / "tests.yaml").write_text(text, "utf-8")
    return run_tests(folder / "ruleset.yaml", folder / "tests.yaml")


def run_one(given: str, expect: str, folder: Path) -> SuiteOutcome:
    """What comes of one test, its `given` and `expect` in one line each."""
    return run(f"{HEAD}    given: {given}\n    expect: {expect}\n", folder)
