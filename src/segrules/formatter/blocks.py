"""Lists and mappings without brackets: what is below something stands two columns further right, lists too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segrules.document.written import Formula
from segrules.document.yaml_pieces import BLOCKS, Comment, MappingPiece, Piece, Pieces, ScalarPiece, SequencePiece
from segrules.formatter.comments import Comments
from segrules.formatter.flow import FlowWriter, anchored, is_on_one_line
from segrules.formatter.roles import Role
from segrules.formatter.scalars import WIDEST, in_block, in_flow
from segrules.language.lines import Line, columns, written

STEP = 2
WIDEST_IN_BRACKETS = 100
"""The columns that an expression may take inside brackets."""

Collection = MappingPiece | SequencePiece


def write(pieces: Pieces, roles: Mapping[int, Role]) -> str:
    """Return the text of a file in its canonical layout."""
    writer = _BlockWriter(pieces, roles)
    writer.whole()
    return "\n".join(written(writer.lines)) + "\n"


_REST_OF_LINE = re.compile(r"(?:[|>][0-9+-]*)?[ \t,\]}]*(?:#[^\n]*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Level:
    """An open collection: the column in which its members stood, and that in which they stand now."""

    column: int
    indent: int


class _BlockWriter:
    """Writes line by line. `_levels` are the collections around what was written last, the outermost first."""

    def __init__(self, pieces: Pieces, roles: Mapping[int, Role]) -> None:
        self.lines: list[Line] = []
        self._pieces = pieces
        self._text = pieces.text
        self._roles = roles
        self._comments = Comments(pieces)
        self._levels: list[_Level] = []
        self._empty_line = False
        self._takes_no_empty_line = True

    def whole(self) -> None:
        """Write the whole file."""
        root = self._pieces.root
        if self._pieces.marker is not None:
            self._lead(self._pieces.marker, 0)
            self._add([Line("---")])
        if self._is_block(root):
            self._collection(root, 0, is_top=True)
        else:
            self._lead(root.start, 0)
            self._add(self._lines("", root, 0))
        self._lead(len(self._text) + 1, 0)

    # Collections

    def _collection(self, piece: Piece, indent: int, *, is_top: bool = False) -> None:
        if isinstance(piece, SequencePiece):
            self._items(piece, indent)
        elif isinstance(piece, MappingPiece):
            self._entries(piece, indent, is_top=is_top)

    def _entries(self, piece: MappingPiece, indent: int, *, is_top: bool) -> None:
        above: Piece | None = None
        for key, value in piece.entries:
            assert isinstance(key, ScalarPiece)  # `read_yaml` takes no other
            apart = is_top and above is not None and (self._is_block(value) or self._is_block(above))
            self._lead(key.start, indent, apart=apart)
            self._value(value, " " * indent + anchored(key) + in_flow(self._text, key, None) + ":", indent, key.end)
            above = value

    def _items(self, piece: SequencePiece, indent: int) -> None:
        end = piece.start
        for item in piece.items:
            dash = item.start if piece.flow else self._dash(end, item.start)
            self._lead(dash, indent)
            if self._is_block(item) and not item.anchor and not self._comments.any_before(item.start):
                self._compact(item, indent)
            else:
                self._value(item, " " * indent + "-", indent, dash + 1)
            end = max(item.end, dash + 1)

    def _compact(self, item: Piece, indent: int) -> None:
        """Write a collection whose first line is that of its dash."""
        at = len(self.lines)
        self._takes_no_empty_line = True
        self._collection(item, indent + STEP)
        self.lines[at].text = " " * indent + "- " + self.lines[at].text[indent + STEP :]

    def _dash(self, start: int, end: int) -> int:
        """Return where the dash of an item stands: the first behind the item above that is in no comment."""
        at = self._text.find("-", start)
        for comment in self._comments.between(start, end):
            if comment.start < at:
                at = self._text.find("-", comment.start + len(comment.text))
        return at

    def _is_block(self, piece: Piece) -> bool:
        """Return whether a list or mapping stands without brackets, or should, as an expression in it is too long.

        A comment behind its brackets keeps them, as it is about all that is in them, and so does one that asks for
        something on its line to be ignored.
        """
        if not isinstance(piece, (MappingPiece, SequencePiece)):
            return False
        if not piece.flow or not is_on_one_line(piece, self._comments):
            return not piece.flow
        if self._comments.any_behind(piece.end) or self._comments.ignore_on_line(piece.start):
            return False
        members = piece.items if isinstance(piece, SequencePiece) else (value for _, value in piece.entries)
        return any(self._is_long(member) for member in members)

    def _is_long(self, piece: Piece) -> bool:
        if not isinstance(piece, ScalarPiece) or self._roles.get(piece.start) is not Formula:
            return False
        return columns(in_flow(self._text, piece, Formula)) > WIDEST_IN_BRACKETS

    # Values

    def _value(self, value: Piece, begun: str, indent: int, end: int) -> None:
        """Write a value behind or below its key or dash, which ended at an offset of the file."""
        if self._is_block(value):
            self._add([Line(f"{begun} {anchored(value)}".rstrip())])
            self._takes_no_empty_line = True
            self._collection(value, indent + STEP)
        elif self._comments.any_before(value.start):
            self._add([Line(begun)])
            self._takes_no_empty_line = True
            self._lead(value.start, indent + STEP)
            self._add(self._lines(" " * (indent + STEP), value, indent))
        else:
            self._add(self._beside_or_below(value, begun, indent, end))

    def _beside_or_below(self, value: Piece, begun: str, indent: int, end: int) -> list[Line]:
        """Return a value beside its key, or, if it stood below and does not fit on that line, below."""
        taken = self._comments.taken
        beside = self._lines(begun + " ", value, indent)
        fits = len(beside) == 1 and columns(beside[0].text) <= WIDEST
        if fits or self._is_written_as_block(value, beside) or not self._comments.line_ends_between(end, value.start):
            return beside
        self._comments.taken = taken
        return [Line(begun), *self._lines(" " * (indent + STEP), value, indent)]

    def _is_written_as_block(self, value: Piece, lines: Sequence[Line]) -> bool:
        """Return whether the lines of a value begin with `|` or `>`, which stands beside the key."""
        is_expression = self._roles.get(value.start) is Formula and len(lines) > 1
        return isinstance(value, ScalarPiece) and (value.style in BLOCKS or is_expression)

    def _lines(self, begun: str, value: Piece, indent: int) -> list[Line]:
        """Return the lines of a value that is no block collection, the first of which has begun already."""
        if not isinstance(value, ScalarPiece):
            writer = FlowWriter(self._text, self._roles, self._comments, begun)
            writer.write(value)
            return writer.lines
        begun += anchored(value)
        laid = in_block(self._text, value, self._roles.get(value.start), indent + STEP, WIDEST - columns(begun))
        lines = [Line((begun + laid.head).rstrip())]
        for comment in self._comments.before(self._end_of_head(value) if laid.head[:1] in BLOCKS else 0):
            self._put_behind(lines, comment)
        margin = " " * (indent + STEP)
        lines += [Line(margin + line if line else "") for line in laid.below]
        lines[-1].open_ended = laid.open_ended
        return lines

    def _end_of_head(self, value: ScalarPiece) -> int:
        """Return up to where comments stand that belong on the line on which a block begins, and not into its text.

        Where it was no block before, those behind the value do so too.
        """
        rest = _REST_OF_LINE.match(self._text, value.start if value.style in BLOCKS else value.end)
        return rest.end() if rest else 0

    # Lines

    def _lead(self, offset: int, indent: int, *, apart: bool = False) -> None:
        """Write the comments that stand before something, and note whether it has an empty line above.

        `apart` asks for one in any case.
        """
        column = self._comments.column(offset)
        above = self._comments_above(offset, indent, column)
        empty_line = self._comments.empty_line_above(offset)
        if apart and not empty_line:
            empty_line = self._set_apart([line for line in above if len(line.text) == indent])
        self._levels = [*(level for level in self._levels if level.indent < indent), _Level(column, indent)]
        for line in above:
            self._ask_for_empty_line(line.blank)
            self._add([line])
        self._ask_for_empty_line(empty_line)

    def _comments_above(self, offset: int, indent: int, column: int) -> list[Line]:
        """Return the comments on lines of their own before something; those behind what was written last are put there.

        One that stands further right than what follows belongs to a collection that has ended, if it stood in line with
        its members or behind.
        """
        ended = [level for level in self._levels if level.indent > indent and level.column > column]
        above: list[Line] = []
        for comment in self._comments.before(offset):
            if not comment.own and not above and self.lines:
                self._put_behind(self.lines, comment)
                continue
            stood = self._comments.column(comment.start)
            margin = max((level.indent for level in ended if level.column <= stood), default=indent)
            ended = [level for level in ended if level.indent <= margin]
            blank = self._comments.empty_line_above(comment.start)
            above.append(Line(" " * margin, comment.text, blank=blank))
        return above

    def _set_apart(self, comments: Sequence[Line]) -> bool:
        """Have an empty line above the comments on something, or, where there are none, return that it needs one."""
        if comments and not any(line.blank for line in comments):
            comments[0].blank = True
        return not comments

    def _ask_for_empty_line(self, wanted: bool) -> None:
        self._empty_line |= wanted and not self._takes_no_empty_line

    def _add(self, lines: Sequence[Line]) -> None:
        lines[0].blank = self._empty_line
        self.lines += lines
        self._empty_line = False
        self._takes_no_empty_line = lines[-1].open_ended

    def _put_behind(self, lines: list[Line], comment: Comment) -> None:
        """Write a comment behind the last line, or below if there is one already."""
        if lines[-1].comment:
            lines.append(Line(" " * (len(lines[-1].text) - len(lines[-1].text.lstrip())), comment.text))
        else:
            lines[-1].comment, lines[-1].column = comment.text, self._comments.column(comment.start)
