"""Diagnostics on the screen, and the exit status that they lead to."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import typer

from segrules.cli import terminal
from segrules.cli.main import FAILED, WRONG_COMMAND
from segrules.cli.options import Messages
from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Severity
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.listing import plural
from segrules.diagnostics.render import concise, full, json
from segrules.document.edits import with_written_fixes
from segrules.errors import DataInvalid, InputInvalid, NotSupported, RulesetInvalid

_NOT_THERE = frozenset({catalogue.FILE_NOT_FOUND, catalogue.DATA_FILE_NOT_FOUND, catalogue.NOT_A_FILE})


def rendered(diagnostics: Sequence[Diagnostic], messages: Messages, *, colour: bool, fixes: bool = False) -> str:
    """Return diagnostics in the format that was asked for; with `fixes`, people are told which can be mended."""
    match messages:
        case Messages.FULL:
            return full.render(diagnostics, colour=colour, fixes=fixes)
        case Messages.CONCISE:
            return concise.render(diagnostics, colour=colour)
        case Messages.JSON:
            return json.render(with_written_fixes(diagnostics))


def tell(diagnostics: Sequence[Diagnostic], messages: Messages) -> None:
    """Show diagnostics as talk."""
    if diagnostics:
        terminal.say(rendered(diagnostics, messages, colour=terminal.has_colour(sys.stderr)).rstrip("\n"))


def count(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many there are of each severity: `3 errors and 1 warning`."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark", Severity.HINT: "hint"}
    parts = [f"{counts[one]} {plural(counts[one], word)}" for one, word in words.items() if counts[one]]
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


@dataclass(slots=True)
class Talk:
    """What one command says: as it comes for people, and for programs, which read one list, at the end."""

    messages: Messages
    kept: list[Diagnostic] = field(default_factory=list)

    def begin(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Say something behind which more may come: a blank line stands between the two."""
        if self.messages is Messages.JSON:
            self.kept += diagnostics
            return
        tell(diagnostics, self.messages)
        if diagnostics and self.messages is Messages.FULL:
            terminal.say("")

    def end(self, diagnostics: Sequence[Diagnostic] = ()) -> None:
        """Say the last of it."""
        tell([*self.kept, *diagnostics], self.messages)


@contextmanager
def reported(messages: Messages) -> Iterator[Talk]:
    """Show what is wrong with a ruleset, its data or the call, and leave with the status that says which."""
    talk = Talk(messages)
    try:
        yield talk
        talk.end()
    except (RulesetInvalid, DataInvalid, InputInvalid) as error:
        talk.end(error.diagnostics)
        if messages is not Messages.JSON:
            terminal.say(f"Found {count(error.diagnostics)}.")
        wrong_call = isinstance(error, InputInvalid)
        raise typer.Exit(WRONG_COMMAND if wrong_call else status(error.diagnostics)) from None
    except NotSupported as error:
        talk.end()
        terminal.say(f"segrules: {error}")
        raise typer.Exit(WRONG_COMMAND) from None


def status(diagnostics: Sequence[Diagnostic]) -> int:
    """Return the exit status for what is wrong in ruleset files or data; a file that is not there is the command's."""
    errors = {diagnostic.code for diagnostic in diagnostics if diagnostic.is_error}
    if not errors:
        return 0
    return WRONG_COMMAND if errors <= _NOT_THERE else FAILED
