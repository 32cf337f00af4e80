"""SR620 to SR628: what comparing the ranges of rules tells, and what it does not."""

from __future__ import annotations

from collections.abc import Sequence

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
    columns:
      id: string
      revenue: integer
      costs: integer
      staff: {type: integer, min: 0, optional: true}
      share: {type: decimal(2), min: 0, max: 1}
      joined: date
      seen: datetime
      country: string
      specialisms: list of string
      opted_out: boolean
      tier: {type: string, values: [aa, ab, b]}
  deals:
    belongs_to:
      partner: {table: partners, by: partner_id}
    columns:
      partner_id: string
      amount: {type: number, min: 0}
      gain: number
parameters:
  line: 100
  raised: {2026-01-01: 100, 2026-07-01: 200}
metrics:
  turnover: sum(deals.amount)
  gains: sum(deals.gain)
  deals_made: count(deals)
  best: max(deals.amount)
  is_large: revenue >= 100
  plain: revenue
  margin: revenue - costs
segmentations:
  s:
    hit_policy: POLICY
"""
OUTSIDE = "coalesce(x, y) >= 0 or coalesce(x, y) = -5"


def found(rules: Sequence[str], *, policy: str = "first", rest: str = "") -> list[Diagnostic]:
    """What is told of a segmentation of these conditions, of the segments `a`, `b` and so on."""
    lines = [f"      - segment: {segment}\n        {rule}\n" for segment, rule in zip("abcdef", rules, strict=False)]
    return told("    rules:\n" + "".join(lines) + rest, policy)


def told(segmentation: str, policy: str = "first") -> list[Diagnostic]:
    return told_of(RULESET.replace("POLICY", policy) + segmentation)


def told_of(ruleset: str) -> list[Diagnostic]:
    return [one for one in lint(checked(ruleset)) if "SR620" <= one.code.number <= "SR632"]


def said(*conditions: str, policy: str = "first", default: bool = True) -> list[str]:
    """The messages on rules with these conditions."""
    rules = [f"when: |\n          {condition}" for condition in conditions]
    rest = "    default: z\n" if default else ""
    return [one.message for one in found(rules, policy=policy, rest=rest)]


# --- rules that never win ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("revenue >= 10", "revenue >= 100"),
        ("revenue > 99", "revenue >= 100 and country = 'DE'"),
        ("share > 0.4", "share >= 0.41 and staff > 0"),
        ("joined > 2026-01-01", "joined >= 2026-01-02 and revenue > 5"),
        ("country not in ('DE', 'AT')", "country = 'CH'"),
        ("revenue >= line", "revenue >= 2 * line"),
        ("revenue >= 100", "is_large and opted_out"),
        ("revenue >= 100", "plain >= 200"),
        ("turnover >= 10", "turnover >= 20"),
        ("coalesce(staff, 0) < 10", "staff is missing"),
        ("staff is missing or staff < 100", "not staff >= 50"),
        ("revenue > costs", "revenue > costs and country = 'DE'"),
        ("specialisms contains 'x'", "specialisms contains 'x' and staff > 5"),
        ("tier starts with 'a'", "tier = 'ab'"),
        ("revenue >= 100 or revenue > costs", "revenue > costs and staff > 5"),
    ],
)
def test_a_narrower_rule_below_never_wins(above: str, below: str) -> None:
    assert said(above, below) == ["`b` can never win: `a`, above it, takes all its rows"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("revenue >= 100", "revenue >= 10"),
        ("share > 0.4", "share >= 0.4"),
        ("staff >= 0", "staff is missing or staff > 5"),
        ("revenue >= raised", "revenue >= 150"),
        ("revenue > costs", "costs < revenue and country = 'DE'"),
        ("country like 'D*'", "country = 'DE'"),
        ("tier like 'a*'", "tier in ('aa', 'b')"),
        ("turnover >= 10", "gains >= 20"),
    ],
)
def test_a_rule_that_may_win_is_not_told(above: str, below: str) -> None:
    assert said(above, below) == []


def test_several_rules_together_take_all_rows_of_one() -> None:
    assert said("revenue < 10", "country = 'DE'", "revenue >= 10 and country != 'DE'", "revenue < 50") == [
        "`d` can never win: `a`, `b` and `c`, above it, together take all its rows"
    ]


def test_only_the_rules_that_are_needed_are_named() -> None:
    assert said("revenue < 10", "revenue > 1_000", "revenue >= 10", "revenue < 50") == [
        "`d` can never win: `a` and `c`, above it, together take all its rows"
    ]


def test_the_same_condition_in_other_words_is_told_as_a_repetition() -> None:
    message = "`b` asks for the same rows as `a`, which comes first: it can never win"
    assert said("revenue > 9 and not opted_out", "not (opted_out or revenue < 10)") == [message]


def test_a_rule_of_other_days_wins() -> None:
    early = "when: revenue > 1\n        valid: {until: 2026-06-30}"
    assert [one.code.number for one in found([early, "when: revenue > 5"], rest="    default: z\n")] == []
    late = "when: revenue > 5\n        valid: {from: 2026-03-01, until: 2026-05-01}"
    (one,) = found([early, late], rest="    default: z\n")
    assert one.message == "`b` can never win: `a`, above it, takes all its rows"


def test_under_priority_the_list_decides() -> None:
    rules = ["when: revenue > 5", "when: revenue > 1"]
    (one,) = found(rules, policy="priority\n    priority: [b, a]", rest="    default: a\n")
    assert (one.message, one.help) == (
        "`a` can never win: `b`, higher in `priority`, takes all its rows",
        "raise it in `priority`, or take it out",
    )


def test_under_collect_only_the_same_segment_for_the_same_rows_is_a_repetition() -> None:
    assert said("revenue > 1", "revenue > 1", "revenue > 0", policy="collect", default=False) == []
    rules = "    rules:\n" + "".join(
        f"      - {{segment: a, when: {one}}}\n" for one in ("revenue > 1", "revenue >= 2")
    )
    assert [one.message for one in told(rules, "collect")] == ["`s.a_2` asks for the same rows as `s.a`"]


# --- rules that never match -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "first", "others"),
    [
        ("staff < 0", "staff < 0", []),
        ("share > 100%", "share > 100%", []),
        ("revenue > 3 and country = 'DE' and revenue < 4", "revenue > 3", ["revenue < 4"]),
        ("staff is missing and staff > 5", "staff is missing", ["staff > 5"]),
        ("is_large and revenue < 50", "is_large", ["revenue < 50"]),
        ("opted_out and not opted_out", "opted_out", ["not opted_out"]),
        ("revenue > costs and not revenue > costs", "revenue > costs", ["not revenue > costs"]),
        ("deals_made < 0", "deals_made < 0", []),
        ("as_of < 2026-07-01 and revenue > 1 and as_of > 2026-08-01", "as_of < 2026-07-01", ["as_of > 2026-08-01"]),
    ],
)
def test_a_condition_that_contradicts_itself_is_told_with_its_parts(
    condition: str, first: str, others: list[str]
) -> None:
    (one,) = found([f"when: |\n          {condition}"], rest="    default: z\n")
    assert one.code.number == "SR622"
    assert one.label is not None
    assert one.label.span.text == first
    assert [label.span.text for label in one.related if label.text == "this one"] == others


@pytest.mark.parametrize(
    "condition",
    [
        "share between 4 / 10 and 4 / 10",
        "revenue > 3 and costs < 3",
        "specialisms contains 'a' and specialisms contains 'b'",
        "gains < 0",
        "gains > 0 and gains < 0.1",
        "gains > 1 and gains < 1.1",
        "gains > -0.1 and gains < 0",
    ],
)
def test_a_condition_that_can_be_true_is_not(condition: str) -> None:
    assert said(condition) == []


# --- rows without a segment -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conditions", "row"),
    [
        (["revenue < 10", "revenue > 10"], "a row of `partners` with `revenue` 10"),
        (["revenue > 150_000"], "a row of `partners` with `revenue` 0"),
        (["share < 0.4", "share > 0.4"], "a row of `partners` with `share` 0.4"),
        (["joined < 2026-01-01", "joined > 2026-01-01"], "a row of `partners` with `joined` 2026-01-01"),
        (["opted_out", "revenue < 5"], "a row of `partners` with `opted_out` false and `revenue` 5"),
        (["country in ('DE', 'AT')"], "a row of `partners` with `country` 'other'"),
        (["revenue < 5 and revenue > costs", "revenue > 7"], "a row of `partners` with `revenue` 5"),
        (["specialisms contains 'x'"], "a row of `partners` with `specialisms` without 'x'"),
        (["tier like 'a*'"], "a row of `partners` with `tier` 'b'"),
        (["turnover >= 10"], "a row of `partners` with `turnover` 0"),
        (["revenue < 200", "revenue > raised"], "a row of `partners` with `revenue` 200, on 2026-07-01,"),
    ],
)
def test_a_row_that_no_rule_takes_is_named(conditions: list[str], row: str) -> None:
    assert said(*conditions, default=False) == [f"{row} gets no segment of `s`"]


@pytest.mark.parametrize(
    ("conditions", "row"),
    [
        (["staff < 10", "staff >= 10"], "a row of `partners` with `staff` missing"),
        (["best >= 0"], "a row of `partners` with `best` missing"),
        (["revenue > 5", "revenue <= 5 and staff >= 0"], "a row of `partners` with `revenue` 0 and `staff` missing"),
    ],
)
def test_a_row_that_lacks_a_value_is_named_apart(conditions: list[str], row: str) -> None:
    (one,) = found([f"when: {condition}" for condition in conditions])
    assert (one.code.number, one.message) == ("SR624", f"{row} gets no segment of `s`")


def test_a_row_is_not_named_for_what_it_lacks_with_what_none_lacks() -> None:
    assert said("clip(floor(staff), 1, 2) = 1", "clip(floor(revenue), 1, 2) != 0", default=False) == []


def test_both_gaps_are_told_of_one_segmentation() -> None:
    assert said("staff > 10", default=False) == [
        "a row of `partners` with `staff` 0 gets no segment of `s`",
        "a row of `partners` with `staff` missing gets no segment of `s`",
    ]


@pytest.mark.parametrize(
    "conditions",
    [
        ["revenue < 10", "revenue >= 10"],
        ["revenue <= 9", "revenue >= 10"],
        ["share <= 0.40", "share > 40%"],
        ["staff < 10", "not staff < 10", "staff is missing"],
        ["coalesce(staff, 0) < 10", "staff >= 10"],
        ["opted_out", "not opted_out"],
        ["turnover >= 0"],
        ["deals_made > 0", "deals_made = 0"],
        ["is_large", "revenue < 100"],
        ["revenue > costs", "not revenue > costs"],
    ],
)
def test_rules_that_take_every_row_leave_none(conditions: list[str]) -> None:
    assert said(*conditions, default=False) == []


@pytest.mark.parametrize(
    "conditions",
    [
        ["revenue > costs", "revenue < costs"],
        ["margin > 5", "costs < 5"],
        ["turnover >= 10", "deals_made = 0"],
        ["country like 'D*'"],
    ],
)
def test_where_no_row_can_be_named_the_lack_of_a_default_is(conditions: list[str]) -> None:
    (one,) = found([f"when: {condition}" for condition in conditions])
    assert one.message == "`s` has no default, and its rules may leave rows without a segment"


@pytest.mark.parametrize(
    ("columns", "condition"),
    [
        (["m: {type: date, min: 2026-06-01, max: 2026-06-30}"], "month(m) = 6"),
        (["m: {type: date, min: 2026-06-01, max: 2026-06-30}"], "quarter(m) = 2"),
        (["m: {type: date, min: 2026-06-01, max: 2026-06-01}"], "weekday(m) = 1"),
        (["m: {type: date, min: 2026-06-01, max: 2026-06-01}"], "day(m) = 1"),
        (["m: date"], "month(max(m, 2026-12-01)) >= 2"),
        (["m: date"], "max(m, 2026-12-01) >= 2026-12-01"),
        (["m: {type: date, max: 2026-01-01}"], "days_between(m, 2026-02-01) >= 31"),
        (["m: {type: date, max: 2026-01-01}"], "months_between(m, 2026-02-01) >= 1"),
        (["m: date"], "days_between(0001-01-01, m) >= 0"),
        (["m: date", "n: date"], "days_between(m, n) > -4_000_000"),
        (["m: date"], "days_between(m, as_of) > -3_600_000"),
        (["c: {type: string, values: [DE, FR]}"], "length(c) = 2"),
        (["c: string"], "length(c) < 100_000_000_000"),
        (["x: {type: number, min: 0.5}"], "floor(x) >= 0"),
        (["x: {type: number, max: 0.5}"], "ceil(x) <= 1"),
        (["x: {type: number, max: -2.5}"], "round(x) <= -3"),
        (["x: {type: number, min: 2.5}"], "round_even(x) >= 2"),
        (["x: {type: number, min: 0.5}"], "floor(x, 1) >= 0.5"),
        (["x: {type: number, min: 5}"], "abs(x) >= 5"),
        (["x: {type: integer, min: 0, optional: true}", "y: {type: integer, min: -5, max: -5}"], OUTSIDE),
        (["x: {type: integer, min: 0}"], "x + 0.5 != 0.3"),
        (["x: integer"], "x / 2 != 0.3"),
        (["x: {type: number, min: 0}", "y: {type: number, max: -1}"], "x / y <= 0"),
        (["x: {type: decimal(2), min: 0}", "y: {type: decimal(2), min: 1, max: 2}"], "x * y != 0.0001"),
        (["x: integer"], "median(deals.staff) != 0.3"),
        (["x: integer"], "max(deals.amount where deals.amount > 5) > 5"),
    ],
)
def test_no_row_is_named_by_what_a_function_cannot_give(columns: list[str], condition: str) -> None:
    declared = "".join(f"      {column}\n" for column in columns)
    ruleset = RULESET.replace("      revenue: integer\n", f"      revenue: integer\n{declared}", 1)
    ruleset = ruleset.replace("      gain: number\n", "      gain: number\n      staff: integer\n")
    rules = f"    rules:\n      - segment: a\n        when: |\n          {condition}\n"
    ruleset = ruleset.replace("POLICY", "first")
    assert [one.message for one in told_of(ruleset + rules) if one.message.startswith("a row")] == []


@pytest.mark.parametrize(
    ("condition", "row"),
    [
        ("month(joined) = 6", "`month(joined)` 1"),
        ("days_between(joined, as_of) > 90", "`days_between(joined, as_of)` 0"),
        ("length(country) = 2", "`length(country)` 0"),
        ("floor(share) >= 1", "`floor(share)` 0"),
        ("max(revenue, 5) > 5", "`max(revenue, 5)` 5"),
        ("clip(revenue, 2, 5) != 4", "`clip(revenue, 2, 5)` 4"),
        ("abs(revenue) > 3", "`abs(revenue)` 0"),
        ("revenue / costs > 3", "`revenue / costs` 0"),
    ],
)
def test_a_row_is_named_by_what_a_function_surely_gives(condition: str, row: str) -> None:
    assert said(condition, default=False)[0] == f"a row of `partners` with {row} gets no segment of `s`"


def test_bands_leave_what_is_below_the_first_and_what_is_missing() -> None:
    ruleset = RULESET.replace("    hit_policy: POLICY\n", "    bands: {of: staff, from: {small: 1, large: 10}}\n")
    assert [one.message for one in told_of(ruleset)] == [
        "a row of `partners` with `staff` 0 gets no segment of `s`",
        "a row of `partners` with `staff` missing gets no segment of `s`",
    ]


# --- rules in conflict ------------------------------------------------------------------------------------------------


def test_rows_in_two_rules_are_a_conflict_under_unique() -> None:
    assert said("revenue >= 100", "revenue <= 100", policy="unique") == [
        "a row of `partners` with `revenue` 100 matches both `a` and `b`: a conflict gives no segment"
    ]


def test_a_moment_is_compared_with_days_and_with_moments() -> None:
    assert said("seen = 2026-01-01", "seen > 2026-01-01T12:00", policy="unique") == [
        "a row of `partners` with `seen` 2026-01-01T13:00 matches both `a` and `b`: a conflict gives no segment"
    ]
    assert said("seen = 2026-01-01", "seen >= 2026-01-02T00:00", policy="unique") == []


def test_a_row_with_several_members_of_a_list_is_named() -> None:
    assert said("specialisms contains 'x'", "specialisms contains 'y'", policy="unique") == [
        "a row of `partners` with `specialisms` with 'x' and `specialisms` with 'y' matches both `a` and `b`: "
        "a conflict gives no segment"
    ]


def test_each_rule_is_told_once_of_all_that_it_is_in_conflict_with() -> None:
    messages = said("revenue > 5", "revenue > 6", "revenue > 7", policy="unique")
    assert [message.partition(" matches ")[2] for message in messages] == [
        "both `a` and `b`: a conflict gives no segment",
        "both `a` and `c`, and so with 1 more: a conflict gives no segment",
    ]


@pytest.mark.parametrize(
    "conditions",
    [
        ("revenue < 100", "revenue >= 100"),
        ("country = 'DE'", "country != 'DE'"),
        ("revenue > costs", "revenue > costs + 1"),
        ("turnover > 5", "deals_made = 1"),
        ("revenue > costs", "country = 'DE'"),
    ],
)
def test_no_conflict_is_told_that_is_none_or_cannot_be_shown(conditions: tuple[str, ...]) -> None:
    assert said(*conditions, policy="unique") == []


def test_under_any_rules_that_agree_are_in_no_conflict() -> None:
    rules = "".join(f"      - {{segment: {one}, when: revenue > {number}}}\n" for number, one in enumerate("aab"))
    messages = [one.message for one in told(f"    rules:\n{rules}    default: z\n", "any")]
    assert [message.partition(" matches ")[2] for message in messages] == [
        "both `s.a` and `b`, and so with 1 more: a conflict gives no segment"
    ]


# --- ranges and tiers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conditions", "is_told"),
    [
        (["revenue between 1 and 5", "revenue between 5 and 9"], True),
        (["1 <= revenue < 5 and 1 <= costs < 5", "4 <= revenue < 9 and 4 <= costs < 9"], True),
        (["revenue between 1 and 5", "revenue between 6 and 9"], False),
        (["revenue between 4 and 5", "revenue between 1 and 9"], False),
        (["revenue >= 100", "revenue >= 10"], False),
        (["revenue >= 100 and costs < 5", "revenue >= 10 and costs < 3"], False),
        (["revenue between 1 and 5", "costs between 1 and 5"], False),
        (["revenue between 1 and 5 or opted_out", "revenue between 5 and 9"], False),
    ],
)
def test_ranges_that_overlap_in_part_are_told_and_thresholds_are_not(conditions: list[str], is_told: bool) -> None:
    assert [one.code.number for one in found([f"when: {one}" for one in conditions], rest="    default: z\n")] == (
        ["SR626"] if is_told else []
    )


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        (["revenue >= 10 and costs >= 5", "revenue >= 100"], "`a` stands above `b`, and asks for less of `revenue`"),
        (["costs <= 9 and revenue >= 5", "costs <= 3"], "`a` stands above `b`, and allows more of `costs`"),
        (["revenue >= raised and costs > 1", "revenue >= 150"], "`a` stands above `b`, and asks for less of `revenue`"),
        (["revenue >= 100 and costs > 1", "revenue >= 10"], None),
        (["revenue >= 100 and costs > 1", "revenue >= 100"], None),
        (["revenue >= 10 and costs > 1", "costs > 0"], None),
    ],
)
def test_a_tier_that_asks_for_less_than_a_lower_one_is_told(conditions: list[str], message: str | None) -> None:
    rules = [f"when: {condition}" for condition in conditions]
    messages = [one.message for one in found(rules, policy="first\n    ordered: true", rest="    default: z\n")]
    assert messages == ([message] if message else [])


def test_how_many_of_conditions_must_hold_may_differ_by_the_day() -> None:
    when = "when: {at_least: {count: needed, of: [revenue > 1, costs > 1]}}"
    text = RULESET.replace("  line: 100\n", "  needed: {2020-01-01: 3, 2026-07-01: 2}\n").replace("POLICY", "first")
    told = told_of(f"{text}    rules:\n      - segment: a\n        {when}\n")
    assert [one.code.number for one in told if one.code.number.startswith("SR62")] == ["SR623"]


def test_a_text_that_a_column_in_order_never_has_is_told_apart_from_none_of_its_own() -> None:
    text = RULESET.replace("values: [aa, ab, b]", "values: [aa, ab, b], ordered: true").replace("POLICY", "first")
    text = text.replace("  line: 100\n", "  line: 100\n  some: [ab, other]\n")
    rules = "    rules:\n      - {segment: a, when: some contains tier}\n      - {segment: b, when: tier = 'ab'}\n"
    assert [one.code.number for one in told_of(text + rules) if one.code.number.startswith("SR62")] == [
        "SR623",
        "SR621",
    ]
