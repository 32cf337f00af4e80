"""What comes of a table in chunks is what comes of it in one piece."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tests.properties.answers import loaded_text

RULESET = """\
segrules: 1
ruleset: chunks
entity: orders
tables:
  orders: {key: id, columns: {id: integer, size: number, net: decimal(2), tax: {type: decimal(4), optional: true}}}
parameters:
  rate: 3.25
metrics:
  place: percentile(size over all)
"""


@pytest.mark.parametrize(
    "total",
    ["max(net * rate, tax * rate) + min(net * 1.5, tax * 1.5)", "round(net / 3 + tax * 1.5, 2) + floor(net * 1.5)"],
)
def test_decimals_can_be_multiplied_by_one_written_number_twice(total: str) -> None:
    ruleset = loaded_text(f"{RULESET}  total: {total}\n")
    number = pl.col("id")
    whole = pl.DataFrame({"id": range(9)}).with_columns(
        size=number % 7 + 0.5,
        net=(number * 3).cast(pl.Decimal(38, 2)),
        tax=pl.when(number % 7 > 0).then(number * 7).cast(pl.Decimal(38, 4)),
    )
    chunks = pl.concat([whole[:2], whole[2:3], whole[3:]], rechunk=False)
    wide, expected = (ruleset.evaluate({"orders": one}, as_of=date(2026, 6, 30)).wide for one in (chunks, whole))
    assert wide.equals(expected)


STANDING = """\
segrules: 1
ruleset: standing
entity: customers
tables:
  customers:
    key: id
    columns:
      id: string
      level: {type: string, values: [low, mid, high], ordered: true, optional: true}
      bool: {type: boolean, optional: true}
metrics:
  m1: >-
    if (if bool then (id = id) else (level <= level))
    then min((if (c0.t1 between c0 and c0.t2) then as_of else 2026-02-28T23:59:59), as_of)
    else as_of
  m2: mode(m1 over all)
scorecards:
  c0:
    terms:
      t1: {bands: {of: 0, points: {0: 12.5, 2: -5}}}
      t2: {points: 0, when: id like ''}
segmentations:
  seg3:
    hit_policy: priority
    default: a
    priority: [a, silver, bronze]
    table: |
      | id | c0 | m2 | segment |
      |---|---|---|---|
      | - | > -1, 1_000 | 2024-02-29 | a |
      | missing, missing | missing | <2024-02-29 | silver |
      | not 'ab' | <=1 | 2025-12-31..2026-02-28, 2026-03-31 | bronze |
  seg4:
    hit_policy: first
    default: bronze
    ordered: true
    rules: [{segment: gold, when: bool, valid: {until: 2026-03-30}}]
  seg9:
    hit_policy: priority
    priority: [a]
    rules:
      - {segment: a, when: "not (2026-02-28 in next 12 months)"}
      - {segment: a, when: not bool}
"""


def test_what_is_the_same_in_all_rows_stands_in_every_piece() -> None:
    ruleset = loaded_text(STANDING)
    whole = pl.DataFrame({"id": ["k4", "k5"], "level": ["low", "mid"], "bool": [True, False]})
    chunks = pl.concat([whole[:1], whole[1:]], rechunk=False)
    found, expected = (ruleset.evaluate({"customers": one}, as_of=date(2026, 3, 31)) for one in (chunks, whole))
    assert found.reasons().equals(expected.reasons())
    assert found.wide.equals(expected.wide)
