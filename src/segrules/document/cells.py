"""What is written in a cell of a decision table: a condition about its column, or a value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Passage, Span
from segrules.document import cell_messages as messages

ANYTHING = "-"
MISSING = "missing"

QUOTED = re.compile(r"'(?:''|[^'])*'|\"(?:\"\"|[^\"])*\"")
_CURLY = re.compile(r"[“”„«»]([^“”„«»\"]*)[“”„«»\"]|[‘’‚‹›]([^‘’‚‹›']*)[‘’‚‹›']")
_NOT = re.compile(r"not(?=[\s'\"<>]|$)\s*")
_OPERATOR = re.compile(r"(?P<operator>[<>]=?(?![<>=])|[<>=!≤≥≠]{1,3})\s*")
_BARE = re.compile(r"(?:(?!\.\.)[^,])*")
_RANGE = re.compile(r"\s*\.\.(?P<open><?)\s*")
_OPERATORS = frozenset({"<", "<=", ">", ">="})
_OTHER_OPERATORS = {"=>": ">=", "=<": "<=", "≥": ">=", "≤": "<="}
_EQUAL = frozenset({"=", "=="})
_UNEQUAL = frozenset({"!=", "<>", "≠"})


@dataclass(frozen=True, slots=True)
class CellValue:
    """A value as written: `value` is its text without quotes, `passage` has them."""

    value: str
    passage: Passage
    quoted: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.passage.whole


@dataclass(frozen=True, slots=True)
class CellRange:
    """`low..high`, or `low..<high`, to which the end does not belong."""

    low: CellValue
    high: CellValue
    ends_before: bool
    span: Span


@dataclass(frozen=True, slots=True)
class CellBound:
    """An operator and the value beside it: `>= 3`."""

    operator: str
    operator_span: Span
    value: CellValue
    span: Span


@dataclass(frozen=True, slots=True)
class CellMissing:
    """The word `missing`."""

    span: Span


CellItem = CellValue | CellRange | CellBound | CellMissing


@dataclass(frozen=True, slots=True)
class CellCondition:
    """What a cell asks of its column's value: to be one of the items, or, if `denied`, none of them."""

    items: tuple[CellItem, ...]
    denied: bool
    passage: Passage

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.passage.whole


Report = Callable[[Diagnostic], None]


def read_condition(cell: Passage, report: Report) -> CellCondition | None:
    """Return what a cell asks, None for anything and where it cannot be read, which is reported."""
    if cell.text == ANYTHING:
        return None
    denied = _NOT.match(cell.text)
    reader = _Reader(cell, report, denied.end() if denied else 0)
    items = reader.items()
    return CellCondition(tuple(items), denied is not None, cell) if items else None


def read_value(cell: Passage, report: Report) -> CellValue | None:
    """Return the one value of a cell, None for `-` and where it cannot be read, which is reported."""
    text = cell.text
    if text == ANYTHING:
        return None
    quoted = QUOTED.match(text)
    if quoted and quoted.end() == len(text):
        return CellValue(_unquoted(text), cell, quoted=True)
    if text[:1] in "'\"":
        report(messages.quotes(cell.whole, text))
    elif curly := _CURLY.match(text):
        report(messages.curly_quotes(cell.span(0, curly.end()), curly[1] or curly[2] or ""))
    elif "," in text:
        report(messages.several_values(cell.whole, text))
    else:
        return CellValue(text, cell)
    return None


def read_sentence(cell: Passage) -> Passage | None:
    """Return the text with holes that a cell holds, without the quotes around it; None for `-`."""
    quoted = QUOTED.fullmatch(cell.text)
    doubled = quoted and cell.text[0] in cell.text[1:-1]
    if cell.text == ANYTHING:
        return None
    return cell.part(1, len(cell.text) - 1) if quoted and not doubled else cell


def _unquoted(text: str) -> str:
    return text[1:-1].replace(text[0] * 2, text[0])


@dataclass(slots=True)
class _Reader:
    """Reads the items of a cell, from left to right."""

    cell: Passage
    report: Report
    at: int
    _wrong: bool = field(default=False)

    def items(self) -> list[CellItem]:
        """Return all items, and none if one of them cannot be read."""
        found = [self._item()]
        while self.cell.text[self.at : self.at + 1] == ",":
            self.at += 1
            found.append(self._item())
        return [] if self._wrong else [item for item in found if item]

    def _item(self) -> CellItem | None:
        self._skip_blanks()
        start = self.at
        if operator := _OPERATOR.match(self.cell.text, self.at):
            return self._bound(operator)
        low = self._value()
        if low is None:
            return None
        if between := _RANGE.match(self.cell.text, self.at):
            self.at = between.end()
            high = self._value()
            return high and CellRange(low, high, bool(between["open"]), self._span(start))
        return CellMissing(low.span) if low.value == MISSING and not low.quoted else low

    def _bound(self, operator: re.Match[str]) -> CellItem | None:
        start, self.at = operator.start(), operator.end()
        written = operator["operator"]
        span = self.cell.span(start, operator.end("operator"))
        value = self._value()
        if value is None:
            return None
        if written not in _OPERATORS:
            self._refuse(self._other_operator(written, span, value))
            return None
        return CellBound(written, span, value, self._span(start))

    def _other_operator(self, written: str, span: Span, value: CellValue) -> Diagnostic:
        if written in _OTHER_OPERATORS:
            return messages.other_operator(span, written, _OTHER_OPERATORS[written])
        if written in _EQUAL:
            return messages.equals(span, written, value.passage.text)
        if written in _UNEQUAL:
            return messages.unequal(span, written, value.passage.text)
        return messages.unknown_operator(span, written)

    def _value(self) -> CellValue | None:
        start = self.at
        if curly := _CURLY.match(self.cell.text, start):
            self.at = curly.end()
            self._refuse(messages.curly_quotes(self._span(start), curly[1] or curly[2] or ""))
            return None
        quoted = QUOTED.match(self.cell.text, start)
        if quoted:
            self.at = quoted.end()
        bare = _BARE.match(self.cell.text, self.at)
        assert bare is not None  # it matches the empty text
        self.at = bare.end()
        end = start + len(self.cell.text[start : self.at].rstrip())
        passage = self.cell.part(start, end)
        text = passage.text
        if not text:
            self._refuse(messages.value_missing(self._near(start), self.cell.text))
        elif text[0] in "'\"" and not (quoted and quoted.end() == end):
            self._refuse(messages.quotes(passage.whole, text))
        else:
            return CellValue(_unquoted(text) if quoted else text, passage, quoted is not None)
        return None

    def _refuse(self, diagnostic: Diagnostic) -> None:
        self._wrong = True
        self.report(diagnostic)

    def _near(self, at: int) -> Span:
        """Return the character before a place, or, at the start of the cell, the one behind it."""
        before = len(self.cell.text[:at].rstrip())
        return self.cell.span(max(before - 1, 0), max(before, 1))

    def _span(self, start: int) -> Span:
        return self.cell.span(start, start + len(self.cell.text[start : self.at].rstrip()))

    def _skip_blanks(self) -> None:
        while self.cell.text[self.at : self.at + 1].isspace():
            self.at += 1
