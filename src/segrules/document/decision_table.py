"""A decision table as written: its heads, and for each row the conditions, the segment and the outputs in its cells."""

from __future__ import annotations

from dataclasses import dataclass

from segrules.diagnostics.source import Passage, Span
from segrules.document.cells import CellCondition, CellValue


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: what its cells ask of the heads, None for anything, and what they give, None for `-`.

    `segment` is None where it could not be read, which was reported.
    """

    segment: CellValue | None
    conditions: tuple[CellCondition | None, ...]
    outputs: tuple[CellValue | None, ...]
    because: Passage | None
    id: CellValue | None
    span: Span


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A table as far as it could be read: expressions over conditions, names over outputs, and the rows.

    It is `complete` if nothing in it was reported.
    """

    conditions: tuple[Passage, ...]
    outputs: tuple[Passage, ...]
    rows: tuple[TableRow, ...]
    complete: bool
