"""SR601: an optional column is read as if it were always there."""

from __future__ import annotations

import pytest

from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.lint.unguarded_optional import unguarded_optional
from tests.support.rulesets import checked

RULESET = """\
segrules: 1
ruleset: example
entity: partners
tables:
  partners:
    key: id
    columns:
      id: string
      revenue: integer
      csat: {type: number, optional: true}
      staff: {type: integer, optional: true}
      country: {type: string, optional: true}
  deals:
    belongs_to:
      partner: {table: partners, by: partner_id}
    columns:
      partner_id: string
      amount: {type: integer, optional: true}
      won: {type: boolean, optional: true}
      closed_on: {type: date, optional: true}
parameters:
  dach: [Germany, Austria]
metrics:
  measured: METRIC
segmentations:
  tier:
    hit_policy: first
    rules:
      - segment: gold
        when: CONDITION
"""


def found(condition: str = "revenue > 1", metric: str = "revenue", rest: str = "") -> list[Diagnostic]:
    return told_of(RULESET.replace("CONDITION", condition).replace("METRIC", metric) + rest)


def told_of(ruleset: str) -> list[Diagnostic]:
    return list(in_order(unguarded_optional(checked(ruleset))))


def test_treatments_and_suppress_are_looked_at_too() -> None:
    treatments = "suppress: csat > 3\ntreatments:\n  - {treatment: kit, kind: support, when: csat < 2}\n"
    spans = [one.label.span for one in found("true", rest=treatments) if one.label]
    assert [(span.text, span.position.column) for span in spans] == [("csat", 11), ("csat", 43)]


@pytest.mark.parametrize(
    ("when", "grant", "told"),
    [
        ("revenue > 1", "amount: {value: sum(deals.amount)}", ["deals.amount"]),
        ("revenue > 1", "amount: {value: if csat > 3 then 1 else 2}", ["csat"]),
        ("csat is present", "amount: {value: if csat > 3 then 1 else 2}", []),
        ("csat is present and revenue > 1", 'attributes: {more: "{csat > 3}"}', []),
        ("csat > 3", "amount: {value: if csat > 4 then 1 else 2}", ["csat"]),
        ("csat is missing", 'attributes: {more: "{csat > 3}"}', ["csat"]),
        ("revenue > 1", "limit: {count: 3, rank_by: sum(deals.amount)}", ["deals.amount"]),
        ("revenue > 1", "limit: {count: 3, per: country, rank_by: staff}", []),
    ],
)
def test_what_a_treatment_gives_is_looked_at_in_the_rows_that_get_it(when: str, grant: str, told: list[str]) -> None:
    treatment = f"treatments:\n  - {{treatment: kit, kind: support, when: {when}, {grant}}}\n"
    assert [one.label.span.text for one in found("true", rest=treatment) if one.label] == told


def columns(condition: str = "revenue > 1", metric: str = "revenue") -> list[str]:
    return [one.label.span.text for one in found(condition, metric) if one.label]


@pytest.mark.parametrize(
    "condition",
    [
        "csat > 3",
        "csat - 3 > 0",
        "1 < csat <= 4",
        "csat between 1 and 2",
        "csat in (1, 2)",
        "not csat > 3",
        "csat is present or csat > 3",
        "csat is missing and csat > 3",
        "not (csat is missing and revenue > 1) and csat > 3",
        "if revenue > 1 then csat > 3 else false",
        "if csat is present then false else csat > 3",
        "coalesce(staff, csat) > 3",
        "staff is present and csat > 3",
        "max(csat, 1) > 3",
    ],
)
def test_a_comparison_without_a_guard_is_told(condition: str) -> None:
    assert columns(condition) == ["csat"]


@pytest.mark.parametrize(
    "condition",
    [
        "revenue > 3",
        "csat is present",
        "csat is missing",
        "csat is present and csat > 3",
        "csat > 3 and csat is present",
        "revenue > 1 and (csat is present and (csat > 3 or csat < 1))",
        "csat is missing or csat > 3",
        "not csat is missing and csat > 3",
        "not (csat is missing or staff is missing) and csat > staff",
        "if csat is present then csat > 3 else false",
        "if csat is missing then false else csat > 3",
        "coalesce(csat, 0) > 3",
        "coalesce(csat > 3, false)",
        "coalesce(csat, staff, 0) > 3",
        "csat is present and staff is present and csat + staff > 3",
    ],
)
def test_a_guarded_comparison_is_not(condition: str) -> None:
    assert columns(condition) == []


@pytest.mark.parametrize(
    ("condition", "column"),
    [
        ("country = 'Germany'", "country"),
        ("country in dach", "country"),
        ("country not in ('Germany', 'Austria')", "country"),
        ("country contains 'x'", "country"),
        ("country starts with 'x'", "country"),
        ("country like 'x*'", "country"),
    ],
)
def test_every_sort_of_comparison_counts(condition: str, column: str) -> None:
    assert columns(condition) == [column]


@pytest.mark.parametrize(
    ("metric", "told"),
    [
        ("sum(deals.amount)", ["deals.amount"]),
        ("mean(deals.amount)", ["deals.amount"]),
        ("share(deals.won)", ["deals.won"]),
        ("sum(coalesce(deals.amount, 0))", []),
        ("sum(deals.amount where deals.amount is present)", []),
        ("coalesce(sum(deals.amount), 0)", ["deals.amount"]),
        ("count(deals.amount)", []),
        ("count(deals where deals.amount > 1)", ["deals.amount"]),
        ("count(deals where deals.amount is present and deals.amount > 1)", []),
        ("any(deals.amount > 1)", ["deals.amount"]),
        ("count(deals where deals.closed_on in last 12 months)", ["deals.closed_on"]),
        ("first(coalesce(deals.amount, 0) by deals.closed_on)", ["deals.closed_on"]),
        ("csat + 1", []),
        ("if csat > 1 then 1 else 2", ["csat"]),
    ],
)
def test_aggregates_pass_over_rows_without_the_value(metric: str, told: list[str]) -> None:
    assert columns(metric=metric) == told


def test_a_column_is_told_once_for_each_rule_that_reads_it() -> None:
    assert columns("csat > 1 and csat < 4 and staff > 1", "if csat > 1 then 1 else 2") == ["csat", "csat", "staff"]


def test_bands_tell_their_column_once() -> None:
    bands = "\n  size:\n    bands: {of: staff, from: {small: 0, large: 10}}"
    assert columns(f"revenue > 1{bands}") == ["staff"]


def test_the_diagnostic_informs_and_names_both_ways_out() -> None:
    [compared] = found("csat > 3")
    [aggregated] = found(metric="sum(deals.amount)")
    assert compared.severity == aggregated.severity == "info"
    assert compared.help is not None
    assert aggregated.help is not None
    assert "coalesce(csat, …)" in compared.help
    assert "csat is present" in compared.help
    assert "where deals.amount is present" in aggregated.help
    assert [one.span.text for one in compared.related] == ["csat"]


LOOKED_UP = """\
segrules: 1
ruleset: example
entity: partners
tables:
  partners:
    key: id
    columns: {id: string, country: {type: string, optional: true}, sector: string}
    belongs_to:
      home: {table: countries, by: country}
      trade: {table: sectors, by: sector}
  countries:
    key: code
    columns: {code: string, zone_name: {type: string, optional: true}, size: integer}
    belongs_to: {zone: {table: zones, by: zone_name}}
  zones: {key: name, columns: {name: string, rate: number}}
  sectors: {key: name, columns: {name: string, rate: number}}
  deals:
    columns: {id: string, sector: {type: string, optional: true}, amount: number}
    belongs_to:
      partner: {table: partners, by: id}
      trade: {table: sectors, by: sector}
metrics:
  measured: METRIC
"""


@pytest.mark.parametrize(
    ("metric", "told"),
    [
        ("home.size > 1", ["home.size"]),
        ("coalesce(home.size, 0) > 1", []),
        ("home.size is present and home.size > 1", []),
        ("country is present and home.size > 1", []),
        ("country is present and home.zone.rate > 1", ["home.zone.rate"]),
        ("country is present and home.zone_name is present and home.zone.rate > 1", []),
        ("trade.rate > 1", []),
        ("home.size + 1", []),
        ("sum(deals.trade.rate)", ["deals.trade.rate"]),
        ("sum(deals.trade.rate where deals.sector is present)", []),
        ("sum(deals.amount where deals.trade.rate > 1)", ["deals.trade.rate"]),
        ("count(deals where deals.partner.home.size > 1)", ["deals.partner.home.size"]),
    ],
)
def test_a_column_of_a_row_that_an_optional_column_finds_is_told(metric: str, told: list[str]) -> None:
    said = told_of(LOOKED_UP.replace("METRIC", metric))
    assert [one.label.span.text for one in said if one.label] == told
    assert all(one.label and one.label.text == "of a row that an optional column finds" for one in said)


RULES = """\
      - {segment: asked, when: csat is missing and revenue > 1VALID}
      - {segment: called, when: CONDITION}
"""


def told_below(condition: str, *, policy: str = "first", valid: str = "") -> int:
    """Return how often it is told of a rule below one that takes the rows with revenue and without csat."""
    rules = RULES.replace("CONDITION", condition).replace("VALID", valid)
    ruleset = RULESET.partition("      - segment: gold")[0].replace("METRIC", "revenue") + rules
    return len(told_of(ruleset.replace("hit_policy: first", f"hit_policy: {policy}")))


def test_a_rule_above_that_takes_the_rows_without_it_is_a_guard() -> None:
    assert told_below("revenue > 1 and csat < 3") == 0
    assert told_below("csat < 3 and (revenue > 1 and id != 'x')") == 0


def test_a_rule_above_that_takes_only_some_of_them_is_none() -> None:
    assert told_below("csat < 3") == 1
    assert told_below("revenue > 0 and csat < 3") == 1
    assert told_below("revenue > 1 or csat < 3") == 1


def test_a_rule_above_is_no_guard_where_it_may_not_count() -> None:
    assert told_below("revenue > 1 and csat < 3", policy="collect") == 1
    assert told_below("revenue > 1 and csat < 3", valid=", valid: {from: 2026-01-01}") == 1
