"""What a diagnostic is known by from one run to the next, so that tools can tell what is new from what has moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.paths import path_from_here
from segrules.diagnostics.scope import scope_of

_DIGITS = 16


def fingerprints(diagnostics: Sequence[Diagnostic]) -> tuple[str, ...]:
    """Return the fingerprint of each: of its code, its file, what it belongs to there, and the text that it is about.

    Lines and columns do not count, nor do blanks. Those that have all of this in common are numbered as they stand in
    the file. Without a place, the message counts instead.
    """
    marks = [_mark(diagnostic) for diagnostic in diagnostics]
    seen: Counter[str] = Counter()
    found = [""] * len(marks)
    for index in sorted(range(len(marks)), key=lambda index: _offsets(diagnostics[index])):
        seen[marks[index]] += 1
        found[index] = f"{marks[index]}:{seen[marks[index]]}"
    return tuple(found)


def _mark(diagnostic: Diagnostic) -> str:
    parts = [diagnostic.code.number, *_about(diagnostic)]
    return sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:_DIGITS]


def _about(diagnostic: Diagnostic) -> list[str]:
    if diagnostic.label is None:
        return [diagnostic.message]
    span = diagnostic.label.span
    return [path_from_here(span.source.name), *scope_of(span), " ".join(span.text.split())]


def _offsets(diagnostic: Diagnostic) -> tuple[int, int]:
    return (diagnostic.label.span.start, diagnostic.label.span.end) if diagnostic.label else (0, 0)
