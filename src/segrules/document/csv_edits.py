"""Edits into a CSV file that holds a decision table: what is put into a cell is quoted as the file needs it."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics.diagnostic import Edit
from segrules.diagnostics.source import Passage, Source
from segrules.document.draft import Replacement, replaced
from segrules.document.grid import lines_of_csv

_ENDINGS = (".csv", ".tsv")
_NEED_QUOTES = frozenset(',;\t\r\n"')


def is_csv(source: Source) -> bool:
    """Whether a source is a decision table's file, by its name."""
    return source.name.lower().endswith(_ENDINGS)


def csv_pieces(source: Source, edits: Sequence[Edit]) -> list[Replacement] | None:
    """Return what to put where in a file, None if its cells would then say something else than the edits mean."""
    cells = _cells(source)
    meant = [cell.text for cell in cells]
    pieces = [Replacement(one.span.start, one.span.end, one.replacement) for one in edits if one.verbatim]
    for at, cell in enumerate(cells):
        there = [edit for edit in edits if not edit.verbatim and _holds(cell, edit)]
        if there:
            meant[at] = _edited(cell, there)
            pieces.append(_written(cell, meant[at]))
    text = replaced(source.text, pieces)
    return pieces if [cell.text for cell in _cells(Source(source.name, text))] == meant else None


def _cells(source: Source) -> list[Passage]:
    return [cell for line in lines_of_csv(source)[0] for cell in line.cells]


def _holds(cell: Passage, edit: Edit) -> bool:
    return cell.whole.start <= edit.span.start and edit.span.end <= cell.whole.end


def _edited(cell: Passage, edits: Sequence[Edit]) -> str:
    """Return the new text of a cell."""
    places = list(cell.offsets)[:-1]
    stretches = [
        (sum(at < edit.span.start for at in places), sum(at < edit.span.end for at in places), edit.replacement)
        for edit in edits
    ]
    return replaced(cell.text, [Replacement(*stretch) for stretch in stretches]).strip()


def _written(cell: Passage, text: str) -> Replacement:
    start, end = cell.offsets[0], cell.offsets[-1]
    is_quoted = cell.source.text[:start].rstrip(" ").endswith('"')
    doubled = text.replace('"', '""')
    if is_quoted or not _NEED_QUOTES & set(text):
        return Replacement(start, end, doubled)
    return Replacement(start, end, f'"{doubled}"')
