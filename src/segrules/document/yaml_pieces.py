"""A YAML file as its author laid it out: values with their anchors and styles, and all comments, each with its place.

`yaml_reader` reads what a file says; this is for whoever writes it again. All offsets are those of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from segrules.document.comments import comments_between
from segrules.document.scalar_offsets import content_start

BLOCKS = ("|", ">")
"""The styles of a scalar that stands on the lines below its key."""


@dataclass(frozen=True, slots=True)
class ScalarPiece:
    """A scalar: from its quotes or `|` line on, to its end, which for a block is that of its last line with text.

    `style` is the first character: a quote, `|`, `>`, or nothing.
    """

    start: int
    end: int
    value: str
    style: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class AliasPiece:
    """`*name`."""

    start: int
    end: int
    name: str
    anchor: None = None


@dataclass(frozen=True, slots=True)
class SequencePiece:
    """A list; `flow` if it stands in brackets."""

    start: int
    end: int
    flow: bool
    items: tuple[Piece, ...]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class MappingPiece:
    """Keys with values; `flow` if it stands in braces."""

    start: int
    end: int
    flow: bool
    entries: tuple[tuple[Piece, Piece], ...]
    anchor: str | None = None


Piece = ScalarPiece | AliasPiece | SequencePiece | MappingPiece


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment without the blanks around it; `own` if nothing stands before it on its line."""

    start: int
    text: str
    own: bool


@dataclass(frozen=True, slots=True)
class Pieces:
    """A file: its one root, its comments in order, those of expressions left out, and where its `---` stands."""

    text: str
    root: Piece
    comments: tuple[Comment, ...]
    marker: int | None


def read_pieces(text: str) -> Pieces:
    r"""Return the pieces of a text that `read_yaml` finds nothing wrong with, and whose lines end with \n."""
    events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
    next(events)
    document = next(events)
    marker = text.index("---", document.start_mark.index) if document.explicit else None
    root = _piece(text, events, next(events))
    return Pieces(text, root, tuple(_comments(text, root)), marker)


def leaves(piece: Piece) -> Iterator[ScalarPiece | AliasPiece]:
    """Yield the scalars and aliases of a piece, keys too, in the order of the file."""
    match piece:
        case MappingPiece(entries=entries):
            for key, value in entries:
                yield from leaves(key)
                yield from leaves(value)
        case SequencePiece(items=items):
            for item in items:
                yield from leaves(item)
        case _:
            yield piece


def _piece(text: str, events: Iterator[Any], event: Any) -> Piece:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.AliasEvent):
        return AliasPiece(start, end, str(event.anchor))
    if event.anchor:
        start = content_start(text, start, len(text))
    if isinstance(event, yaml.ScalarEvent):
        style = event.style or ""
        end = _end_of_scalar(text, start, end, event.value, style)
        return ScalarPiece(start, end, event.value, style, event.anchor)
    parts: list[Piece] = []
    for inner in events:
        end = inner.end_mark.index
        if isinstance(inner, yaml.CollectionEndEvent):
            break
        parts.append(_piece(text, events, inner))
    if parts and text[start : start + 1] not in ("{", "["):
        end = parts[-1].end
    if isinstance(event, yaml.SequenceStartEvent):
        return SequencePiece(start, end, bool(event.flow_style), tuple(parts), event.anchor)
    entries = tuple(zip(parts[::2], parts[1::2], strict=True))
    return MappingPiece(start, end, bool(event.flow_style), entries, event.anchor)


def _end_of_scalar(text: str, start: int, end: int, value: str, style: str) -> int:
    return _end_of_block(text, start, end, value) if style in BLOCKS else max(start, end)


def _end_of_block(text: str, start: int, end: int, value: str) -> int:
    """Return the end of the last line that is text, be it of blanks only; blanks at its end are text too."""
    words = value.rstrip("\n ")
    lines = value[len(words) :].rstrip("\n").count("\n") + (not words and " " in value)
    at = start + len(text[start:end].rstrip("\n "))
    for _ in range(lines):
        at = text.index("\n", at) + 1
    found = text.find("\n", at, end)
    return end if found < 0 else found


def _comments(text: str, root: Piece) -> Iterator[Comment]:
    scalars = ((leaf.start, leaf.end) for leaf in leaves(root) if leaf.start < leaf.end)
    for start, end in comments_between(text, scalars):
        before = text[text.rfind("\n", 0, start) + 1 : start]
        yield Comment(start, text[start:end].rstrip(), own=not before.strip())
