"""SR611 to SR616: advice on treatments."""

from __future__ import annotations

import pytest

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.lint import lint
from tests.support.rulesets import checked

RULESET = """\
segrules: 1
ruleset: example
entity: partners
tables:
  partners:
    key: id
    belongs_to:
      parent: {table: partners, by: parent_id, as: children, optional: true}
    columns:
      id: string
      parent_id: {type: string, optional: true}
      revenue: {type: integer, basis: behavioural}
      bonus: {type: integer, optional: true}
      country: {type: string, basis: geographic}
      age: {type: integer, basis: demographic, sensitivity: protected}
      plain: integer
  deals:
    belongs_to:
      partner: {table: partners, by: partner_id}
    columns:
      partner_id: string
parameters:
  places: {2026-01-01: 10, 2026-07-01: 20}
metrics:
  is_gold: tier = 'gold'
  years: age
segmentations:
  tier:
    hit_policy: first
    ordered: true
    rules:
      - {segment: gold, when: revenue >= 100}
      - {segment: silver, when: revenue >= 10}
    default: bronze
  focus:
    hit_policy: collect
    rules:
      - {segment: young, when: years < 30}
      - {segment: near, when: country = 'NL'}
      - {segment: large, when: revenue > 1_000}
groups:
  one: {stacking: first}
  largest: {stacking: best}
  both: {stacking: all}
treatments:
"""


def found(*treatments: str) -> list[Diagnostic]:
    """Return what is said of treatments `t0`, `t1` and so on; they are of the kind `support` if they name no other."""
    lines = [
        f"  - {{treatment: t{number}, {'' if 'kind:' in one else 'kind: support, '}{one}}}\n"
        for number, one in enumerate(treatments)
    ]
    return list(lint(checked(RULESET + "".join(lines))))


def said(code: str, *treatments: str) -> list[str]:
    return [one.message for one in found(*treatments) if one.code.number == code]


# --- SR611 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "left"),
    [
        ("tier = 'gold'", "`silver`"),
        ("tier > 'silver'", "`silver`"),
        ("not tier >= 'gold'", "`gold`"),
        ("tier < 'silver'", "`silver` and `gold`"),
        ("tier between 'bronze' and 'bronze'", "`silver` and `gold`"),
        ("tier in ('bronze', 'silver')", "`gold`"),
        ("tier = 'gold' and revenue > 5", "`silver`"),
        ("is_gold", "`silver`"),
        ("focus contains 'young'", "`near` and `large`"),
        ("focus contains 'young' and focus contains 'near'", "`large`"),
        ("not focus contains 'young'", "`young`"),
    ],
)
def test_segments_are_named_that_no_treatment_is_for(when: str, left: str) -> None:
    (message,) = said("SR611", f'when: "{when}"')
    assert message.endswith(f"none of them is for {left}")


@pytest.mark.parametrize(
    "when",
    [
        "tier = 'gold' or revenue > 5",
        "tier >= 'silver'",
        "tier != 'bronze'",
        "parent.tier = 'gold'",
        "revenue > 5",
        "tier is present",
    ],
)
def test_a_treatment_that_can_be_for_every_segment_leaves_none(when: str) -> None:
    assert said("SR611", f"when: {when}") == []


def test_treatments_together_are_for_all_segments() -> None:
    assert said("SR611", "when: tier = 'gold'", "when: tier = 'silver'") == []


def test_an_amount_by_segment_is_for_every_segment() -> None:
    by_tier = "when: revenue > 0, amount: {value: \"if tier = 'gold' then 500 else 100\"}"
    assert said("SR611", "when: tier = 'gold'", by_tier) == []


# --- SR612 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "when",
    [
        "tier = 'gold' and tier = 'silver'",
        "is_gold and tier < 'gold'",
        "tier >= 'silver' and not tier >= 'silver'",
        "tier = 'gold' and (tier = 'silver' or tier = 'bronze') and revenue > 0",
        "focus contains 'young' and not focus contains 'young'",
        "false",
    ],
)
def test_a_condition_that_contradicts_itself_is_for_nobody(when: str) -> None:
    (message,) = said("SR612", f'when: "{when}"')
    assert message.startswith("nobody can get `t0`")


@pytest.mark.parametrize(
    "when",
    [
        "tier = 'gold' or tier = 'silver'",
        "tier = 'gold' and parent.tier = 'silver'",
        "focus contains 'young' and not focus contains 'near'",
        "tier != 'gold' and tier != 'silver' and tier != 'bronze'",
    ],
)
def test_a_condition_that_some_row_could_meet_is_let_alone(when: str) -> None:
    assert said("SR612", f"when: {when}") == []


def test_what_is_required_is_asked_for_too_however_far_it_is() -> None:
    (message,) = said(
        "SR612", "when: tier = 'gold'", "when: revenue > 0, requires: t0", "when: tier = 'silver', requires: t1"
    )
    assert message == "nobody can get `t2`: it requires `t1` and `t0`, and no answer of `tier` is right for all"


# --- SR613 -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("when: revenue > 0, excludes: t1", "when: revenue > 0"),
        ("when: revenue > 0, group: one", "when: revenue > 0, group: one"),
        ("when: revenue > 0, group: one", "when: revenue > 0, group: one, valid: {from: 2026-01-01}"),
        (
            "when: revenue > 0, group: largest, amount: {value: 1% * bonus}",
            "when: revenue > 0, group: largest, amount: {value: 1% * bonus}",
        ),
    ],
)
def test_the_second_for_the_same_rows_is_never_granted(first: str, second: str) -> None:
    (message,) = said("SR613", first, second)
    assert message.startswith("`t1` is never granted")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("when: revenue > 0, excludes: t1", "when: revenue > 1"),
        ("when: revenue > 0, group: both", "when: revenue > 0, group: both"),
        ("when: revenue > 0, group: one, valid: {from: 2026-01-01}", "when: revenue > 0, group: one"),
        ("when: revenue > 0, group: one, requires: t2", "when: revenue > 0, group: one"),
        ("when: revenue > 0, excludes: t1, amount: {value: bonus}", "when: revenue > 0"),
        (
            "when: revenue > 0, group: largest, amount: {value: 1}",
            "when: revenue > 0, group: largest, amount: {value: revenue}",
        ),
    ],
)
def test_the_second_may_be_granted_where_the_first_may_be_out_of_the_way(first: str, second: str) -> None:
    assert said("SR613", first, second, "when: country = 'NL'") == []


# --- SR614 -----------------------------------------------------------------------------------------------------------


def fund(amount: str, total: str, count: str) -> str:
    shared = f"budget: {{total: {total}, rank_by: revenue}}, limit: {{count: {count}}}"
    return f'when: revenue > 0, amount: {{value: "{amount}", places: 0}}, {shared}'


@pytest.mark.parametrize(
    ("amount", "total", "count", "spent"),
    [
        ("500", "5_001", "10", "5000"),
        ("min(revenue, 500)", "5_001", "10", "5000"),
        ("min(2% * revenue, 499.5)", "5_001", "10", "5000"),
        ("if tier = 'gold' then 500 else 100", "5_001", "10", "5000"),
        ("500", "10_001", "places", "10000"),
        ("500", "{NL: 4_000, DE: 6_000}, per: country", "10", "5000"),
        ("500", "{NL: 4_000, DE: 6_000}, per: country", "{NL: 9, DE: 11}, per: country", "5500"),
        ("500", "6_000, per: country", "10, per: country", "5000"),
    ],
)
def test_a_budget_above_what_the_limit_lets_through_is_never_spent(
    amount: str, total: str, count: str, spent: str
) -> None:
    (message,) = said("SR614", fund(amount, total, count))
    assert message.endswith(f"lets through {spent} at most")


@pytest.mark.parametrize(
    ("amount", "total", "count"),
    [
        ("500", "5_000", "10"),
        ("revenue", "5_001", "10"),
        ("max(revenue, 500)", "5_001", "10"),
        ("if tier = 'gold' then revenue else 100", "5_001", "10"),
        ("500", "6_000", "places"),
        ("500", "6_000", "10, per: country"),
    ],
)
def test_a_budget_that_may_be_spent_is_let_alone(amount: str, total: str, count: str) -> None:
    assert said("SR614", fund(amount, total, count)) == []


# --- SR615 and SR616 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["country = 'NL'", "years > 5 or country = 'NL'", "focus contains 'near'"])
def test_a_price_by_place_or_person_alone_is_told(when: str) -> None:
    assert len(said("SR615", f"kind: pricing, when: {when}")) == 1


@pytest.mark.parametrize(
    "when",
    [
        "country = 'NL' and revenue > 0",
        "country = 'NL' and plain > 0",
        "country = 'NL' and tier = 'gold'",
        "country = 'NL' and count(deals) > 0",
        "true",
    ],
)
def test_a_price_that_rests_on_something_else_too_is_let_alone(when: str) -> None:
    assert said("SR615", f"kind: pricing, when: {when}") == []


def test_what_is_no_price_may_go_by_place() -> None:
    assert said("SR615", "when: country = 'NL'") == []


@pytest.mark.parametrize(
    ("treatment", "way"),
    [
        ("when: age > 50", ""),
        ("when: years > 50", ", by way of `years`"),
        ("when: focus contains 'young'", ", by way of `focus`"),
        ("when: revenue > 0, amount: {value: age}", ""),
        ("when: revenue > 0, limit: {count: 5, rank_by: years}", ", by way of `years`"),
    ],
)
def test_a_treatment_that_rests_on_a_protected_column_says_by_which_way(treatment: str, way: str) -> None:
    assert said("SR616", treatment) == [f"`t0` rests on `age`, which is protected{way}"]


def test_a_segment_rests_on_its_own_rules_where_rows_may_have_several() -> None:
    assert said("SR616", "when: focus contains 'near'") == []
