from __future__ import annotations

import pytest

from segrules.language import syntax
from tests.unit.language.parsing import bracketed, parsed, slugs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # or, and, not
        ("a or b and c", "(a or (b and c))"),
        ("a and b or c", "((a and b) or c)"),
        ("a or b or c", "((a or b) or c)"),
        ("not a and b", "((not a) and b)"),
        ("not a = b", "(not (a = b))"),
        ("not not a", "(not (not a))"),
        ("(a or b) and c", "((a or b) and c)"),
        # comparisons
        ("a + 1 < b * 2", "((a + 1) < (b * 2))"),
        ("18 <= age < 65", "(18 <= age < 65)"),
        ("a > b >= c > d", "(a > b >= c > d)"),
        ("a = b == c", "(a = b = c)"),
        ("a != b", "(a != b)"),
        # each test binds more tightly than the one above it in the table
        ("a = b in (1, 2)", "(a = (b in [1, 2]))"),
        ("a contains b in (true, false)", "((a contains b) in [true, false])"),
        ("a contains b between c and d", "(a contains (b between c and d))"),
        ("a is missing between b and c", "((a is missing) between b and c)"),
        ("a like 'x*' is missing", "((a like 'x*') is missing)"),
        ("a is missing = b is present", "((a is missing) = (b is present))"),
        ("not a in (1)", "(not (a in [1]))"),
        # calculations
        ("a - b - c", "((a - b) - c)"),
        ("a - b * c / d", "(a - ((b * c) / d))"),
        ("-a * b", "((- a) * b)"),
        ("a - -b", "(a - (- b))"),
        ("- 5 < a", "((- 5) < a)"),
        ("-a.b", "(- a.b)"),
        ("-f(x)", "(- f(x))"),
        ("a starts with b + c", "(a starts with (b + c))"),
        ("x between a + 1 and b and c", "((x between (a + 1) and b) and c)"),
        # if is the loosest
        ("if a or b then 1 else c + 1", "(if (a or b) then 1 else (c + 1))"),
        ("if a then 1 else if b then 2 else 3", "(if a then 1 else (if b then 2 else 3))"),
        ("if a then if b then 1 else 2 else 3", "(if a then (if b then 1 else 2) else 3)"),
        ("f(if a then 1 else 2)", "f((if a then 1 else 2))"),
    ],
)
def test_operators_bind_as_the_reference_says(text: str, expected: str) -> None:
    assert bracketed(parsed(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x not in (1)", "(x not in [1])"),
        ("x not between 1 and 2", "(x not between 1 and 2)"),
        ("x not like 'a*'", "(x not like 'a*')"),
        ("x not contains 'a'", "(x not contains 'a')"),
        ("x not starts with 'a'", "(x not starts with 'a')"),
        ("x not ends  with 'a'", "(x not ends with 'a')"),
        ("x in names", "(x in names)"),
        ("x in deals.names", "(x in deals.names)"),
        ("x in list(deals.sku)", "(x in list(deals.sku))"),
        ("x in (if a then 1 else 2, 3)", "(x in [(if a then 1 else 2), 3])"),
        ("closed_on in last 12 months", "(closed_on in last 12 months)"),
        ("closed_on not in next 2 weeks", "(closed_on not in next 14 days)"),
        ("closed_on in last window_length", "(closed_on in last window_length)"),
        ("x in last(deals.tags)", "(x in last(deals.tags))"),
    ],
)
def test_every_test_reads_with_and_without_not(text: str, expected: str) -> None:
    assert bracketed(parsed(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f()", "f()"),
        ("clip(x, 0, 1)", "clip(x, 0, 1)"),
        ("count(deals where deals.x > 1)", "count(deals where (deals.x > 1))"),
        ("first(deals.x by deals.on where c)", "first(deals.x by deals.on where c)"),
        ("first(deals.x where c by deals.on)", "first(deals.x by deals.on where c)"),
        ("sum(x over all)", "sum(x over all)"),
        ("quantile(x, 80% over all)", "quantile(x, 80% over all)"),
        ("rank(x descending over region, tier where not y)", "rank(x descending over region, tier where (not y))"),
        ("all(deals.x > 1)", "all((deals.x > 1))"),
        ("any(deals.x) and last (deals.x)", "(any(deals.x) and last(deals.x))"),
        ("min(list) + rank", "(min(list) + rank)"),
    ],
)
def test_calls_take_what_aggregates_and_statistics_add(text: str, expected: str) -> None:
    assert bracketed(parsed(text)) == expected


@pytest.mark.parametrize(
    "name", ["as_of", "rank", "first", "any", "day", "months", "ascending", "with", "starts", "ends", "Last", "größe"]
)
def test_a_word_that_the_grammar_does_not_need_is_a_name(name: str) -> None:
    assert bracketed(parsed(f"{name} > {name}.{name}")) == f"({name} > {name}.{name})"


def test_over_all_is_told_from_no_over() -> None:
    every, none = parsed("sum(x over all)"), parsed("sum(x)")
    assert isinstance(every, syntax.Call)
    assert isinstance(none, syntax.Call)
    assert (every.over, none.over) == ((), None)


def test_blanks_lines_and_comments_stand_anywhere() -> None:
    text = "a  # the first\n  or # or rather\r\n\tb not\n in (1, # one\n 2)"
    assert bracketed(parsed(text)) == "(a or (b not in [1, 2]))"


def test_a_hash_in_a_text_is_no_comment() -> None:
    assert bracketed(parsed("x = 'a # b' or y")) == "((x = 'a # b') or y)"


@pytest.mark.parametrize("text", ["a < b > c", "a = b < c", "a != b != c", "1 + a < b + (c > d) > e"])
def test_a_chain_goes_in_one_direction(text: str) -> None:
    assert slugs(text) == ["mixed-chain"]
