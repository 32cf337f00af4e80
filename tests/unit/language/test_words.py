from __future__ import annotations

import pytest

from segrules.language.words import RESERVED, is_name, is_reserved, mistyped
from tests.unit.language.parsing import slugs


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_no_reserved_word_can_be_read_as_a_name(word: str) -> None:
    assert is_reserved(word)
    assert slugs(f"deals.{word}") == ["reserved-word"]


@pytest.mark.parametrize("word", ["TRUE", "Not", "If", "NULL", "Missing"])
def test_words_that_stand_where_names_do_are_reserved_in_any_letters(word: str) -> None:
    assert is_reserved(word)
    assert slugs(word)


@pytest.mark.parametrize("name", ["revenue_12m", "Last", "rank", "as_of", "days", "_x", "größe"])
def test_an_identifier_that_is_no_word_of_the_language_is_a_name(name: str) -> None:
    assert is_name(name)
    assert slugs(f"{name} > 1") == []


@pytest.mark.parametrize("text", ["", "12m", "a b", "a-b", "a.b", "last", "x²"])
def test_anything_else_is_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("adn", "and"), ("AN", "and"), ("ro", "or"), ("to", None), ("betwene", "between"), ("revenue", None)],
)
def test_a_slip_of_the_keyboard_is_near_to_its_word(word: str, expected: str | None) -> None:
    assert mistyped(word, ["and", "or", "between"]) == expected
