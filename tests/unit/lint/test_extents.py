"""Which rule says what a function gives, and that none says what is not so of doubles."""

from __future__ import annotations

import pytest

from segrules.language.functions import aggregates
from segrules.language.statistics import statistics
from segrules.lint import lint
from segrules.lint.regions.extents.aggregates import AGGREGATES
from segrules.lint.regions.extents.functions import FUNCTIONS
from segrules.lint.regions.extents.statistics import STATISTICS
from segrules.meaning.functions import MEANINGS
from tests.support.rulesets import program_of

TENTHS = """\
entity: t
tables:
  t:
    key: id
    columns:
      id: integer
      x: {type: number, min: 0, max: 0.1}
      y: {type: number, min: 0, max: 0.2}
      z: {type: decimal(1), min: 0, max: 0.1}
      large: {type: number, min: 0, max: 999_999_999_999_999}
  d:
    belongs_to: {up: {table: t, by: id}}
    columns: {id: integer, x: {type: number, max: 0.1}, z: {type: decimal(1), max: 0.1}}
"""


def test_each_function_has_a_rule_or_is_decided_to_give_anything() -> None:
    assert set(FUNCTIONS) == set(MEANINGS)
    assert set(AGGREGATES) == set(aggregates())
    assert set(STATISTICS) - set(AGGREGATES) == set(statistics())


@pytest.mark.parametrize(
    "condition",
    [
        "x + y > 0.3",
        "x + x + x > 0.3",
        "3 * (x + y) > 0.9",
        "mean(x over all) > 0.1",
        "mean(d.x) > 0.1",
        "mean(z over all) > 0.1",
        "mean(d.z) > 0.1",
        "mean(large over all) > 999_999_999_999_999",
    ],
)
def test_a_sum_of_doubles_that_rounding_takes_beyond_what_is_exact_can_be_there(condition: str) -> None:
    assert codes(condition) & {"SR622", "SR623"} == set()


@pytest.mark.parametrize(
    "condition",
    [
        "x + y > 0.31",
        "median(x over all) > 0.1",
        "quantile(x, 50% over all) > 0.1",
        "max(d.x) > 0.1",
        "x + 0.5 > 0.6",
        "sqrt(x) < 0",
        "-x > 0",
    ],
)
def test_a_double_that_no_rounding_takes_there_cannot(condition: str) -> None:
    assert "SR622" in codes(condition)


def codes(condition: str) -> set[str]:
    rules = f"segmentations:\n  s:\n    hit_policy: first\n    rules:\n      - segment: a\n        when: {condition}\n"
    return {one.code.number for one in lint(program_of(TENTHS + rules))}


ACROSS = """\
entity: t
tables:
  t:
    key: id
    WHERE
    columns:
      id: integer
      x: integer
      region: string
      price: {type: number, min: 0, max: 9, optional: true}
      constant: {type: integer, min: 5, max: 5}
      few: {type: integer, min: 0, max: 3}
      level: {type: string, values: [low, high], ordered: true}
      only: {type: string, values: [one], ordered: true}
      day: date
      paid: boolean
    belongs_to: {home: {table: homes, by: region}}
  homes:
    key: name
    columns: {name: string, size: integer}
    derived: {is_large: size > 100}
  d:
    where: gain > 5
    belongs_to: {up: {table: t, by: id}}
    columns:
      id: integer
      amount: {type: integer, min: 0}
      other: integer
      gain: integer
      stage: string
      won: boolean
      closed_on: date
"""


def named(condition: str, where: str = "") -> list[str]:
    """The rows that are said to get no segment of a rule with that condition."""
    text = ACROSS.replace("WHERE", f"where: {where}" if where else "# all rows")
    rules = f"segmentations:\n  s:\n    hit_policy: first\n    rules:\n      - segment: a\n        when: {condition}\n"
    start = "a row of `t` with "
    found = [one.message for one in lint(program_of(text + rules)) if one.code.number in ("SR623", "SR624")]
    return [message.removeprefix(start).partition(" gets ")[0] for message in found if message.startswith(start)]


@pytest.mark.parametrize(
    "condition",
    [
        # all rows have the same value, or one of few
        "percentile(constant over all) >= 1",
        "rank(constant over all) = 1",
        "qcut(5, constant over all) = 1",
        "zscore(constant over all) > 0",
        "percentile(only over all) >= 1",
        "dense_rank(constant over all) = 1",
        "dense_rank(few over all) <= 4",
        "dense_rank(level over all) <= 2",
        "zscore(few over all) < 100",
        "percentile(0 * x over all) >= 1",
        # each group is one row, or has one value
        "row_number(x over id) = 1",
        "ntile(4, x over id) = 1",
        "count(x over id) = 1",
        "rank(x over x) = 1",
        # the row itself is one of those that are counted
        "count(x over all) > 0",
        # a filter leaves none, or one value
        "percentile(x over all where x = 5) >= 1",
        "rank(x over all where few > 3) = 1",
        "count(d where d.amount < 0) = 0",
        "count(d where d.other > 5 and d.other < 3) = 0",
        "max(d.other where d.amount < 0) > 5",
        "share(d.amount >= 0) >= 1",
        "share(few >= 0 over all) >= 1",
        "max(d.gain) > 5",
        # two things are of the same row
        "sum(d.other - d.other) = 0",
        "home.is_large or home.size <= 100",
    ],
)
def test_no_row_is_named_that_there_may_not_be(condition: str) -> None:
    assert [row for row in named(condition) if not row.endswith("missing")] == []


def test_a_filter_on_the_table_may_leave_one_value_too() -> None:
    assert named("percentile(x over all) >= 1", "x = 5") == []
    assert named("percentile(x over all) >= 1", "few = 2") == ["`percentile(x over all)` 0.1 and `few` 2"]


@pytest.mark.parametrize(
    ("condition", "where"),
    [
        ("abs(x) > 5", "x > 5"),
        ("x + few > 5", "x > 5"),
        ("x > 0", "x > few"),
        ("region = 'DE'", "region like 'D*'"),
        ("row_number(x over all where paid) >= 1", "paid"),
        ("row_number(x over all) = 1", "id = 5"),
        ("row_number(x over all where id = 5) = 1", ""),
        ("percentile(price over all) > 0", "price is present"),
    ],
)
def test_no_row_is_named_that_a_filter_may_leave_out(condition: str, where: str) -> None:
    assert [row for row in named(condition, where) if where or not row.endswith("missing")] == []


@pytest.mark.parametrize(
    ("where", "row"),
    [
        ("region like 'D*'", "`few` 0"),
        ("region = 'DE'", "`few` 0 and `region` 'DE'"),
        ("x > day_number", "`few` 0"),
        ("few < 3 and price > 2", "`few` 0 and `price` 5"),
    ],
)
def test_a_row_that_a_filter_keeps_is_named(where: str, row: str) -> None:
    assert named("few > 1", where.replace("day_number", "day(day)")) == [row]


@pytest.mark.parametrize(
    ("condition", "row"),
    [
        ("percentile(x over all) >= 1", "`percentile(x over all)` 0.1"),
        ("percentile(level over region) >= 1", "`percentile(level over region)` 0.1"),
        ("rank(few over all) = 1", "`rank(few over all)` 2"),
        ("dense_rank(x over all) = 1", "`dense_rank(x over all)` 2"),
        ("qcut(5, few over all) = 1", "`qcut(5, few over all)` 2"),
        ("ntile(5, constant over all) = 1", "`ntile(5, constant over all)` 2"),
        ("row_number(constant over region) = 1", "`row_number(constant over region)` 2"),
        ("zscore(x over all) > 0", "`zscore(x over all)` 0"),
        ("zscore(price over all where paid) > 0", "`zscore(price over all where paid)` 0"),
        ("qcut(5, days_between(max(d.closed_on), as_of) over all) > 1", "… 1"),
        ("qcut(5, coalesce(x, 0) over all where region != 'DE') > 1", "… 1"),
        ("count(x over all) > 1", "`count(x over all)` 1"),
        ("count(price over all) > 0", "`count(price over all)` 0"),
        ("count(d where d.stage = 'won') > 0", "… 0"),
        ("count(d where not d.won and d.closed_on in last 12 months) > 0", "… 0"),
        ("count(d where d.other between 1 and 5) > 0", "… 0"),
        ("share(d.won) > 0", "`share(d.won)` 0"),
        ("share(d.amount > 500) > 0.5", "`share(d.amount > 500)` 0"),
        ("max(d.other where d.stage in ('won', 'lost')) > 5", "… 0"),
    ],
)
def test_a_row_is_named_that_there_surely_can_be(condition: str, row: str) -> None:
    [found, *_] = named(condition)
    assert found == row or (row.startswith("…") and found.endswith(row[1:]))
