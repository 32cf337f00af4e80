"""What breaks its declaration in a table of many rows: which rows, in which column, and what they break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from segrules.engine.broken import SHOWN, Broken, Constraint, Example, hides, key_text, shown
from segrules.engine.typed_table import GivenTable, ScannedTable, TypedTable, python_values
from segrules.program.program import Table
from segrules.program.sensitivity import HIDDEN, Sensitivity


@dataclass(frozen=True, slots=True)
class TakenTable:
    """A table on its way in.

    `typed` holds every row of the file. `keep` says for which of them `where` is true (missing: unknown), None
    without one; `kept` are the rows for which it is. What is said of it hides what is sensitive.
    """

    table: Table
    given: GivenTable | ScannedTable
    typed: TypedTable
    kept: pl.DataFrame
    keep: pl.Series | None
    sensitivity: Sensitivity

    def positions(self) -> pl.Series:
        """Return where in the file the kept rows stand, from 0."""
        if self.keep is None:
            return pl.int_range(self.kept.height, dtype=pl.UInt32, eager=True)
        return self.keep.fill_null(value=False).arg_true()

    def keys(self, rows: Sequence[int]) -> list[str | None]:
        """Return the keys of some rows of the file as JSON, None for a row without one."""
        return key_texts(self.typed.frame, self.table.key, rows)


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken constraint of one table, by the positions of the rows in the file; see `Broken`."""

    taken: TakenTable
    subject: str
    columns: tuple[str, ...]
    constraint: Constraint
    rows: pl.Series
    bound: str | None = None

    def values(self, rows: Sequence[int]) -> list[str | None]:
        """Return what stands in some of the rows, as text: as it was given, or, where rows are sought by it, typed.

        What is sensitive is hidden, but the key, which names the row.
        """
        found = self._texts(rows)
        if not hides(self.taken.sensitivity, self.taken.table, self.constraint, self.columns):
            return found
        return [text if text is None else HIDDEN for text in found]

    def _texts(self, rows: Sequence[int]) -> list[str | None]:
        if len(self.columns) > 1:
            return key_texts(self.taken.typed.frame, self.columns, rows)
        name = self.columns[0]
        if self.constraint in (Constraint.REQUIRED, Constraint.PARENT):
            return [shown(value) for value in python_values(self.taken.typed.frame[name].gather(list(rows)))]
        return [shown(value) for value in self.taken.given.values(name, rows)]

    def told(self) -> Broken:
        """Return it as it is told, with the first rows."""
        rows = self.rows.head(SHOWN).to_list()
        texts = zip(rows, self.taken.keys(rows), self.values(rows), strict=True)
        examples = [Example(row + 1, key, value) for row, key, value in texts]
        table, count = self.taken.table, len(self.rows)
        return Broken(table, self.subject, self.columns, self.constraint, count, examples, self.bound)


def key_texts(frame: pl.DataFrame, columns: Sequence[str], rows: Sequence[int]) -> list[str | None]:
    """Return the values of columns in some rows as JSON: alone, or as a list of several; None without any."""
    if not columns:
        return [None] * len(rows)
    values = [python_values(frame[name].gather(list(rows))) for name in columns]
    return [key_text(row) for row in zip(*values, strict=True)]


def in_rows(rows: Iterable[int]) -> pl.Series:
    """Return positions of rows, ascending."""
    return pl.Series(sorted(rows), dtype=pl.UInt32)
