from __future__ import annotations

from segrules.backends.scalar.preparation import prepared
from segrules.language import types
from segrules.meaning.tables import Record, RowAt, Tables
from segrules.program.nodes import Step
from tests.support.programs import AS_OF, call, field, program, relation, table

CUSTOMERS = table("customers", ["region", "number"], {"region": types.STRING, "number": types.INTEGER})
ORDERS = table(
    "orders", ["id"], {"id": types.STRING, "region": types.STRING, "number": types.INTEGER},
    relation("customer", "customers", "region", "number"),
)  # fmt: skip
LINES = table(
    "lines", [], {"order_id": types.STRING, "amount": types.INTEGER}, relation("order", "orders", "order_id"),
    where=call(">", field("amount", types.INTEGER, table="lines"), 0),
)  # fmt: skip
SHOP = program([CUSTOMERS, ORDERS, LINES])

ROWS: dict[str, list[Record]] = {
    "customers": [{"region": "N", "number": 1}, {"region": "S", "number": 1}],
    "orders": [
        {"id": "o1", "region": "S", "number": 1},
        {"id": "o2", "region": "N", "number": None},
        {"id": "o3", "region": "N", "number": 9},
        {"id": "o4", "region": "S", "number": 1},
    ],
    "lines": [
        {"order_id": "o4", "amount": 1},
        {"order_id": "o1", "amount": 2},
        {"order_id": None, "amount": 3},
        {"order_id": "o4", "amount": 4},
    ],
}

ORDERS_BELOW, LINES_BELOW = Step("orders", "customer"), Step("lines", "order")


def test_a_row_belongs_to_the_one_whose_key_its_columns_hold() -> None:
    tables = Tables(SHOP, ROWS)
    above = [tables.above(RowAt("orders", index), "customer") for index in range(4)]
    assert above == [RowAt("customers", 1), None, None, RowAt("customers", 1)]


def test_rows_below_stand_in_the_order_of_their_table_through_all_steps() -> None:
    tables = Tables(SHOP, ROWS)
    assert [at.index for at in tables.below(RowAt("customers", 1), [ORDERS_BELOW])] == [0, 3]
    assert [at.index for at in tables.below(RowAt("customers", 1), [ORDERS_BELOW, LINES_BELOW])] == [0, 1, 3]
    assert tables.below(RowAt("customers", 0), [ORDERS_BELOW, LINES_BELOW]) == []


def test_a_table_that_is_not_given_is_empty() -> None:
    tables = Tables(SHOP, {"customers": ROWS["customers"]})
    assert tables.below(RowAt("customers", 1), [ORDERS_BELOW]) == []


def test_only_rows_for_which_where_is_true_are_kept() -> None:
    lines = [{"order_id": "o1", "amount": amount} for amount in (1, 0, None, 2)]
    kept = prepared(SHOP, AS_OF, {"lines": lines}).rows("lines")
    assert [row["amount"] for row in kept] == [1, 2]


def test_keys_are_taken_from_the_rows_that_are_left() -> None:
    customers = table("customers", ["id"], {"id": types.STRING}, keys_from="lines")
    lines = table(
        "lines", [], {"buyer": types.STRING, "amount": types.INTEGER}, relation("customer", "customers", "buyer"),
        where=call(">", field("amount", types.INTEGER, table="lines"), 0),
    )  # fmt: skip
    rows = [("b", 1), ("a", 1), (None, 1), ("b", 2), ("c", 0)]
    given = {"lines": [{"buyer": buyer, "amount": amount} for buyer, amount in rows]}
    assert prepared(program([customers, lines]), AS_OF, given).rows("customers") == [{"id": "a"}, {"id": "b"}]


def test_keys_are_kept_by_the_where_of_their_own_table() -> None:
    customers = table(
        "customers", ["id"], {"id": types.STRING}, keys_from="lines",
        where=call("!=", field("id", types.STRING), "a"),
    )  # fmt: skip
    lines = table("lines", [], {"id": types.STRING})
    given = {"lines": [{"id": "a"}, {"id": "b"}]}
    assert prepared(program([customers, lines]), AS_OF, given).rows("customers") == [{"id": "b"}]
