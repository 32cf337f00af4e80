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
    assert set(STATISTICS) == set(statistics())


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
    ["x + y > 0.31", "median(x over all) > 0.1", "quantile(x, 50% over all) > 0.1", "max(d.x) > 0.1", "x + 0.5 > 0.6"],
)
def test_a_double_that_no_rounding_takes_there_cannot(condition: str) -> None:
    assert "SR622" in codes(condition)


def codes(condition: str) -> set[str]:
    rules = f"segmentations:\n  s:\n    hit_policy: first\n    rules:\n      - segment: a\n        when: {condition}\n"
    return {one.code.number for one in lint(program_of(TENTHS + rules))}
