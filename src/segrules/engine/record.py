"""One record on its way in: the same conversions and constraints as for tables, in plain Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from segrules.backends.scalar.interpreter import Interpreter
from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.spelling import nearest
from segrules.engine import data_messages, input_messages
from segrules.engine.nesting import Raw, Shape, Unnested, shapes, unnest
from segrules.engine.record_rows import RowReader, key_of, lost_rows
from segrules.engine.refusal import raise_errors
from segrules.engine.rows_beside import Below, RowsBeside
from segrules.meaning.constants import constant_value
from segrules.meaning.tables import Key, Record, Tables
from segrules.program.nodes import Step
from segrules.program.program import Program, Relation, Table
from segrules.program.sensitivity import NOTHING_SENSITIVE, Sensitivity

Rows = dict[str, list[Record]]


class RecordIntake:
    """Takes in records of one program on one day; made once, used for many records, from any thread.

    `tables` hold rows that records do not carry themselves. They are read, checked and indexed here: a wrong name
    raises `InputInvalid`, wrong data `DataInvalid`, in which what is sensitive is hidden.
    """

    def __init__(
        self,
        program: Program,
        as_of: date,
        tables: Mapping[str, object],
        sensitivity: Sensitivity = NOTHING_SENSITIVE,
    ) -> None:
        self._program = program
        self._as_of = as_of
        self._shapes = shapes(program)
        constant = partial(constant_value, program, as_of)
        self._sensitivity = sensitivity
        self._readers = {name: RowReader(program, shape, constant, sensitivity) for name, shape in self._shapes.items()}
        names = list(self._shapes)
        unknown = [input_messages.not_declared(name, names) for name in tables if name not in names]
        raise_errors(unknown)
        self._beside = RowsBeside(program, self._taken(tables))

    def take(self, record: Raw) -> Mapping[str, Sequence[Record]]:
        """Return the typed rows of a record by table: its own, those nested in it, those beside it in `tables`.

        The entity's row is the first of its table. Raises `InputInvalid` and `DataInvalid` with all that is wrong.
        """
        nested = unnest(self._shapes, self._program.entity, record)
        taking = _Taking()
        strange = [_strange(self._shapes[table], name) for table, name in nested.strange]
        taking.said += [one for one in strange if one is not None]
        taking.said += dict.fromkeys(
            _no_rows(self._shapes[table], name, given) for table, name, given in nested.no_rows
        )
        typed = {name: self._read(name, raw, nested.above.get(name, ()), taking) for name, raw in nested.rows.items()}
        taking.said += _disagreements(self._shapes, nested, typed)
        entity = self._program.entity
        if taking.rows[entity][:1] != typed[entity][:1]:
            taking.said.append(_left_out(self._shapes[entity].table))
        self._beside.add_to(taking.rows, _carried(self._shapes, nested, typed))
        raise_errors([*taking.said, *self._lost(taking)])
        return taking.rows

    def _read(self, name: str, raw: Sequence[Raw], above: Collection[int], taking: _Taking) -> Sequence[Record]:
        """Return all typed rows of a table; take those that `where` keeps, the same row `above` once."""
        reader = self._readers[name]
        typed, faults, complaints = reader.read(raw)
        kept = _without_repeated(typed, self._kept(name, typed), above, self._shapes[name].table.key)
        taking.said += complaints
        taking.unreadable |= {(name, column, at) for column, wrong in faults.items() for at in wrong}
        taking.places[name] = kept
        if not complaints:
            taking.said += [data_messages.broken(one) for one in reader.broken(raw, typed, faults, kept)]
        taking.rows[name] = [typed[at] for at in kept]
        return typed

    def _kept(self, name: str, typed: Sequence[Record]) -> list[int]:
        everything = range(len(typed))
        if self._shapes[name].table.where is None:
            return list(everything)
        at_work = Interpreter(self._program, self._as_of, Tables(self._program, {name: typed}))
        return [at for at in everything if at_work.keeps(name, at)]

    def _taken(self, tables: Mapping[str, object]) -> Rows:
        taking = _Taking()
        for name, given in tables.items():
            self._read(name, _rows(self._shapes[name].table, given, taking), (), taking)
        raise_errors(taking.said)
        return taking.rows

    def _lost(self, taking: _Taking) -> list[Diagnostic]:
        """Return what is said about the rows that find no row that they must belong to."""
        said: list[Diagnostic] = []
        for name, found in taking.rows.items():
            table = self._shapes[name].table
            for relation in (one for one in table.relations if one.required):
                keys = self._keys_above(relation, taking)
                lost = {
                    at: row
                    for at, row in zip(taking.places.get(name, ()), found, strict=False)
                    if _is_lost(table, row, at, relation, keys, taking)
                }
                said += [lost_rows(table, relation, lost, self._sensitivity)] if lost else []
        return said

    def _keys_above(self, relation: Relation, taking: _Taking) -> set[Key] | None:
        """Return the keys that rows can belong to; None where `keys_from` makes one for every key."""
        above = self._shapes[relation.table].table
        return None if above.keys_from else {key_of(row, above.key) for row in taking.rows.get(above.name, ())}


def _rows(table: Table, given: object, taking: _Taking) -> Sequence[Raw]:
    """Return the rows that are given for a table, which may be whatever `evaluate` takes for it."""
    if isinstance(given, Sequence) and all(isinstance(row, Mapping) for row in given):
        return given
    from segrules.engine.inputs import read_rows

    found, complaints = read_rows(table, given)
    taking.said += complaints
    return found


@dataclass(slots=True)
class _Taking:
    """What is taken so far: the rows, what is said about them, and where (table, column, place) one is unreadable.

    `places` say, by table, where in what was given each row stands.
    """

    rows: Rows = field(default_factory=dict)
    places: dict[str, list[int]] = field(default_factory=dict)
    said: list[Diagnostic] = field(default_factory=list)
    unreadable: set[tuple[str, str, int]] = field(default_factory=set)


def _is_lost(table: Table, row: Record, at: int, relation: Relation, keys: set[Key] | None, taking: _Taking) -> bool:
    """Whether a row finds none above it; a missing or unreadable value that is told already is not told again."""
    absent = [table.column(name) for name in relation.by if row.get(name) is None]
    if absent:
        return not any(
            not column.type.nullable or (table.name, column.name, at) in taking.unreadable for column in absent
        )
    return keys is not None and key_of(row, relation.by) not in keys


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


def _carried(shapes: Mapping[str, Shape], nested: Unnested, typed: Mapping[str, Sequence[Record]]) -> set[Below]:
    """Return under which rows of a record others nest, even if these are none: the way down, and the key above."""
    return {
        (Step(child, relation.name), key_of(typed[name][at], shapes[name].table.key))
        for name, rows in nested.rows.items()
        for down, (child, relation) in shapes[name].below.items()
        for at, row in enumerate(rows)
        if isinstance(row.get(down), list | tuple)
    }


def _strange(shape: Shape, name: str) -> Diagnostic | None:
    """Return what is said about nested rows under a name that is nearly one of those under which rows nest."""
    near = nearest(name, [*shape.below, *shape.above])
    return None if near is None else input_messages.nested_name(shape.table.name, name, near)


def _no_rows(shape: Shape, name: str, given: object) -> Diagnostic:
    """Return what is said about something that stands where rows nest."""
    said = input_messages.no_row_above if name in shape.above else input_messages.no_rows_below
    return said(shape.table.name, name, given)


def _disagreements(
    shapes: Mapping[str, Shape], nested: Unnested, typed: Mapping[str, Sequence[Record]]
) -> list[Diagnostic]:
    said: list[Diagnostic] = []
    for link in nested.links:
        above = shapes[link.relation.table].table
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
