"""Programs from texts, for tests of what comes behind the checker."""

from __future__ import annotations

from textwrap import dedent

from segrules.checker.check import check
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.document.document import read_text
from segrules.program.program import Program


def with_diagnostics(text: str) -> tuple[Program | None, list[Diagnostic]]:
    """The program of a ruleset's text, if it has one, and what is wrong with it."""
    document, of_form = read_text(text)
    assert document is not None, of_form
    program, of_meaning = check(document.ruleset)
    return program, [*of_form, *of_meaning]


def checked(text: str) -> Program:
    """The program of a text with which nothing is wrong."""
    program, found = with_diagnostics(text)
    assert program is not None, [one.message for one in found]
    return program


def program_of(text: str) -> Program:
    """The program of a text that leaves out the first two lines, `segrules` and `ruleset`."""
    return checked(f"segrules: 1\nruleset: test\n{dedent(text)}")
