"""Text that came from somewhere, and places in it.

A `Source` is a file as text. A `Span` is a stretch of it, in code points from its start. A `Passage` is a text
that was read out of a source, such as an expression inside a folded YAML scalar, together with where each of its
characters stands in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Position:
    """A place as people say it: line and column, both from 1, the column in code points."""

    line: int
    column: int


@dataclass(frozen=True, eq=False)
class Source:
    """A file's name, as the user gave it, and its text (code points, a byte-order mark included)."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        r"""The offset of the first character of every line; lines end with \n, \r\n or \r."""
        starts = [0]
        text = self.text
        for offset, character in enumerate(text):
            if character == "\n" or (character == "\r" and text[offset + 1 : offset + 2] != "\n"):
                starts.append(offset + 1)
        return tuple(starts)

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset."""
        line = bisect_right(self.line_starts, offset)
        start = self.line_starts[line - 1]
        column = offset - start + 1
        if start == 0 and self.text.startswith("\ufeff"):
            column = max(1, column - 1)
        return Position(line, column)

    def line(self, number: int) -> str:
        """Return the text of a line, from 1, without its line end and byte-order mark."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n").removeprefix("\ufeff")

    def span(self, start: int, end: int) -> Span:
        """Return the span from `start` up to, not including, `end`."""
        return Span(self, start, end)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source: offsets in code points, `end` not included."""

    source: Source
    start: int
    end: int

    @property
    def position(self) -> Position:
        """Where the span begins."""
        return self.source.position(self.start)

    @property
    def end_position(self) -> Position:
        """Where the span ends: the column behind its last character."""
        return self.source.position(self.end)

    @property
    def text(self) -> str:
        """What stands there."""
        return self.source.text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """Return the span from the start of this one to the end of the other."""
        return Span(self.source, self.start, max(self.end, other.end))

    def __str__(self) -> str:
        """Return `file:line:column`."""
        position = self.position
        return f"{self.source.name}:{position.line}:{position.column}"


@dataclass(frozen=True)
class Passage:
    """A text read out of a source; `locate` gives the file offset of each of its characters, and of its end.

    Replaying a scalar costs more than most callers need, so the offsets are worked out on first use.
    """

    text: str
    source: Source
    locate: Callable[[], Sequence[int]] = field(repr=False, compare=False)

    @cached_property
    def offsets(self) -> Sequence[int]:
        """The file offset of every character of `text`, then of its end: `len(text) + 1` of them."""
        return self.locate()

    def span(self, start: int, end: int) -> Span:
        """Return where the characters `start` to `end` (not included) of the text stand in the file."""
        offsets = self.offsets
        if end <= start:
            return Span(self.source, offsets[start], offsets[start])
        return Span(self.source, offsets[start], offsets[end - 1] + 1)

    @property
    def whole(self) -> Span:
        """Where the whole text stands."""
        return self.span(0, len(self.text))

    def part(self, start: int, end: int) -> Passage:
        """Return a part of this passage as a passage of its own."""
        return Passage(self.text[start:end], self.source, lambda: self.offsets[start : end + 1])


def passage_of(source: Source) -> Passage:
    """Return a whole source as a passage, each character at its own place."""
    return Passage(source.text, source, lambda: range(len(source.text) + 1))
