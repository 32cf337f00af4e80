from __future__ import annotations

import pytest

from segrules.language.parser import MAX_DEPTH, MAX_LENGTH, parse_expression
from tests.unit.language.parsing import mistakes, parsed, passage, slugs


@pytest.mark.parametrize("text", ["", "  \n ", "# nothing but a comment"])
def test_an_empty_expression_says_so(text: str) -> None:
    assert slugs(text) == ["empty-expression"]


def test_an_expression_has_a_greatest_length() -> None:
    assert slugs("x" * MAX_LENGTH) == []
    assert slugs("x" * (MAX_LENGTH + 1)) == ["expression-too-long"]


@pytest.mark.parametrize("part", ["not ", "-", "f(", "if a then b else ", "x and ", "1 + "])
def test_an_expression_has_a_greatest_depth(part: str) -> None:
    def nested(times: int) -> str:
        return part * times + "x" + ")" * (part.count("(") * times)

    assert slugs(nested(MAX_DEPTH - 1)) == []
    assert slugs(nested(MAX_DEPTH)) == ["expression-too-deep"]


@pytest.mark.parametrize(
    "part", ["(", ")", "[", "'", '"', "not ", "-", "!", "x and ", "f(", "if ", "a.", "x in (", "AND ", "1,", "#", "\n"]
)
def test_no_text_is_too_much_to_answer(part: str) -> None:
    for length in (MAX_LENGTH, 100_000):
        tree, diagnostics = parse_expression(passage((part * length)[:length]))
        assert tree is None or not diagnostics
        assert tree is not None or len(diagnostics) <= 21


def test_brackets_without_end_are_no_nesting() -> None:
    assert parsed("(" * 5_000 + "x" + ")" * 5_000) == parsed("x")


def test_no_more_than_twenty_odd_signs_are_named() -> None:
    assert len(mistakes("x && " * 100 + "y")) == 20
