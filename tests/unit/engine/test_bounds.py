"""What the types in a file tell of its values is taken as it is, and sums of the largest of them come out right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from segrules.language import types
from segrules.language.types import Type
from tests.properties.answers import loaded_text
from tests.unit.engine.tables import column, table, taken

RULESET = """
segrules: 1
ruleset: bounds
entity: customers
tables:
  customers: {key: id, keys_from: lines}
  lines:
    belongs_to:
      customer: {table: customers, by: id}
    columns: {id: integer, n: integer, price: decimal(2)}
    derived:
      amount: n * price
      square: n * n
metrics:
  total: sum(lines.n)
  squares: sum(lines.square)
  paid: sum(lines.amount)
"""
LARGEST = 2**31 - 1


@pytest.mark.parametrize(
    ("dtype", "declared", "expected"),
    [
        (pl.Int8(), types.INTEGER, (-128, 127)),
        (pl.UInt16(), types.decimal(2), (0, 6_553_500)),
        (pl.Float64(), types.decimal(3), (-(10**15), 10**15)),
        (pl.Float64(), types.INTEGER, None),
        (pl.Int64(), types.INTEGER, None),
        (pl.Int32(), types.NUMBER, None),
    ],
)
def test_the_type_in_a_file_bounds_exact_columns(
    dtype: pl.DataType, declared: Type, expected: tuple[int, int] | None, tmp_path: Path
) -> None:
    pl.DataFrame({"x": pl.Series([1, 2], dtype=dtype)}).write_parquet(tmp_path / "t.parquet")
    found = taken(table("t", column("x", declared)), tmp_path / "t.parquet")
    assert found.bounds.get(("t", "x")) == expected


def test_a_value_that_is_not_usual_leaves_nothing_known(tmp_path: Path) -> None:
    pl.DataFrame({"x": [1e20, 0.5]}).write_parquet(tmp_path / "t.parquet")
    found = taken(table("t", column("x", types.decimal(2))), tmp_path / "t.parquet")
    assert found.frames["t"]["x"].to_list() == [Decimal("100000000000000000000.00"), Decimal("0.50")]
    assert found.bounds == {}


def test_sums_of_the_largest_values_come_out_as_in_memory(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"id": [1] * 4, "n": pl.Series([LARGEST] * 4, dtype=pl.Int32), "price": [9_999_999_999_999.99] * 4}
    )
    frame.write_parquet(tmp_path / "lines.parquet")
    ruleset = loaded_text(RULESET)
    rows = [
        ruleset.evaluate({"lines": lines}, as_of=date(2026, 6, 30)).wide.row(0, named=True)
        for lines in (frame, tmp_path / "lines.parquet")
    ]
    assert rows[0] == rows[1]
    assert rows[1]["paid"] == 4 * LARGEST * Decimal("9999999999999.99")
    assert rows[1]["squares"] is None  # beyond 64 bits
