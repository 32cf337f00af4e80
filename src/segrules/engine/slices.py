"""The rows that the answer for one row of the entity depends on, out of whole tables, for the scalar interpreter.

What an expression reads is followed from the row: up along paths, down into aggregates, and on into whatever it reads
that is itself worked out. So a row above is there with those of its children, and only those, that something asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from segrules.engine.constraints import comparable
from segrules.engine.faults import Unreadable
from segrules.engine.reading import reader
from segrules.engine.spelling import Spelling
from segrules.engine.typed_table import python_values
from segrules.language.values import Value
from segrules.meaning.tables import Record
from segrules.program.expressions import expressions_of
from segrules.program.nodes import Aggregate, Expression, Field, Row, Scope, children
from segrules.program.program import Output, Program, Relation

Places = frozenset[int]
_ROW = "place of the row"


def find_row(program: Program, frames: Mapping[str, pl.DataFrame], key: Sequence[object]) -> int | None:
    """Return the place of the entity's row with a key, its parts as text or as values; None if there is none."""
    table = program.table(program.entity)
    values = typed_key(program, key)
    if values is None or len(key) != len(table.key):
        return None
    frame = frames[table.name]
    wanted = pl.DataFrame(
        [pl.Series(name, [value], frame.schema[name]) for name, value in zip(table.key, values, strict=True)]
    )
    found = frame.lazy().with_row_index(_ROW).join(wanted.lazy(), on=table.key, how="semi").select(_ROW).collect()
    return found.item() if found.height == 1 else None


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the rows of each table, in their order; `row` is the place, among those of the entity, of one row."""

    rows: Mapping[str, list[Record]]
    row: int


def slice_for(program: Program, frames: Mapping[str, pl.DataFrame], row: int) -> Slice:
    """Return the rows on which everything worked out for one row depends, but for those that statistics compare."""
    slicing = _Slicing(program, frames)
    slicing.load(program.entity, frozenset({row}))
    for name in program.results:
        slicing.demand(program.entity, name, frozenset({row}))
    places = {table.name: sorted(slicing.loaded.get(table.name, frozenset())) for table in program.tables}
    rows = {name: records(frames[name][found]) if found else [] for name, found in places.items()}
    return Slice(rows, places[program.entity].index(row))


def records(frame: pl.DataFrame) -> list[Record]:
    """Return the rows of a typed frame as the scalar interpreter takes them."""
    columns = {name: [_value(value) for value in python_values(frame[name])] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _value(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]


def typed_key(program: Program, key: Sequence[object]) -> tuple[Value, ...] | None:
    """Return a key of the entity, its parts as text or as values, in its columns' types; None if it has none there."""
    table = program.table(program.entity)
    spelling = Spelling(timezone=program.timezone)
    try:
        return tuple(
            reader(table.column(name).type, spelling)(part) for name, part in zip(table.key, key, strict=False)
        )
    except Unreadable:
        return None


@dataclass(slots=True)
class _Slicing:
    """Follows what is read; `loaded` are the places of rows by table, `done` where a name was already followed."""

    program: Program
    frames: Mapping[str, pl.DataFrame]
    loaded: dict[str, Places] = field(default_factory=dict)
    _done: dict[tuple[str, str], Places] = field(default_factory=dict)

    def load(self, table: str, places: Places) -> None:
        """Take rows into the slice."""
        self.loaded[table] = self.loaded.get(table, frozenset()) | places

    def demand(self, table: str, name: str, places: Places) -> None:
        """Follow what a column of some rows depends on."""
        done = self._done.get((table, name), frozenset())
        if not places - done:
            return
        self._done[table, name] = done | places
        definition = self.program.definition(table, name)
        if isinstance(definition, Output):
            self.demand(table, definition.segmentation, places)
        for expression in expressions_of(definition):
            self._follow(expression, {Scope.ROW: (table, places - done)})

    def _follow(self, node: Expression, rows: Mapping[Scope, tuple[str, Places]]) -> None:
        match node:
            case Field():
                table, places = self._up(node.row, rows)
                self.demand(table, node.name, places)
            case Aggregate():
                below = self._down(node, *rows[Scope.ROW])
                for part in children(node):
                    self._follow(part, {**rows, Scope.CHILD: (node.table, below)})
            case _:
                for part in children(node):
                    self._follow(part, rows)

    def _up(self, row: Row, rows: Mapping[Scope, tuple[str, Places]]) -> tuple[str, Places]:
        table, places = rows[row.scope]
        for name in row.path:
            relation = self.program.table(table).relation(name)
            places = self._matching(relation.table, self._key(relation), table, relation.by, places)
            table = relation.table
            self.load(table, places)
        return table, places

    def _down(self, node: Aggregate, table: str, places: Places) -> Places:
        for step in node.down:
            relation = self.program.table(step.table).relation(step.relation)
            places = self._matching(step.table, relation.by, table, self._key(relation), places)
            table = step.table
            self.load(table, places)
        return places

    def _key(self, relation: Relation) -> tuple[str, ...]:
        return self.program.table(relation.table).key

    def _matching(self, table: str, columns: Sequence[str], to: str, other: Sequence[str], places: Places) -> Places:
        """Return the places of the rows of `table` whose columns equal the other columns of some rows of `to`."""
        frame, sought = self.frames[table], self.frames[to][sorted(places)]
        rows = frame.lazy().select(comparable(frame, columns)).with_row_index(_ROW)
        wanted = sought.lazy().select(comparable(sought, other))
        names = [str(at) for at in range(len(columns))]
        return frozenset(rows.join(wanted, on=names, how="semi").select(_ROW).collect().to_series().to_list())
