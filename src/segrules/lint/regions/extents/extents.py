"""The extent of an expression: of what is stored or written, and by the rules of functions of what is worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from segrules.lint.regions.grounds import grounds
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
        is_all = not self._is_filtered(field)
        if field.type.kind not in NUMERIC:
            is_all = is_all and field.type.kind is not Kind.LIST and stored.minimum is stored.maximum is None
            return Extent(is_all=is_all, can_lack=field.type.nullable)
        ends = domain_of(self._program, stored, [self.references])
        unit = 10**stored.type.places
        low, high = ends.low, ends.high
        if field.type.kind is not Kind.NUMBER:
            low, high = None if low is None else Fraction(ceil(low)), None if high is None else Fraction(floor(high))
        low, high = (None if end is None else end / unit for end in (low, high))
        return Extent(low, high, is_all, field.type.nullable)

    def _is_filtered(self, field: Field) -> bool:
        """Whether another table's `where` leaves out rows by a column; of the row itself it is asked with its rules."""
        where = self._program.table(field.row.table).where
        if where is None or (is_own(field) and field.row.table == self._program.entity):
            return False
        return (field.row.table, field.name) in self._read(where)

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

    def _aggregate(self, node: Aggregate) -> Extent:
        """Return the extent of an aggregate of any rows, of which a filter may leave none or only some values."""
        found = AGGREGATES[node.function](node, UNKNOWN if node.value is None else self._inner(node.value))
        return found if node.where is None or self._leaves_all(node.where, node.value) else replace(found, is_all=False)

    def _leaves_all(self, where: Expression, value: Expression | None) -> bool:
        """Whether a filter surely leaves rows, with all values; what reads the same columns may leave only some."""
        is_apart = value is None or not set(self._read(where)) & set(self._read(value))
        return self._inner(where).is_all and is_apart

    def _read(self, node: Expression) -> Iterator[tuple[str, str]]:
        """Yield the tables and names of the columns that an expression reads, and that what it reads is made of."""
        for one in walk(node):
            if isinstance(one, Field):
                definition = self._program.definition(one.row.table, one.name)
                yield one.row.table, one.name
                if isinstance(definition, Computed):
                    yield from self._read(definition.value)

    def _statistic(self, node: Statistic) -> Extent:
        """Return the extent of a statistic; only where groups are any rows it is all."""
        found = self._of_rows(node)
        takes_no_part = any(self.of(one).can_lack for one in (node.value, *node.over)) or self._can_be_false(node.where)
        can_lack = is_place(node.function) and takes_no_part
        return replace(found, is_all=found.is_all and self._has_any_groups(node), can_lack=can_lack)

    def _can_be_false(self, where: Expression | None) -> bool:
        return where is not None and self._inner(where).is_all

    def _of_rows(self, node: Statistic) -> Extent:
        if node.function in STATISTICS:
            amount = UNKNOWN if node.amount is None else self.of(node.amount)
            return STATISTICS[node.function](node, self.of(node.value), amount)
        return AGGREGATES[node.function](node, self._inner(node.value))

    def _has_any_groups(self, node: Statistic) -> bool:
        """Whether rows with any values stand together: groups are not single rows, nor made or filtered by the value.

        What the table leaves out by its `where` is out here too.
        """
        table = self._program.table(self._program.entity)
        filters = [one for one in (node.where, table.where) if one is not None]
        parted = self._grounds([*node.over, *filters])
        can_be_true = node.where is None or self._inner(node.where).is_all
        return can_be_true and not parted & self._grounds([node.value]) and not parted >= set(table.key)

    def _grounds(self, nodes: Iterable[Expression]) -> frozenset[str]:
        return frozenset().union(*(grounds(self._program, node) for node in nodes))
