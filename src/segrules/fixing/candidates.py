"""Fixes that could be made: those of one file, and which of them can be made at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Fix

Identity = tuple[Path, str, str, str]
"""How a diagnostic is known again when its file has changed: file, code, message, and the line of its fix."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A diagnostic, and its fix, which changes one file."""

    diagnostic: Diagnostic
    fix: Fix
    file: Path

    @property
    def identity(self) -> Identity:
        """What it is known by from round to round."""
        span = self.fix.edits[0].span
        return self.file, self.diagnostic.code.number, self.diagnostic.message, span.source.line(span.position.line)


def candidates(diagnostics: Iterable[Diagnostic], applicability: Applicability) -> Iterator[Candidate]:
    """Yield the fixes of a sort; one that would change several files is none."""
    for one in diagnostics:
        if one.fix and one.fix.applicability is applicability and len(files := files_of(one.fix)) == 1:
            yield Candidate(one, one.fix, *files)


def files_of(fix: Fix) -> set[Path]:
    """Return the files that a fix changes."""
    return {Path(edit.span.source.name).resolve() for edit in fix.edits}


def apart(found: Iterable[Candidate]) -> list[Candidate]:
    """Return fixes of one file that do not touch each other; of two that do, the first in the file."""
    chosen: list[Candidate] = []
    taken: list[tuple[int, int]] = []
    for one in sorted(found, key=lambda one: min(edit.span.start for edit in one.fix.edits)):
        stretches = [(edit.span.start, edit.span.end) for edit in one.fix.edits]
        if not any(start <= last and first <= end for start, end in stretches for first, last in taken):
            chosen.append(one)
            taken += stretches
    return chosen
