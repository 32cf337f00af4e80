from __future__ import annotations

from pathlib import Path

import pytest

from segrules.diagnostics.diagnostic import Applicability
from segrules.diagnostics.source import Passage, Source
from segrules.language.parser import parse_expression
from tests.unit.language.parsing import bracketed, marked, mended, mistakes, parsed, passage, slugs

CASES = [
    case.split("\n    ") for case in Path(__file__).with_name("mistakes.txt").read_text("utf-8").strip().split("\n\n")
]


@pytest.mark.parametrize(("place", "said", "way_out"), CASES, ids=[case[0] for case in CASES])
def test_a_mistake_is_named_at_its_place_with_a_way_out(place: str, said: str, way_out: str) -> None:
    text = place.replace("«", "").replace("»", "")
    tree, diagnostics = parse_expression(passage(text))
    assert len(diagnostics) == 1
    (diagnostic,) = diagnostics
    as_meant = "" if tree is None else ", read as meant"
    assert marked(text, diagnostic) == place
    assert f"{diagnostic.code.slug}{as_meant}: {diagnostic.message}" == said
    assert diagnostic.help == way_out


@pytest.mark.parametrize("place", [case[0] for case in CASES])
def test_a_safe_fix_leaves_the_text_right_and_as_meant(place: str) -> None:
    text = place.replace("«", "").replace("»", "")
    tree, (diagnostic,) = parse_expression(passage(text))
    if diagnostic.fix is not None and diagnostic.fix.applicability is Applicability.SAFE:
        assert tree is not None
        assert parsed(mended(text, diagnostic)) == tree


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x > 5 and < 10", "x > 5 and x < 10"),
        ("a < b > c", "a < b and b > c"),
        ("region = 'EMEA' csat > 4", "region = 'EMEA' and csat > 4"),
        ("(x > 5", "(x > 5)"),
        ("x > 1,000", "x > 1_000"),
        ("x adn y", "x and y"),
        ("if x then 1", "if x then 1 else missing"),
        ("f(a b)", "f(a, b)"),
        ("country = South Africa", "country = 'South Africa'"),
        ("x in last month", "x in last 1 month"),
    ],
)
def test_a_likely_fix_is_offered_and_not_safe(text: str, expected: str) -> None:
    (diagnostic,) = mistakes(text)
    assert mended(text, diagnostic) == expected
    assert diagnostic.fix is not None
    assert diagnostic.fix.applicability is Applicability.UNSAFE


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a&&b", "a and b"), ("a and!b", "a and not b"), ("a ||b", "a or b")],
)
def test_a_word_put_in_for_a_sign_does_not_grow_together_with_its_neighbours(text: str, expected: str) -> None:
    assert mended(text, mistakes(text)[0]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x => 5 && y <> 'a'", "((x >= 5) and (y != 'a'))"),
        ("x IS NOT NULL AND NOT y", "((x is present) and (not y))"),
        ("x != null", "(x is present)"),
        ("tier is not “gold”", "(tier != 'gold')"),
        ("x within the past 12 Months", "(x in last 12 months)"),
        ("if(a > 5, $1,000,000, 30 percent)", "(if (a > 5) then 1000000 else 30%)"),
        ("SUM(deals.x WHERE deals.y IN ['a'])", "SUM(deals.x where (deals.y in ['a']))"),
        ("name like AC* or x == 1", "((name like 'AC*') or (x = 1))"),
    ],
)
def test_what_can_have_meant_only_one_thing_is_read_as_that(text: str, expected: str) -> None:
    tree, diagnostics = parse_expression(passage(text))
    assert diagnostics
    assert tree is not None
    assert bracketed(tree) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x => 5 and y > and z betwen 1 and 2", ["operator-spelling", "value-expected", "mistyped-word"]),
        ("a b > 5 and (c < 3", ["operator-missing", "unclosed-bracket"]),
        ("x > 5 and < 10 or y = 'a", ["left-side-missing", "unclosed-text"]),
        ("(a +", ["unclosed-bracket", "value-expected"]),
        ("x > 2026-02-30 and y > 012", ["impossible-value", "number-spelling"]),
        ("9" * 40 + ",500", ["impossible-value", "stray-comma"]),
        ("a < b > c and d in 'x', 'y'", ["mixed-chain", "list-without-brackets"]),
    ],
)
def test_several_mistakes_are_all_found(text: str, expected: list[str]) -> None:
    assert slugs(text) == expected


@pytest.mark.parametrize("text", ["x in in in", "f(,,,,)", ") ( ) (", "and or and or", "if if if", "a ? b : c : d"])
def test_one_mistake_does_not_bring_a_row_of_others(text: str) -> None:
    assert 1 <= len(mistakes(text)) <= 5


def test_a_text_that_yaml_cut_at_a_comment_says_so() -> None:
    source = Source("ruleset.yaml", "when: name = 'no #1'\n")
    _, (diagnostic,) = parse_expression(Passage("name = 'no", source, lambda: range(6, 17)))
    assert diagnostic.code.slug == "unclosed-text"
    assert diagnostic.notes == (
        "in the file ` #` follows: to YAML a comment begins there, and the expression ends before it",
    )
    assert diagnostic.help == "put quotes around the whole expression, or write it below `|`"


def test_an_invisible_character_is_named() -> None:
    (diagnostic,) = mistakes("x >\u200b 5")
    assert diagnostic.message == "there is an invisible character here: zero width space"
    assert mended("x >\u200b 5", diagnostic) == "x > 5"


def test_a_bracket_that_is_not_closed_points_at_where_it_was_opened() -> None:
    (diagnostic,) = mistakes("sum(deals.x where (deals.y > 1")
    assert diagnostic.message == "2 brackets are not closed"
    assert [label.span.start for label in diagnostic.related] == [3, 18]


def test_long_texts_are_quoted_without_their_middle() -> None:
    (diagnostic,) = mistakes(f"x in {', '.join(['123456789'] * 20)}")
    assert diagnostic.help == "write `(123456789, 123456789, 1234567 … 23456789, 123456789)`"
