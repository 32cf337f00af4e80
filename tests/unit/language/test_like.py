from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segrules.language.like import like, like_regex

ALPHABET = st.sampled_from("ab*?~.[\n\\^$é") | st.characters(exclude_categories=["Cs"])
TEXTS = st.text(ALPHABET, max_size=8)
PATTERNS = st.text(st.sampled_from("ab*?~.\n"), max_size=6) | TEXTS


def covers(pattern: str, text: str) -> bool:
    """The meaning of `like` by its definition, one character of the pattern at a time."""
    if not pattern:
        return not text
    if pattern[0] == "~" and pattern[1:2] in ("*", "?", "~"):
        return text[:1] == pattern[1] and covers(pattern[2:], text[1:])
    if pattern[0] == "*":
        return any(covers(pattern[1:], text[start:]) for start in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and covers(pattern[1:], text[1:])


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("AC*", "ACME", True),
        ("AC*", "an ACME", False),
        ("?at", "cat", True),
        ("?at", "at", False),
        ("*", "", True),
        ("", "", True),
        ("", "a", False),
        ("a*c", "a\nc", True),
        ("a", "a\n", False),
        ("100~%", "100~%", True),
        ("what~?", "what?", True),
        ("what~?", "whatever", False),
        ("~~*", "~ and more", True),
        ("~", "~", True),
        ("a.c", "abc", False),
        ("ac*", "ACME", False),
    ],
)
def test_like_covers_the_whole_text(pattern: str, text: str, expected: bool) -> None:
    assert like(text, pattern) is expected


@given(PATTERNS, TEXTS)
def test_like_is_what_its_definition_says(pattern: str, text: str) -> None:
    assert like(text, pattern) == covers(pattern, text)


@given(TEXTS)
def test_an_escaped_text_covers_itself(text: str) -> None:
    escaped = "".join(f"~{character}" if character in "*?~" else character for character in text)
    assert like(text, escaped)
    assert not like(text + "a", escaped)


@given(PATTERNS, TEXTS)
def test_rust_reads_the_pattern_as_python_does(pattern: str, text: str) -> None:
    found = pl.Series([text]).str.contains(like_regex(pattern)).item()
    assert found == like(text, pattern)
