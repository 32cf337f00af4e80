"""Rows that are given beside a record, in tables: what the record does not carry is found there.

So a row above a record has the rows below it that it has in a run, the record in its own place among them. What the
record does carry counts instead of what the tables say of it: a row of its key, and all rows under a name under which
rows nest in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from segrules.engine.record_rows import key_of
from segrules.meaning.tables import Key, Record
from segrules.program.expressions import expressions
from segrules.program.nodes import Aggregate, Step, walk
from segrules.program.program import Program

Below = tuple[Step, Key]
"""The rows that belong, by one step down, to the row of a key."""


class RowsBeside:
    """The typed rows of tables that are given beside records, found from above and from below."""

    def __init__(self, program: Program, rows: Mapping[str, Sequence[Record]]) -> None:
        self._tables = {table.name: table for table in program.tables}
        self._rows = rows
        self._by_key = {name: _places(found, self._tables[name].key) for name, found in rows.items()}
        self._down = _steps_down(program, rows)
        self._by_parent = {step: _several(rows[step.table], self._by(step)) for _, step in self._down}

    def add_to(self, rows: dict[str, list[Record]], carried: Set[Below]) -> None:
        """Add to the rows of a record those that stand above and below them; `carried` are rows that nest in it."""
        if not self._rows:
            return
        found = _Found({name: {key_of(row, self._tables[name].key) for row in own} for name, own in rows.items()})
        found.pending += [(name, row) for name, own in rows.items() for row in own]
        while found.pending:
            for name, at in self._around(*found.pending.pop(), carried):
                if at not in found.places.setdefault(name, set()) and not self._is_carried(name, at, found, carried):
                    found.places[name].add(at)
                    found.pending.append((name, self._rows[name][at]))
        for name, places in found.places.items():
            rows.setdefault(name, []).extend(self._rows[name][at] for at in sorted(places))

    def _around(self, name: str, row: Record, carried: Set[Below]) -> Iterator[tuple[str, int]]:
        """Yield the places of the rows above a row, and of those below it or below one above it."""
        table = self._tables[name]
        yield from self._below(name, key_of(row, table.key), carried)
        for relation in table.relations:
            key = key_of(row, relation.by)
            if (at := self._by_key.get(relation.table, {}).get(key)) is not None:
                yield relation.table, at
            yield from self._below(relation.table, key, carried)

    def _below(self, name: str, key: Key, carried: Set[Below]) -> Iterator[tuple[str, int]]:
        for above, step in self._down:
            if above == name and (step, key) not in carried:
                yield from ((step.table, at) for at in self._by_parent[step].get(key, ()))

    def _is_carried(self, name: str, at: int, found: _Found, carried: Set[Below]) -> bool:
        """Whether the record says itself what a row is, or that there is none."""
        table, row = self._tables[name], self._rows[name][at]
        if table.key and key_of(row, table.key) in found.own.get(name, ()):
            return True
        return any((Step(name, one.name), key_of(row, one.by)) in carried for one in table.relations)

    def _by(self, step: Step) -> tuple[str, ...]:
        return self._tables[step.table].relation(step.relation).by


@dataclass(slots=True)
class _Found:
    """What is found for one record: places by table. `own` are the keys of its own rows."""

    own: Mapping[str, Set[Key]]
    places: dict[str, set[int]] = field(default_factory=dict)
    pending: list[tuple[str, Record]] = field(default_factory=list)


def _steps_down(program: Program, given: Mapping[str, object]) -> list[tuple[str, Step]]:
    """Return the steps that aggregates go down to tables that are given, each with the table that it begins at."""
    nodes = (node for one in expressions(program) for node in walk(one.expression))
    steps = dict.fromkeys(step for node in nodes if isinstance(node, Aggregate) for step in node.down)
    found = [step for step in steps if step.table in given]
    return [(program.table(step.table).relation(step.relation).table, step) for step in found]


def _places(rows: Sequence[Record], key: Sequence[str]) -> dict[Key, int]:
    return {key_of(row, key): at for at, row in enumerate(rows)} if key else {}


def _several(rows: Sequence[Record], by: Sequence[str]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = {}
    for at, row in enumerate(rows):
        if None not in (key := key_of(row, by)):
            found.setdefault(key, []).append(at)
    return found
