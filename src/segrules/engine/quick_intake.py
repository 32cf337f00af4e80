"""The quick way in for a record as records usually are: read by code that is generated for the tables of a program.

It takes only what is right. Anything else it leaves to `RecordIntake`, which reads with care and says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any

from segrules.backends.record.compiled import condition_of
from segrules.backends.record.rows import Typed, positions
from segrules.engine.nesting import PLAIN, Raw, Shape, shapes
from segrules.engine.quick_rows import ReadRow, Unusual, row_reader
from segrules.meaning.constants import constant_value
from segrules.program.program import Program, Relation, Table


@dataclass(frozen=True, slots=True)
class _Taking:
    """What is taken so far: the rows by the number of their table, and which of them stand above, where they nest."""

    rows: list[list[Typed]]
    above: set[tuple[int, Typed]] = field(default_factory=set)


@dataclass(frozen=True, slots=True, eq=False)
class _Link:
    """How a row that nests in another belongs to it, or the other way round, where `up` says that it stands above.

    `table` is the number of the nested row's table. `together` are columns of the lower row and parts of the key of the
    upper one, `by` and `key` what they hold once they are read.
    """

    relation: Relation
    up: bool
    table: int
    together: tuple[tuple[str, str], ...]
    by: Callable[[Typed], Any]
    key: Callable[[Typed], Any]


@dataclass(frozen=True, slots=True, eq=False)
class _Taker:
    """How rows of a table are read. `names` are all that may stand in one, `links` those under which rows nest.

    `unique` are what no two rows may have alike, `required` the `belongs_to` that must find a row; `needed` says that
    rows of this table must be there for others.
    """

    shape: Shape
    names: frozenset[str]
    read: ReadRow
    keeps: Callable[[Typed], bool] | None
    unique: tuple[Callable[[Typed], Any], ...]
    required: frozenset[Relation]
    needed: bool
    links: Mapping[str, _Link]
    above: Mapping[str, _Link]

    def filled(self, row: Raw, names: Sequence[str], values: Sequence[object]) -> Raw:
        """Return a row that has these values where it lacks one."""
        written, headers = self.shape.written, self.shape.headers
        given = {headers[name]: one for name, one in zip(names, values, strict=True) if written(row, name) is None}
        return {**row, **given} if given else row


class QuickIntake:
    """Takes in usual records of one program on one day; made once, used for many records, from any thread."""

    def __init__(self, program: Program, as_of: date) -> None:
        every, constant = shapes(program), partial(constant_value, program, as_of)
        read = {name: row_reader(program, shape, constant) for name, shape in every.items()}
        self._takers = [_taker(program, every, table, as_of, read[table.name]) for table in program.tables]
        self._entity = next(at for at, table in enumerate(program.tables) if table.name == program.entity)
        others = (table for table in program.tables if table.name != program.entity)
        self._possible = all(table.keys_from is None for table in others)  # no rows to be made of others

    def take(self, record: Raw) -> Sequence[Sequence[Typed]] | None:
        """Return the rows of a record by the number of their table, its own the first of them; None of an unusual."""
        if not self._possible:
            return None
        taking = _Taking([[] for _ in self._takers])
        try:
            self._add(self._entity, record, taking, None)
            return [self._kept(number, found) if found else found for number, found in enumerate(taking.rows)]
        except Unusual:
            return None

    def _add(self, number: int, record: Raw, taking: _Taking, found_by: Relation | None) -> Typed:
        """Add a row and those that nest in it; `found_by` is how it belongs to the one in which it nests."""
        taker = self._takers[number]
        if type(record) is not dict:
            raise Unusual
        if not taker.names.issuperset(record):
            _leave_nested(taker, record)
        if taker.above:
            record = self._with_keys_of_above(taker, record)
        row = taker.read(record)
        taking.rows[number].append(row)
        if taker.links:
            for name in record:
                if name in taker.links and record[name] is not None:
                    self._add_nested(taker, taker.links[name], record, row, record[name], taking)
        if taker.required and not all(_is_found(one, record, found_by) for one in taker.required):
            raise Unusual
        return row

    def _with_keys_of_above(self, taker: _Taker, record: Raw) -> Raw:
        """Return a row with what it lacks to belong to the rows above that nest in it."""
        for name, link in taker.above.items():
            upper = record.get(name)
            if type(upper) is dict:
                written = self._takers[link.table].shape.written
                values = [written(upper, key) for _, key in link.together]
                record = taker.filled(record, [by for by, _ in link.together], values)
        return record

    def _add_nested(self, taker: _Taker, link: _Link, record: Raw, row: Typed, nested: object, taking: _Taking) -> None:
        other = self._takers[link.table]
        outer, inner = zip(*(pair if link.up else pair[::-1] for pair in link.together), strict=True)
        values = [taker.shape.written(record, name) for name in outer]
        if link.up:
            if type(nested) is not dict:
                raise Unusual
            self._add_above(link, other.filled(nested, inner, values), link.by(row), taking)
            return
        if not isinstance(nested, list | tuple):
            raise Unusual
        key = link.key(row)
        for one in nested:
            if type(one) is not dict:
                raise Unusual
            if link.by(self._add(link.table, other.filled(one, inner, values), taking, link.relation)) != key:
                raise Unusual

    def _add_above(self, link: _Link, record: Raw, key: object, taking: _Taking) -> None:
        """Add a row above, but once: the same row may nest in many."""
        found = taking.rows[link.table]
        place = len(found)
        row = self._add(link.table, record, taking, None)
        if link.key(row) != key:
            raise Unusual
        if (link.table, row) in taking.above:
            del found[place]
        taking.above.add((link.table, row))

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


def _taker(program: Program, every: Mapping[str, Shape], table: Table, as_of: date, read: ReadRow) -> _Taker:
    shape = every[table.name]
    at = positions(table)
    keys = (table.key,) if table.key else ()
    alike = [*keys, *((column.name,) for column in table.columns if column.unique and table.key != (column.name,))]
    above = {one.name: _link(program, table, one, up=True) for one in table.relations}
    below = {
        name: _link(program, every[child].table, relation, up=False) for name, (child, relation) in shape.below.items()
    }
    return _Taker(
        shape,
        frozenset([*shape.headers, *shape.headers.values(), *below, *above]),
        read,
        None if table.where is None else condition_of(program, as_of, table.name, table.where),
        tuple(itemgetter(*(at[name] for name in names)) for names in alike),
        frozenset(one for one in table.relations if one.required),
        any(one.required and one.table == table.name for child in program.tables for one in child.relations),
        {**above, **below},
        above,
    )


def _link(program: Program, lower: Table, relation: Relation, *, up: bool) -> _Link:
    upper = program.table(relation.table)
    own, others = positions(lower), positions(upper)
    return _Link(
        relation,
        up,
        program.tables.index(upper if up else lower),
        tuple(zip(relation.by, upper.key, strict=True)),
        itemgetter(*(own[name] for name in relation.by)),
        itemgetter(*(others[name] for name in upper.key)),
    )


def _is_found(relation: Relation, record: Raw, found_by: Relation | None) -> bool:
    """Whether a row stands above by a `belongs_to`: the one in which it nests, or one that nests in it."""
    return relation is found_by or not isinstance(record.get(relation.name), PLAIN)


def _leave_nested(taker: _Taker, record: Raw) -> None:
    """Leave a record in which something nests under a name that is not one of those under which rows nest."""
    for name in record:
        if name not in taker.names and not isinstance(record[name], PLAIN):
            raise Unusual
