"""A scalar in its canonical form: an expression, a decision table, a text with holes, or a text."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from segrules.diagnostics.source import Passage, Source
from segrules.document.ignore_comments import has_ignores
from segrules.document.nodes import Scalar, Style
from segrules.document.quoting import in_quotes
from segrules.document.suite import WORDS_WITHOUT_QUOTES
from segrules.document.written import Choice, Flag, Formula, Sentence, TableBlock, Text
from segrules.document.yaml_pieces import BLOCKS, ScalarPiece
from segrules.formatter.quotes import hidden_characters, is_plain_words, needs_no_quotes
from segrules.formatter.roles import Role
from segrules.formatter.tables import table_lines
from segrules.language.layout import on_lines, on_one_line
from segrules.language.lines import columns, written
from segrules.language.syntax import Hole
from segrules.language.template import parse_template

WIDEST = 120
"""The columns up to which a line may reach."""
UNLIMITED = sys.maxsize
"""Lines are not broken where a comment asks for something on one of them to be ignored."""

_STYLES = {"": Style.PLAIN, "'": Style.SINGLE, '"': Style.DOUBLE, "|": Style.LITERAL, ">": Style.FOLDED}
_LAST_BLANKS = re.compile(r"(?<!\\)[ \t]+$")


@dataclass(frozen=True, slots=True)
class Laid:
    """A scalar as it is written: what stands behind its key, and the lines below, still without indentation.

    `open_ended` if the empty lines at its end belong to it.
    """

    head: str
    below: tuple[str, ...] = ()
    open_ended: bool = False


def in_flow(text: str, piece: ScalarPiece, role: Role | None) -> str:
    """Return a scalar as it is written inside brackets, on one line."""
    if role is Formula:
        one_line, raw = on_one_line(expression_of(text, piece)), text[piece.start : piece.end]
        hidden = hidden_characters(raw, piece.value)
        return raw if one_line is None else _expression_in_line(one_line, hidden, in_flow=True)
    return _text_in_line(text, piece, role, in_flow=True)


def in_block(text: str, piece: ScalarPiece, role: Role | None, indent: int, room: int) -> Laid:
    """Return a scalar as the value of a key or an item: `room` is left on that line, below it `indent` is taken."""
    if role is Formula:
        return _formula(text, piece, indent, room)
    if role is TableBlock and piece.style in BLOCKS:
        lines = table_lines(expression_of(text, piece))
        return _text_block(text, piece) if lines is None else Laid("|", tuple(lines))
    if piece.style in BLOCKS:
        return _text_block(text, piece)
    if "\n" in text[piece.start : piece.end]:
        return _several_lines(text[piece.start : piece.end])
    return Laid(_text_in_line(text, piece, role, in_flow=False))


def _formula(text: str, piece: ScalarPiece, indent: int, room: int) -> Laid:
    """Return an expression on one line where it was not in a `|` block and fits, otherwise as such a block.

    A block cannot hold the escapes of characters that cannot be seen: with one it stays on its line.
    """
    expression = expression_of(text, piece)
    raw = text[piece.start : piece.end]
    hidden = hidden_characters(raw, piece.value)
    one_line = on_one_line(expression)
    if one_line is None and hidden:
        return _several_lines(raw)
    if one_line is None or piece.style == "|":
        width = UNLIMITED if has_ignores(Source("", expression)) else WIDEST - indent
        return Laid("|", tuple(written(on_lines(expression, width))))
    inline = _expression_in_line(one_line, hidden, in_flow=False)
    if columns(inline) <= room or hidden:
        return Laid(inline)
    lines = list(written(on_lines(expression, min(room, WIDEST - indent))))
    return Laid("|", tuple(lines)) if len(lines) > 1 else Laid(inline)


def expression_of(text: str, piece: ScalarPiece) -> str:
    """Return the expression, or the table, that a scalar holds, on the lines on which it is written."""
    span = Source("", text).span(piece.start, piece.end)
    return Scalar(piece.value, _STYLES[piece.style], span).expression.text


def _expression_in_line(expression: str, hidden: str, *, in_flow: bool) -> str:
    plain = needs_no_quotes(expression, in_flow=in_flow)
    return expression if plain or not expression else in_quotes(expression, hidden)


# Texts


def _text_in_line(text: str, piece: ScalarPiece, role: Role | None, *, in_flow: bool) -> str:
    raw = text[piece.start : piece.end]
    hidden = hidden_characters(raw, piece.value)
    value = with_tidy_holes(piece.value) if role is Sentence else piece.value
    if not piece.style:
        plain = value == raw or needs_no_quotes(value, in_flow=in_flow)
        return value if plain else in_quotes(value, hidden)
    if role is Text and has_telling_quotes(piece):
        return f'"{value}"'
    if is_plain_words(value, in_flow=in_flow) or (role in (Flag, Choice) and needs_no_quotes(value, in_flow=in_flow)):
        return value
    if value == piece.value and "\n" not in raw and (piece.style == '"' or not _is_better_double(value)):
        return raw
    return in_quotes(value, hidden)


def has_telling_quotes(piece: ScalarPiece) -> bool:
    """Return whether a text would say something else without its quotes."""
    return piece.style in ("'", '"') and piece.value in WORDS_WITHOUT_QUOTES


def _is_better_double(value: str) -> bool:
    return value.isprintable() and '"' not in value and "\\" not in value


def with_tidy_holes(value: str) -> str:
    """Return a text whose holes hold expressions in their canonical spelling."""
    template, _ = parse_template(Passage(value, Source("", value), lambda: range(len(value) + 1)))
    done, at = "", 0
    for part in template or ():
        if isinstance(part, Hole):
            done += value[at : part.start] + _tidy(value[part.start : part.end], part)
            at = part.end
    return done + value[at:]


def _tidy(written_hole: str, hole: Hole) -> str:
    inner = written_hole[1:-1].rpartition(":")[0] if hole.format else written_hole[1:-1]
    expression = on_one_line(inner)
    if expression is None:
        return written_hole
    return "{" + expression + (f":{hole.format}" if hole.format else "") + "}"


def _several_lines(raw: str) -> Laid:
    """Return a plain or quoted text as it is broken: how its lines are indented says nothing."""
    first, *others = raw.split("\n")
    below = (_LAST_BLANKS.sub("", line.lstrip(" \t")) for line in others)
    return Laid(_LAST_BLANKS.sub("", first), tuple(below))


def _text_block(text: str, piece: ScalarPiece) -> Laid:
    r"""Return a `|` or `>` text with the lines that it has; `-` and `+` say how many \n it ends with."""
    _, *lines = text[piece.start : piece.end].split("\n")
    body = piece.value.lstrip("\n")
    if not body:
        return Laid(piece.style + "+" * bool(piece.value), ("",) * len(piece.value), open_ended=bool(piece.value))
    deeper = len(body) - len(body.lstrip(" "))
    first = lines[len(piece.value) - len(body)]
    indent = len(first) - len(first.lstrip(" ")) - deeper
    endings = len(piece.value) - len(piece.value.rstrip("\n"))
    chomping = "" if endings == 1 else "-" if not endings else "+"
    head = piece.style + (str(2) if deeper else "") + chomping
    kept = [""] * (endings - 1) if chomping == "+" else []
    return Laid(head, (*(line[indent:] for line in lines), *kept), open_ended=bool(kept))
