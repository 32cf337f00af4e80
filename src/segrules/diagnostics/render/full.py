"""Diagnostics for people: the headline, the lines it is about with the words underlined, and the way out.

error[SR204] unknown-name: `certifcations` is not a name here
  --> ruleset.yaml:14:15
   |
14 |         when: certifcations > 5
   |               ^^^^^^^^^^^^^ unknown
help: did you mean `certifications`?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Label
from segrules.diagnostics.render.cells import printable
from segrules.diagnostics.render.excerpt import Frame, Mark, excerpt, marks_of
from segrules.diagnostics.render.paint import OF_SEVERITY, Style, painted
from segrules.diagnostics.source import Source

_OPTIONS = {Applicability.SAFE: "--fix", Applicability.UNSAFE: "--unsafe-fixes"}


def render(diagnostics: Iterable[Diagnostic], *, colour: bool = False, fixes: bool = False) -> str:
    """Return diagnostics as paragraphs with an empty line between them.

    `colour` adds ANSI colours, `fixes` the option of `check` that mends a diagnostic.
    """
    return "\n".join("\n".join(_paragraph(diagnostic, colour, fixes)) + "\n" for diagnostic in diagnostics)


def _paragraph(diagnostic: Diagnostic, colour: bool, fixes: bool) -> Iterator[str]:
    style = OF_SEVERITY[diagnostic.severity]
    code = painted(f"{diagnostic.severity}[{diagnostic.code.number}]", style, colour=colour)
    message = f"{diagnostic.code.slug}: {_hanging(diagnostic.message, 4)}"
    yield f"{code} {painted(message, Style.BOLD, colour=colour)}"
    yield from _places(diagnostic, Frame(_gutter(diagnostic), colour))
    if (way_out := _way_out(diagnostic, fixes)) is not None:
        yield f"{painted('help:', Style.HELP, colour=colour)} {_hanging(way_out, 6)}"
    for note in diagnostic.notes:
        yield f"{painted('note:', Style.BOLD, colour=colour)} {_hanging(note, 6)}"


def _way_out(diagnostic: Diagnostic, fixes: bool) -> str | None:
    fix = diagnostic.fix
    option = _OPTIONS.get(fix.applicability) if fix and fixes else None
    if fix is None or option is None:
        return diagnostic.help
    return f"{diagnostic.help or fix.title} ({option} does that)"


def _gutter(diagnostic: Diagnostic) -> int:
    return max((len(str(label.span.end_position.line)) for label in _labels(diagnostic)), default=1)


def _labels(diagnostic: Diagnostic) -> list[Label]:
    return [*([diagnostic.label] if diagnostic.label else []), *diagnostic.related]


def _places(diagnostic: Diagnostic, frame: Frame) -> Iterator[str]:
    labels: dict[Source, list[Label]] = {}
    for label in _labels(diagnostic):
        labels.setdefault(label.span.source, []).append(label)
    for index, (source, there) in enumerate(labels.items()):
        arrow = painted(":::" if index else "-->", Style.FRAME, colour=frame.colour)
        yield f"{'':{frame.gutter}}{arrow} {printable(str(there[0].span))}"
        yield from excerpt(source, [mark for label in there for mark in _marks(diagnostic, label)], frame)


def _marks(diagnostic: Diagnostic, label: Label) -> list[Mark]:
    if label is diagnostic.label:
        return marks_of(label, "^", OF_SEVERITY[diagnostic.severity])
    return marks_of(label, "-", Style.RELATED)


def _hanging(text: str, indent: int) -> str:
    """Return a text whose further lines stand below its first."""
    return printable(text).replace("\n", "\n" + " " * indent)
