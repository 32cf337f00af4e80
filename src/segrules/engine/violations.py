"""What breaks its declaration: which rows of which table, in which column, and what they break."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

import polars as pl

from segrules.engine.reading import Fault
from segrules.engine.typed_table import GivenTable, TypedTable, python_values
from segrules.program.nodes import Expression
from segrules.program.program import Table


class Constraint(StrEnum):
    """What a value or a row must be; the words stand in the quarantine."""

    TYPE = Fault.TYPE
    PLACES = Fault.PLACES
    VALUES = Fault.VALUES
    PRESENT = "present"
    MINIMUM = "min"
    MAXIMUM = "max"
    UNIQUE = "unique"
    KEY = "key"
    REQUIRED = "required"
    PARENT = "parent set apart"


@dataclass(frozen=True, slots=True)
class TakenTable:
    """A table on its way in.

    `typed` holds every row of the file. `keep` says for which of them `where` is true (missing: unknown), None
    without one; `kept` are those rows, `rows` their positions in the file, None where these are all.
    """

    table: Table
    given: GivenTable
    typed: TypedTable
    kept: pl.DataFrame
    keep: pl.Series | None = None

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
    """One broken constraint of one table. `subject` is the column, the columns together, or the `belongs_to`."""

    taken: TakenTable
    subject: str
    columns: tuple[str, ...]
    constraint: Constraint
    rows: pl.Series
    bound: Expression | None = None

    def values(self, rows: Sequence[int]) -> list[str | None]:
        """Return what was given in some of the rows, as text."""
        if len(self.columns) == 1:
            return [shown(value) for value in self.taken.given.values(self.columns[0], rows)]
        return key_texts(self.taken.typed.frame, self.columns, rows)


def key_texts(frame: pl.DataFrame, columns: Sequence[str], rows: Sequence[int]) -> list[str | None]:
    """Return the values of columns in some rows as JSON: alone, or as a list of several; None without any."""
    if not columns:
        return [None] * len(rows)
    return [
        key_text(values) for values in zip(*(python_values(frame[name].gather(rows)) for name in columns), strict=True)
    ]


def key_text(values: Sequence[object]) -> str | None:
    """Return a key as JSON: its value, or the list of its values; None if there is none."""
    if all(value is None for value in values):
        return None
    return json.dumps(values[0] if len(values) == 1 else list(values), ensure_ascii=False, default=_plainly)


def shown(value: object) -> str | None:
    """Return a value as a message or the quarantine shows it; None for a missing one."""
    match value:
        case None:
            return None
        case str():
            return value
        case bool():
            return str(value).lower()
        case list() | tuple() | dict():
            return json.dumps(value, ensure_ascii=False, default=_plainly)
        case bytes():
            return value.decode(errors="replace")
    return str(value)


def in_rows(rows: Iterable[int]) -> pl.Series:
    """Return positions of rows, ascending."""
    return pl.Series(sorted(rows), dtype=pl.UInt32)


def _plainly(value: object) -> object:
    match value:
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
    return str(value)
