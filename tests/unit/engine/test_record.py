"""One nested record: its rows by table, with the conversions and constraints of whole tables."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segrules.backends.polars.compiled import compile_expression
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.engine.intake import take_in
from segrules.engine.record import RecordIntake
from segrules.engine.slices import records
from segrules.errors import DataInvalid, InputInvalid
from tests.support.rulesets import checked

AS_OF = date(2026, 6, 30)
PROGRAM = checked("""
segrules: 1
ruleset: shop
entity: customers
timezone: Europe/Berlin
tables:
  customers:
    key: id
    columns:
      id: {type: string, header: Customer ID}
      region: {type: string, values: [NA, EMEA], optional: true, missing: ['-']}
      score: {type: number, min: 0, max: highest, optional: true}
  orders:
    key: order_id
    belongs_to:
      customer: {table: customers, by: customer_id}
      shop: {table: shops, by: shop_id, required: true}
    where: amount > 0
    columns:
      order_id: integer
      customer_id: {type: string, optional: true}
      shop_id: {type: integer, optional: true}
      amount: decimal(2)
      placed_on: {type: date, optional: true, date_format: '%d.%m.%Y'}
  items:
    belongs_to:
      order: {table: orders, by: order_id, as: bought}
    columns: {order_id: integer, sku: string}
  shops:
    key: shop_id
    belongs_to:
      land: {table: countries, by: country}
    columns: {shop_id: integer, country: {type: string, optional: true}}
  countries:
    key: code
    columns: {code: string, eu: boolean}
parameters:
  highest: 100
metrics:
  revenue: sum(orders.amount)
""")

RECORD: Mapping[str, Any] = {
    "Customer ID": "C1",
    "region": "EMEA",
    "score": 7,
    "orders": [
        {
            "order_id": 1,
            "amount": "10.50",
            "placed_on": "31.01.2026",
            "shop": {"shop_id": 5, "country": "DE"},
            "bought": [{"sku": "a"}, {"sku": 7}],
        },
        {"order_id": 2, "amount": 3, "shop": {"shop_id": 5, "country": "DE"}},
        {"order_id": 3, "amount": -3, "shop_id": 9},
    ],
}
COUNTRIES: list[Mapping[str, object]] = [{"code": "DE", "eu": "true"}, {"code": "FR", "eu": True}]


def take(record: Mapping[str, Any], **tables: Any) -> Mapping[str, Any]:
    return RecordIntake(PROGRAM, AS_OF, tables).take(record)


def complaints(record: Mapping[str, Any], **tables: Any) -> tuple[Diagnostic, ...]:
    with pytest.raises((DataInvalid, InputInvalid)) as refused:
        take(record, **tables)
    assert isinstance(refused.value, DataInvalid | InputInvalid)
    return refused.value.diagnostics


def codes(record: Mapping[str, Any], **tables: Any) -> list[str]:
    return [said.code.number for said in complaints(record, **tables)]


def test_a_nested_record_becomes_typed_rows_by_table() -> None:
    assert take(RECORD, countries=COUNTRIES) == {
        "customers": [{"id": "C1", "region": "EMEA", "score": 7.0}],
        "orders": [
            {
                "order_id": 1,
                "customer_id": "C1",
                "shop_id": 5,
                "amount": Decimal("10.50"),
                "placed_on": date(2026, 1, 31),
            },
            {"order_id": 2, "customer_id": "C1", "shop_id": 5, "amount": Decimal("3.00"), "placed_on": None},
        ],
        "shops": [{"shop_id": 5, "country": "DE"}],
        "items": [{"order_id": 1, "sku": "a"}, {"order_id": 1, "sku": "7"}],
        "countries": [{"code": "DE", "eu": True}],
    }


def test_the_record_is_not_changed() -> None:
    before = deepcopy(RECORD)
    take(RECORD)
    assert before == RECORD


def test_a_row_above_is_found_in_tables() -> None:
    record = {"id": "C1", "orders": [{"order_id": 1, "amount": 1, "shop_id": "5"}]}
    rows = take(record, shops=[{"shop_id": 5, "country": "FR"}, {"shop_id": 6}], countries=COUNTRIES)
    assert rows["shops"] == [{"shop_id": 5, "country": "FR"}]
    assert rows["countries"] == [{"code": "FR", "eu": True}]


def test_tables_are_indexed_once_for_many_records() -> None:
    intake = RecordIntake(PROGRAM, AS_OF, {"shops": [{"shop_id": 5}], "countries": COUNTRIES})
    for number in (1, 2):
        record = {"id": str(number), "orders": [{"order_id": number, "amount": 1, "shop_id": 5}]}
        assert intake.take(record)["shops"] == [{"shop_id": 5, "country": None}]


def test_a_nested_row_above_gets_its_key_from_the_row_that_holds_it() -> None:
    record = {"id": "C1", "orders": [{"order_id": 1, "amount": 1, "shop_id": 5, "shop": {"country": "DE"}}]}
    assert take(record)["shops"] == [{"shop_id": 5, "country": "DE"}]


def test_nested_rows_that_name_another_row_are_refused() -> None:
    assert codes({"id": "C1", "orders": [{"order_id": 1, "customer_id": "C2", "amount": 1}]}) == ["SR526", "SR509"]
    assert codes({"id": "C1", "orders": [{"order_id": 1, "amount": 1, "shop_id": 6, "shop": {"shop_id": 5}}]}) == [
        "SR526",
        "SR509",
    ]


def test_two_different_rows_above_with_one_key_are_refused() -> None:
    shops = [{"shop_id": 5, "country": "DE"}, {"shop_id": 5, "country": "FR"}]
    orders = [{"order_id": at, "amount": 1, "shop": shop} for at, shop in enumerate(shops)]
    assert codes({"id": "C1", "orders": orders}) == ["SR508"]


def test_equal_rows_below_are_all_kept() -> None:
    record = {"id": "C1", "orders": [{**RECORD["orders"][0], "bought": [{"sku": "a"}, {"sku": "a"}]}]}
    assert len(take(record)["items"]) == 2


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"score": "many"}, ["SR501"]),
        ({"score": -1}, ["SR505"]),
        ({"score": 100.5}, ["SR506"]),
        ({"region": "EMAE"}, ["SR503"]),
        ({"region": "-"}, []),
        ({"Customer ID": None}, ["SR504"]),
        ({"orders": [{"order_id": 1, "amount": "0.005", "shop": {"shop_id": 1}}]}, ["SR502"]),
        ({"orders": [{"order_id": 1, "amount": 1}]}, ["SR509"]),
        ({"orders": [{"order_id": 1, "amount": 1, "shop_id": "x"}]}, ["SR501"]),
        ({"orders": [{"order_id": 1, "amount": 1, "shop_id": 4}]}, ["SR509"]),
        ({"orders": [{"order_id": 1, "amount": -1, "shop_id": 4}]}, []),
        ({"orders": [{"order_id": 1, "shop": {"shop_id": 1}}]}, ["SR510"]),
        ({"order": [{"order_id": 1}]}, ["SR514"]),
        ({"orders": None}, []),
        ({"orders": "1, 2"}, ["SR523"]),
        ({"orders": {"order_id": 1}}, ["SR523"]),
        ({"orders": [1, 2, RECORD["orders"][0]]}, ["SR523"]),
        ({"orders": [{"order_id": 1, "amount": 1, "shop_id": 5, "shop": 5}]}, ["SR523"]),
        ({"score": "x", "region": "y", "orders": [{"order_id": "z", "amount": 1}]}, "SR503 SR501 SR501 SR509".split()),
    ],
)  # fmt: skip
def test_a_record_that_breaks_its_declaration_is_refused(change: dict[str, Any], expected: list[str]) -> None:
    record = {**RECORD, **change}
    if expected:
        assert codes(record) == expected
    else:
        take(record)


def test_a_record_without_its_key_says_which_column() -> None:
    (said,) = complaints({"customer id": "C1"})
    assert (said.code.number, said.help) == ("SR510", "did you mean `header: customer id`?")


def test_tables_are_checked_too() -> None:
    assert codes({"id": "C1"}, countries=[{"code": "DE", "eu": "yes"}]) == ["SR501"]
    assert codes({"id": "C1"}, contries=[]) == ["SR514"]


def test_a_record_that_where_leaves_out_is_refused() -> None:
    small = checked("""
segrules: 1
ruleset: small
entity: t
tables:
  t:
    key: id
    where: n < 10
    columns: {id: string, n: {type: integer, optional: true}}
""")
    for value in (10, None):
        with pytest.raises(DataInvalid, match="SR525"):
            RecordIntake(small, AS_OF, {}).take({"id": "a", "n": value})


def test_a_row_of_made_keys_is_a_record_with_its_rows() -> None:
    made = checked("""
segrules: 1
ruleset: made
entity: customers
tables:
  customers: {key: customer_id, keys_from: lines}
  lines:
    belongs_to:
      customer: {table: customers, by: buyer}
    columns: {buyer: {type: integer, header: CustomerID}, n: integer}
metrics:
  total: sum(lines.n)
""")
    rows = RecordIntake(made, AS_OF, {}).take({"customer_id": "17", "lines": [{"n": 2}, {"n": 3}]})
    assert rows == {"customers": [{"customer_id": 17}], "lines": [{"buyer": 17, "n": 2}, {"buyer": 17, "n": 3}]}


VALUES = st.one_of(
    st.none(),
    st.sampled_from(["1", "2.50", "x", "-", "EMEA", "", "2026-01-31", "31.01.2026", "NaN", "1e2"]),
    st.integers(-5, 105),
    st.sampled_from([0.1, 2.5, 2.555, float("nan"), 1e30]),
    st.just(date(2026, 1, 31)),
    st.booleans(),
)
ORDERS = st.lists(
    st.fixed_dictionaries({"order_id": VALUES, "amount": VALUES, "placed_on": VALUES, "shop_id": VALUES}), max_size=3
)


@given(st.fixed_dictionaries({"id": VALUES, "region": VALUES, "score": VALUES}), ORDERS)
def test_a_record_means_what_its_tables_mean(customer: dict[str, Any], orders: list[dict[str, Any]]) -> None:
    shops = [{"shop_id": number} for number in (1, 2)]
    tables: dict[str, Any] = {
        "customers": [customer],
        "orders": [{**order, "customer_id": customer["id"]} for order in orders],
        "items": [],
        "shops": shops,
        "countries": [],
    }
    by_table: Any
    by_record: Any
    try:
        taken = take_in(PROGRAM, tables, "stop", lambda expression: compile_expression(expression, PROGRAM))
        by_table = {name: records(taken.frames[name]) for name in ("customers", "orders")}
    except DataInvalid as refused:
        by_table = sorted((said.message, said.notes) for said in refused.diagnostics)
    try:
        rows = RecordIntake(PROGRAM, AS_OF, {"shops": shops}).take({**customer, "orders": orders})
        by_record = {name: rows.get(name, []) for name in ("customers", "orders")}
    except DataInvalid as refused:
        by_record = sorted((said.message, said.notes) for said in refused.diagnostics)
    assert by_record == by_table
