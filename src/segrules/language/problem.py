"""How a mistake in an expression becomes a diagnostic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.source import Span

_LONGEST = 60
_QUOTED = re.compile(r"`([^`]*)`")


def problem(
    code: Code,
    message: str,
    span: Span,
    label: str = "",
    help: str | None = None,  # noqa: A002
    *,
    related: Sequence[Label] = (),
    notes: Sequence[str] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """Return a diagnostic of one place; what it quotes of the author's text is kept short."""
    way_out = None if help is None else _brief(help)
    return Diagnostic(code, _brief(message), Label(span, _brief(label)), tuple(related), tuple(notes), way_out, fix)


def fixed_by(title: str, *edits: tuple[Span, str], safe: bool = False) -> Fix:
    """Return a fix that replaces what stands at some places; `safe` says that it may be done unasked."""
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    return Fix(_brief(title), tuple(Edit(span, text) for span, text in edits), applicability)


def start_of(span: Span) -> Span:
    """Return the place directly before a span."""
    return span.source.span(span.start, span.start)


def end_of(span: Span) -> Span:
    """Return the place directly behind a span."""
    return span.source.span(span.end, span.end)


def respelled(code: Code, message: str, span: Span, right: str, *, notes: Sequence[str] = ()) -> Diagnostic:
    """Return a diagnostic of one place that should read as another text."""
    way_out = f"write `{right}`"
    fix = fixed_by(way_out, (span, _apart(span, right)), safe=True)
    return problem(code, message, span, help=way_out, notes=notes, fix=fix)


def _apart(span: Span, word: str) -> str:
    """Return a word with a blank on each side where it would grow together with its neighbour: `a&&b`."""
    if not word[:1].isalpha():
        return word
    before, after = span.source.text[max(0, span.start - 1) : span.start], span.source.text[span.end : span.end + 1]
    return f"{' ' * before.isalnum()}{word}{' ' * after.isalnum()}"


def doubtful(diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic whose fix is offered and not applied unasked."""
    fix = diagnostic.fix
    return replace(diagnostic, fix=replace(fix, applicability=Applicability.UNSAFE)) if fix else diagnostic


def _brief(text: str) -> str:
    """Return a text whose quoted parts are on one line each, without their middle where they are long."""
    return _QUOTED.sub(lambda quoted: f"`{_on_one_line(quoted[1])}`", text)


def _on_one_line(written: str) -> str:
    if len(written) <= _LONGEST:
        return " ".join(written.split()) if "\n" in written else written
    words = " ".join(written.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]} … {words[-_LONGEST // 3 :]}"
