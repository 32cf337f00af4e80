"""Rows as Python has them, checked against their declaration: the same rules as for whole tables, without Polars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.engine import data_messages, input_messages
from segrules.engine.broken import SHOWN, Broken, Constraint, Example, hides, key_text, shown
from segrules.engine.faults import Fault
from segrules.engine.nesting import Raw, Shape
from segrules.engine.reading import column_reader
from segrules.engine.spelling import spelling_of
from segrules.language.values import Value
from segrules.meaning.tables import Key, Record
from segrules.program.nodes import Expression
from segrules.program.program import Column, Program, Relation, Table
from segrules.program.sensitivity import HIDDEN, Sensitivity

Evaluate = Callable[[Expression], Value]
Faults = Mapping[int, Fault]
Test = Callable[[Value], bool]


@dataclass(frozen=True, slots=True)
class _Bound:
    constraint: Constraint
    shown: str | None
    breaks: Test


class RowReader:
    """Reads rows of one table; made once for many rows."""

    def __init__(self, program: Program, shape: Shape, evaluate: Evaluate, sensitivity: Sensitivity) -> None:
        self.table = table = shape.table
        self._sensitivity = sensitivity
        self._shape = shape
        self._read = {
            column.name: column_reader(column.type, spelling_of(column, table.source, program.timezone))
            for column in table.columns
        }
        self._bounds = {column.name: _bounds(column, evaluate) for column in table.columns}

    def read(self, rows: Sequence[Raw]) -> tuple[list[Record], dict[str, Faults], list[Diagnostic]]:
        """Return rows with the types of their table, and, by column and row, why values could not be read.

        The diagnostics are about columns that no row has.
        """
        columns: dict[str, Sequence[Value]] = {}
        faults: dict[str, Faults] = {}
        complaints: list[Diagnostic] = []
        there = {str(name) for row in rows for name in row}
        for column in self.table.columns:
            if rows and column.header not in there and column.name not in there and not column.type.nullable:
                complaints.append(input_messages.missing_column(self.table, column, there))
            raw = [self._shape.written(row, column.name) for row in rows]
            columns[column.name], faults[column.name] = self._read[column.name](raw)
        names = list(columns)
        typed: list[Record] = [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        return typed or [{} for _ in rows], faults, complaints

    def broken(
        self, rows: Sequence[Raw], typed: Sequence[Record], faults: Mapping[str, Faults], kept: Sequence[int]
    ) -> list[Broken]:
        """Return what rows break by themselves; only `kept` must be more than readable."""
        found: list[Broken] = []
        for column in self.table.columns:
            wrong = faults[column.name]
            for fault in sorted(set(wrong.values())):
                at = [row for row in wrong if wrong[row] is fault]
                found.append(self._told(rows, typed, column.name, Constraint(fault), at))
            found += self._broken_column(rows, typed, column, [row for row in kept if row not in wrong])
        if self.table.key:
            found += self._shared(rows, typed, self.table.key, Constraint.KEY, kept)
        return found

    def _broken_column(
        self, rows: Sequence[Raw], typed: Sequence[Record], column: Column, kept: Sequence[int]
    ) -> list[Broken]:
        found: list[Broken] = []
        name = column.name
        absent = [at for at in kept if typed[at][name] is None]
        if absent and (not column.type.nullable or name in self.table.key):
            found.append(self._told(rows, typed, name, Constraint.PRESENT, absent))
        for bound in self._bounds[name]:
            outside = [at for at in kept if typed[at][name] is not None and bound.breaks(typed[at][name])]
            if outside:
                found.append(self._told(rows, typed, name, bound.constraint, outside, bound.shown))
        if column.unique and self.table.key != (name,):
            found += self._shared(rows, typed, (name,), Constraint.UNIQUE, kept)
        return found

    def _shared(
        self,
        rows: Sequence[Raw],
        typed: Sequence[Record],
        columns: tuple[str, ...],
        constraint: Constraint,
        kept: Sequence[int],
    ) -> list[Broken]:
        values = {at: tuple(typed[at][name] for name in columns) for at in kept}
        counts = Counter(value for value in values.values() if None not in value)
        shared = [at for at, value in values.items() if counts[value] > 1]
        return [self._told(rows, typed, ", ".join(columns), constraint, shared)] if shared else []

    def _told(
        self,
        rows: Sequence[Raw],
        typed: Sequence[Record],
        subject: str,
        constraint: Constraint,
        at: Sequence[int],
        bound: str | None = None,
    ) -> Broken:
        columns = tuple(subject.split(", "))
        values = [self._value(rows[row], columns) for row in at[:SHOWN]]
        if hides(self._sensitivity, self.table, constraint, columns):
            values = [value if value is None else HIDDEN for value in values]
        keys = [self._key(typed[row]) for row in at[:SHOWN]]
        examples = [Example(row + 1, *told) for row, *told in zip(at, keys, values, strict=False)]
        return Broken(self.table, subject, columns, constraint, len(at), examples, bound)

    def _key(self, row: Record) -> str | None:
        return key_text([row.get(name) for name in self.table.key]) if self.table.key else None

    def _value(self, row: Raw, columns: Sequence[str]) -> str | None:
        values = [self._shape.written(row, name) for name in columns]
        return shown(values[0]) if len(values) == 1 else key_text(values)


def lost_rows(table: Table, relation: Relation, lost: Mapping[int, Record], sensitivity: Sensitivity) -> Diagnostic:
    """Return what is said about rows, by their places, that find no row to belong to."""
    examples: list[Example] = []
    is_hidden = hides(sensitivity, table, Constraint.REQUIRED, relation.by)
    for at, row in islice(lost.items(), SHOWN):
        values = key_of(row, relation.by)
        value = shown(values[0]) if len(values) == 1 else key_text(values)
        value = HIDDEN if is_hidden and value is not None else value
        examples.append(Example(at + 1, key_text(key_of(row, table.key)) if table.key else None, value))
    told = Broken(table, relation.name, relation.by, Constraint.REQUIRED, len(lost), examples)
    return data_messages.broken(told)


def key_of(row: Record, names: Sequence[str]) -> Key:
    """Return the values of some columns of a row."""
    return tuple(row.get(name) for name in names)


def _bounds(column: Column, evaluate: Evaluate) -> list[_Bound]:
    found: list[_Bound] = []
    if column.minimum is not None and (lowest := evaluate(column.minimum)) is not None:
        found.append(_Bound(Constraint.MINIMUM, shown(lowest), lambda value: value < lowest))  # type: ignore[operator]
    if column.maximum is not None and (highest := evaluate(column.maximum)) is not None:
        found.append(_Bound(Constraint.MAXIMUM, shown(highest), lambda value: value > highest))  # type: ignore[operator]
    return found
