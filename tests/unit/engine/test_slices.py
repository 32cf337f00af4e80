"""The part of whole tables on which one row's answer depends, and nothing but it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from segrules.backends.polars.compiled import compile_expression
from segrules.backends.scalar.interpreter import Interpreter
from segrules.engine.intake import Intake, take_in
from segrules.engine.slices import find_row, records, slice_for
from segrules.meaning.tables import RowAt, Tables
from segrules.program.program import Program
from tests.support.rulesets import checked

AS_OF = date(2026, 6, 30)
SHOP = """
segrules: 1
ruleset: shop
entity: customers
tables:
  customers:
    key: [id, at]
    columns: {id: string, at: date, region: string}
  orders:
    key: order_id
    belongs_to:
      customer: {table: customers, by: [customer_id, customer_at]}
      product: {table: products, by: sku}
    columns:
      order_id: integer
      customer_id: string
      customer_at: date
      sku: string
      n: decimal(2)
      tags: list of string
    derived:
      important: METRIC
  products:
    key: sku
    columns: {sku: string, line: string}
    derived:
      sold: sum(orders.n)
metrics:
  total: sum(orders.n where orders.important)
segmentations:
  size:
    hit_policy: first
    rules:
      - {segment: large, when: total > 5}
"""


def intake(program: Program) -> Intake:
    orders = [
        {"order_id": at, "customer_id": who, "customer_at": "2026-01-01", "sku": sku, "n": n, "tags": ["x"]}
        for at, (who, sku, n) in enumerate([("a", "s", 1), ("b", "s", 2), ("b", "t", 3), ("c", "t", 4), ("a", "q", 5)])
    ]
    tables: dict[str, Any] = {
        "customers": [{"id": who, "at": "2026-01-01", "region": "N"} for who in "cab"],
        "orders": orders,
        "products": [{"sku": sku, "line": "l"} for sku in "stuv"],
    }
    return take_in(program, tables, "stop", lambda expression: compile_expression(expression, program))


def sliced(metric: str) -> dict[str, list[Any]]:
    program = checked(SHOP.replace("METRIC", metric))
    frames = intake(program).frames
    place = find_row(program, frames, ["a", "2026-01-01"])
    assert place == 1
    rows = slice_for(program, frames, place).rows
    keys = {"customers": "id", "orders": "order_id", "products": "sku"}
    return {name: [row[keys[name]] for row in found] for name, found in rows.items()}


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("orders.n > 0", {"customers": ["a"], "orders": [0, 4], "products": []}),
        ("product.line = 'l'", {"customers": ["a"], "orders": [0, 4], "products": ["s"]}),
        ("product.sold > 0", {"customers": ["a"], "orders": [0, 1, 4], "products": ["s"]}),
        ("customer.region = 'N'", {"customers": ["a"], "orders": [0, 4], "products": []}),
    ],
)
def test_a_slice_holds_what_is_read_and_no_more(metric: str, expected: dict[str, list[Any]]) -> None:
    assert sliced(metric.replace("orders.n", "n")) == expected


@pytest.mark.parametrize("metric", ["n > 1", "product.line = 'l'", "product.sold > 3", "customer.region = 'N'"])
@pytest.mark.parametrize("who", ["a", "b", "c"])
def test_the_answer_on_a_slice_is_the_answer_on_everything(metric: str, who: str) -> None:
    program = checked(SHOP.replace("METRIC", metric))
    frames = intake(program).frames
    place = find_row(program, frames, [who, date(2026, 1, 1)])
    assert place is not None
    everything = Interpreter(program, AS_OF, Tables(program, {name: records(frame) for name, frame in frames.items()}))
    found = slice_for(program, frames, place)
    part = Interpreter(program, AS_OF, Tables(program, found.rows))
    assert part.value("customers", found.row, "total") == everything.value("customers", place, "total")
    assert part.decide("size", RowAt("customers", found.row)) == everything.decide("size", RowAt("customers", place))


def test_rows_have_the_values_of_the_language() -> None:
    program = checked(SHOP.replace("METRIC", "n > 0"))
    row = records(intake(program).frames["orders"])[0]
    assert (row["n"], row["tags"], row["customer_at"]) == (Decimal("1.00"), ("x",), date(2026, 1, 1))


@pytest.mark.parametrize("key", ["z 2026-01-01", "a 2026-01-02", "a soon", "a", "a 2026-01-01 x"])
def test_a_key_that_no_row_has_finds_none(key: str) -> None:
    program = checked(SHOP.replace("METRIC", "n > 0"))
    assert find_row(program, intake(program).frames, key.split()) is None
