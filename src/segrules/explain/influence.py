"""What the stored columns of a row have a say in: the expressions that read them, however far down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from segrules.backends.scalar.interpreter import Interpreter
from segrules.language.values import Value
from segrules.meaning.tables import RowAt
from segrules.program.nodes import Aggregate, Expression, Field, Scope, Statistic, children, walk
from segrules.program.program import Computed, Definition, Output, Program, Segmentation

Columns = frozenset[str]

_NONE: Columns = frozenset()


@dataclass(slots=True)
class Influence:
    """Follows what expressions read at one row of the entity, and keeps the values of those that stand still."""

    known: Interpreter
    row: RowAt
    _reads: dict[Expression, Columns] = field(default_factory=dict)
    _reads_anywhere: dict[Expression, Columns] = field(default_factory=dict)
    _of_columns: dict[tuple[str, str], Columns] = field(default_factory=dict)
    _values: dict[Expression, Value] = field(default_factory=dict)
    _definitions: dict[str, Definition | None] = field(default_factory=dict)

    @property
    def program(self) -> Program:
        """The program."""
        return self.known.program

    @property
    def as_of(self) -> date:
        """The day of the evaluation."""
        return self.known.as_of

    def value(self, node: Expression) -> Value:
        """Return the value of an expression at the row as it is."""
        if node not in self._values:
            self._values[node] = self.known.evaluate(node, self.row)
        return self._values[node]

    def definition(self, name: str) -> Definition | None:
        """Return what works out a column of the entity."""
        if name not in self._definitions:
            self._definitions[name] = self.program.definition(self.program.entity, name)
        return self._definitions[name]

    def reads(self, node: Expression) -> Columns:
        """Return the stored columns of the entity that an expression reads at the row, of this row or of another.

        What it reads of a row above that reads nothing of others stands still, whatever becomes of this row.
        """
        if node not in self._reads:
            self._reads[node] = self._read_here(node)
        return self._reads[node]

    def _read_here(self, node: Expression) -> Columns:
        match node:
            case Field() if node.row.scope is Scope.ROW and not node.row.path:
                parts = parts_of(self.program, node.row.table, node.name)
                return frozenset({node.name}) if parts is None else _NONE.union(*map(self.reads, parts))
            case Field() if self._stands_apart(node):
                return _NONE
            case Field() | Statistic():
                return self.reads_anywhere(node)
        return _NONE.union(*map(self.reads, children(node)))

    def _stands_apart(self, node: Field) -> bool:
        """Whether a value comes from a row above that is not this one and reads nothing of others."""
        if node.row.scope is not Scope.ROW:
            return False
        at: RowAt | None = self.row
        for relation in node.row.path:
            at = at and self.known.tables.above(at, relation)
        return at != self.row and reads_itself(self.program, node.row.table, node.name)

    def reads_anywhere(self, node: Expression) -> Columns:
        """Return the stored columns of the entity that an expression reads, at whichever row."""
        if node not in self._reads_anywhere:
            fields = (one for one in walk(node) if isinstance(one, Field))
            self._reads_anywhere[node] = _NONE.union(*(self._of_column(one.row.table, one.name) for one in fields))
        return self._reads_anywhere[node]

    def _of_column(self, table: str, name: str) -> Columns:
        if (table, name) not in self._of_columns:
            parts = parts_of(self.program, table, name)
            stored = frozenset({name}) if parts is None and table == self.program.entity else _NONE
            self._of_columns[table, name] = stored.union(*map(self.reads_anywhere, parts or ()))
        return self._of_columns[table, name]

    def below(self, node: Expression) -> tuple[Expression, ...]:
        """Return an expression and all that it reads, at this row and at others."""
        found: dict[Expression, None] = {}
        pending = [node]
        while pending:
            for one in walk(pending.pop()):
                if one not in found:
                    found[one] = None
                    if isinstance(one, Field):
                        pending.extend(parts_of(self.program, one.row.table, one.name) or ())
        return tuple(found)

    def stirs(self, segmentation: Segmentation) -> Columns:
        """Return the columns that move what other rows are compared by: what comes of them only a whole run can say."""
        found = _NONE
        for rule in segmentation.rules:
            for node in self.below(rule.when):
                if isinstance(node, Statistic):
                    found |= self._elsewhere(part for part in children(node) if part is not node.amount)
                elif _is_of_another_row(node) and any(isinstance(one, Statistic) for one in self.below(node)):
                    found |= self.reads_anywhere(node)
        return found

    def _elsewhere(self, nodes: Iterable[Expression]) -> Columns:
        """Return what is read of rows other than the one that it is worked out for."""
        found = _NONE
        for node in nodes:
            if _is_of_another_row(node) or isinstance(node, Statistic):
                found |= self.reads_anywhere(node)
            elif isinstance(node, Field):
                found |= self._elsewhere(parts_of(self.program, node.row.table, node.name) or ())
            else:
                found |= self._elsewhere(children(node))
        return found


def parts_of(program: Program, table: str, name: str) -> tuple[Expression, ...] | None:
    """Return the expressions that work out a column, None for a stored one."""
    match program.definition(table, name):
        case Computed(value=value):
            return (value,)
        case Segmentation(rules=rules):
            return tuple(rule.when for rule in rules)
        case Output(segmentation=name_of):
            return tuple(rule.when for rule in program.segmentation(name_of).rules)
        case None:
            return None


def reads_itself(program: Program, table: str, name: str) -> bool:
    """Whether a column of a row reads nothing of the entity but that row: no row above, none of the entity below."""
    fields = []
    for part in parts_of(program, table, name) or ():
        nodes = walk(part)
        if any(isinstance(node, Statistic) for node in nodes):
            return False
        fields += [node for node in nodes if isinstance(node, Field)]
    if any(one.row.path or (one.row.scope is Scope.CHILD and one.row.table == program.entity) for one in fields):
        return False
    return all(reads_itself(program, one.row.table, one.name) for one in fields)


def _is_of_another_row(node: Expression) -> bool:
    """Whether an expression is worked out at rows other than the row it stands for."""
    return isinstance(node, Aggregate) or (
        isinstance(node, Field) and (bool(node.row.path) or node.row.scope is Scope.CHILD)
    )
