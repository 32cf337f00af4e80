"""A decision table with its columns below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from segrules.diagnostics.source import Passage, Source
from segrules.document.cells import CellBound, CellItem, CellMissing, CellRange, read_condition
from segrules.document.grid import SEGMENT, all_lines_of_block
from segrules.language.layout import on_one_line
from segrules.language.lines import columns


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of a table: its cells, or else a comment or nothing; `ruler` if it is one of dashes below the heads."""

    cells: tuple[str, ...] = ()
    comment: str = ""
    ruler: bool = False


def table_lines(value: str) -> list[str] | None:
    """Return the lines of a table in a block; None where its cells cannot be told apart, which the checker reports."""
    lines = read_table(value)
    return None if lines is None else list(_aligned(lines))


def read_table(value: str) -> list[TableLine] | None:
    """Return the lines of a table, each cell in its canonical spelling; None where cells are missing or too many."""
    block = Passage(value, Source("", value), lambda: range(len(value) + 1))
    found: list[TableLine] = []
    heads: tuple[str, ...] = ()
    end = 0
    for at, line in enumerate(all_lines_of_block(block)):
        found += _between(value[end : line.span.start].split("\n")[1 if at else 0 : -1], below=bool(at))
        cells = tuple(cell.text.strip() for cell in line.cells)
        if not all(cells) or (at and len(cells) != len(heads)):
            return None
        heads = heads or tuple(map(_head, cells))
        conditions = heads.index(SEGMENT) if SEGMENT in heads else len(heads)
        found.append(TableLine(tuple(_spelled(line.cells, conditions)) if at else heads, ruler=line.ruler))
        end = line.span.end
    return [*found, *_between(value[end:].rstrip().split("\n")[1:], below=True)] if heads else None


def _between(lines: Sequence[str], *, below: bool) -> Iterator[TableLine]:
    """Yield the comments between two rows, and one empty line for any number of them; none at the very top."""
    blank = False
    for line in map(str.strip, lines):
        if line and blank and below:
            yield TableLine()
        if line:
            yield TableLine(comment=line)
        blank, below = not line, below or bool(line)
    if blank and below:
        yield TableLine()


def _head(cell: str) -> str:
    return on_one_line(cell) or cell


def _spelled(cells: tuple[Passage, ...], conditions: int) -> Iterator[str]:
    for at, cell in enumerate(cells):
        yield _condition(cell) if at < conditions else cell.text.strip()


def _condition(cell: Passage) -> str:
    wrong: list[object] = []
    condition = read_condition(cell, wrong.append)
    if condition is None or wrong:
        return cell.text.strip()
    return ("not " if condition.denied else "") + ", ".join(map(_item, condition.items))


def _item(item: CellItem) -> str:
    match item:
        case CellRange(low, high, ends_before):
            return f"{low.passage.text}{'..<' if ends_before else '..'}{high.passage.text}"
        case CellBound(operator, _, value):
            return f"{operator} {value.passage.text}"
        case CellMissing():
            return "missing"
        case _:
            return item.passage.text


def _aligned(lines: Sequence[TableLine]) -> Iterator[str]:
    grid = [line.cells for line in lines if line.cells and not line.ruler]
    widths = [max(map(columns, column)) for column in zip(*grid, strict=True)]
    for line in lines:
        if line.ruler:
            yield " | ".join("-" * width for width in widths)
        elif line.cells:
            padded = (cell + " " * (width - columns(cell)) for cell, width in zip(line.cells, widths, strict=True))
            yield " | ".join(padded).rstrip()
        else:
            yield line.comment
