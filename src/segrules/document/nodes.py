"""What a YAML file says, as nodes that know their places.

Every scalar stays text: `NO` is Norway and `012` is text until the reader of a key asks for something else. A value
that could not be read is `Unreadable`: it has been reported, and nothing more is to be said about it or its key.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from segrules.diagnostics.source import Passage, Span
from segrules.document.scalar_offsets import folded_blanks, offsets_of


class Style(StrEnum):
    """How a scalar is written."""

    PLAIN = "plain"
    SINGLE = "single-quoted"
    DOUBLE = "double-quoted"
    LITERAL = "literal"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; an empty plain one stands where a key or a dash has nothing behind it.

    `span` holds the quotes or the `|` line, but no anchor. `alias` is the place of the `*name` that brought the
    node here from where it is written.
    """

    value: str
    style: Style
    span: Span
    alias: Span | None = None

    @property
    def passage(self) -> Passage:
        """The value, each of its characters with its place in the file, which is worked out on first use."""
        return Passage(self.value, self.span.source, lambda: offsets_of(self.value, self.span))

    @property
    def expression(self) -> Passage:
        r"""The passage to read as an expression: as long as the value, but with \n where folding made a blank.

        Otherwise a `#` comment in a folded scalar would swallow the lines behind it.
        """
        if self.span.text.isprintable():
            return self.passage
        source = self.span.source
        offsets = offsets_of(self.value, self.span)
        return Passage(folded_blanks(self.value, source.text, offsets), source, lambda: offsets)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, in block or flow style."""

    items: tuple[Node, ...]
    span: Span
    alias: Span | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file; no key stands twice."""

    entries: tuple[Entry, ...]
    span: Span
    alias: Span | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A value that could not be read; a diagnostic has said so."""

    span: Span
    alias: Span | None = None


Node = Scalar | Sequence | Mapping | Unreadable
