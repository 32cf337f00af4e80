"""Lines of a source with marks under the stretches that labels are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from segrules.diagnostics.diagnostic import Label
from segrules.diagnostics.render.cells import Cell, cells, printable, width
from segrules.diagnostics.render.paint import Style, painted
from segrules.diagnostics.source import Source, Span

LONGEST = 120
"""Columns of a line that are shown; of a longer one a window around the mark."""

_WHOLE_SPAN = 5
"""Lines up to which a span is shown in full."""

_CUT = Cell("…", 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one line to underline: `start` and `end` count the characters of the line from 0."""

    line: int
    start: int
    end: int
    sign: str
    style: Style
    text: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """The part of a line that is shown: the characters from `first` on; `cut` is the `…` before them, if any."""

    first: int
    shown: tuple[Cell, ...]
    cut: tuple[Cell, ...] = ()
    cut_behind: tuple[Cell, ...] = ()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "".join(cell.shown for cell in (*self.cut, *self.shown, *self.cut_behind)).rstrip()

    def holds(self, mark: Mark) -> bool:
        """Return whether the mark begins in the part that is shown."""
        return self.first <= mark.start <= self.first + len(self.shown)

    def indent(self, mark: Mark) -> int:
        """Return the columns before the mark."""
        return width(self.cut) + width(self.shown[: mark.start - self.first])

    def signs(self, mark: Mark) -> str:
        """Return what stands below the characters of the mark."""
        return mark.sign * max(1, width(self.shown[mark.start - self.first : mark.end - self.first]))


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands to the left of the lines; `gutter` is the width of their numbers."""

    gutter: int
    colour: bool

    @property
    def empty(self) -> str:
        """The frame beside a line that has no number."""
        return painted(f"{'':{self.gutter}} |", Style.FRAME, colour=self.colour)

    @property
    def gap(self) -> str:
        """The frame where lines are left out."""
        return painted("...", Style.FRAME, colour=self.colour)

    def numbered(self, number: int) -> str:
        """Return the frame beside a line."""
        return painted(f"{number:{self.gutter}} |", Style.FRAME, colour=self.colour)


def marks_of(label: Label, sign: str, style: Style) -> list[Mark]:
    """Return a label's marks, one for each line of its span; its text stands at the last."""
    start = label.span.position
    stretches = [stretch for stretch in _stretches(label.span) if stretch[1] < stretch[2]]
    stretches = stretches or [(start.line, start.column - 1, start.column - 1)]
    if len(stretches) > _WHOLE_SPAN:
        stretches = [*stretches[: _WHOLE_SPAN - 2], stretches[-1]]
    *before, last = [Mark(*stretch, sign, style) for stretch in stretches]
    return [*before, replace(last, text=printable(label.text).replace("\n", " "))]


def _stretches(span: Span) -> Iterator[tuple[int, int, int]]:
    """Yield each line of a span with the first and the last character to mark, without indentation."""
    first, last = span.position, span.end_position
    for number in range(first.line, last.line + 1):
        line = span.source.line(number)
        start = first.column - 1 if number == first.line else len(line) - len(line.lstrip())
        end = last.column - 1 if number == last.line else len(line.rstrip())
        yield number, start, end


def excerpt(source: Source, marks: Iterable[Mark], frame: Frame) -> Iterator[str]:
    """Yield the marked lines of a source in order, each with its marks below."""
    yield frame.empty
    previous = None
    for number, on_line in groupby(sorted(marks, key=_line_of), key=_line_of):
        if previous is not None and number > previous + 1:
            yield frame.gap
        yield from _line(number, source.line(number), on_line, frame)
        previous = number


def _line_of(mark: Mark) -> int:
    return mark.line


def _line(number: int, text: str, marks: Iterable[Mark], frame: Frame) -> Iterator[str]:
    view: View | None = None
    for mark in marks:
        if view is None or not view.holds(mark):
            view = view_of(text, mark)
            yield f"{frame.numbered(number)} {view.text}".rstrip()
        signs = painted(f"{view.signs(mark)} {mark.text}".rstrip(), mark.style, colour=frame.colour)
        yield f"{frame.empty} {' ' * view.indent(mark)}{signs}"


def view_of(line: str, mark: Mark) -> View:
    """Return the line, or the part of it around the beginning of a mark."""
    if len(line) <= LONGEST and width(whole := cells(line)) <= LONGEST:
        return View(0, tuple(whole))
    first = max(0, min(mark.start - LONGEST // 3, len(line) - LONGEST // 2))
    around = cells(line[first : first + LONGEST])
    while width(around) > LONGEST:
        around.pop()
    cut = (_CUT,) if first else ()
    cut_behind = (_CUT,) if first + len(around) < len(line) else ()
    return View(first, tuple(around), cut, cut_behind)
