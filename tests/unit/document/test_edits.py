"""What is put into a value is written in the value's own style, and the file says what was meant."""

from __future__ import annotations

import pytest

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Edit, Fix
from segrules.diagnostics.source import Source
from segrules.document.edits import with_edits, with_written_fixes


def edited(text: str, old: str, new: str, name: str = "ruleset.yaml", *, verbatim: bool = False) -> str | None:
    """The text after its first `old` gave way to `new`."""
    source = Source(name, text)
    start = text.index(old)
    return with_edits(source, [Edit(source.span(start, start + len(old)), new, verbatim)])


@pytest.mark.parametrize(
    ("text", "old", "new", "then"),
    [
        ("a: x && y # why\n", "&&", "and", "a: x and y # why\n"),
        ('a: "x && \\"y\\""\n', "&&", "and", 'a: "x and \\"y\\""\n'),
        ('a: "x = z"\n', "z", "'\"\\'", 'a: "x = \'\\"\\\\\'"\n'),
        ("a: 'x = z'\n", "z", "'z'", "a: 'x = ''z'''\n"),
        ("a: 'x = ''z'' && y'\n", "&&", "and", "a: 'x = ''z'' and y'\n"),
        ("a: |\n  x\n  && y\nb: 1\n", "&&", "and", "a: |\n  x\n  and y\nb: 1\n"),
        ("a: >\n  x\n  && y\n\n  z\nb: 1\n", "&&", "and", "a: >\n  x\n  and y\n\n  z\nb: 1\n"),
        ("a: x\n  && y\nb: 1\n", "&&", "and", "a: x\n  and y\nb: 1\n"),
        ("\ufeffa: x && y\r\nb: 1\r\n", "&&", "and", "\ufeffa: x and y\r\nb: 1\r\n"),
        ("b: {a: x && y, c: 1}\n", "&&", "and", "b: {a: x and y, c: 1}\n"),
        ("a: &n x && y\nb: *n\n", "&&", "and", "a: &n x and y\nb: *n\n"),
    ],
)
def test_only_what_is_edited_changes(text: str, old: str, new: str, then: str) -> None:
    assert edited(text, old, new) == then


@pytest.mark.parametrize(
    ("text", "old", "new", "then"),
    [
        ("a: x\n", "x", "'x' = y", "a: \"'x' = y\"\n"),
        ("a: x y\n", "x", "k: v", 'a: "k: v y"\n'),
        ("a: x\n  y\n", "x", "'k: \"v\"'", "a: '''k: \"v\"''\n  y'\n"),
        ("a: [x, y]\n", "x", "f(1, 2)", 'a: ["f(1, 2)", y]\n'),
        ("{a b: 1}\n", "a b", "c, d", '{"c, d": 1}\n'),
        ("a: x\n", "x", "", 'a: ""\n'),
    ],
)
def test_a_value_that_cannot_stand_without_quotes_any_more_gets_them(text: str, old: str, new: str, then: str) -> None:
    assert edited(text, old, new) == then


@pytest.mark.parametrize(
    ("text", "old", "then"),
    [
        ("a: x is > 5\n", "is", "a: x > 5\n"),
        ("a: x > 5 ; # so\n", ";", "a: x > 5 # so\n"),
        ("a: |\n  ; x > 5\n  and y\n", ";", "a: |\n  x > 5\n  and y\n"),
        ('a: "$ 5"\n', "$", 'a: "5"\n'),
    ],
)
def test_a_word_that_is_taken_away_takes_a_blank_along(text: str, old: str, then: str) -> None:
    assert edited(text, old, "") == then


def test_what_is_meant_for_the_file_itself_is_put_there_as_it_is() -> None:
    assert edited("a: x, y\n", "x, y", "[x, y]", verbatim=True) == "a: [x, y]\n"
    assert edited("a: x, y\n", "x, y", "[x, y]") == 'a: "[x, y]"\n'


def test_a_whole_quoted_value_keeps_its_quotes() -> None:
    assert edited('a: "yes"\n', '"yes"', "true") == 'a: "true"\n'


def test_a_key_that_would_stand_twice_is_left_as_it_is() -> None:
    assert edited("title: 1\ntitel: 2\n", "titel", "title") is None


def test_an_edit_that_would_break_a_block_is_not_made() -> None:
    assert edited("a: |\n  x\n  y\n", "x", "x\nb: 1") is None


@pytest.mark.parametrize(
    ("text", "old", "new", "then"),
    [
        ("r,segment\n=> 3,gold\n", "=>", ">=", "r,segment\n>= 3,gold\n"),
        ("r,segment\n3,gold\n", "3", "'a, b'", "r,segment\n\"'a, b'\",gold\n"),
        ('r,segment\n"x","gold"\n', "x", 'a "b"', 'r,segment\n"a ""b""","gold"\n'),
        ('r,segment\n"a ""b"" =",gold\n', "=", "!", 'r,segment\n"a ""b"" !",gold\n'),
    ],
)
def test_a_cell_of_a_csv_file_is_quoted_as_it_needs(text: str, old: str, new: str, then: str) -> None:
    assert edited(text, old, new, "tables/t.csv") == then


def test_a_fix_that_cannot_be_written_is_not_offered_to_programs() -> None:
    source = Source("ruleset.yaml", "title: 1\ntitel: '2'\n")
    renamed, mended = (Fix("", (Edit(source.span(*at), "title"),)) for at in ((9, 14), (17, 18)))
    found = with_written_fixes(Diagnostic(catalogue.UNKNOWN_KEY, "", fix=fix) for fix in (renamed, mended, None))
    assert [one.fix and one.fix.edits for one in found] == [
        None,
        (Edit(source.span(17, 18), "title", verbatim=True),),
        None,
    ]


def test_fixes_of_one_plain_value_are_written_so_that_both_can_be_made() -> None:
    source = Source("ruleset.yaml", "a: x && y => 1\n")
    first, second = (Fix("", (Edit(source.span(*at), new),)) for at, new in (((5, 7), "and"), ((10, 12), ">=")))
    found = with_written_fixes(Diagnostic(catalogue.UNKNOWN_KEY, "", fix=fix) for fix in (first, second))
    spans = [edit.span for one in found if one.fix for edit in one.fix.edits]
    assert [span.text for span in spans] == ["&&", "=>"]
