"""From given tables to checked ones: `where`, constraints, what is set apart, keys made from other tables, counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from segrules.engine.rows import RowCounts
from segrules.language import types
from segrules.language.types import Kind, Type
from tests.unit.engine.tables import (
    apart,
    codes,
    column,
    complaints,
    condition,
    constant,
    program,
    relation,
    table,
    taken,
)

REGION = Type(Kind.STRING, values=("NA", "EMEA", "APAC"))


def entries(found: pl.DataFrame) -> list[tuple[Any, ...]]:
    return found.select("row", "column", "constraint", "value").rows()


def test_a_missing_value_of_a_required_column_is_told() -> None:
    one = table("t", column("id", types.STRING), column("x", types.NUMBER), key=["id"])
    rows = [{"id": "a", "x": 1}, {"id": "b", "x": float("nan")}, {"id": "c", "x": None}]
    (said,) = complaints(one, rows)
    assert (said.code.number, said.message) == ("SR504", "`t.x` is missing in 2 rows")
    assert said.notes == ('row 2, key "b": `nan`', 'row 3, key "c": missing')


def test_a_value_that_cannot_be_read_is_not_missing_as_well() -> None:
    one = table("t", column("x", types.INTEGER), column("day", types.DATE))
    rows = pl.DataFrame({"x": ["1", "y", None], "day": ["2024-01-01", None, "today"]})
    assert entries(apart(one, rows).quarantine) == [
        (2, "x", "type", "y"),
        (2, "day", "present", None),
        (3, "day", "type", "today"),
        (3, "x", "present", None),
    ]


@pytest.mark.parametrize(
    ("declared", "low", "high", "values"),
    [
        (types.INTEGER, 1, 3, [0, 1, 3, 4, None]),
        (types.NUMBER, 0.5, 1.5, [0.25, 0.5, 1.5, 2.0, float("nan")]),
        (types.decimal(2), Decimal("0.10"), Decimal("0.20"), [0.09, 0.1, 0.2, 0.21, None]),
        (types.DATE, date(2024, 1, 2), date(2024, 1, 3), [date(2024, 1, day) for day in (1, 2, 3, 4)]),
    ],
)
def test_bounds_belong_to_what_they_bound(declared: Type, low: Any, high: Any, values: list[Any]) -> None:
    bounds = {"minimum": constant(low, declared), "maximum": constant(high, declared)}
    found = apart(table("t", column("x", declared, optional=True, **bounds)), [{"x": value} for value in values])
    assert [(row, broken) for row, _, broken, _ in entries(found.quarantine)] == [(1, "min"), (4, "max")]


def test_a_broken_bound_is_told_with_the_bound() -> None:
    one = table("t", column("x", types.decimal(2), minimum=constant(Decimal("0.00"), types.decimal(2))))
    (said,) = complaints(one, [{"x": -1}])
    assert (said.code.number, said.message) == ("SR505", "`t.x` is below its minimum 0.00 in 1 row")
    assert said.notes == ("row 1: `-1`",)


def test_every_row_that_shares_a_key_is_told_and_set_apart() -> None:
    one = table("t", column("a", types.STRING), column("b", types.INTEGER), key=["a", "b"])
    rows = pl.DataFrame({"a": ["x", "y", "x", "x"], "b": [1, 1, 1, 2]})
    (said,) = complaints(one, rows)
    assert said.code.number == "SR508"
    assert said.notes == ('row 1: `["x", 1]`', 'row 3: `["x", 1]`')
    found = apart(one, rows)
    assert found.frames["t"].rows() == [("y", 1), ("x", 2)]
    assert found.quarantine["key"].to_list() == ['["x", 1]', '["x", 1]']


def test_a_missing_key_is_told_as_missing_and_shares_nothing() -> None:
    one = table("t", column("id", types.STRING, optional=True), key=["id"])
    rows = [{"id": "a"}, {"id": None}, {"id": None}]
    assert entries(apart(one, rows).quarantine) == [(2, "id", "present", None), (3, "id", "present", None)]
    assert apart(one, rows).quarantine["key"].to_list() == [None, None]


def test_unique_passes_over_missing_values() -> None:
    one = table("t", column("x", types.STRING, optional=True, unique=True))
    rows = [{"x": value} for value in ("a", None, None, "b", "a")]
    assert entries(apart(one, rows).quarantine) == [(1, "x", "unique", "a"), (5, "x", "unique", "a")]


def test_an_undeclared_value_is_told_with_the_nearest() -> None:
    (said,) = complaints(table("t", column("x", REGION)), [{"x": "EMAE"}, {"x": "Mars"}])
    assert said.code.number == "SR503"
    assert said.help == "did you mean `EMEA` for `EMAE`? Mend the data, or add it to `values`"


def test_five_rows_are_shown_and_the_others_counted() -> None:
    (said,) = complaints(table("t", column("x", types.INTEGER)), pl.DataFrame({"x": ["a"] * 2_007}))
    assert len(said.notes) == 6
    assert said.notes[-1] == "and 2,002 more rows"


def test_where_comes_before_constraints_and_after_reading() -> None:
    positive = table(
        "t",
        column("id", types.STRING),
        column("n", types.INTEGER, minimum=constant(1, types.INTEGER), optional=True),
        column("x", types.INTEGER, optional=True),
        key=["id"],
        where=condition("positive"),
    )
    rows = [
        {"id": "a", "n": 2},
        {"id": "a", "n": -1},
        {"id": "b", "n": None},
        {"id": None, "n": 0},
        {"id": "c", "n": 0, "x": "many"},
        {"id": "d", "n": "few"},
    ]
    found = apart(positive, rows, positive=pl.col("n") > 0)
    assert found.frames["t"].rows() == [("a", 2, None)]
    assert entries(found.quarantine) == [(5, "x", "type", "many"), (6, "n", "type", "few")]
    assert found.counts["t"] == RowCounts(6, 1, where_false=2, where_unknown=1, set_apart=2)


def test_a_where_that_reads_no_column_holds_for_every_row() -> None:
    one = table("t", column("x", types.INTEGER), where=condition("never"))
    found = taken(one, [{"x": 1}, {"x": 2}], never=pl.lit(value=False))
    assert found.counts["t"] == RowCounts(2, 0, where_false=2)


CUSTOMERS = table("customers", column("id", types.INTEGER), column("n", types.INTEGER, optional=True), key=["id"])
ORDERS = table(
    "orders",
    column("id", types.INTEGER),
    column("customer_id", types.INTEGER, optional=True),
    key=["id"],
    relations=(relation("customer", "customers", "customer_id", required=True),),
)
LINES = table(
    "lines",
    column("order_id", types.INTEGER),
    column("product", types.STRING),
    key=["order_id", "product"],
    relations=(relation("order", "orders", "order_id", required=True),),
)


def test_a_required_row_above_that_is_not_there_is_a_data_error() -> None:
    both = program(CUSTOMERS, ORDERS)
    tables = {
        "customers": [{"id": 1}],
        "orders": [{"id": 1, "customer_id": 1}, {"id": 2, "customer_id": 7}, {"id": 3, "customer_id": None}],
    }
    (said,) = complaints(both, tables)
    assert (said.code.number, said.message) == (
        "SR509",
        "2 rows of `orders` belong to no row of `customers` (`orders.customer`)",
    )
    assert said.notes == ("row 2, key 2: `7`", "row 3, key 3: missing")
    assert entries(apart(both, tables).quarantine) == [
        (2, "customer", "required", "7"),
        (3, "customer", "required", None),
    ]


def test_a_row_above_that_where_leaves_out_is_not_there() -> None:
    large = table("customers", *CUSTOMERS.columns, key=["id"], where=condition("large"))
    tables = {"customers": [{"id": 1, "n": 1}, {"id": 2, "n": 9}], "orders": [{"id": 1, "customer_id": 1}]}
    assert codes(program(large, ORDERS), tables, large=pl.col("n") > 5) == ["SR509"]


def test_rows_set_apart_take_with_them_what_needs_them() -> None:
    everything = program(CUSTOMERS, ORDERS, LINES)
    tables = {
        "customers": [{"id": 1, "n": "x"}, {"id": 2}, {"id": 3}, {"id": 3}],
        "orders": [{"id": 1, "customer_id": 1}, {"id": 2, "customer_id": 2}, {"id": 3, "customer_id": 3}],
        "lines": [{"order_id": 1, "product": "a"}, {"order_id": 2, "product": "a"}, {"order_id": 3, "product": "b"}],
    }
    assert codes(everything, tables) == ["SR501", "SR508"]
    found = apart(everything, tables)
    assert {name: frame.height for name, frame in found.frames.items()} == {"customers": 1, "orders": 1, "lines": 1}
    assert found.quarantine.drop("value").rows() == [
        ("customers", 1, "1", "n", "type"),
        ("customers", 3, "3", "id", "key"),
        ("customers", 4, "3", "id", "key"),
        ("orders", 1, "1", "customer", "parent set apart"),
        ("orders", 3, "3", "customer", "parent set apart"),
        ("lines", 1, '[1, "a"]', "order", "parent set apart"),
        ("lines", 3, '[3, "b"]', "order", "parent set apart"),
    ]
    assert found.counts["lines"] == RowCounts(3, 1, set_apart=2)


def test_a_row_that_need_not_belong_stays_when_the_row_above_goes() -> None:
    loose = table("orders", *ORDERS.columns, key=["id"], relations=(relation("customer", "customers", "customer_id"),))
    tables = {"customers": [{"id": 1, "n": "x"}], "orders": [{"id": 1, "customer_id": 1}]}
    found = apart(program(CUSTOMERS, loose), tables)
    assert found.frames["orders"].height == 1


def test_texts_with_declared_values_find_texts_without() -> None:
    regions = table("regions", column("name", types.STRING), key=["name"])
    partners = table(
        "partners", column("region", REGION), relations=(relation("at", "regions", "region", required=True),)
    )
    tables = {"regions": [{"name": "NA"}], "partners": [{"region": "NA"}, {"region": "APAC"}]}
    assert entries(apart(program(regions, partners), tables).quarantine) == [(2, "at", "required", "APAC")]


MADE = table("customers", column("id", types.INTEGER), key=["id"], keys_from="lines")
SALES = table(
    "lines",
    column("buyer", types.INTEGER, optional=True),
    column("n", types.INTEGER),
    relations=(relation("customer", "customers", "buyer"),),
    where=condition("sold"),
)


def test_keys_are_made_from_the_rows_that_are_left_in_order() -> None:
    rows = [(9, 1), (None, 1), (2, 1), (9, 3), (5, -1), (7, "x"), (None, -1)]
    tables = {"lines": [{"buyer": buyer, "n": n} for buyer, n in rows]}
    found = apart(program(MADE, SALES), tables, sold=pl.col("n") > 0)
    assert found.frames["customers"]["id"].to_list() == [2, 9]
    assert found.counts["customers"] == RowCounts(2, 2, without_key=1)
    assert found.counts["lines"] == RowCounts(7, 4, where_false=2, set_apart=1)


def test_keys_are_found_by_their_own_names_without_a_belongs_to() -> None:
    lines = table("lines", column("id", types.INTEGER))
    assert taken(program(MADE, lines), {"lines": [{"id": 2}, {"id": 1}]}).frames["customers"]["id"].to_list() == [1, 2]


def test_a_required_belongs_to_made_keys_needs_only_a_key() -> None:
    bound = (relation("customer", "customers", "buyer", required=True),)
    sales = table("lines", *SALES.columns, relations=bound)
    found = apart(program(MADE, sales), {"lines": [{"buyer": 1, "n": 1}, {"buyer": None, "n": 1}]})
    assert entries(found.quarantine) == [(2, "customer", "required", None)]
    assert found.counts["customers"] == RowCounts(1, 1)


def test_a_table_of_made_keys_may_be_given_all_the_same() -> None:
    tables = {"customers": [{"id": 5}], "lines": [{"buyer": 9, "n": 1}]}
    found = taken(program(MADE, SALES), tables, sold=pl.col("n") > 0)
    assert found.frames["customers"]["id"].to_list() == [5]


def test_made_keys_are_texts_in_order_where_they_were_taken_from_declared_values() -> None:
    towns = table("towns", column("town", types.STRING), key=["town"], keys_from="lines")
    lines = table("lines", column("town", replace(types.STRING, values=("Ulm", "Bonn", "Köln"))))
    found = taken(program(towns, lines), {"lines": [{"town": town} for town in ("Bonn", "Köln", "Ulm")]})
    assert found.frames["towns"]["town"].to_list() == ["Bonn", "Köln", "Ulm"]


def test_made_keys_pass_their_own_where() -> None:
    small = table("customers", *MADE.columns, key=["id"], keys_from="lines", where=condition("small"))
    tables = {"lines": [{"buyer": buyer, "n": 1} for buyer in (1, 2, 3)]}
    found = taken(program(small, SALES), tables, sold=pl.col("n") > 0, small=pl.col("id") < 3)
    assert found.counts["customers"] == RowCounts(3, 2, where_false=1)


def test_all_that_is_wrong_is_told_at_once() -> None:
    everything = program(CUSTOMERS, ORDERS, LINES)
    tables = {
        "customers": [{"id": 1}, {"id": 1}],
        "orders": [{"id": "x", "customer_id": "y"}],
        "lines": [{"product": "a"}],
    }
    assert codes(everything, tables) == ["SR510", "SR508", "SR501", "SR501"]


def test_nothing_is_set_apart_where_nothing_is_wrong() -> None:
    found = apart(CUSTOMERS, [{"id": 1}])
    assert found.quarantine.schema == {
        "table": pl.String,
        "row": pl.Int64,
        "key": pl.String,
        "column": pl.String,
        "constraint": pl.String,
        "value": pl.String,
    }
    assert found.quarantine.is_empty()


def test_a_wrong_type_in_the_last_of_many_rows_is_found() -> None:
    height = 200_000
    frame = pl.DataFrame({"x": pl.concat([pl.repeat("1", height - 1, eager=True), pl.Series(["1.0"])])})
    (said,) = complaints(table("t", column("x", types.INTEGER)), frame)
    assert said.notes == ("row 200,000: `1.0`",)
