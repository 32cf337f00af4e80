"""The rows that generated code runs on: tuples of stored values by table, and the ways between them by place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from segrules.language.values import Value
from segrules.meaning.population import Groups
from segrules.meaning.tables import Tables
from segrules.program.nodes import Statistic, Step
from segrules.program.program import Program, Table

Typed = tuple[Value, ...]
"""A row: a value for each column of its table, in the order of the declaration."""

Others = Callable[[Statistic], Groups]
"""The rows that a statistic compares a record with."""


@dataclass(frozen=True, slots=True, eq=False)
class Up:
    """A `belongs_to`: the number of the table above, what a row says of its row there, and what that row is called.

    Keys of one column stand for themselves, others are tuples.
    """

    above: int
    by: Callable[[Typed], Any]
    key: Callable[[Typed], Any]


@dataclass(frozen=True, slots=True, eq=False)
class Down:
    """A way down to the rows of the table with a number, of which each finds its row above by `up`."""

    below: int
    up: Up


class Rows:
    """The rows of one call, by the number of their table, and what was worked out of them. Indexes are built if needed.

    `others` are the rows that statistics compare.
    """

    __slots__ = ("_by_key", "_by_parent", "memo", "others", "tables")

    def __init__(self, tables: Sequence[Sequence[Typed]], others: Others | None = None) -> None:
        self.tables = tables
        self.others = others
        self.memo: dict[tuple[int, int], Any] = {}
        self._by_key: dict[int, dict[Any, int]] = {}
        self._by_parent: dict[Down, dict[int, list[int]]] = {}

    def above(self, row: Typed, up: Up) -> int | None:
        """Return the place of the row that a row belongs to."""
        index = self._by_key.get(up.above)
        if index is None:
            index = {up.key(above): at for at, above in enumerate(self.tables[up.above])}
            self._by_key[up.above] = index = {key: at for key, at in index.items() if not _lacks(key)}
        return index.get(up.by(row))

    def below(self, at: int, ways: Sequence[Down]) -> Sequence[int]:
        """Return the places of the rows that belong to a row, through all steps, in the order of their table."""
        reached: Sequence[int] = (at,)
        for way in ways:
            children = self._by_parent.get(way)
            if children is None:
                children = self._by_parent[way] = self._children(way)
            reached = sorted(child for one in reached for child in children.get(one, ()))
        return reached

    def _children(self, way: Down) -> dict[int, list[int]]:
        children: dict[int, list[int]] = {}
        for at, row in enumerate(self.tables[way.below]):
            parent = self.above(row, way.up)
            if parent is not None:
                children.setdefault(parent, []).append(at)
        return children


def _lacks(key: object) -> bool:
    return key is None or (isinstance(key, tuple) and None in key)


def typed_rows(program: Program, tables: Tables) -> list[list[Typed]]:
    """Return the rows of every table of a program, in its order."""
    found = []
    for table in program.tables:
        names = [column.name for column in table.columns]
        found.append([tuple([row.get(name) for name in names]) for row in tables.rows(table.name)])
    return found


def positions(table: Table) -> dict[str, int]:
    """Return where in a row each stored column stands."""
    return {column.name: at for at, column in enumerate(table.columns)}


def way_up(program: Program, table: Table, name: str) -> Up:
    """Return the way that a `belongs_to` of a table leads."""
    relation = table.relation(name)
    above = program.table(relation.table)
    own, others = positions(table), positions(above)
    by, key = [own[name] for name in relation.by], [others[name] for name in above.key]
    return Up(program.tables.index(above), itemgetter(*by), itemgetter(*key))


def way_down(program: Program, step: Step, up: Up) -> Down:
    """Return the way that a step leads."""
    return Down([table.name for table in program.tables].index(step.table), up)
