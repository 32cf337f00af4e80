"""Units: what fits, what does not, and what becomes of them."""

from __future__ import annotations

import pytest

from tests.support.rulesets import checked, with_diagnostics

HEAD = """\
segrules: 1
ruleset: test
entity: rows
tables:
  rows:
    key: id
    columns:
      id: string
      usd: {type: decimal(2), unit: USD}
      usd_too: {type: number, unit: USD}
      eur: {type: decimal(2), unit: EUR}
      days: {type: integer, unit: days}
      plain: integer
      start: date
      end: date
      usds: {type: list of decimal(2), unit: USD}
  deals:
    belongs_to: {row: {table: rows, by: id}}
    columns: {id: string, usd: {type: decimal(2), unit: USD}, eur: {type: number, unit: EUR}, sold: boolean}
parameters:
  loose: 5
  price: {value: 10, unit: USD}
  rate: {value: 1.08, unit: USD/EUR}
  prices: {value: [10, 20], unit: USD}
  dated: {value: {2026-01-01: [10, 20]}, unit: USD}
"""


def said(text: str) -> list[str]:
    return [f"{one.code.number} {one.message}" for one in with_diagnostics(HEAD + text)[1]]


def of_metric(expression: str, unit: str | None = None) -> list[str]:
    return said(f"metrics:\n  m:\n    value: |\n      {expression}\n" + (f"    unit: {unit}\n" if unit else ""))


FITTING = [
    "usd + usd_too", "usd + 5", "usd - loose", "usd > 5", "usd >= loose", "usd < 4 * loose", "usd in (1, price)",
    "usd between loose and 4 * price", "usd in usds", "usd in prices", "usd in dated", "if plain > 1 then usd else 0",
    "coalesce(usd, 0)", "max(usd, usd_too, 0)", "clip(usd, 0, price)", "usd / usd_too > plain", "usd * plain > price",
    "plain * price - usd", "usd / plain + price", "loose * usd > price", "(1 - 20%) * usd > price",
    "eur * rate + usd", "rate * eur > price", "usd / eur > 5", "usd * days > price", "-usd + price",
    "round(usd, 1) + abs(usd) - floor(usd_too)", "days_between(start, end) > 30", "days_between(start, end) > days",
    "days_between(start, end) > plain", "days_between(start, end) > loose", "days_between(start, end) - days",
    "months_between(start, end) / 12 > plain", "50 * clip(usd / 1_000_000, 0, 1) + plain", "usd / 12 > price",
    "usd / loose > plain", "usd / loose > price", "plain * loose > price", "plain * (usd / 12) > price",
    "sum(deals.usd) > price", "mean(deals.usd where deals.sold) + usd", "count(deals) + plain",
    "max(deals.usd) / sum(deals.usd) > 40%", "stdev(deals.usd) < price", "count_distinct(deals.usd) > plain",
    "share(deals.usd > price) + plain", "count(deals where deals.usd > usd) > 3", "usd is present", "sqrt(usd) > plain",
    "list(deals.usd) contains price", "start > end", "length('abc') + plain", "quarter(start) = plain",
]  # fmt: skip


@pytest.mark.parametrize("expression", FITTING)
def test_these_fit(expression: str) -> None:
    assert of_metric(expression) == []


MIXED = [
    ("usd + eur", "a number in `USD` cannot be added to a number in `EUR`"),
    ("usd - eur", "a number in `EUR` cannot be taken away from a number in `USD`"),
    ("usd > eur", "a number in `USD` cannot be compared with a number in `EUR`"),
    ("usd > days", "a number in `USD` cannot be compared with a number in `days`"),
    ("usd > days_between(start, end)", "a number in `USD` cannot be compared with a number in `days`"),
    ("months_between(start, end) > days", "a number in `months` cannot be compared with a number in `days`"),
    ("usd > plain", "a number in `USD` cannot be compared with a number without a unit"),
    ("count(deals) > price", "a number without a unit cannot be compared with a number in `USD`"),
    ("usd / usd_too > price", "a number without a unit cannot be compared with a number in `USD`"),
    ("usd between 0 and eur", "a number in `USD` cannot be compared with a number in `EUR`"),
    ("usd in (1, 2, eur)", "a number in `USD` cannot be compared with a number in `EUR`"),
    ("eur in prices", "a number in `EUR` cannot be compared with a number in `USD`"),
    ("plain in dated", "a number without a unit cannot be compared with a number in `USD`"),
    ("eur in usds", "a number in `EUR` cannot be compared with a number in `USD`"),
    ("if plain > 1 then usd else eur", "a number in `USD` cannot be given in place of a number in `EUR`"),
    ("coalesce(usd, eur)", "a number in `USD` cannot be put in place of a number in `EUR`"),
    ("max(usd, 5, eur)", "a number in `USD` cannot be used together with a number in `EUR`"),
    ("clip(usd, 0, eur)", "a number in `USD` cannot be used together with a number in `EUR`"),
    ("sum(deals.usd) + sum(deals.eur)", "a number in `USD` cannot be added to a number in `EUR`"),
    ("sum(deals.usd where deals.eur > usd)", "a number in `EUR` cannot be compared with a number in `USD`"),
    ("2 * usd > round(eur)", "a number in `USD` cannot be compared with a number in `EUR`"),
    ("usd / 12 > eur", "a number in `USD` cannot be compared with a number in `EUR`"),
    ("eur * rate > eur", "a number in `USD` cannot be compared with a number in `EUR`"),
    ("loose * usd > eur", "a number in `USD` cannot be compared with a number in `EUR`"),
]


@pytest.mark.parametrize(("expression", "message"), MIXED, ids=[one[0] for one in MIXED])
def test_these_do_not(expression: str, message: str) -> None:
    assert of_metric(expression) == [f"SR256 {message}"]


@pytest.mark.parametrize(
    ("expression", "unit"),
    [("usd", "USD"), ("plain", "USD"), ("4 * loose", "USD"), ("usd / 1_000", "kUSD"), ("usd / days", "USD per day"),
     ("months_between(start, end) / 12", "years"), ("months_between(start, end)", "month"), ("eur * rate", "USD")],
)  # fmt: skip
def test_a_declared_unit_is_that_of_the_value_or_given_to_one_without(expression: str, unit: str) -> None:
    assert of_metric(expression, unit) == []


@pytest.mark.parametrize(
    ("expression", "unit", "found"),
    [("usd", "EUR", "USD"), ("sum(deals.usd)", "days", "USD"), ("days_between(start, end)", "USD", "days")],
)
def test_a_declared_unit_that_is_another_is_refused(expression: str, unit: str, found: str) -> None:
    assert of_metric(expression, unit) == [f"SR257 `m` is declared in `{unit}`, but its value is in `{found}`"]


def test_a_metric_gives_its_unit_to_who_reads_it() -> None:
    text = "metrics:\n  late: m > eur\n  m: {value: plain, unit: USD}\n"
    assert said(text) == ["SR256 a number in `USD` cannot be compared with a number in `EUR`"]


def test_a_metric_without_a_declared_unit_passes_on_that_of_its_value() -> None:
    text = "metrics:\n  m: sum(deals.usd)\n  late: m > eur\n"
    assert said(text) == ["SR256 a number in `USD` cannot be compared with a number in `EUR`"]


def test_edges_of_bands_are_compared_each_once() -> None:
    text = "segmentations:\n  size:\n    bands: {of: eur, from: {small: 0, medium: price, large: 100}}\n"
    assert said(text) == ["SR256 a number in `EUR` cannot be compared with a number in `USD`"]


def test_rules_and_reasons_are_checked() -> None:
    rule = '{segment: a, when: usd > eur, because: "{usd - eur}"}'
    assert len(said(f"segmentations:\n  s: {{hit_policy: first, rules: [{rule}]}}\n")) == 2


def test_bounds_and_where_are_checked() -> None:
    text = HEAD.replace("unit: USD}\n      usd_too", "unit: USD, min: rate}\n      usd_too")
    text = text.replace("  deals:\n", "  deals:\n    where: usd > eur\n")
    assert [one.message for one in with_diagnostics(text)[1]] == [
        "a number in `USD/EUR` cannot bound a column in `USD`",
        "a number in `USD` cannot be compared with a number in `EUR`",
    ]


def test_the_unit_of_a_metric_is_in_the_program() -> None:
    program = checked(HEAD + "metrics:\n  a: sum(deals.usd)\n  b: {value: plain, unit: EUR}\n  c: count(deals)\n")
    assert [metric.type.unit for metric in program.metrics] == ["USD", "EUR", None]
