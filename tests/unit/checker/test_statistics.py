"""Calls with `over`: what they may take, and what is said where they go wrong."""

from __future__ import annotations

import pytest

from segrules.program.program import Program
from tests.support.rulesets import with_diagnostics

RULESET = """
segrules: 1
ruleset: r
entity: partners
tables:
  partners:
    key: id
    belongs_to: {country: {table: countries, by: code}}
    columns:
      id: string
      code: {type: string, optional: true}
      revenue: {type: decimal(2), unit: USD}
      staff: {type: integer, optional: true}
      name: string
      level: {type: string, values: [low, high], ordered: true}
      tags: list of string
      joined_on: date
  countries: {key: code, columns: {code: string, area: string}}
  deals:
    belongs_to: {partner: {table: partners, by: partner_id}}
    columns: {partner_id: string, amount: decimal(2)}
    derived:
      of_deal: DERIVED
parameters: {tiles: 4, none: 0, dated: {2025-01-01: 4, 2026-01-01: 0}}
metrics:
  m: |
    METRIC
"""


def checked(metric: str, derived: str = "amount") -> tuple[Program | None, list[str]]:
    program, found = with_diagnostics(RULESET.replace("METRIC", metric).replace("DERIVED", derived))
    return program, [f"{one.code.number} {one.message}" for one in found if one.is_error]


@pytest.mark.parametrize(
    ("metric", "kind", "nullable"),
    [
        ("rank(revenue over all)", "integer", False),
        ("rank(staff over all)", "integer", True),
        ("rank(revenue over code)", "integer", True),
        ("rank(revenue over level where staff > 3)", "integer", True),
        ("percentile(joined_on descending over all)", "number", False),
        ("dense_rank(level over all)", "integer", False),
        ("ntile(tiles, revenue over all)", "integer", False),
        ("qcut(2 * tiles, revenue over all)", "integer", False),
        ("sum(revenue over all)", "decimal(2)", True),
        ("count(staff over all)", "integer", False),
        ("count(staff over code)", "integer", True),
        ("zscore(revenue over all)", "number", True),
        ("quantile(staff, 1 / 3 over all)", "number", True),
        ("max(joined_on over level)", "date", True),
        ("any(staff > 3 over all)", "boolean", True),
        ("mean(sum(deals.amount) over all)", "number", True),
        ("rank(revenue / sum(revenue over level) descending over all)", "integer", True),
    ],
)
def test_what_a_statistic_gives(metric: str, kind: str, nullable: bool) -> None:
    program, said = checked(metric)
    assert said == []
    assert program is not None
    assert (str(program.metrics[0].type), program.metrics[0].type.nullable) == (kind, nullable)


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ("rank(revenue)", "SR236 `rank` does not say among which rows"),
        ("rank(revenue where staff > 3)", "SR236 `rank` does not say among which rows"),
        ("sum(revenue)", "SR211 `sum` works on the rows below a row, and none is named"),
        ("count(deals where deals.amount > mean(revenue over all))",
         "SR237 `mean` with `over` stands inside an aggregate of rows below"),
        ("rank(revenue over tags)", "SR238 `tags` is a list, and a row stands in one group only"),
        ("rank(revenue over deals.amount)", "SR238 `deals.amount` is no column of `partners` itself"),
        ("rank(revenue over country.area)", "SR238 `country.area` is no column of `partners` itself"),
        ("rank(revenue over tiles)", "SR238 `tiles` is the same for every row and parts nothing"),
        ("rank(revenue over regoin)", "SR204 `regoin` is not a name that a rule for `partners` can read"),
        ("ntile(none, revenue over all)", "SR239 `n` of `ntile(n, x over …)` is a whole number from 1 to 1_000_000"),
        ("ntile(dated, revenue over all)", "SR239 `n` of `ntile(n, x over …)` is a whole number from 1 to 1_000_000"),
        ("ntile(2.5, revenue over all)", "SR239 `n` of `ntile(n, x over …)` is a whole number from 1 to 1_000_000"),
        ("ntile(staff, revenue over all)",
         "SR231 `staff` is a column, and a number stands here that is the same for every row"),
        ("quantile(revenue, -1 over all)", "SR239 `share` of `quantile(x, share over …)` is a share from 0 to 1"),
        ("quantile(revenue over all)", "SR203 `quantile(x, share over …)` does not take 1 value"),
        ("percentile(revenue, 80% over all)",
         "SR203 `percentile` gives the place of the row's own value, and takes no share"),
        ("rank(name over all)", "SR214 `rank` cannot compare texts: `name` has no declared order"),
        ("rank(tags over all)", "SR203 `x` of `rank(x over …)` is a number or a date"),
        ("zscore(joined_on over all)", "SR203 `x` of `zscore(x over …)` is a number"),
        ("any(revenue over all)", "SR203 `x` of `any(x over …)` is a condition"),
        ("rank(revenue over all where staff)", "SR202 a condition is needed here"),
        ("mean(revenue descending over all)", "SR203 `mean` takes no `descending`: it has no direction"),
        ("cumulative_share(revenue descending over all)",
         "SR203 `cumulative_share` takes no `descending`: it always adds from the largest value down"),
        ("list(revenue over all)", "SR203 `list` takes no `over`"),
        ("round(revenue over all)", "SR203 `round` takes no `over`"),
        ("cume_dist(revenue over all)", "SR205 there is no function `cume_dist`"),
        ("revenue + rank(revenue over all) + staff",
         "SR256 a number in `USD` cannot be added to a number without a unit"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_wrong_one(metric: str, said: str) -> None:
    _, found = checked(metric)
    assert found == [said]


def test_a_column_of_another_table_cannot_compare_rows() -> None:
    _, found = checked("revenue", "rank(amount over all)")
    assert found == ["SR237 `rank` with `over` is about rows of `partners`, and this is worked out for rows of `deals`"]
