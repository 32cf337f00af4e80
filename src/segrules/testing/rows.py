"""The rows of a test, out of what is written: completed by fixtures, unnested, each value as its column's type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Span
from segrules.document.suite import CaseText, GivenText, RowText
from segrules.document.written import Entry, Text
from segrules.engine.faults import Unreadable
from segrules.engine.nesting import Shape, shapes, unnest
from segrules.engine.spelling import spelling_of
from segrules.language.values import Value
from segrules.program.program import Column, Program
from segrules.testing import mistakes
from segrules.testing.fixtures import Fixtures
from segrules.testing.values import read_value

_ORIGIN = "~origin"
"""The name in a raw row under which it says where it comes from; no column has such a name."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a test: its values by the header of their column, and where they and the row are written."""

    values: Mapping[str, Value]
    places: Mapping[str, Span]
    span: Span


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where a row and its values are written; not `whole` if something in it could not be read."""

    span: Span
    places: Mapping[str, Span]
    whole: bool


class RowMaker:
    """Makes rows for the tests of one file."""

    def __init__(self, program: Program, fixtures: Fixtures) -> None:
        self._program = program
        self._shapes = shapes(program)
        self._fixtures = fixtures
        self._spellings = {
            (table.name, column.name): spelling_of(column, table.source, program.timezone)
            for table in program.tables
            for column in table.columns
        }

    def rows(self, case: CaseText) -> tuple[dict[str, list[Row]], list[Diagnostic]]:
        """Return the rows of a test by table, and all that is wrong with them."""
        self._fixtures.mistakes.clear()
        found: list[Diagnostic] = []
        own: dict[str, list[Row]] = {}
        lent: dict[str, list[Row]] = {}
        for entry in case.given:
            if entry.name.value in self._shapes:
                for row in entry.value:
                    self._add(entry.name.value, self._raw(entry.name.value, row, found), own, lent, found)
            else:
                found.append(mistakes.unknown_table(entry.name, list(self._shapes)))
        for table, several in lent.items():
            there = own.setdefault(table, [])
            for one in several:
                if all(one.values != other.values for other in there):
                    there.append(one)
        return own, [*self._fixtures.mistakes, *found]

    def _add(
        self,
        table: str,
        row: Mapping[str, object],
        own: dict[str, list[Row]],
        lent: dict[str, list[Row]],
        found: list[Diagnostic],
    ) -> None:
        """Add a row and all that nest in it; `lent` takes the rows above, which may nest in many."""
        nested = unnest(self._shapes, table, row)
        for link in nested.links:
            lower, upper = nested.rows[link.child][link.child_at], nested.rows[link.relation.table][link.parent_at]
            above = self._shapes[link.relation.table]
            keys = [above.written(upper, name) for name in above.table.key]
            if [self._shapes[link.child].written(lower, name) for name in link.relation.by] != keys:
                found.append(mistakes.keys_disagree(link.child, link.relation, _origin(lower).span))
        for name, several in nested.rows.items():
            above_here = nested.above.get(name, ())
            for at, one in enumerate(several):
                (lent if at in above_here else own).setdefault(name, []).append(self._made(name, one, found))

    def _raw(self, table: str, row: RowText, found: list[Diagnostic]) -> dict[str, object]:
        shape = self._shapes[table]
        before = len(found) + len(self._fixtures.mistakes)
        made: dict[str, object] = {}
        places: dict[str, Span] = {}
        for name, entry in self._fixtures.written(row).items():
            column = _column(shape, name)
            if column is not None:
                made[column.header] = self._value(table, column, entry, found)
                places[column.name] = entry.name.span
            else:
                made |= self._nested(shape, name, entry, found)
        whole = len(found) + len(self._fixtures.mistakes) == before
        return made | {_ORIGIN: _Origin(row.span, places, whole)}

    def _value(self, table: str, column: Column, entry: Entry[GivenText], found: list[Diagnostic]) -> Value:
        written = entry.value
        texts = written if isinstance(written, tuple) else (written,)
        if not all(isinstance(one, Text) for one in texts):
            found.append(mistakes.row_for_a_value(table, entry.name, written))
            return None
        plain: Text | tuple[Text, ...] = written  # type: ignore[assignment]  # just shown
        try:
            return read_value(plain, column.type, self._spellings[table, column.name])
        except Unreadable as unreadable:
            found.append(mistakes.unreadable_value(table, column, plain, entry.name.span, unreadable.fault))
            return None

    def _nested(self, shape: Shape, name: str, entry: Entry[GivenText], found: list[Diagnostic]) -> dict[str, object]:
        """Return the rows that nest under a name that is no column."""
        value = entry.value
        if name in shape.above:
            if isinstance(value, RowText):
                return {name: self._raw(shape.above[name].table, value, found)}
            found.append(mistakes.value_for_a_row(shape.table.name, entry.name, "one row, as keys with values"))
        elif name in shape.below:
            if isinstance(value, tuple) and all(isinstance(one, RowText) for one in value):
                return {
                    name: [self._raw(shape.below[name][0], one, found) for one in value if isinstance(one, RowText)]
                }
            found.append(mistakes.value_for_a_row(shape.table.name, entry.name, "a list of rows"))
        else:
            found.append(mistakes.unknown_column(shape, entry.name))
        return {}

    def _made(self, table: str, raw: Mapping[str, object], found: list[Diagnostic]) -> Row:
        """Return a row with every declared column; one that was left out is missing if it may be."""
        shape, origin = self._shapes[table], _origin(raw)
        absent = [one for one in shape.table.columns if one.header not in raw and not one.type.nullable]
        if origin.whole:
            found += [mistakes.left_out(table, column, origin.span) for column in absent]
        values: dict[str, Value] = {one.header: raw.get(one.header) for one in shape.table.columns}  # type: ignore[misc]
        return Row(values, origin.places, origin.span)


def _column(shape: Shape, name: str) -> Column | None:
    """Return the column of that name, or else with that header."""
    columns: Sequence[Column] = shape.table.columns
    by_name = next((column for column in columns if column.name == name), None)
    return by_name or next((column for column in columns if column.header == name), None)


def _origin(row: Mapping[str, object]) -> _Origin:
    origin = row[_ORIGIN]
    assert isinstance(origin, _Origin)
    return origin
