"""One record on its way in: the same conversions and constraints as for tables, in plain Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.tables import Key, Record, RowAt, Tables
from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.spelling import nearest
from segrules.engine import data_messages, input_messages
from segrules.engine.nesting import Raw, Unnested, names_below, unnest
from segrules.engine.record_rows import RowReader, key_of, lost_rows
from segrules.engine.refusal import raise_errors
from segrules.language.values import Value
from segrules.program.nodes import Expression
from segrules.program.program import Program, Table

Rows = dict[str, list[Record]]


class RecordIntake:
    """Takes in records of one program on one day; made once, used for many records, from any thread.

    `tables` hold rows above that records do not carry themselves. They are read, checked and indexed here: a wrong
    name raises `InputInvalid`, wrong data `DataInvalid`.
    """

    def __init__(self, program: Program, as_of: date, tables: Mapping[str, Sequence[Raw]]) -> None:
        self._program = program
        self._as_of = as_of
        self._readers = {table.name: RowReader(program, table, self._constant) for table in program.tables}
        names = [table.name for table in program.tables]
        unknown = [input_messages.not_declared(name, names) for name in tables if name not in names]
        raise_errors(unknown)
        self._above = self._indexed(tables)

    def take(self, record: Raw) -> Mapping[str, Sequence[Record]]:
        """Return the typed rows of a record by table: its own, those nested in it, those above that `tables` hold.

        The entity's row is the first of its table. Raises `InputInvalid` and `DataInvalid` with all that is wrong.
        """
        nested = unnest(self._program, record)
        rows: Rows = {}
        complaints = [_strange(self._program, *one) for one in nested.strange]
        said = [one for one in complaints if one is not None]
        typed = {
            name: self._read(name, raw, nested.above.get(name, ()), rows, said) for name, raw in nested.rows.items()
        }
        said += _disagreements(self._program, nested, typed)
        if not rows[self._program.entity]:
            said.append(_left_out(self._program.table(self._program.entity)))
        self._add_above(rows)
        raise_errors([*said, *self._lost(rows)])
        return rows

    def _read(
        self, name: str, raw: Sequence[Raw], above: Collection[int], rows: Rows, said: list[Diagnostic]
    ) -> Sequence[Record]:
        """Return all typed rows of a table; put those that `where` keeps, the same row `above` once, into `rows`."""
        reader = self._readers[name]
        typed, faults, complaints = reader.read(raw)
        kept = _without_repeated(typed, self._kept(name, typed), above, self._program.table(name).key)
        said += complaints
        if not complaints:
            said += [data_messages.broken(one) for one in reader.broken(raw, typed, faults, kept)]
        rows[name] = [typed[at] for at in kept]
        return typed

    def _kept(self, name: str, typed: Sequence[Record]) -> list[int]:
        everything = range(len(typed))
        if self._program.table(name).where is None:
            return list(everything)
        at_work = Interpreter(self._program, self._as_of, Tables(self._program, {name: typed}))
        return [at for at in everything if at_work.keeps(name, at)]

    def _constant(self, expression: Expression) -> Value:
        nothing = Tables(self._program, {})
        return Interpreter(self._program, self._as_of, nothing).evaluate(expression, RowAt(self._program.entity, 0))

    def _indexed(self, tables: Mapping[str, Sequence[Raw]]) -> dict[str, dict[Key, Record]]:
        rows: Rows = {}
        said: list[Diagnostic] = []
        for name, raw in tables.items():
            self._read(name, raw, (), rows, said)
        raise_errors(said)
        keys = {name: self._program.table(name).key for name in rows}
        return {name: {key_of(row, keys[name]): row for row in found} for name, found in rows.items()}

    def _add_above(self, rows: Rows) -> None:
        """Add the rows above those that are there, and above these, as far as `tables` hold them."""
        pending = [(name, row) for name, found in rows.items() for row in found]
        there = {name: {key_of(row, self._program.table(name).key) for row in found} for name, found in rows.items()}
        while pending:
            name, row = pending.pop()
            for relation in self._program.table(name).relations:
                key = key_of(row, relation.by)
                found = self._above.get(relation.table, {}).get(key)
                if found is not None and key not in there.setdefault(relation.table, set()):
                    there[relation.table].add(key)
                    rows.setdefault(relation.table, []).append(found)
                    pending.append((relation.table, found))

    def _lost(self, rows: Rows) -> list[Diagnostic]:
        """Return what is said about the rows that find no row that they must belong to."""
        said: list[Diagnostic] = []
        for name, found in rows.items():
            for relation in self._program.table(name).relations:
                if relation.required:
                    above = self._program.table(relation.table)
                    keys = {key_of(row, above.key) for row in rows.get(above.name, ())}
                    lost = [at for at, row in enumerate(found) if _is_lost(key_of(row, relation.by), keys, above)]
                    said += [lost_rows(self._program.table(name), relation.name, found, lost)] if lost else []
        return said


def _is_lost(key: Key, keys: set[Key], above: Table) -> bool:
    """Whether no row above has that key; a table of `keys_from` has a row for every key."""
    return None in key or (key not in keys and above.keys_from is None)


def _without_repeated(
    typed: Sequence[Record], kept: Sequence[int], above: Collection[int], key: Sequence[str]
) -> list[int]:
    """Return the places of the rows but for those `above` that were there before: they nest in many rows."""
    if not above:
        return list(kept)
    seen: dict[Key, Record] = {}
    left: list[int] = []
    for at in kept:
        before = seen.setdefault(key_of(typed[at], key), typed[at])
        if at not in above or before is typed[at] or before != typed[at]:
            left.append(at)
    return left


def _strange(program: Program, table: str, name: str) -> Diagnostic | None:
    """Return what is said about nested rows under a name that is nearly one of those under which rows nest."""
    found = program.table(table)
    near = nearest(name, [*names_below(program, found), *(relation.name for relation in found.relations)])
    return None if near is None else input_messages.nested_name(table, name, near)


def _disagreements(program: Program, nested: Unnested, typed: Mapping[str, Sequence[Record]]) -> list[Diagnostic]:
    said: list[Diagnostic] = []
    for link in nested.links:
        above = program.table(link.relation.table)
        lower, upper = typed[link.child][link.child_at], typed[above.name][link.parent_at]
        if key_of(lower, link.relation.by) != key_of(upper, above.key):
            said.append(
                Diagnostic(
                    catalogue.KEYS_DISAGREE,
                    f"a row of `{link.child}` nests in a row of `{above.name}` that it does not belong to",
                    related=(Label(link.relation.span, "declared here"),),
                    help=f"leave {', '.join(f'`{name}`' for name in link.relation.by)} out of nested rows",
                )
            )
    return list(dict.fromkeys(said))


def _left_out(table: Table) -> Diagnostic:
    return Diagnostic(
        catalogue.ROW_LEFT_OUT,
        f"the record is none of the rows of `{table.name}` that count: its `where` is not true of it",
        related=(Label(table.span, "declared here"),),
    )
