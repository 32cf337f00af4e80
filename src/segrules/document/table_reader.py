"""Read the decision tables of a ruleset: from blocks, and from the files that it names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.source import Passage, Source, Span
from segrules.diagnostics.spelling import nearest
from segrules.document import table_messages as messages
from segrules.document.cells import ANYTHING, read_condition, read_sentence, read_value
from segrules.document.decision_table import DecisionTable, TableRow
from segrules.document.files import Reader, nearest_file
from segrules.document.grid import SEGMENT, Line, Lines, lines_of_block, lines_of_csv
from segrules.document.import_messages import TABLE_FILES
from segrules.document.import_paths import locate, repository_of
from segrules.document.ruleset import RulesetText
from segrules.document.segmentation_text import SegmentationText, TableFileText
from segrules.document.written import Entry, TableBlock

BECAUSE = "because"
ID = "id"

_WORD = re.compile(r"[^\W\d]\w*")


def with_tables(ruleset: RulesetText, source: Source, read: Reader) -> tuple[RulesetText, tuple[Diagnostic, ...]]:
    """Return a ruleset with the decision tables of its segmentations read, and everything that is wrong with them."""
    reading = _Reading(source, read)
    segmentations = tuple(_with_table(entry, reading) for entry in ruleset.segmentations)
    unread = ruleset.unread | reading.unread
    return replace(ruleset, segmentations=segmentations, unread=unread), tuple(reading.diagnostics)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is wrong, and the words in what could not be read; paths are relative to the source."""

    source: Source
    read: Reader
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def report(self, diagnostic: Diagnostic) -> None:
        """Take down one thing that is wrong."""
        self.diagnostics.append(diagnostic)

    def leave_out(self, line: Line) -> None:
        """Remember what a line that could not be read may have named."""
        for cell in line.cells:
            self.unread.update((cell.text, *_WORD.findall(cell.text)))


def _with_table(entry: Entry[SegmentationText], reading: _Reading) -> Entry[SegmentationText]:
    written = entry.value.table
    if written is None:
        return entry
    lines, said = _lines(written, reading)
    reading.diagnostics.extend(said)
    table = _table(lines, written.span, reading) if lines or not said else None
    return replace(entry, value=replace(entry.value, read=table))


def _lines(written: TableBlock | TableFileText, reading: _Reading) -> Lines:
    if isinstance(written, TableBlock):
        return lines_of_block(written.passage)
    found = locate(written.file, reading.source, repository_of(Path(reading.source.name).parent), TABLE_FILES)
    if isinstance(found, Diagnostic):
        return (), (found,)
    source, said = reading.read(found.name)
    if source is None:
        return (), tuple(_of_file(written, found.name, one) for one in said)
    return lines_of_csv(source)


def _of_file(written: TableFileText, name: str, found: Diagnostic) -> Diagnostic:
    """Return what is said of a file that cannot be opened: where it is named, unless there is a place in the file."""
    if found.label is not None:
        return replace(found, related=(*found.related, Label(written.file.span, "named here")))
    near = nearest_file(name) if found.code is catalogue.FILE_NOT_FOUND else None
    folder = Path(written.span.source.name).parent
    return messages.file_not_read(written.file.span, found, near and Path(os.path.relpath(near, folder)).as_posix())


# Heads and rows


@dataclass(frozen=True, slots=True)
class _Heads:
    """The heads of a table; `segment` is the place of that one, and `twice` are places whose head stood before."""

    cells: tuple[Passage, ...]
    segment: int
    twice: frozenset[int]

    def places(self, *, right: bool) -> list[int]:
        """Return the places of conditions, or `right` of `segment`, those of further outputs."""
        if not right:
            return [at for at in range(self.segment) if at not in self.twice]
        behind = range(self.segment + 1, len(self.cells))
        return [at for at in behind if at not in self.twice and self.cells[at].text not in (BECAUSE, ID)]

    def place(self, name: str) -> int | None:
        """Return the place of a head right of `segment`."""
        behind = range(self.segment + 1, len(self.cells))
        return next((at for at in behind if self.cells[at].text == name), None)


def _table(lines: Sequence[Line], span: Span, reading: _Reading) -> DecisionTable | None:
    before = len(reading.diagnostics)
    parted = bool(lines) and len(lines[0].cells) > 1
    heads = _heads(lines[0], reading) if parted else None
    if lines and not parted:
        reading.report(messages.one_column(lines[0].span))
    elif len(lines) < 2:
        reading.report(messages.no_rows(lines[0].span if lines else span))
    if heads is None:
        for line in lines[1:]:
            reading.leave_out(line)
        return None
    conditions = tuple(heads.cells[at] for at in heads.places(right=False))
    outputs = tuple(heads.cells[at] for at in heads.places(right=True))
    rows = tuple(_rows(lines[1:], heads, reading))
    return DecisionTable(conditions, outputs, rows, complete=len(reading.diagnostics) == before)


def _heads(line: Line, reading: _Reading) -> _Heads | None:
    names = [" ".join(cell.text.split()) for cell in line.cells]
    for cell, name in zip(line.cells, names, strict=True):
        if not name:
            reading.report(messages.empty_head(cell.whole))
    segment = _segment_place(line, names, reading)
    if segment is None:
        return None
    if segment == 0:
        reading.report(messages.no_conditions(line.cells[0].whole))
        return None
    twice = frozenset(_report_twice(line, names, segment, reading))
    return _Heads(line.cells, segment, twice | {at for at, name in enumerate(names) if not name})


def _segment_place(line: Line, names: Sequence[str], reading: _Reading) -> int | None:
    if SEGMENT in names:
        return names.index(SEGMENT)
    near = nearest(SEGMENT, [name.casefold() for name in names]) or (
        SEGMENT if SEGMENT in map(str.casefold, names) else None
    )
    meant = next((at for at, name in enumerate(names) if name.casefold() == near), None)
    reading.report(
        messages.no_segment_head(line.cells[meant].whole if meant is not None else line.span, meant is not None)
    )
    return meant


def _report_twice(line: Line, names: Sequence[str], segment: int, reading: _Reading) -> Iterator[int]:
    """Report heads that stand twice on one side of `segment`; a condition and an output may share a name."""
    for at, name in enumerate(names):
        start = segment if at > segment else 0
        if name and name in names[start:at]:
            first = line.cells[names.index(name, start)].whole
            reading.report(messages.repeated_head(line.cells[at].whole, name, first, right=at > segment))
            yield at


def _rows(lines: Sequence[Line], heads: _Heads, reading: _Reading) -> Iterator[TableRow]:
    for line in lines:
        if len(line.cells) != len(heads.cells):
            reading.report(messages.cell_count(line, [cell.text for cell in heads.cells]))
            reading.leave_out(line)
        else:
            row = _row(line, heads, reading)
            if row.segment is None:
                reading.leave_out(line)
            yield row


def _row(line: Line, heads: _Heads, reading: _Reading) -> TableRow:
    """Return a row; an empty cell is reported and read as `-`."""
    cells = [_filled(cell, heads, at, reading) for at, cell in enumerate(line.cells)]
    conditions = [read_condition(cells[at], reading.report) for at in heads.places(right=False)]
    outputs = [read_value(cells[at], reading.report) for at in heads.places(right=True)]
    segment = read_value(cells[heads.segment], reading.report)
    if segment is None and line.cells[heads.segment].text == ANYTHING:
        reading.report(messages.no_segment(line.cells[heads.segment].whole))
    because, identity = heads.place(BECAUSE), heads.place(ID)
    reason = None if because is None else read_sentence(cells[because])
    name = None if identity is None else read_value(cells[identity], reading.report)
    return TableRow(segment, tuple(conditions), tuple(outputs), reason, name, _from_to(cells))


def _filled(cell: Passage, heads: _Heads, at: int, reading: _Reading) -> Passage:
    if cell.text.strip():
        return cell
    side = "segment" if at == heads.segment else "output" if at > heads.segment else "condition"
    reading.report(messages.empty_cell(cell.whole, heads.cells[at].text, side))
    return Passage(ANYTHING, cell.source, lambda: [cell.offsets[0], cell.offsets[-1]])


def _from_to(cells: Sequence[Passage]) -> Span:
    return cells[0].whole.to(cells[-1].whole)
