"""What tests of a ruleset say: what is right passes, what is wrong is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from segrules.testing.outcome import Status
from segrules.testing.run import run_tests
from tests.unit.testing.suites import HEAD, run, run_one

ROW = "{use: emea, id: P1}"

RIGHT = [
    (ROW, "{tier: registered, focus: [], pool: a}"),
    ("{use: emea, id: P1, deals: [{amount: 600}, {amount: 400.00}]}", "{tier: gold, revenue: 1_000}"),
    ("{use: emea, id: P1, deals: [{amount: 1}]}", "{half: 0.3333333, revenue: 1.00, happy: true}"),
    ("{use: emea, id: P1, csat: missing}", "{happy: missing, tier: registered, pool: none, half: 0}"),
    (
        "{use: emea, id: P1, csat: missing}",
        "{certainty: {pool: provisional}, possible: {pool: [a, b, none, conflict]}}",
    ),
    (
        "{use: emea, id: P1, deals: [{amount: 1_000}]}",
        "{treatments: {kit: {status: granted, amount: 100, rank: 1, attributes: {size: 3.5, of: 1000.00 of a}}}}",
    ),
    (
        "{use: emea, id: P1, deals: [{amount: 1_000, sku: 12}]}",
        "{treatments: {kit: {attributes: {part: 10%, line: 12}}}}",
    ),
    (
        "{use: emea, id: P1, deals: [{amount: 2_000}]}",
        "{treatments: {kit: {status: reduced, amount: 150.00,"
        " reason: 'rank 1, the last;  200.00, but the budget leaves no more'}}}",
    ),
    (ROW, "{treatments: {kit: {status: none, amount: none, rank: none, attributes: {size: none}}}}"),
    ("{use: emea, id: P1, csat: 5}", "{pool: conflict, conflict: {pool: [pool.b, pool.a]}, rule: {pool: none}}"),
    ("{use: emea, id: P1, joined_on: 2019-01-01}", "{focus: old, latest: 2019-01-01, rule: {focus: [focus.old]}}"),
    ("{use: emea, id: P1, seen_at: 2019-01-01 10:00, tags: ['missing', a]}", "{tier: registered}"),
    ("{use: emea, id: P1, Sales Region: APAC, tags: []}", "{rule: {tier: none}, reasons: {tier: no rule matched}}"),
    (
        "{use: emea, id: P1, deals: [{amount: 1, product: {sku: S, line: cloud}}]}",
        "{lines_sold: [cloud], focus: [cloud]}",
    ),
]


@pytest.mark.parametrize(("row", "expected"), RIGHT, ids=[str(number) for number in range(len(RIGHT))])
def test_what_is_right_passes(row: str, expected: str, tmp_path: Path) -> None:
    outcome = run_one(f"{{partners: [{row}]}}", f"{{P1: {expected}}}", tmp_path)
    assert [one.message for one in outcome.said] == []
    assert outcome.diagnostics == ()
    assert outcome.count(Status.PASSED) == 1


FAILING = [
    ("{tier: gold}", "SR701", "`tier` of `P1` is `registered`, not `gold`"),
    ("{tier: none}", "SR701", "`tier` of `P1` is `registered`, not no segment"),
    ("{focus: [cloud]}", "SR701", "`focus` of `P1` is none, not `cloud`"),
    ("{pool: conflict}", "SR701", "`pool` of `P1` is `a`, not a conflict"),
    ("{revenue: 2_500}", "SR702", "`revenue` of `P1` is `0`, not `2_500`"),
    ("{half: missing}", "SR702", "`half` of `P1` is `0`, not missing"),
    ("{latest: 2020-02-29}", "SR702", "`latest` of `P1` is missing, not `2020-02-29`"),
    ("{rule: {tier: tier.gold}}", "SR703", "the rule of `tier` of `P1` is none, not `tier.gold`"),
    ("{certainty: {tier: provisional}}", "SR703", "the certainty of `tier` of `P1` is `certain`, not `provisional`"),
    ("{conflict: {pool: pool.a}}", "SR703", "the conflict of `pool` of `P1` is none, not `pool.a`"),
    ("{reasons: {pool: because}}", "SR703", "the reason of `pool` of `P1` is `csat > 3 (4)`, not `because`"),
]


@pytest.mark.parametrize(("expected", "code", "message"), FAILING, ids=[one[0] for one in FAILING])
def test_what_comes_out_otherwise_is_told(expected: str, code: str, message: str, tmp_path: Path) -> None:
    outcome = run_one(f"{{partners: [{ROW}]}}", f"{{P1: {expected}}}", tmp_path)
    [found] = outcome.cases[0].diagnostics
    assert outcome.count(Status.FAILED) == 1
    assert (found.code.number, found.message) == (code, f"one: {message}")
    assert found.label is not None
    assert found.label.span.source.name.endswith("tests.yaml")
    assert (
        found.notes[0]
        == "P1 is registered in tier, provisionally in no segment of focus and a in pool, as of 2026-06-30."
    )


def test_a_failure_shows_the_place_of_the_rule_that_decided(tmp_path: Path) -> None:
    row = "{use: emea, id: P1, deals: [{amount: 999.99}]}"
    [found] = run_one(f"{{partners: [{row}]}}", "{P1: {tier: gold}}", tmp_path).cases[0].diagnostics
    assert [label.text for label in found.related] == ["`tier.gold` failed"]
    assert found.notes[1].startswith(f"failed gold  ({tmp_path}/ruleset.yaml:33:23)\n")
    assert "0.01 short of 1,000" in found.notes[1]


MISTAKEN = [
    ("{partner: [{id: P1}]}", "{P1: {tier: gold}}", "SR514", "partner", "did you mean `partners`?"),
    ("{partners: [{use: emea, id: P1, regoin: x}]}", "{P1: {tier: gold}}", "SR338", "regoin", "did you mean `region`?"),
    (
        "{partners: [{id: P1, region: EMEA}]}",
        "{P1: {tier: gold}}",
        "SR510",
        "{id: P1, region: EMEA}",
        "write it, take it",
    ),
    ("{partners: [{use: emea, id: P1, csat: high}]}", "{P1: {tier: gold}}", "SR501", "high", "write a number"),
    ("{partners: [{use: emea, id: P1, csat: [4]}]}", "{P1: {tier: gold}}", "SR501", "csat", "write a number"),
    (
        "{partners: [{use: emea, id: P1, joined_on: 30.6.2026}]}",
        "{P1: {tier: gold}}",
        "SR501",
        "30.6.2026",
        "write a date",
    ),
    ("{partners: [{use: emea, id: P1, region: EMAE}]}", "{P1: {tier: gold}}", "SR503", "EMAE", "did you mean `EMEA`?"),
    ("{partners: [{use: emea, id: P1, csat: 6}]}", "{P1: {tier: gold}}", "SR506", "csat", "mend the row"),
    ("{partners: [{use: emea, id: missing}]}", "{P1: {tier: gold}}", "SR504", "id", "mend the row"),
    (f"{{partners: [{ROW}, {ROW}]}}", "{P1: {tier: gold}}", "SR508", "id", "mend the row"),
    (
        f"{{partners: [{ROW}], deals: [{{id: P2, amount: 1}}]}}",
        "{P1: {tier: gold}}",
        "SR509",
        "{id: P2, amount: 1}",
        "mend",
    ),
    (f"{{partners: [{ROW}], deals: [{{id: P1, amount: 1.005}}]}}", "{P1: {tier: gold}}", "SR502", "1.005", "write a"),
    ("{partners: [{use: emea, id: P1, csat: {a: 1}}]}", "{P1: {tier: gold}}", "SR339", "csat", "write its value"),
    (
        "{partners: [{use: emea, id: P1, deals: {amount: 1}}]}",
        "{P1: {tier: gold}}",
        "SR339",
        "deals",
        "write `deals: [{…}]`",
    ),
    ("{deals: [{amount: 1, partner: P1}]}", "{P1: {tier: gold}}", "SR339", "partner", "write `partner: {…}`"),
    ("{partners: [{use: emea, id: P1, deals: [{id: P2, amount: 1}]}]}", "{P1: {}}", "SR304", "{}", "write at least"),
    (
        "{partners: [{use: emea, id: P1, deals: [{id: P2, amount: 1}]}]}",
        "{P1: {tier: gold}}",
        "SR526",
        "{id: P2, amount: 1}",
        "leave `id` out of nested rows",
    ),
    (f"{{partners: [{ROW}]}}", "{P1: {tier: glod}}", "SR206", "glod", "did you mean `gold`?"),
    (f"{{partners: [{ROW}]}}", "{P1: {tier: [gold]}}", "SR339", "tier", "write `tier: gold`"),
    (f"{{partners: [{ROW}]}}", "{P1: {tier: conflict}}", "SR206", "conflict", "there are `gold`, `registered`"),
    (f"{{partners: [{ROW}]}}", "{P1: {rule: {tier: tier.glod}}}", "SR206", "tier.glod", "did you mean `tier.gold`?"),
    (
        f"{{partners: [{ROW}]}}",
        "{P1: {rule: {revenue: gold}}}",
        "SR340",
        "revenue",
        "there are `tier`, `focus` and `pool`",
    ),
    (f"{{partners: [{ROW}]}}", "{P1: {tiers: gold}}", "SR340", "tiers", "did you mean `tier`?"),
    (f"{{partners: [{ROW}]}}", "{P1: {revenue: much}}", "SR501", "much", "write a number"),
    (f"{{partners: [{ROW}]}}", "{P2: {tier: gold}}", "SR802", "P2", "did you mean `P1`?"),
    ("{partners: [{use: emea, id: P1, closed: true}]}", "{P1: {tier: gold}}", "SR802", "P1", "or look at its `where`"),
    (f"{{partners: [{ROW}]}}", "{P1: {certainty: {tier: sure}}}", "SR306", "sure", "`certain` or `provisional`"),
    (f"{{partners: [{ROW}]}}", "{P1: {treatments: {kit: granted}}}", "SR303", "granted", "such as `{status: granted}`"),
    (f"{{partners: [{ROW}]}}", "{P1: {treatments: {kitt: {status: none}}}}", "SR340", "kitt", "did you mean `kit`?"),
    (f"{{partners: [{ROW}]}}", "{P1: {treatments: {kit: {status: given}}}}", "SR306", "given", "write `granted`,"),
    (f"{{partners: [{ROW}]}}", "{P1: {treatments: {kit: {amount: 5.005}}}}", "SR502", "5.005", "write a number"),
    (f"{{partners: [{ROW}]}}", "{P1: {treatments: {kit: {rank: first}}}}", "SR501", "first", "write a whole number"),
    (
        f"{{partners: [{ROW}]}}",
        "{P1: {treatments: {kit: {attributes: {colour: red}}}}}",
        "SR340",
        "colour",
        "there are `size`, `of`, `part` and `line`",
    ),
]


@pytest.mark.parametrize(
    ("given", "expect", "code", "there", "way_out"), MISTAKEN, ids=[one[2] + one[3] for one in MISTAKEN]
)
def test_a_mistake_is_told_at_its_place(
    given: str, expect: str, code: str, there: str, way_out: str, tmp_path: Path
) -> None:
    outcome = run_one(given, expect, tmp_path)
    said = list(outcome.said)
    assert outcome.count(Status.PASSED) == outcome.count(Status.FAILED) == 0
    [found] = [one for one in said if one.code.number == code][:1]
    assert found.label is not None
    assert found.label.span.text == there
    assert way_out in (found.help or "")
    assert {one.code.number for one in said} == {code}


def test_what_is_wrong_with_parameters_is_told_in_the_test(tmp_path: Path) -> None:
    rest = "    given: {partners: []}\n    expect: {P1: {tier: gold}}\n"
    text = HEAD + "    parameters: {gold: 1, lines: cloud}\n" + rest
    text += "  - test: two\n    parameters: {gold_revenue: much}\n" + rest
    said = [one for case in run(text, tmp_path).cases for one in case.diagnostics]
    assert [(one.code.number, one.label and one.label.span.text) for one in said] == [
        ("SR801", "gold"),
        ("SR225", "gold_revenue"),
    ]


def test_a_parameter_holds_for_its_test_alone(tmp_path: Path) -> None:
    given = f"    given: {{partners: [{ROW[:-1]}, deals: [{{amount: 5}}]}}]}}\n"
    text = HEAD + "    parameters: {gold_revenue: 5.00, lines: [a, b]}\n" + given + "    expect: {P1: {tier: gold}}\n"
    text += "  - test: two\n" + given + "    expect: {P1: {tier: registered}}\n"
    assert [case.status for case in run(text, tmp_path).cases] == [Status.PASSED, Status.PASSED]


def test_a_row_above_that_nests_in_several_rows_is_one_row(tmp_path: Path) -> None:
    deals = "[{amount: 1, product: {sku: S, line: cloud}}, {amount: 2, product: {sku: S, line: cloud}}]"
    given = f"{{partners: [{ROW[:-1]}, deals: {deals}}}], products: [{{sku: S, line: cloud}}]}}"
    outcome = run_one(given, "{P1: {lines_sold: [cloud, cloud]}}", tmp_path)
    assert [one.message for one in outcome.said] == []


def test_a_file_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    for text in ("", "[", "tests: []", "- a", "\x00", "tests: [{test: a}]", "as_of: 2026-06-30"):
        outcome = run(text, tmp_path)
        assert any(one.is_error for one in outcome.diagnostics)
        assert outcome.cases == ()


def test_a_wrong_ruleset_is_told_with_its_tests(tmp_path: Path) -> None:
    run_one(f"{{partners: [{ROW}]}}", "{P1: {tier: gold}}", tmp_path)
    ruleset = tmp_path / "ruleset.yaml"
    ruleset.write_text(ruleset.read_text("utf-8").replace("csat > 3", "cast > 3"), "utf-8")
    outcome = run_tests(ruleset, tmp_path / "tests.yaml")
    assert [one.code.number for one in outcome.diagnostics] == ["SR204"]


GROUP = """\
segrules: 1
ruleset: group
entity: partners
tables:
  partners:
    key: id
    belongs_to: {parent: {table: partners, by: parent_id, as: subsidiaries}}
    columns: {id: string, parent_id: {type: string, optional: true}, revenue: decimal(2)}
metrics: {group_revenue: revenue + sum(subsidiaries.revenue)}
"""

GROUP_TESTS = """\
as_of: 2026-06-30
tests:
  - test: down
    given: {partners: [{id: A, revenue: 60, subsidiaries: [{id: B, revenue: 40, subsidiaries: [{id: C, revenue: 5}]}]}]}
    expect: {A: {group_revenue: 100}, B: {group_revenue: 45}, C: {group_revenue: 5}}
  - test: up
    given:
      partners: [{id: B, revenue: 40, parent: {id: A, revenue: 60}}, {id: C, revenue: 5, parent: {id: A, revenue: 60}}]
    expect: {A: {group_revenue: 105}}
"""


def test_rows_of_a_table_that_belongs_to_itself_nest_both_ways(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(GROUP, "utf-8")
    (tmp_path / "tests.yaml").write_text(GROUP_TESTS, "utf-8")
    outcome = run_tests(tmp_path / "ruleset.yaml", tmp_path / "tests.yaml")
    assert [one.message for one in outcome.said] == []
    assert outcome.count(Status.PASSED) == 2
