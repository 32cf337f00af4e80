"""Programs from texts, for tests of what comes behind the checker."""

from __future__ import annotations

from textwrap import dedent

from segrules.checker.check import check
from segrules.document.document import read_text
from segrules.program.program import Program


def checked(text: str) -> Program:
    """The program of a ruleset's text, with which nothing is wrong."""
    document, of_form = read_text(text)
    assert document is not None, of_form
    program, found = check(document.ruleset)
    assert program is not None, [one.message for one in (*of_form, *found)]
    return program


def program_of(text: str) -> Program:
    """The program of a text that leaves out the first two lines, `segrules` and `ruleset`."""
    return checked(f"segrules: 1\nruleset: test\n{dedent(text)}")
