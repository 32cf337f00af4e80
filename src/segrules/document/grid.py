"""The lines and cells of a decision table: those of a block between bars, or those of a CSV file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Passage, Source, Span, passage_of
from segrules.document import table_messages as messages
from segrules.document.cells import QUOTED

SEGMENT = "segment"

_DASHES = re.compile(r":?-+:?")
_LEAD = re.compile(r"\s*(?:not(?=[\s'\"]))?\s*(?:[<>=!]{1,2})?\s*")
_BARE = re.compile(r"(?:(?!\.\.)[^|,])*")
_TO_BAR = re.compile(r"[^|]*")
_NEXT = re.compile(r",|\.\.<?")
_BLANKS = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its cells without the blanks around them, an empty one with its blanks.

    A `ruler` is a line of dashes between the heads and the rows; further down dashes are cells.
    """

    cells: tuple[Passage, ...]
    span: Span
    ruler: bool = False


Lines = tuple[tuple[Line, ...], tuple[Diagnostic, ...]]
"""A table's lines, its heads first, and what is wrong with them."""


# Blocks


def lines_of_block(block: Passage) -> Lines:
    """Return the lines of a table that is written in the ruleset, without comments and lines of dashes."""
    return tuple(line for line in all_lines_of_block(block) if not line.ruler), ()


def all_lines_of_block(block: Passage) -> Iterator[Line]:
    """Yield the lines of a table that is written in the ruleset, without comments."""
    written = list(_written_lines(block.text))
    if not written:
        return
    (start, end), *rows = written
    heads = _trimmed(block, _without_ends(block.text, _head_bars(block.text, start, end), None))
    conditions = next((at for at, head in enumerate(heads) if head.text == SEGMENT), len(heads))
    yield Line(tuple(heads), block.span(start, end))
    below_heads = True
    for start, end in rows:
        bars = _row_bars(block.text, start, end, conditions)
        cells = _trimmed(block, _without_ends(block.text, bars, len(heads)))
        below_heads = below_heads and all(_DASHES.fullmatch(cell.text) for cell in cells)
        yield Line(tuple(cells), block.span(start, end), ruler=below_heads)


def _written_lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare and not bare.startswith("#"):
            first = start + line.index(bare)
            yield first, first + len(bare)
        start += len(line) + 1


Stretch = tuple[int, int]


def _head_bars(text: str, start: int, end: int) -> list[Stretch]:
    """Return what stands between the bars of the heads, which are expressions and may hold texts anywhere."""
    found = []
    first = at = start
    while at < end:
        if text[at] == "|":
            found.append((first, at))
            first = at + 1
        quoted = QUOTED.match(text, at, end)
        at = quoted.end() if quoted else at + 1
    return [*found, (first, end)]


def _row_bars(text: str, start: int, end: int, conditions: int) -> list[Stretch]:
    """Return what stands between the bars of a row; so many cells, the first, are conditions."""
    found: list[Stretch] = []
    shift = text[start] == "|"
    while True:
        at = _end_of_cell(text, start, end, listed=len(found) - shift < conditions)
        found.append((start, at))
        if at == end:
            return found
        start = at + 1


def _end_of_cell(text: str, at: int, end: int, *, listed: bool) -> int:
    """Return where the bar behind a cell stands; a bar in quotes is no end, if the quote is at the start of a text."""
    while True:
        lead = (_LEAD if listed else _BLANKS).match(text, at, end)
        assert lead is not None  # it matches the empty text
        quoted = QUOTED.match(text, lead.end(), end)
        bare = (_BARE if listed else _TO_BAR).match(text, quoted.end() if quoted else lead.end(), end)
        assert bare is not None
        further = _NEXT.match(text, bare.end(), end) if listed else None
        if further is None:
            return bare.end()
        at = further.end()


def _without_ends(text: str, cells: list[Stretch], wanted: int | None) -> list[Stretch]:
    """Return cells without what stands outside of bars at the ends; `wanted` is the number of heads, if known."""
    if len(cells) > 1 and _is_blank(text, cells[0]) and (wanted is None or len(cells) > wanted):
        cells = cells[1:]
    if len(cells) > 1 and _is_blank(text, cells[-1]) and (wanted is None or len(cells) > wanted):
        cells = cells[:-1]
    return cells


def _is_blank(text: str, stretch: Stretch) -> bool:
    return not text[stretch[0] : stretch[1]].strip()


def _trimmed(passage: Passage, stretches: Sequence[Stretch]) -> list[Passage]:
    return [_without_blanks(passage.part(start, end)) for start, end in stretches]


def _without_blanks(cell: Passage) -> Passage:
    bare = cell.text.strip()
    if not bare or len(bare) == len(cell.text):
        return cell
    start = cell.text.index(bare)
    return cell.part(start, start + len(bare))


# CSV


_FIELD_START = re.compile(r"[ \t]*(?=\")")
_CLOSING_QUOTE = re.compile(r'(?:""|[^"])*(?P<end>")')
_LINE_END = re.compile(r"[\r\n]")
_FIELD_ENDS = {separator: re.compile(rf"[{separator}\r\n]") for separator in (",", ";", "\t")}


def lines_of_csv(source: Source) -> Lines:
    """Return the lines of a CSV file, without comments and lines with nothing in them."""
    whole = passage_of(source)
    found: list[Line] = []
    said: list[Diagnostic] = []
    at = len(source.text) - len(source.text.removeprefix("\ufeff"))
    separator = _separator(source.text[at:])
    while at < len(source.text):
        if source.text.startswith("#", at):
            at = _end(_LINE_END, source.text, at) + 1
            continue
        start = at
        cells, at = _record(whole, at, separator, said)
        if any(cell.text.strip() for cell in cells):
            end = start + len(source.text[start:at].rstrip("\r\n"))
            found.append(Line(tuple(map(_without_blanks, cells)), source.span(start, end)))
    return tuple(_without_empty_ends(found)), tuple(said)


def _separator(text: str) -> str:
    """Return what parts the cells of a file: what the first line with something in it has, a comma above all."""
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    first = QUOTED.sub("", next(lines, ""))
    return next((one for one in _FIELD_ENDS if one in first), ",")


def _record(whole: Passage, at: int, separator: str, said: list[Diagnostic]) -> tuple[list[Passage], int]:
    """Return the cells of one line, which goes on over line ends in quotes, and where the next begins."""
    text = whole.text
    cells = []
    while True:
        cell, at = _field(whole, at, separator, said)
        cells.append(cell)
        if text[at : at + 1] != separator:
            return cells, at + (2 if text.startswith("\r\n", at) else 1)
        at += 1


def _field(whole: Passage, start: int, separator: str, said: list[Diagnostic]) -> tuple[Passage, int]:
    """Return a cell without the quotes around it, and where it ends."""
    text, ends = whole.text, _FIELD_ENDS[separator]
    opening = _FIELD_START.match(text, start)
    if opening is None:
        end = _end(ends, text, start)
        return whole.part(start, end), end
    closing = _CLOSING_QUOTE.match(text, opening.end() + 1)
    end = _end(ends, text, closing.end() if closing else opening.end())
    if closing is None or text[closing.end() : end].strip():
        said.append(messages.csv_quotes(whole.span(opening.end(), end)))
        return whole.part(opening.end() + 1, end), end
    return _unescaped(whole, opening.end() + 1, closing.start("end")), end


def _end(ends: re.Pattern[str], text: str, start: int) -> int:
    found = ends.search(text, start)
    return found.start() if found else len(text)


def _unescaped(whole: Passage, start: int, end: int) -> Passage:
    """Return a field with one quote for each that is doubled."""
    places = [at for at in range(start, end) if not _is_second_quote(whole.text, start, at)]
    if len(places) == end - start:
        return whole.part(start, end)
    return Passage("".join(whole.text[at] for at in places), whole.source, lambda: [*places, end])


def _is_second_quote(text: str, start: int, at: int) -> bool:
    before = len(text[start:at]) - len(text[start:at].rstrip('"'))
    return text[at] == '"' and before % 2 == 1


def _without_empty_ends(lines: list[Line]) -> Iterator[Line]:
    """Yield lines without the empty cells that spreadsheets put behind the last head, where nothing stands below."""
    heads = _last_used(lines[0]) if lines else 0
    for line in lines:
        yield Line(line.cells[: max(heads, _last_used(line))], line.span)


def _last_used(line: Line) -> int:
    return max((at for at, cell in enumerate(line.cells, 1) if cell.text.strip()), default=0)
