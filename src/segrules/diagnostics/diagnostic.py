"""A diagnostic: one thing that is wrong in the user's text or data, with its place, its cause and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from segrules.diagnostics.catalogue import Code, Severity
from segrules.diagnostics.source import Span


@dataclass(frozen=True, slots=True)
class Label:
    """A place in a file and the local fact about it."""

    span: Span
    text: str = ""


class Applicability(StrEnum):
    """How far a fix may be trusted."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace what stands at a span by a text.

    The text is part of the value that stands there, and has still to be written in its style, in quotes as they need
    it; a `verbatim` one is put into the file as it is.
    """

    span: Span
    replacement: str
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend the cause of a diagnostic."""

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.UNSAFE


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem, as a value; see `catalogue` for the codes.

    `message` is the one thing to show if only one can be. `label` is the place and the local fact; it is missing
    only where there is no text to point at (a file that is not there, data). `related` are other places that
    matter, `notes` further facts, `help` says what to do. `weight` is how bad a project takes it to be, if it says so.
    """

    code: Code
    message: str
    label: Label | None = None
    related: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    help: str | None = None
    fix: Fix | None = None
    weight: Severity | None = None

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.weight or self.code.severity

    @property
    def is_error(self) -> bool:
        """Whether the ruleset or the data cannot be used."""
        return self.severity is Severity.ERROR


def told(
    code: Code,
    message: str,
    span: Span,
    label: str = "",
    way_out: str | None = None,
    related: Sequence[Label] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """Return a diagnostic of a place, with what is to be said there and what to do."""
    return Diagnostic(code, message, Label(span, label), tuple(related), (), way_out, fix)


def replacement(title: str, span: Span, text: str, applicability: Applicability = Applicability.UNSAFE) -> Fix:
    """Return the fix that writes a text in the place of another."""
    return Fix(title, (Edit(span, text),), applicability)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics by file, place and code, each once."""

    def place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
        if diagnostic.label is None:
            return ("", 0, 0, diagnostic.code.number)
        span = diagnostic.label.span
        return (span.source.name, span.start, span.end, diagnostic.code.number)

    return tuple(sorted(dict.fromkeys(diagnostics), key=place))


def each_once(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Leave out what was said before: rulesets that import one file find the same in it."""

    def said(one: Diagnostic) -> tuple[object, ...]:
        span = one.label.span if one.label else None
        return one.code, one.message, span and (Path(span.source.name).resolve(), span.start, span.end)

    found: dict[tuple[object, ...], Diagnostic] = {}
    for one in diagnostics:
        found.setdefault(said(one), one)
    return list(found.values())
