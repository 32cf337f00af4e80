"""Typed rows by table, and the ways between them: up along a `belongs_to`, down to the rows that belong to a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from segrules.language.values import Value
from segrules.program.nodes import Step
from segrules.program.program import Program, Relation, Table

Record = Mapping[str, Value]
Key = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class RowAt:
    """A row of a table, by its place from 0."""

    table: str
    index: int


class Tables:
    """The rows that a program is about: values as in `language.values`, a stored column left out is missing.

    The rows keep their declaration. A table that is not given is empty; one with `keys_from` that is not given has a
    row for each key. Indexes are built when first needed.
    """

    def __init__(self, program: Program, rows: Mapping[str, Sequence[Record]]) -> None:
        self._program = program
        self._rows = dict(rows)
        self._by_key: dict[str, dict[Key, int]] = {}
        self._by_parent: dict[Step, dict[int, list[int]]] = {}
        for table in program.tables:
            if table.keys_from is not None:
                self._rows.setdefault(table.name, keys_from(program, table, rows.get(table.keys_from, ())))

    def rows(self, table: str) -> Sequence[Record]:
        """Return the rows of a table."""
        return self._rows.get(table, ())

    def stored(self, at: RowAt, name: str) -> Value:
        """Return a stored value."""
        return self.rows(at.table)[at.index].get(name)

    def exchanged(self, at: RowAt, values: Record) -> Tables:
        """Return the tables with other values in a row, of columns that are neither key nor in a `belongs_to`."""
        rows = list(self.rows(at.table))
        rows[at.index] = {**rows[at.index], **values}
        found = Tables(self._program, {**self._rows, at.table: rows})
        found._by_key, found._by_parent = self._by_key, self._by_parent
        return found

    def key(self, at: RowAt) -> Key:
        """Return a row's key; of a table without a key it is empty."""
        return tuple(self.stored(at, name) for name in self._program.table(at.table).key)

    def find(self, table: str, key: Sequence[Value]) -> RowAt | None:
        """Return the row with that key; a key with a missing part finds none."""
        if table not in self._by_key:
            every = (RowAt(table, index) for index in range(len(self.rows(table))))
            self._by_key[table] = {self.key(at): at.index for at in every}
        index = None if None in key else self._by_key[table].get(tuple(key))
        return None if index is None else RowAt(table, index)

    def above(self, at: RowAt, relation: str) -> RowAt | None:
        """Return the row that a row belongs to."""
        found = self._program.table(at.table).relation(relation)
        return self.find(found.table, self.by(at, found))

    def by(self, at: RowAt, relation: Relation) -> Key:
        """Return what a row holds in the columns of a `belongs_to`."""
        return tuple(self.stored(at, name) for name in relation.by)

    def below(self, at: RowAt, down: Sequence[Step]) -> list[RowAt]:
        """Return the rows that belong to a row, through all the steps, in the order of their table."""
        reached = [at.index]
        for step in down:
            children = self._children(step)
            reached = sorted(child for index in reached for child in children.get(index, ()))
        return [RowAt(down[-1].table, index) for index in reached]

    def _children(self, step: Step) -> dict[int, list[int]]:
        if step not in self._by_parent:
            children = self._by_parent[step] = {}
            for index in range(len(self.rows(step.table))):
                parent = self.above(RowAt(step.table, index), step.relation)
                if parent is not None:
                    children.setdefault(parent.index, []).append(index)
        return self._by_parent[step]


def keys_from(program: Program, table: Table, rows: Iterable[Record]) -> list[Record]:
    """Return a row for each key that stands in the rows of `table.keys_from`, in ascending order.

    The key stands in the columns of the `belongs_to` that names this table, else in columns of the same names; a row
    that lacks a part of it belongs to nobody.
    """
    assert table.keys_from is not None
    relations = program.table(table.keys_from).relations
    by = next((relation.by for relation in relations if relation.table == table.name), table.key)
    found: set[Any] = {tuple(row.get(name) for name in by) for row in rows}
    return [dict(zip(table.key, key, strict=True)) for key in sorted(key for key in found if None not in key)]
