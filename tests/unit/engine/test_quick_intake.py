"""The quick way in takes usual records as the careful one does, and leaves every other to it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from segrules.backends.record.rows import typed_rows
from segrules.engine.quick_intake import QuickIntake
from segrules.engine.record import RecordIntake
from segrules.meaning.tables import Tables
from tests.support.rulesets import checked

AS_OF = date(2026, 6, 30)
PROGRAM = checked("""
segrules: 1
ruleset: shop
entity: customers
timezone: Europe/Berlin
parameters: {highest: 100}
tables:
  customers:
    key: id
    columns:
      id: {type: string, header: Customer ID}
      region: {type: string, values: [NA, EMEA], optional: true, missing: ['-']}
      score: {type: number, min: 0, max: highest, optional: true}
      level: {type: integer, optional: true, missing: ['999']}
      money: {type: decimal(2), optional: true, max: 10}
      active: {type: boolean, optional: true}
      since: {type: date, optional: true, min: 2000-01-01}
      seen_at: {type: datetime, optional: true}
      born: {type: date, optional: true, date_format: '%d.%m.%Y'}
      tags: {type: list of string, optional: true}
  orders:
    key: order_id
    belongs_to: {customer: {table: customers, by: customer_id, required: true}}
    where: amount > 0
    columns: {order_id: integer, customer_id: string, amount: integer, code: {type: string, unique: true}}
  items:
    belongs_to:
      order: {table: orders, by: order_id, as: bought}
      of_sort: {table: sorts, by: sort}
    columns: {order_id: integer, sort: {type: string, optional: true}}
  sorts: {key: sort, columns: {sort: string, n: {type: integer, optional: true}}}
""")
QUICK = QuickIntake(PROGRAM, AS_OF)
CUSTOMER: dict[str, Any] = {"Customer ID": "C1"}
ORDERS = [
    {"order_id": 1, "amount": 5, "code": "x", "bought": [{"sort": "a"}, {"order_id": 1}]},
    {"order_id": 2, "customer_id": "C1", "amount": -5, "code": "x"},
    {"order_id": 3, "amount": 7, "code": "y"},
]


def with_care(record: dict[str, Any]) -> Any:
    return typed_rows(PROGRAM, Tables(PROGRAM, RecordIntake(PROGRAM, AS_OF, {}).take(record)))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"region": "EMEA", "score": 7.5, "level": 3, "money": Decimal("1.20"), "active": True, "tags": ["a"]},
        {"region": "-", "score": 7, "level": 999, "money": "1.2", "active": "TRUE", "tags": '["a", null]'},
        {"score": float("nan"), "level": "999", "since": "2020-01-31", "seen_at": "2026-01-31T12:00Z"},
        {"since": date(2020, 1, 31), "seen_at": datetime(2026, 1, 31, 12)},  # noqa: DTZ001 (local)
        {"since": datetime(2020, 1, 31), "seen_at": date(2026, 1, 31), "born": date(2000, 2, 1)},  # noqa: DTZ001 (local)
        {"region": None, "unknown": "x", "further": 7},
        {"orders": ORDERS},
        {"orders": tuple(ORDERS), "unknown": None},
        {"orders": None},
        {"money": Decimal("-0.00")},
        {"money": Decimal("1E+1")},
        {"orders": [ORDERS[0] | {"bought": [{"of_sort": {"sort": "a"}}, {"of_sort": {"sort": "b"}}, {"sort": "a"}]}]},
        {"orders": [ORDERS[0] | {"bought": [{"of_sort": {"sort": "a", "n": 1}}, {"of_sort": {"n": 1}, "sort": "a"}]}]},
    ],
)
def test_usual_records_are_taken_as_they_are_with_care(values: dict[str, Any]) -> None:
    record = CUSTOMER | values
    found = QUICK.take(record)
    assert found is not None
    assert repr(found) == repr(with_care(record))


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"id": "C1", "Customer ID": None},
        CUSTOMER | {"region": "APAC"},
        CUSTOMER | {"score": -0.5},
        CUSTOMER | {"score": 101},
        CUSTOMER | {"score": "x"},
        CUSTOMER | {"level": 2**63},
        CUSTOMER | {"level": True},
        CUSTOMER | {"money": Decimal("10.01")},
        CUSTOMER | {"money": 0.001},
        CUSTOMER | {"active": 1},
        CUSTOMER | {"since": date(1999, 12, 31)},
        CUSTOMER | {"seen_at": "soon"},
        CUSTOMER | {"born": "01.02.2000"},  # the rows of a column say together how its dates are spelt
        {"Customer ID": "\ud800"},
        CUSTOMER | {"order": ORDERS},
        CUSTOMER | {"orders": ["x"]},
        CUSTOMER | {"orders": {"order_id": 1}},
        CUSTOMER | {"orders": [ORDERS[0] | {"customer_id": "C2"}]},
        CUSTOMER | {"orders": [ORDERS[0], ORDERS[0] | {"code": "z"}]},
        CUSTOMER | {"orders": [ORDERS[0], ORDERS[2] | {"code": "x"}]},
        CUSTOMER | {"orders": [ORDERS[0] | {"bought": [{"of_sort": {"sort": "a"}, "sort": "b"}]}]},
        CUSTOMER | {"orders": [ORDERS[0] | {"bought": [{"of_sort": [{"sort": "a"}]}]}]},
        CUSTOMER
        | {"orders": [ORDERS[0] | {"bought": [{"of_sort": {"sort": "a"}}, {"of_sort": {"sort": "a", "n": 1}}]}]},
        CUSTOMER | {"orders": [ORDERS[0] | {"bought": [{"of_sort": {}}]}]},
    ],
)
def test_whatever_else_is_left_to_be_read_with_care(record: dict[str, Any]) -> None:
    assert QUICK.take(record) is None


def test_a_record_that_needs_rows_that_it_cannot_bring_is_left() -> None:
    made = checked("""
segrules: 1
ruleset: r
entity: t
tables:
  t: {key: id, belongs_to: {up: {table: above, by: id, required: true}}, columns: {id: string}}
  above: {key: id, columns: {id: string}}
metrics: {m: length(id)}
""")
    assert QuickIntake(made, AS_OF).take({"id": "a"}) is None
    assert QuickIntake(made, AS_OF).take({"id": "a", "up": {}}) == [[("a",)], [("a",)]]


def test_a_record_that_its_table_leaves_out_is_left() -> None:
    small = checked("""
segrules: 1
ruleset: r
entity: t
tables: {t: {key: id, where: n > 0, columns: {id: string, n: integer}}}
metrics: {m: n}
""")
    assert QuickIntake(small, AS_OF).take({"id": "a", "n": 1}) == [[("a", 1)]]
    assert QuickIntake(small, AS_OF).take({"id": "a", "n": 0}) is None


def test_a_mapping_that_is_no_dict_is_read_with_care() -> None:
    class Other(dict[str, Any]):
        pass

    assert QUICK.take(Other(CUSTOMER)) is None
