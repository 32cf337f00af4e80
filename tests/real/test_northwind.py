"""Northwind accounts over four tables, against the same figures added up in plain Python."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import segrules
from segrules.engine.result import Result

RULESET = Path(__file__).parents[2] / "rulesets" / "northwind_accounts"
AS_OF = date(1998, 5, 6)
TABLES = ("customers", "orders", "order_details", "products")
NEVER_ORDERED = {"FISSA", "PARIS"}
FULL_RANGE = 8
TEAMS = {
    "central_europe": {"Germany", "Austria", "Switzerland"},
    "north": {"Denmark", "Finland", "Norway", "Sweden"},
    "iberia": {"Spain", "Portugal"},
    "americas": {"USA", "Canada", "Mexico", "Argentina", "Brazil", "Venezuela"},
}

Row = dict[str, str]


@dataclass(slots=True)
class Account:
    """What the files say about one customer."""

    country: str
    orders: list[Row] = field(default_factory=list)
    lines: list[tuple[Row, Row, Row]] = field(default_factory=list)

    def revenue(self, after: date, until: date) -> Decimal:
        return sum((net(line) for order, line, _ in self.lines if after < day(order) <= until), Decimal(0))

    @property
    def revenue_12m(self) -> Decimal:
        return self.revenue(date(1997, 5, 6), AS_OF)

    @property
    def revenue_before(self) -> Decimal:
        return self.revenue(date(1996, 8, 6), date(1997, 5, 6))

    @property
    def categories(self) -> int:
        return len({product["CategoryID"] for _, _, product in self.lines})

    @property
    def days_since_order(self) -> int | None:
        return min(((AS_OF - day(order)).days for order in self.orders), default=None)

    @property
    def open_orders(self) -> int:
        return sum(not order["ShippedDate"] for order in self.orders)

    @property
    def late_share(self) -> Fraction | None:
        shipped = [order for order in self.orders if order["ShippedDate"]]
        return share([order["ShippedDate"] > order["RequiredDate"] for order in shipped])

    @property
    def discounted_share(self) -> Fraction | None:
        return share([Decimal(line["Discount"]) > 0 for _, line, _ in self.lines])

    @property
    def discontinued_lines(self) -> int:
        return sum(product["Discontinued"] == "1" for _, _, product in self.lines)


def net(line: Row) -> Decimal:
    return Decimal(line["UnitPrice"]) * int(line["Quantity"]) * (1 - Decimal(line["Discount"]))


def day(order: Row) -> date:
    return datetime.fromisoformat(order["OrderDate"]).date()


def share(flags: list[bool]) -> Fraction | None:
    return Fraction(sum(flags), len(flags)) if flags else None


@pytest.fixture(scope="module")
def files(data_dir: Path) -> dict[str, Path]:
    return {table: data_dir / "northwind" / f"{table}.csv" for table in TABLES}


@pytest.fixture(scope="module")
def result(files: dict[str, Path]) -> Result:
    return segrules.load(RULESET).evaluate(files, as_of=AS_OF)


@pytest.fixture(scope="module")
def wide(result: Result) -> dict[str, dict[str, Any]]:
    return {row["customer_id"]: row for row in result.wide.iter_rows(named=True)}


@pytest.fixture(scope="module")
def accounts(files: dict[str, Path]) -> dict[str, Account]:
    rows = {table: read(path) for table, path in files.items()}
    accounts = {row["CustomerID"]: Account(row["Country"]) for row in rows["customers"]}
    orders = {row["OrderID"]: row for row in rows["orders"]}
    products = {row["ProductID"]: row for row in rows["products"]}
    for order in orders.values():
        accounts[order["CustomerID"]].orders.append(order)
    for line in rows["order_details"]:
        order = orders[line["OrderID"]]
        accounts[order["CustomerID"]].lines.append((order, line, products[line["ProductID"]]))
    return accounts


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_all_accounts_are_there_also_those_without_orders(
    wide: dict[str, dict[str, Any]], accounts: dict[str, Account]
) -> None:
    assert wide.keys() == accounts.keys()
    assert len(wide) == 91
    assert {key for key, account in accounts.items() if not account.orders} == NEVER_ORDERED


@pytest.mark.parametrize(
    "metric",
    ["revenue_12m", "revenue_before", "categories", "days_since_order", "open_orders", "discontinued_lines"],
)
def test_exact_metrics_equal_those_added_up_in_plain_python(
    wide: dict[str, dict[str, Any]], accounts: dict[str, Account], metric: str
) -> None:
    assert {key: row[metric] for key, row in wide.items()} == {
        key: getattr(account, metric) for key, account in accounts.items()
    }


@pytest.mark.parametrize("metric", ["late_share", "discounted_share"])
def test_shares_are_of_the_rows_where_the_answer_is_known(
    wide: dict[str, dict[str, Any]], accounts: dict[str, Account], metric: str
) -> None:
    for key, account in accounts.items():
        expected = getattr(account, metric)
        assert wide[key][metric] == (None if expected is None else pytest.approx(float(expected), rel=1e-12)), key


def test_all_revenue_reaches_some_account(wide: dict[str, dict[str, Any]], accounts: dict[str, Account]) -> None:
    assert sum(row["orders_placed"] for row in wide.values()) == 830
    everything = sum(net(line) for account in accounts.values() for _, line, _ in account.lines)
    assert sum(row["revenue"] for row in wide.values()) == everything == Decimal("1265793.0395")


def test_days_to_ship_are_averaged_over_the_orders_that_left(
    wide: dict[str, dict[str, Any]], accounts: dict[str, Account]
) -> None:
    for key, account in accounts.items():
        days = [
            (datetime.fromisoformat(order["ShippedDate"]) - datetime.fromisoformat(order["OrderDate"])).days
            for order in account.orders
            if order["ShippedDate"]
        ]
        expected = pytest.approx(sum(days) / len(days), rel=1e-12) if days else None
        assert wide[key]["days_to_ship"] == expected, key


def lifecycle(account: Account) -> str:
    if not account.orders:
        return "prospect"
    assert account.days_since_order is not None
    if account.days_since_order > 90:
        return "lapsing"
    doubled = account.revenue_before > 0 and account.revenue_12m >= 2 * account.revenue_before
    return "growing" if doubled else "steady"


def account_class(account: Account) -> str:
    edges = {"A": 10_000, "B": 5_000, "C": 1_000, "D": 0}
    return next(segment for segment, edge in edges.items() if account.revenue_12m >= edge)


def breadth(account: Account) -> str:
    edges = {"full_range": FULL_RANGE, "broad": 4, "narrow": 1, "none": 0}
    return next(segment for segment, edge in edges.items() if account.categories >= edge)


def sales_team(account: Account) -> str:
    return next((team for team, countries in TEAMS.items() if account.country in countries), "western_europe")


def topics(account: Account) -> list[str]:
    found = {
        "open_delivery": account.open_orders > 0,
        "late_deliveries": account.late_share is not None and account.late_share >= Fraction(1, 10),
        "discount_habit": account.discounted_share is not None and account.discounted_share > Fraction(6, 10),
        "replacement": account.discontinued_lines > 0,
    }
    return [topic for topic, holds in found.items() if holds]


def attention(account: Account) -> str:
    if account_class(account) == "A":
        return "key_account_manager"
    if account_class(account) == "B" or account.categories == FULL_RANGE:
        return "inside_sales"
    return "newsletter"


@pytest.mark.parametrize("rule", [lifecycle, account_class, breadth, sales_team, topics, attention])
def test_segments_are_those_of_the_same_rules_in_plain_python(
    wide: dict[str, dict[str, Any]], accounts: dict[str, Account], rule: Any
) -> None:
    assert {key: row[rule.__name__] for key, row in wide.items()} == {
        key: rule(account) for key, account in accounts.items()
    }


@pytest.mark.parametrize("key", sorted(NEVER_ORDERED))
def test_an_account_without_orders_has_no_revenue_and_is_a_prospect(wide: dict[str, dict[str, Any]], key: str) -> None:
    row = wide[key]
    assert (row["orders_placed"], row["revenue"], row["categories"], row["last_order"]) == (0, 0, 0, None)
    assert (row["lifecycle"], row["account_class"], row["breadth"], row["topics"]) == ("prospect", "D", "none", [])


def test_only_the_topics_of_accounts_without_orders_are_provisional(result: Result) -> None:
    provisional = defaultdict(set)
    for row in result.assignments.iter_rows(named=True):
        if row["certainty"] == "provisional":
            provisional[row["segmentation"]].add((row["customer_id"], *row["possible"]))
    assert provisional == {"topics": {(key, "late_deliveries", "discount_habit") for key in NEVER_ORDERED}}
