"""Columns in generated code: stored values, ways up to other rows, and functions for what is worked out there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from segrules.backends.record.numbers import largest
from segrules.backends.record.pieces import Here, Piece
from segrules.backends.record.rows import Down, Up, positions, way_down, way_up
from segrules.backends.record.source import Module
from segrules.language.values import Value
from segrules.program.nodes import Field, Row, Scope, Step
from segrules.program.program import Computed, Definition, HitPolicy, Output, Program, Segmentation

if TYPE_CHECKING:
    from segrules.backends.record.writer import Writer


class Columns:
    """What is known of a program while it is compiled.

    `pending` are the functions that are called and not yet written: a name, and the column that it works out.
    """

    def __init__(self, program: Program, as_of: date) -> None:
        self.program = program
        self.as_of = as_of
        self.module = Module()
        self.references: dict[str, Value] = {parameter.name: parameter.value for parameter in program.parameters}
        self.references["as_of"] = as_of
        self.numbers = {table.name: number for number, table in enumerate(program.tables)}
        self.tables = {table.name: table for table in program.tables}
        self.positions = {table.name: positions(table) for table in program.tables}
        self.segmentations = {one.name: one for one in program.segmentations}
        self.pending: list[tuple[str, str, str]] = []
        self._definitions = _definitions(program)
        self._functions: dict[tuple[str, str], str] = {}
        self._places: dict[tuple[str, ...], str] = {}
        self._up: dict[tuple[str, str], Up] = {}
        self._down: dict[Step, Down] = {}

    def definition(self, table: str, name: str) -> Definition | None:
        """Return what works out a column, or None if it is stored."""
        return self._definitions.get((table, name))

    def function(self, table: str, name: str) -> str:
        """Return the name of the function that works out a column of a row."""
        if (table, name) not in self._functions:
            function = self._functions[table, name] = self.module.fresh("f")
            self.pending.append((function, table, name))
        return self._functions[table, name]

    def places(self, values: tuple[str, ...]) -> str:
        """Return the name of the positions of ordered texts."""
        if values not in self._places:
            self._places[values] = self.module.bind({value: at for at, value in enumerate(values)})
        return self._places[values]

    def up(self, table: str, relation: str) -> Up:
        """Return the way up by a `belongs_to`."""
        if (table, relation) not in self._up:
            self._up[table, relation] = way_up(self.program, self.tables[table], relation)
        return self._up[table, relation]

    def down(self, step: Step) -> Down:
        """Return the way down by a step."""
        if step not in self._down:
            self._down[step] = way_down(self.program, step, self.up(step.table, step.relation))
        return self._down[step]


def _definitions(program: Program) -> dict[tuple[str, str], Definition]:
    return {
        **{(one.table, one.name): one for one in program.computed},
        **{(program.entity, one.name): one for one in program.segmentations},
        **{(program.entity, one.column): one for one in program.outputs},
    }


def read(writer: Writer, node: Field) -> Piece:
    """Return the value of a column."""
    here = reach(writer, node.row)
    definition = writer.columns.definition(here.table, node.name)
    match definition:
        case None:
            return _stored(writer, here, node.name)
        case Computed():
            return _computed(writer, here, node.name)
        case Output():
            segmentation = writer.columns.segmentations[definition.segmentation]
            place = segmentation.outputs.index(definition)
            return _of_decided(writer, here, segmentation, f"decision.outputs[{place}]")
        case Segmentation():
            return _of_decided(writer, here, definition, "given")


def _stored(writer: Writer, here: Here, name: str) -> Piece:
    table = writer.columns.tables[here.table]
    place = writer.columns.positions[here.table].get(name)
    if place is None:
        return writer.constant(None)
    column = table.columns[place]
    nullable = here.nullable or column.type.nullable or table.keys_from is not None
    held = f"{here.row}[{place}]"
    return Piece(
        writer.local(f"None if {here.row} is None else {held}" if here.nullable else held),
        nullable,
        size=largest(column.type),
    )


def _computed(writer: Writer, here: Here, name: str) -> Piece:
    if here is writer.own and name in writer.computed:
        return writer.computed[name]
    return Piece(_called(writer, here, name), nullable=True)


def _of_decided(writer: Writer, here: Here, segmentation: Segmentation, part: str) -> Piece:
    decided = decided_at(writer, here, segmentation)
    text = f"{decided}.{part}"
    nullable = here.nullable or part != "given" or segmentation.hit_policy is not HitPolicy.COLLECT
    return Piece(writer.local(f"None if {decided} is None else {text}" if here.nullable else text), nullable)


def decided_at(writer: Writer, here: Here, segmentation: Segmentation) -> str:
    """Return the name of what a segmentation says of a row, None where there is no row."""
    if here is writer.own and segmentation.name in writer.decided:
        return writer.decided[segmentation.name]
    return _called(writer, here, segmentation.name)


def _called(writer: Writer, here: Here, name: str) -> str:
    call = f"{writer.columns.function(here.table, name)}(s, {here.at})"
    return writer.local(f"None if {here.at} is None else {call}" if here.nullable else call)


def reach(writer: Writer, path: Row) -> Here:
    """Return the row that a path leads to; it serves every column that is read there."""
    start = writer.below if path.scope is Scope.CHILD else writer.own
    assert start is not None
    here, walked = start, path.path[:0]
    known = writer.reached[-1 if path.scope is Scope.CHILD else 0]
    for relation in path.path:
        walked = (*walked, relation)
        if (path.scope, walked) not in known:
            known[path.scope, walked] = _above(writer, here, relation)
        here = known[path.scope, walked]
    return here


def _above(writer: Writer, here: Here, relation: str) -> Here:
    up = writer.columns.up(here.table, relation)
    found = f"s.above({here.row}, {writer.module.bind(up)})"
    at = writer.local(f"None if {here.row} is None else {found}" if here.nullable else found)
    table = writer.columns.program.table(here.table).relation(relation).table
    row = writer.local(f"None if {at} is None else {writer.rows(table)}[{at}]")
    return Here(table, row, at, nullable=True)
