"""Diagnostics as GitHub shows them beside the lines of a pull request: one workflow command each.

GitHub keeps ten errors, ten warnings and ten notices of a step, the first ones, and drops the others without a word.
So the worst come first, and the last line says how many more there are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from segrules.diagnostics.catalogue import Severity
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.listing import plural
from segrules.diagnostics.paths import path_from
from segrules.diagnostics.source import Span

LIMIT = 10

_KINDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
    Severity.HINT: "notice",
}
_WORST_FIRST = tuple(Severity)


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Return as many annotations as GitHub shows, and if there are more, one that counts them."""
    worst_first = sorted(diagnostics, key=lambda one: _WORST_FIRST.index(one.severity))
    kinds = {
        kind: [one for one in worst_first if _KINDS[one.severity] == kind] for kind in dict.fromkeys(_KINDS.values())
    }
    room = dict.fromkeys(kinds, LIMIT)
    if any(len(found) > LIMIT for found in kinds.values()):
        room["notice"] -= 1
    shown = [_annotation(one) for kind, found in kinds.items() for one in found[: room[kind]]]
    left = {kind: len(found) - room[kind] for kind, found in kinds.items() if len(found) > room[kind]}
    return "".join(f"{line}\n" for line in (*shown, *_left_out(left)))


def _annotation(diagnostic: Diagnostic) -> str:
    place = _place(diagnostic.label.span) if diagnostic.label else {}
    title = f"{diagnostic.code.number} {diagnostic.code.slug}"
    further = [f"help: {diagnostic.help}"] if diagnostic.help is not None else []
    further += [f"note: {note}" for note in diagnostic.notes]
    further += [f"see {label.span}{label.text and f' ({label.text})'}" for label in diagnostic.related]
    return _command(_KINDS[diagnostic.severity], {**place, "title": title}, [diagnostic.message, *further])


def _left_out(left: dict[str, int]) -> Iterator[str]:
    counted = [f"{count} {plural(count, kind)}" for kind, count in left.items()]
    if counted:
        message = f"{' and '.join(counted)} more: GitHub shows no more than {LIMIT} of each; `segrules check` shows all"
        yield _command("notice", {"title": "segrules"}, [message])


def _command(kind: str, properties: dict[str, str], lines: Sequence[str]) -> str:
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = _data("\n".join(lines))
    return f"::{kind} {given}::{message}"


def _place(span: Span) -> dict[str, str]:
    """Return where to show it; GitHub takes columns only of a place on one line."""
    start, end = span.position, span.end_position
    file = {"file": path_from(os.environ.get("GITHUB_WORKSPACE") or Path.cwd(), span.source.name)}
    if start.line != end.line:
        return {**file, "line": str(start.line), "endLine": str(end.line)}
    return {**file, "line": str(start.line), "col": str(start.column), "endColumn": str(end.column)}


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
