"""Decision tables become rules whose conditions know the cells that they stand in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import segrules
from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.language import types
from segrules.language.types import decimal
from segrules.program.conditions import atoms
from segrules.program.fingerprint import ruleset_hash
from segrules.program.printer import print_expression
from segrules.program.program import Program, Segmentation
from tests.support.rulesets import checked, with_diagnostics

START = """\
segrules: 1
ruleset: example
entity: customers
tables:
  customers:
    key: id
    columns: {id: string, r: integer, f: integer, country: string, since: date}
"""


def with_table(*lines: str, policy: str = "first", further: str = "") -> str:
    table = "".join(f"      {line}\n" for line in lines)
    return f"{START}{further}segmentations:\n  tier:\n    hit_policy: {policy}\n    table: |\n{table}"


def tier(*lines: str, policy: str = "first") -> Segmentation:
    return checked(with_table(*lines, policy=policy)).segmentation("tier")


def problems(text: str) -> list[Diagnostic]:
    return list(in_order(with_diagnostics(text)[1]))


def test_a_rule_stands_at_its_row_and_each_condition_at_its_cell() -> None:
    found = tier("r    | f  | country    | segment", "4..5 | -  | not DE, AT | good", "1, >3 | 2 | - | fair")
    first, second = found.rules
    assert (str(first.span), first.span.text) == ("ruleset.yaml:13:7", "4..5 | -  | not DE, AT | good")
    places = [(str(atom.span), atom.span.text) for atom in atoms(first.when)]
    assert places == [("ruleset.yaml:13:7", "4..5"), ("ruleset.yaml:13:19", "not DE, AT")]
    assert [atom.span.text for atom in atoms(second.when)] == ["1", ">3", "2"]


def test_an_explanation_tells_the_cell_of_each_condition(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(
        START + "segmentations:\n  tier: {hit_policy: unique, table: {file: tier.csv}}\n", "utf-8"
    )
    table = 'r,country,segment,rate\n4..5,"DE, AT",good,15%\n-,-,other,5%\n'
    (tmp_path / "tier.csv").write_text(table, "utf-8")
    row = {"id": "A", "r": 5, "f": 1, "country": "FR", "since": "2026-01-01"}
    decision = segrules.load(tmp_path).decide(row, as_of=date(2026, 6, 30), trace=True)
    assert decision.explanation is not None
    assert decision.assignments["tier"].outputs == {"rate": Decimal("0.05")}
    condition = decision.explanation.trace.segmentations[0].tried[0].condition
    assert condition is not None
    told = [(part.text, part.outcome, Path(str(part.span)).name) for part in condition.parts]
    assert told == [("r between 4 and 5", True, "tier.csv:2:1"), ("country in ('DE', 'AT')", False, "tier.csv:2:7")]


@pytest.mark.parametrize(
    ("cell", "condition"),
    [
        ("4", "r = 4"), ("4, 5", "r in (4, 5)"), ("not 4", "not r = 4"), ("4..5", "r between 4 and 5"),
        ("4..<6", "r >= 4 and r < 6"), ("<= -1", "r <= -1"), ("missing", "r is missing"),
        ("not missing", "r is present"), ("4, missing", "r = 4 or r is missing"), ("-4..-1", "r between -4 and -1"),
        ("not 1..2, > 5", "not (r between 1 and 2 or r > 5)"), ("-", "true"), ("1_000", "r = 1000"),
    ],
)  # fmt: skip
def test_what_a_cell_says(cell: str, condition: str) -> None:
    (rule,) = tier("r | segment", f"{cell} | a").rules
    assert print_expression(rule.when) == condition


@pytest.mark.parametrize(
    ("cell", "text"),
    [("DE", "DE"), ("Can't place", "Can't place"), ("'a, b'", "a, b"), ("'it''s | so'", "it's | so"), ("007", "007"),
     ("true", "true"), ("\"say 'so'\"", "say 'so'"), ("'missing'", "missing"), ("'>= 3'", ">= 3"), ("''", "")],
)  # fmt: skip
def test_a_text_stands_bare_or_in_quotes(cell: str, text: str) -> None:
    (rule,) = tier("country | segment", f"{cell} | a").rules
    assert print_expression(rule.when) == "country = '" + text.replace("'", "''") + "'"


def test_cells_that_ask_the_same_are_one_condition() -> None:
    found = tier("r | f | segment", "4 | 1 | a", "4 | 2 | b", "not 4 | 1 | c")
    assert len({atom for rule in found.rules for atom in atoms(rule.when)}) == 3


def test_outputs_have_the_type_in_which_their_cells_meet() -> None:
    found = tier(
        "r | segment | rate | kit | since | vip", "1 | a | 15% | b | 2026-01-01 | true", "2 | b | 1 | 'a' | - | FALSE"
    )
    assert [(output.column, output.type) for output in found.outputs] == [
        ("tier.rate", decimal(2)),
        ("tier.kit", types.Type(types.Kind.STRING, values=("b", "a"))),
        ("tier.since", types.DATE),
        ("tier.vip", types.BOOLEAN),
    ]
    assert found.rules[0].outputs == (Decimal("0.15"), "b", date(2026, 1, 1), True)
    assert found.rules[1].outputs == (Decimal("1.00"), "a", None, False)


def test_a_condition_and_an_output_may_have_one_name() -> None:
    found = tier("r | segment | r", "1 | a | 2")
    assert print_expression(found.rules[0].when) == "r = 1"
    assert found.rules[0].outputs == (2,)


def test_an_output_is_part_of_what_a_ruleset_means() -> None:
    def hash_with(rate: str) -> str:
        return ruleset_hash(checked(with_table("r | segment | rate", f"1 | a | {rate}")))

    assert hash_with("15%") == hash_with("0.15") != hash_with("16%")


def test_an_output_that_needs_its_own_segmentation_closes_a_circle() -> None:
    (found,) = problems(with_table("r * tier.rate | segment | rate", "> 1 | a | 2"))
    assert found.code.slug == "cycle"


def test_every_mistake_in_a_table_gives_its_own_diagnostic() -> None:
    text = with_table(
        "r    | f | country | segment | rate", "high | 1 | DE | a | 15%", "5..4 |   | DE | b | 5%", "1 | 2 | DE | c",
        "1    | 2 | 'DE | d | 5%", "1 | 2 | DE | e | none",
    )  # fmt: skip
    slugs = [found.code.slug for found in problems(text)]
    assert sorted(slugs) == sorted(
        ["cell-type", "empty-range", "empty-cell", "cell-count", "cell-quotes", "mixed-output"]
    )


def test_a_row_that_cannot_be_read_makes_no_further_mistakes() -> None:
    metric = "metrics:\n  is_b: tier = 'b'\n"
    text = with_table("r | segment | rate", "1 | a | 1", "2 | b", further=metric)
    assert [found.code.slug for found in problems(text)] == ["cell-count"]


def large(rows: int) -> str:
    columns = [f"c{number}" for number in range(10)]
    cells = [f"{row}..{row + 9}" if row % 2 else f"not {row}, {row + 1}" for row in range(97)]
    lines = [
        " | ".join([*(cells[(row * 7 + place) % 97] for place in range(10)), f"s{row % 20}", f"{row % 50}%"])
        for row in range(rows)
    ]
    table = "".join(f"      {line}\n" for line in [" | ".join([*columns, "segment", "rate"]), *lines])
    declared = ", ".join(f"{column}: integer" for column in columns)
    return (
        "segrules: 1\nruleset: large\nentity: t\ntables:\n  t:\n    key: id\n"
        f"    columns: {{id: string, {declared}}}\n"
        f"segmentations:\n  tier:\n    hit_policy: first\n    table: |\n{table}"
    )


def test_a_table_of_five_hundred_rows_repeats_no_condition() -> None:
    program: Program = checked(large(500))
    rules = program.segmentation("tier").rules
    assert len(rules) == 500
    assert len({atom for rule in rules for atom in atoms(rule.when)}) == 970


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("is missing", "missing"), ("is  not missing", "not missing"), ("is present", "not missing"),
        ("between 1 and 3", "1..3"), ("1-3", "1..3"), ("*", "-"),
    ],
)  # fmt: skip
def test_a_cell_written_as_a_condition_is_told_its_form(cell: str, meant: str) -> None:
    (found,) = problems(with_table("r | segment", f"{cell} | a"))
    assert (found.code.slug, found.help) == ("cell-type", f"write `{meant}`")


def test_two_bounds_in_one_cell_are_not_told_to_be_a_range_with_both_ends() -> None:
    (found,) = problems(with_table("r | segment", "> 1 and < 3 | a"))
    assert found.fix is None


@pytest.mark.parametrize(("cell", "number"), [(">= 0,5", "0.5"), ("<2,25", "2.25"), (">= 1,000", "1_000")])
def test_a_comma_in_the_number_of_a_bound_is_refused(cell: str, number: str) -> None:
    (found,) = problems(with_table("r | segment", f"{cell} | a"))
    assert found.code.slug == "cell-form"
    assert found.help is not None
    assert found.help.startswith(f"write `{number}` for one number")


def test_a_list_without_blanks_is_a_list() -> None:
    assert problems(with_table("r | segment", "4,5 | a", ">= 7, 5 | b")) == []


def test_rows_below_wrong_heads_make_no_further_mistakes() -> None:
    assert [one.code.slug for one in problems(with_table("segment | r", "4, 5 | 1", "- | 2"))] == ["table-heads"]
