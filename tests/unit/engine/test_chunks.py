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
