"""A diagnostic is the same one when its line has moved, and another when something else is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.fingerprint import fingerprints
from segrules.diagnostics.source import Source

GOLD = "      - segment: gold\n        when: wrong > 1 and wrong > 2\n"
SILVER = "      - segment: silver\n        when: wrong > 1\n"
SIZE = "  size:\n    rules:\n      - {segment: gold, when: wrong}\n"
TIER = f"  tier:\n    rules:\n{GOLD}{SILVER}"
TEXT = f"segmentations:\n{TIER}{SIZE}"


def found_in(text: str, name: str = "ruleset.yaml", word: str = "wrong") -> list[Diagnostic]:
    """A diagnostic for each place of a word."""
    source = Source(name, text)
    starts = [start for start in range(len(text)) if text.startswith(word, start)]
    spans = [source.span(start, start + len(word)) for start in starts]
    return [Diagnostic(catalogue.UNKNOWN_NAME, f"at {span}", Label(span)) for span in spans]


KNOWN = fingerprints(found_in(TEXT))


def test_each_has_its_own() -> None:
    assert len(set(KNOWN)) == len(KNOWN) == 4


@given(
    st.lists(st.integers(0, TEXT.count("\n")), max_size=20), st.sampled_from(["\n", "# a note\n", "     # wrong: no\n"])
)
def test_lines_between_change_none(places: list[int], line: str) -> None:
    lines = TEXT.splitlines(keepends=True)
    for place in sorted(places, reverse=True):
        lines.insert(place, line.replace("wrong", "right"))
    assert fingerprints(found_in("".join(lines))) == KNOWN


@pytest.mark.parametrize(
    "reordered",
    [TEXT.replace(TIER, "").replace(SIZE, SIZE + TIER), TEXT.replace(SILVER, "").replace(GOLD, SILVER + GOLD)],
    ids=["segmentations", "rules"],
)
def test_another_order_changes_none(reordered: str) -> None:
    assert reordered != TEXT
    assert set(fingerprints(found_in(reordered))) == set(KNOWN)


def test_blanks_in_the_text_and_the_line_ends_of_the_file_count_as_one() -> None:
    once, again = TEXT.replace("wrong > 1", "wrong  >\n          1"), TEXT.replace("\n", "\r\n")
    [known, _] = fingerprints(found_in(TEXT, word="wrong > 1"))
    assert fingerprints(found_in(once, word="wrong  >\n          1"))[0] == known
    assert fingerprints(found_in(again)) == KNOWN


def test_the_order_in_which_they_are_told_changes_none() -> None:
    assert fingerprints(found_in(TEXT)[::-1]) == KNOWN[::-1]


def test_the_code_the_file_the_scope_and_the_text_count() -> None:
    [first, *_] = found_in(TEXT)
    others = [
        Diagnostic(catalogue.UNKNOWN_VALUE, first.message, first.label),
        found_in(TEXT, "other.yaml")[0],
        found_in(TEXT.replace("segment: gold", "segment: silver"))[0],
        found_in(TEXT.replace("wrong", "worse"), word="worse")[0],
    ]
    assert len({KNOWN[0], *(fingerprints([other])[0] for other in others)}) == 5


def test_the_message_does_not_count_but_where_there_is_no_place() -> None:
    [first, *_] = found_in(TEXT)
    assert fingerprints([Diagnostic(first.code, "other words", first.label)])[0] == KNOWN[0]
    a, b = Diagnostic(first.code, "a"), Diagnostic(first.code, "b")
    assert len({*fingerprints([a, b])}) == 2


def test_a_file_is_the_same_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ("sub/r.yaml", "./sub/r.yaml", "sub/../sub/r.yaml", str(tmp_path / "sub" / "r.yaml"))
    assert len({fingerprints(found_in(TEXT, name)) for name in names}) == 1
