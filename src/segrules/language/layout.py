"""The layout of an expression: blanks between its tokens, one spelling for each, and where its lines break.

The tokens stay as they are and where they are, brackets and comments too. A line break of the author's stays before
`and`, `or`, a sign, `where`, `then` or `else`, and behind a comma; a line that is too long gets more of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from segrules.language.lines import Line, columns
from segrules.language.tokens import Token, scan

_OPERATORS = frozenset({"PLUS", "MINUS", "TIMES", "AND", "OR"})
_BEGIN_A_LINE = _OPERATORS | {"WHERE", "THEN", "ELSE"}
_END_A_LINE = frozenset({"COMMA", "THEN", "ELSE"})
_END_AN_OPERAND = frozenset({"LITERAL", "DURATION", "NAME", "RIGHT", "PRESENCE", "ALL", "DESCENDING"})
_LOOSEST_FIRST = ("ELSE", "OR", "AND")
_STEP = 2

_COMMENT = re.compile(r"#[^\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")


def on_one_line(text: str) -> str | None:
    """Return an expression on one line, None if a comment in it needs more of them."""
    pieces = _pieces(text)
    if any(piece.trailing or piece.above for piece in pieces):
        return None
    return "".join(piece.gap + piece.text for piece in pieces).strip()


def on_lines(text: str, width: int) -> list[Line]:
    """Return the lines of an expression, so that each takes at most so many columns, where that can be had."""
    rows = _rows(_pieces(text))
    while True:
        lines = list(_placed(rows))
        too_long = (at for at, line in enumerate(lines) if columns(line.text) > width)
        broken = next((at for at in too_long if _break_points(rows[at])), None)
        if broken is None:
            return lines
        rows[broken : broken + 1] = _broken(rows[broken])


def spelling(text: str) -> tuple[str, ...]:
    """Return the tokens of an expression in their canonical spelling: two that have the same mean the same."""
    return tuple(_spelled(token) for token in scan(text))


def comments(text: str) -> tuple[str, ...]:
    """Return the comments in an expression, in order."""
    pieces = _pieces(text)
    return tuple(comment for piece in pieces for comment in (piece.trailing, *piece.above) if comment)


@dataclass(slots=True)
class _Piece:
    """A token as it will be written, with the blanks before it; the last, without text, stands for the end.

    `trailing` is the comment behind the token before it, and `above` are those on lines of their own.
    """

    kind: str
    text: str
    gap: str
    depth: int
    breaks: bool = False
    blank: bool = False
    trailing: str = ""
    column: int = 0
    above: list[str] = field(default_factory=list)


def _pieces(text: str) -> list[_Piece]:
    tokens = scan(text)
    found: list[_Piece] = []
    end = 0
    for token, role, depth in _with_roles(tokens):
        piece = _Piece(role, _spelled(token), _gap(found, role), depth)
        _note_gap(piece, text, end, token.start, first=not found)
        found.append(piece)
        end = token.end
    last = _Piece("END", "", "", 0)
    _note_gap(last, text, end, len(text), first=not found)
    return [*found, last]


def _with_roles(tokens: Sequence[Token]) -> Iterator[tuple[Token, str, int]]:
    """Yield tokens with what they are, telling signs and ends of intervals apart, and how many brackets are open."""
    intervals = [0]
    before = ""
    for token in tokens:
        role = token.type.lstrip("_")
        if role == "RIGHT" and len(intervals) > 1:
            intervals.pop()
        if role == "MINUS" and before not in _END_AN_OPERAND:
            role = "SIGN"
        if role == "BETWEEN":
            intervals[-1] += 1
        elif role == "AND" and intervals[-1]:
            intervals[-1] -= 1
            role = "TO"
        yield token, role, len(intervals) - 1
        if role == "LEFT":
            intervals.append(0)
        before = role


def _gap(before: Sequence[_Piece], role: str) -> str:
    last = before[-1].kind if before else "LEFT"
    is_call = last == "NAME" and role == "LEFT"
    return "" if is_call or last in ("LEFT", "SIGN", "DOT") or role in ("RIGHT", "COMMA", "DOT") else " "


def _spelled(token: Token) -> str:
    match token.kind:
        case "EQUAL":
            return "="
        case "TEXT" if "'" not in token.text and '""' not in token.text[1:-1]:
            return f"'{token.text[1:-1]}'"
        case "TEXT":
            return token.text
        case "PERCENT":
            return "".join(token.text.split())
        case _:
            return " ".join(token.text.split())


def _note_gap(piece: _Piece, text: str, start: int, end: int, *, first: bool) -> None:
    """Note the comments and line ends between two tokens at the second of them."""
    lines = _LINE_END.split(text[start:end])
    found = [comment[0].rstrip() if (comment := _COMMENT.search(line)) else "" for line in lines]
    if found[0] and not first:
        piece.trailing = found.pop(0)
        piece.column = start + lines[0].index("#") - (max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1)
    piece.above = [comment for comment in found if comment]
    piece.breaks = len(lines) > 1
    piece.blank = any(not line.strip() for line in lines[1:-1])


@dataclass(slots=True)
class _Row:
    """A line before it is known where it begins; `own` is a comment that has the line for itself."""

    pieces: list[_Piece]
    own: str = ""
    comment: str = ""
    column: int = 0
    blank: bool = False


def _rows(pieces: Sequence[_Piece]) -> list[_Row]:
    rows: list[_Row] = [_Row([])]
    for piece in pieces:
        above = rows[-1].pieces
        if piece.trailing:
            rows[-1].comment, rows[-1].column = piece.trailing, piece.column
        blank = piece.blank and bool(rows[0].pieces)
        for comment in piece.above:
            rows.append(_Row([], comment, blank=blank))
            blank = False
        moved = _moved_down(piece, above)
        if moved or piece.trailing or piece.above or _breaks_before(piece, above):
            rows.append(_Row([*moved, piece], blank=blank))
        else:
            above.append(piece)
    return [row for row in rows if row.own or any(piece.text for piece in row.pieces)]


def _breaks_before(piece: _Piece, above: Sequence[_Piece]) -> bool:
    may_break = piece.kind in _BEGIN_A_LINE or bool(above and above[-1].kind in _END_A_LINE)
    return piece.breaks and piece.text != "" and bool(above) and may_break


def _moved_down(piece: _Piece, above: list[_Piece]) -> list[_Piece]:
    """Take the operator at the end of a line, which should begin the next, off that line."""
    comments = piece.trailing or piece.above
    if piece.breaks and piece.text and not comments and len(above) > 1 and above[-1].kind in _OPERATORS:
        return [above.pop()]
    return []


def _break_points(row: _Row) -> list[int]:
    """Return where a line that is too long breaks: at the loosest of its words that stand in the fewest brackets."""
    within = [(piece.depth, _LOOSEST_FIRST.index(piece.kind), at) for at, piece in enumerate(row.pieces)
              if at and piece.kind in _LOOSEST_FIRST]  # fmt: skip
    return [at for *rank, at in within if rank == list(min(within)[:2])]


def _broken(row: _Row) -> list[_Row]:
    points = [0, *_break_points(row), len(row.pieces)]
    parts = [_Row(row.pieces[start:end]) for start, end in pairwise(points)]
    parts[0].blank = row.blank
    parts[-1].comment, parts[-1].column = row.comment, row.column
    return parts


@dataclass(slots=True)
class _Bracket:
    """Where lines inside an open bracket begin; `where` is the column behind that word, if it was met."""

    base: int
    where: int | None = None


def _placed(rows: Sequence[_Row]) -> Iterator[Line]:
    """Yield the lines, each indented by what it goes on with. A comment stands above the line that it is about."""
    brackets = [_Bracket(0)]
    before = ""
    waiting: list[Line] = []
    for row in rows:
        if row.own:
            waiting.append(Line("", row.own, blank=row.blank))
            continue
        start = _indent(row.pieces[0].kind, before, brackets)
        for line in waiting:
            line.text = " " * start
        yield from waiting
        waiting = []
        yield Line(" " * start + _row_text(row.pieces, start, brackets), row.comment, row.column, row.blank)
        before = next(piece.kind for piece in reversed(row.pieces) if piece.text)
    yield from waiting


def _indent(kind: str, before: str, brackets: Sequence[_Bracket]) -> int:
    bracket = brackets[-1]
    if not before:
        return 0
    if bracket.where is not None:
        return bracket.where - len(kind) if kind in ("AND", "OR") else bracket.where + 1
    if before in ("THEN", "ELSE"):
        return bracket.base + _STEP
    goes_on = kind in _BEGIN_A_LINE or len(brackets) > 1
    return bracket.base if goes_on else bracket.base + _STEP


def _row_text(pieces: Iterable[_Piece], start: int, brackets: list[_Bracket]) -> str:
    text = ""
    for piece in pieces:
        text += (piece.gap if text else "") + piece.text
        end = start + columns(text)
        if piece.kind == "LEFT":
            brackets.append(_Bracket(end))
        elif piece.kind == "RIGHT" and len(brackets) > 1:
            brackets.pop()
        elif piece.kind == "WHERE":
            brackets[-1].where = end
    return text
