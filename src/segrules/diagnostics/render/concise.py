"""Diagnostics for tools that read lines, and for people in a hurry: one line each."""

from __future__ import annotations

from collections.abc import Iterable

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.render.cells import printable
from segrules.diagnostics.render.paint import OF_SEVERITY, painted


def render(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """Return one line for each: `file:line:column: error[SR204] message (help)`, without the place if there is none."""
    return "".join(_line(diagnostic, colour) + "\n" for diagnostic in diagnostics)


def _line(diagnostic: Diagnostic, colour: bool) -> str:
    where = f"{diagnostic.label.span}: " if diagnostic.label else ""
    way_out = f" ({diagnostic.help})" if diagnostic.help else ""
    kind = f"{diagnostic.severity}[{diagnostic.code.number}]"
    kind = painted(kind, OF_SEVERITY[diagnostic.severity], colour=colour)
    return f"{_flat(where)}{kind} {_flat(diagnostic.message + way_out)}"


def _flat(text: str) -> str:
    return printable(text).replace("\n", " ")
