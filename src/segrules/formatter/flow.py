"""Lists and mappings in brackets: on the lines that the author gave them, each aligned behind its bracket."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from segrules.document.yaml_pieces import AliasPiece, MappingPiece, Piece, ScalarPiece, SequencePiece
from segrules.formatter.comments import Comments
from segrules.formatter.roles import Role
from segrules.formatter.scalars import in_flow
from segrules.language.lines import Line, columns


def anchored(piece: Piece) -> str:
    """Return the anchor of a piece with a blank behind it, if it has one."""
    return f"&{piece.anchor} " if piece.anchor else ""


def is_on_one_line(piece: Piece, comments: Comments) -> bool:
    """Return whether a piece in brackets is written on one line: no member of it begins another, and no comment."""
    members = _members(piece)
    breaks = any(comments.line_ends_between(above[-1].end, below[0].start) for above, below in pairwise(members))
    inner = (part for member in members for part in member)
    return (
        not breaks and not comments.between(piece.start, piece.end) and all(is_on_one_line(p, comments) for p in inner)
    )


def _members(piece: Piece) -> list[tuple[Piece, ...]]:
    """Return the items of a list, or the keys of a mapping with their values."""
    match piece:
        case SequencePiece(items=items):
            return [(item,) for item in items]
        case MappingPiece(entries=entries):
            return list(entries)
        case _:
            return []


class FlowWriter:
    """Writes a collection in brackets behind what stands on its first line already."""

    def __init__(self, text: str, roles: Mapping[int, Role], comments: Comments, begun: str) -> None:
        self._text = text
        self._roles = roles
        self._comments = comments
        self.lines = [Line(begun)]

    def write(self, piece: Piece) -> None:
        """Write a piece where the last line ends."""
        self._put(anchored(piece))
        match piece:
            case AliasPiece(name=name):
                self._put(f"*{name}")
            case ScalarPiece():
                self._put(in_flow(self._text, piece, self._roles.get(piece.start)))
            case SequencePiece():
                self._collection("[]", piece)
            case MappingPiece(entries=[entry]) if self._text[piece.start] != "{":
                self._member(entry, columns(self.lines[-1].text))
            case MappingPiece():
                self._collection("{}", piece)

    def _collection(self, brackets: str, piece: Piece) -> None:
        self._put(brackets[0])
        column = columns(self.lines[-1].text)
        end = piece.start + 1
        for at, member in enumerate(_members(piece)):
            self._gap(end, member[0].start, column, is_first=not at)
            self._member(member, column)
            end = member[-1].end
        if self._comments.any_before(piece.end):
            self._gap(end, piece.end, column - 1, is_first=True)
        self._put(brackets[1])

    def _member(self, member: tuple[Piece, ...], column: int) -> None:
        self.write(member[0])
        if len(member) == 1:
            return
        self._put(":")
        if self._comments.any_before(member[1].start):
            self._gap(member[0].end, member[1].start, column + 1, is_first=True)
        else:
            self._put(" ")
        self.write(member[1])

    def _gap(self, start: int, end: int, column: int, *, is_first: bool) -> None:
        """Write what stands between two members: a comma, comments, and a line end where there was one."""
        if not is_first:
            self._put(",")
        found = self._comments.before(end)
        for comment in found:
            if comment.own or self.lines[-1].comment:
                self.lines.append(Line(" " * column, comment.text))
            else:
                self.lines[-1].comment, self.lines[-1].column = comment.text, self._comments.column(comment.start)
        if found or (not is_first and self._comments.line_ends_between(start, end)):
            self.lines.append(Line(" " * column))
        elif not is_first:
            self._put(" ")

    def _put(self, text: str) -> None:
        self.lines[-1].text += text
