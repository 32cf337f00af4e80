"""The quick way in for a record as records usually are: read by code that is generated for the tables of a program.

It takes only what is right. Anything else, a wrong value or a row that nests above another, it leaves to
`RecordIntake`, which reads with care and says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from segrules.backends.record.compiled import condition_of
from segrules.backends.record.rows import Typed, positions
from segrules.engine.nesting import PLAIN, Raw, Shape, shapes
from segrules.engine.quick_rows import ReadRow, Unusual, row_reader
from segrules.engine.record_rows import constants
from segrules.program.program import Program, Relation, Table


@dataclass(frozen=True, slots=True, eq=False)
class _Below:
    """Rows that nest in a row: the number of their table, and what they have of the row above, by header and column.

    `by` and `key` give what rows below and above must have alike. With `lost` such a row must belong to others, too,
    which may not be there.
    """

    table: int
    given: tuple[tuple[str, str, str], ...]
    by: Callable[[Typed], Any]
    key: Callable[[Typed], Any]
    lost: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Taker:
    """How rows of a table are read. `names` are all that may stand in one and need no second look.

    `unique` are what no two rows may have alike; `needed` says that other rows must belong to those of this table.
    """

    shape: Shape
    names: frozenset[str]
    read: ReadRow
    keeps: Callable[[Typed], bool] | None
    unique: tuple[Callable[[Typed], Any], ...]
    needed: bool
    below: dict[str, _Below] = field(default_factory=dict)


class QuickIntake:
    """Takes in usual records of one program on one day; made once, used for many records, from any thread."""

    def __init__(self, program: Program, as_of: date) -> None:
        every, constant = shapes(program), constants(program, as_of)
        read = {name: row_reader(program, shape, constant) for name, shape in every.items()}
        self._takers = [_taker(program, every, table, as_of, read[table.name]) for table in program.tables]
        self._entity = next(at for at, table in enumerate(program.tables) if table.name == program.entity)
        self._possible = _is_possible(program)

    def take(self, record: Raw) -> Sequence[Sequence[Typed]] | None:
        """Return the rows of a record by the number of their table, its own the first of them; None of an unusual."""
        if not self._possible:
            return None
        rows: list[list[Typed]] = [[] for _ in self._takers]
        try:
            self._add(self._entity, record, rows)
            return [self._kept(number, found) if found else found for number, found in enumerate(rows)]
        except Unusual:
            return None

    def _add(self, number: int, record: Raw, rows: list[list[Typed]]) -> Typed:
        """Add a row and those that nest in it."""
        taker = self._takers[number]
        if type(record) is not dict:
            raise Unusual
        if not taker.names.issuperset(record):
            _refuse_nested(taker, record)
        row = taker.read(record)
        rows[number].append(row)
        if taker.below:
            for name in record:
                if name in taker.below:
                    self._add_below(taker, taker.below[name], record, row, record[name], rows)
        return row

    def _add_below(
        self, taker: _Taker, below: _Below, record: Raw, row: Typed, nested: object, rows: list[list[Typed]]
    ) -> None:
        if isinstance(nested, PLAIN):
            return
        if below.lost or not isinstance(nested, list | tuple):
            raise Unusual
        key = below.key(row)
        written = self._takers[below.table].shape.written
        keys = [(header, column, taker.shape.written(record, name)) for header, column, name in below.given]
        for one in nested:
            if type(one) is not dict:
                raise Unusual
            given = {header: value for header, column, value in keys if written(one, column) is None}
            if below.by(self._add(below.table, {**one, **given} if given else one, rows)) != key:
                raise Unusual

    def _kept(self, number: int, rows: list[Typed]) -> list[Typed]:
        """Return the rows that count; leave those that break what holds of several, or are needed and do not count."""
        taker = self._takers[number]
        kept = rows
        if taker.keeps is not None:
            kept = [row for row in rows if taker.keeps(row)]
            if len(kept) < len(rows) and (taker.needed or number == self._entity):
                raise Unusual
        if len(kept) > 1:
            for same in taker.unique:
                values = [value for row in kept if (value := same(row)) is not None]
                if len(set(values)) < len(values):
                    raise Unusual
        return kept


def _is_possible(program: Program) -> bool:
    """Whether a record can bring all rows that it needs: none is made of the keys of others, none must stand above."""
    entity = program.table(program.entity)
    made = any(table.keys_from is not None for table in program.tables if table is not entity)
    return not made and not any(relation.required for relation in entity.relations)


def _taker(program: Program, every: Mapping[str, Shape], table: Table, as_of: date, read: ReadRow) -> _Taker:
    shape = every[table.name]
    at = positions(table)
    keys = (table.key,) if table.key else ()
    alike = [*keys, *((column.name,) for column in table.columns if column.unique and table.key != (column.name,))]
    below = {name: _below(program, shape, every[child], relation) for name, (child, relation) in shape.below.items()}
    return _Taker(
        shape,
        frozenset([*shape.headers, *shape.headers.values(), *below]),
        read,
        None if table.where is None else condition_of(program, as_of, table.name, table.where),
        tuple(itemgetter(*(at[name] for name in names)) for names in alike),
        any(
            relation.required
            for child in program.tables
            for relation in child.relations
            if relation.table == table.name
        ),
        below,
    )


def _below(program: Program, above: Shape, child: Shape, relation: Relation) -> _Below:
    own, others = positions(child.table), positions(above.table)
    together = list(zip(relation.by, above.table.key, strict=True))
    return _Below(
        program.tables.index(child.table),
        tuple((child.headers[by], by, key) for by, key in together),
        itemgetter(*(own[by] for by, _ in together)),
        itemgetter(*(others[key] for _, key in together)),
        any(one.required and one is not relation for one in child.table.relations),
    )


def _refuse_nested(taker: _Taker, record: Raw) -> None:
    """Leave a record in which something nests under a name that is not one of those for rows below."""
    for name in record:
        if name not in taker.names and not isinstance(record[name], PLAIN):
            raise Unusual
