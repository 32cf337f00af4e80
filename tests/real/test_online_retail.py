"""The published quartile segmentation of the Online Retail customers, reproduced number by number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import quantiles

import polars as pl
import pytest

import segrules
from segrules.engine.result import Result

RULESET = Path(__file__).parents[2] / "rulesets" / "online_retail_value"
AS_OF = date(2011, 12, 10)
REFERENCE = datetime.fromisoformat("2011-12-10T12:50")
PUBLISHED_SEGMENTS = {"low": 783, "mid": 1_899, "high": 1_690}
PUBLISHED_QUARTILES = {
    "recency": ["17", "50", "143"],
    "frequency": ["17", "42", "102"],
    "monetary": ["293.3625", "648.075", "1611.725"],
}


@dataclass(slots=True)
class Customer:
    """What the invoice lines say about one customer, added up in plain Python."""

    last_line: datetime
    frequency: int = 0
    monetary: Decimal = Decimal(0)

    @property
    def recency(self) -> int:
        return (REFERENCE - self.last_line).days


@pytest.fixture(scope="module")
def lines(data_dir: Path) -> Path:
    return data_dir / "online_retail" / "online_retail.parquet"


@pytest.fixture(scope="module")
def result(lines: Path) -> Result:
    return segrules.load(RULESET).evaluate({"lines": lines}, as_of=AS_OF)


@pytest.fixture(scope="module")
def customers(lines: Path) -> dict[int, Customer]:
    customers: dict[int, Customer] = {}
    columns = ["CustomerID", "InvoiceDate", "Quantity", "UnitPrice"]
    for customer_id, invoiced_at, quantity, price in pl.read_parquet(lines, columns=columns).iter_rows():
        if customer_id is None:
            continue
        customer = customers.setdefault(customer_id, Customer(invoiced_at))
        customer.last_line = max(customer.last_line, invoiced_at)
        customer.frequency += 1
        customer.monetary += quantity * Decimal(repr(price))
    return customers


def sizes(result: Result) -> Counter[str]:
    return Counter(result.wide["value"].cast(pl.String))


def test_every_customer_named_on_a_line_is_segmented_once(result: Result) -> None:
    assert result.wide.height == 4_372
    assert result.wide["customer_id"].n_unique() == 4_372


def test_lines_without_a_customer_are_counted_and_belong_to_nobody(result: Result) -> None:
    assert result.summary.rows["lines"].read == 541_909
    assert result.summary.rows["customers"].without_key == 135_080
    assert sum(result.wide["frequency"]) == 541_909 - 135_080


def test_segments_have_their_published_sizes(result: Result) -> None:
    assert sizes(result) == PUBLISHED_SEGMENTS


def test_sums_of_scores_have_their_published_counts(result: Result) -> None:
    counts = Counter(result.wide["score"])
    assert (counts[3], counts[4], counts[5]) == (392, 391, 517)
    assert counts[6] + counts[7] + counts[8] == 1_382
    assert sum(count for score, count in counts.items() if score >= 9) == 1_690


def test_metrics_of_every_customer_equal_those_added_up_in_plain_python(
    result: Result, customers: dict[int, Customer]
) -> None:
    computed = {row["customer_id"]: row for row in result.wide.iter_rows(named=True)}
    assert computed.keys() == customers.keys()
    for customer_id, customer in customers.items():
        row = computed[customer_id]
        assert (row["recency"], row["frequency"]) == (customer.recency, customer.frequency), customer_id
        assert row["monetary"] == customer.monetary, customer_id


@pytest.mark.parametrize("metric", PUBLISHED_QUARTILES)
def test_quartiles_in_the_ruleset_are_those_of_the_data(
    result: Result, customers: dict[int, Customer], metric: str
) -> None:
    values = [Decimal(getattr(customer, metric)) for customer in customers.values()]
    derived = quantiles(values, n=4, method="inclusive")
    parameters = [Decimal(str(result.summary.parameters[f"{metric}_q{n}"])) for n in (1, 2, 3)]
    assert derived == [Decimal(text) for text in PUBLISHED_QUARTILES[metric]]
    assert parameters == derived


def test_scores_follow_the_quartiles(result: Result, customers: dict[int, Customer]) -> None:
    computed = {row["customer_id"]: row for row in result.wide.iter_rows(named=True)}
    for customer_id, customer in customers.items():
        row = computed[customer_id]
        scores = [
            5 - quarter("recency", customer.recency),
            quarter("frequency", customer.frequency),
            quarter("monetary", customer.monetary),
        ]
        assert [row["recency_score"], row["frequency_score"], row["monetary_score"]] == scores, customer_id
        assert row["score"] == sum(scores), customer_id


def quarter(metric: str, value: int | Decimal) -> int:
    return 1 + sum(value > Decimal(edge) for edge in PUBLISHED_QUARTILES[metric])


def test_nothing_is_provisional_where_nothing_is_missing(result: Result) -> None:
    assert set(result.assignments["certainty"].cast(pl.String)) == {"certain"}
    assert result.missing_impact.is_empty()


def test_order_of_the_lines_changes_nothing(result: Result, lines: Path) -> None:
    shuffled = pl.read_parquet(lines).sample(fraction=1.0, shuffle=True, seed=1)
    again = segrules.load(RULESET).evaluate({"lines": shuffled}, as_of=AS_OF)
    assert again.wide.sort("customer_id").equals(result.wide.sort("customer_id"))


def test_a_threshold_given_by_the_caller_moves_customers(lines: Path) -> None:
    moved = segrules.load(RULESET).evaluate({"lines": lines}, as_of=AS_OF, parameters={"monetary_q3": 1_000_000})
    assert sizes(moved)["high"] < PUBLISHED_SEGMENTS["high"]
