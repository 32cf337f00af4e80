"""The extent of an expression: of what is stored or written, and by the rules of functions of what is worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from segrules.language.statistics import is_place
from segrules.language.types import NUMERIC, Kind
from segrules.lint.regions.domain import domain_of
from segrules.lint.regions.extents.aggregates import AGGREGATES
from segrules.lint.regions.extents.extent import UNKNOWN, Extent, point_of
from segrules.lint.regions.extents.functions import FUNCTIONS
from segrules.lint.regions.extents.part import Part
from segrules.lint.regions.extents.statistics import STATISTICS
from segrules.lint.regions.subjects import CASTS, References, is_own, is_written, own_value, written_value
from segrules.program.nodes import Aggregate, Call, Expression, Field, Statistic, walk
from segrules.program.program import Computed, Program


class Extents:
    """Works out extents, on days when parameters have these values; of what it does not know it says nothing."""

    def __init__(self, program: Program, references: References) -> None:
        self._program = program
        self.references = references
        self._known: dict[Expression, Extent] = {}

    def of_subject(self, node: Expression) -> Extent:
        """Return the extent of what is asked about; that of a column of the row has the places of its axis for ends."""
        if isinstance(node, Field) and is_own(node) and self._program.definition(node.row.table, node.name) is None:
            column = self._program.table(node.row.table).column(node.name)
            own = domain_of(self._program, column, [self.references])
            return Extent(own.low, own.high, node.type.kind is not Kind.LIST, node.type.nullable)
        return self.of(node)

    def of(self, node: Expression) -> Extent:
        """Return the extent of an expression."""
        if node not in self._known:
            self._known[node] = self._of(node)
        return self._known[node]

    def _of(self, node: Expression) -> Extent:
        if (value := own_value(self._program, node)) is not None:
            return self.of(value)
        if is_written(node):
            return point_of(written_value(self._program, node, self.references))
        match node:
            case Field():
                return self._column(node)
            case Aggregate():
                return self._aggregate(node)
            case Statistic():
                return self._statistic(node)
            case Call():
                return FUNCTIONS[node.function](node, [self._part(one) for one in node.arguments])
            case _:
                return UNKNOWN

    def _column(self, field: Field) -> Extent:
        definition = self._program.definition(field.row.table, field.name)
        if isinstance(definition, Computed):
            return replace(self.of(definition.value), can_lack=False)
        if definition is not None:
            return UNKNOWN
        stored = self._program.table(field.row.table).column(field.name)
        if field.type.kind not in NUMERIC:
            is_all = field.type.kind is not Kind.LIST and stored.minimum is stored.maximum is None
            return Extent(is_all=is_all, can_lack=field.type.nullable)
        ends = domain_of(self._program, stored, [self.references])
        unit = 10**stored.type.places
        low, high = ends.low, ends.high
        if field.type.kind is not Kind.NUMBER:
            low, high = None if low is None else Fraction(ceil(low)), None if high is None else Fraction(floor(high))
        low, high = (None if end is None else end / unit for end in (low, high))
        return Extent(low, high, True, field.type.nullable)

    def _part(self, node: Expression) -> Part:
        return Part(self._program, self.references, node, self._inner(node), self._uncast(node))

    def _inner(self, node: Expression) -> Extent:
        """Return the extent of what something else is made of."""
        found = self.of(node)
        return found if found.within is None else replace(found, is_all=False, within=None)

    def _uncast(self, node: Expression) -> Extent:
        """Return the extent of what becomes a number of another type, which then has gaps."""
        if isinstance(node, Call) and node.function in CASTS:
            return self._uncast(node.arguments[0])
        return self._inner(node)

    def _aggregate(self, node: Aggregate | Statistic) -> Extent:
        """Return the extent of an aggregate; a filter on what is aggregated leaves out some of its values."""
        found = AGGREGATES[node.function](node, UNKNOWN if node.value is None else self._inner(node.value))
        if node.value is None or node.where is None or not set(self._read(node.where)) & set(self._read(node.value)):
            return found
        return replace(found, is_all=False)

    def _read(self, node: Expression) -> Iterator[tuple[str, str]]:
        """Yield the tables and names of the columns that an expression reads, and that what it reads is made of."""
        for one in walk(node):
            if isinstance(one, Field):
                definition = self._program.definition(one.row.table, one.name)
                yield one.row.table, one.name
                if isinstance(definition, Computed):
                    yield from self._read(definition.value)

    def _statistic(self, node: Statistic) -> Extent:
        if node.function in AGGREGATES:
            return replace(self._aggregate(node), can_lack=False)
        value = self.of(node.value)
        amount = UNKNOWN if node.amount is None else self.of(node.amount)
        found = STATISTICS[node.function](node, self._inner(node.value), amount)
        return replace(found, can_lack=is_place(node.function) and (value.can_lack or node.where is not None))
