"""What a YAML file says, as nodes that know their places.

Every scalar stays text: `NO` is Norway and `012` is text until the reader of a key asks for something else. A value
that could not be read is `Unreadable`: it has been reported, and nothing more is to be said about it or its key.
"""

from __future__ import annotations

from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from segrules.diagnostics.source import Passage, Span
from segrules.document.scalar_offsets import folded_blanks, offsets_of


class Style(StrEnum):
    """How a scalar is written."""

    PLAIN = "plain"
    SINGLE = "single-quoted"
    DOUBLE = "double-quoted"
    LITERAL = "literal"
    FOLDED = "folded"


@dataclass(frozen=True)
class Scalar:
    """A text; an empty plain one stands where a key or a dash has nothing behind it.

    `span` holds the quotes or the `|` line, but no anchor. `alias` is the place of the `*name` that brought the
    node here from where it is written.
    """

    value: str
    style: Style
    span: Span
    alias: Span | None = None

    @cached_property
    def passage(self) -> Passage:
        """The value, each of its characters with its place in the file."""
        return Passage(self.value, self.span.source, self._offsets)

    @cached_property
    def expression(self) -> Passage:
        r"""The passage to read as an expression: as long as the value, but with \n where folding made a blank.

        Otherwise a `#` comment in a folded scalar would swallow the lines behind it.
        """
        if self.span.text.isprintable():
            return self.passage
        text = folded_blanks(self.value, self.span.source.text, self.passage.offsets)
        return Passage(text, self.span.source, lambda: self.passage.offsets)

    def _offsets(self) -> SequenceOf[int]:
        return offsets_of(self.value, self.span)


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


def used_at(node: Node, alias: Span) -> Node:
    """Return a node as it stands where an alias names it."""
    return replace(node, alias=alias)
