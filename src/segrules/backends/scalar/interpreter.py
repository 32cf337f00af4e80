"""The interpreter: what every expression of a program means at a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from segrules.backends.scalar.blame import blame
from segrules.language.values import Value
from segrules.meaning.aggregates import AGGREGATES, Below
from segrules.meaning.comparisons import Operand
from segrules.meaning.decisions import Decision, Outcome, Tried, decide, operands
from segrules.meaning.functions import MEANINGS
from segrules.meaning.population import Group, Groups, Member, grouped
from segrules.meaning.statistics import value_among
from segrules.meaning.tables import Record, RowAt, Tables
from segrules.program.nodes import (
    Aggregate,
    Among,
    Answers,
    Call,
    Constant,
    Expression,
    Field,
    Reference,
    Row,
    Scope,
    Statistic,
)
from segrules.program.program import Computed, Definition, HitPolicy, Output, Program, Rule

_OUTCOMES = {True: Outcome.MATCHED, False: Outcome.FAILED, None: Outcome.UNKNOWN}


class Interpreter:
    """Works out a program's values row by row, each when first asked for and then never again."""

    def __init__(
        self, program: Program, as_of: date, tables: Tables, population: Callable[[Statistic], Groups] | None = None
    ) -> None:
        """Take the rows; statistics look at all rows of the entity among them, or else at those of a population."""
        self.program = program
        self.as_of = as_of
        self.tables = tables
        self._references: dict[str, Value] = {parameter.name: parameter.value for parameter in program.parameters}
        self._references["as_of"] = as_of
        computed = {(one.table, one.name): one for one in program.computed}
        segmentations = {(program.entity, one.name): one for one in program.segmentations}
        outputs = {(program.entity, one.column): one for one in program.outputs}
        self._definitions: dict[tuple[str, str], Definition] = {**computed, **segmentations, **outputs}
        self._values: dict[tuple[str, int, str], Value] = {}
        self._decisions: dict[tuple[str, int], Decision] = {}
        self._population = population
        self._groups: dict[Among, Groups] = {}

    def exchanged(self, at: RowAt, values: Record) -> Interpreter:
        """Return what works out the same with other values in a row; see `Tables.exchanged`."""
        return Interpreter(self.program, self.as_of, self.tables.exchanged(at, values), self._population)

    def value(self, table: str, index: int, name: str) -> Value:
        """Return a column of a row: stored, derived, a metric, the assigned segment or segments, a further output."""
        at = (table, index, name)
        if at not in self._values:
            self._values[at] = self._worked_out(RowAt(table, index), name)
        return self._values[at]

    def _worked_out(self, at: RowAt, name: str) -> Value:
        definition = self._definitions.get((at.table, name))
        if definition is None:
            return self.tables.stored(at, name)
        if isinstance(definition, Computed):
            return self.evaluate(definition.value, at)
        if isinstance(definition, Output):
            segmentation = self.program.segmentation(definition.segmentation)
            return self.decide(segmentation.name, at).outputs[segmentation.outputs.index(definition)]
        decision = self.decide(name, at)
        return decision.segments if definition.hit_policy is HitPolicy.COLLECT else decision.segment

    def evaluate(self, node: Expression, row: RowAt, child: RowAt | None = None) -> Value:
        """Return the value of an expression at a row; inside an aggregate, `child` is the row below it."""
        match node:
            case Constant():
                return node.value
            case Reference():
                return self._references[node.name]
            case Field():
                at = self.reach(node.row, row, child)
                return None if at is None else self.value(at.table, at.index, node.name)
            case Call():
                return MEANINGS[node.function](node, [self.evaluate(one, row, child) for one in node.arguments])
            case Aggregate():
                return AGGREGATES[node.function](node, self._below(node, row))
            case Answers():
                return self._of_every_answer(node, row, child, {})
            case Statistic():
                return self._statistic(node, row)

    def reach(self, path: Row, row: RowAt, child: RowAt | None = None) -> RowAt | None:
        """Return the row that a path leads to, or None where it finds none."""
        at = child if path.scope is Scope.CHILD else row
        for relation in path.path:
            at = at and self.tables.above(at, relation)
        return at

    def keeps(self, table: str, index: int) -> bool | None:
        """Return whether a table's `where` is true of a row."""
        where = self.program.table(table).where
        return True if where is None else self._truth(where, RowAt(table, index))

    def decide(self, segmentation: str, row: RowAt) -> Decision:
        """Return what a segmentation says of a row of the entity."""
        at = (segmentation, row.index)
        if at not in self._decisions:
            found = self.program.segmentation(segmentation)
            decision = decide(found, [Tried(rule, self._outcome(rule, row)) for rule in found.rules])
            missing = {name for rule in decision.unknown_rules for name in blame(self, rule.when, row)}
            self._decisions[at] = replace(decision, missing=tuple(sorted(missing)))
        return self._decisions[at]

    def _outcome(self, rule: Rule, row: RowAt) -> Outcome:
        return _OUTCOMES[self._truth(rule.when, row)] if rule.in_force(self.as_of) else Outcome.NOT_IN_FORCE

    def _truth(self, node: Expression, row: RowAt, child: RowAt | None = None) -> bool | None:
        value = self.evaluate(node, row, child)
        assert value is None or isinstance(value, bool)
        return value

    def _below(self, node: Aggregate, row: RowAt) -> list[Below]:
        """Return the rows that an aggregate is about, those that its `where` leaves."""
        rows = []
        for at in self.tables.below(row, node.down):
            if node.where is None or self._truth(node.where, row, at):
                value = self.evaluate(node.value, row, at) if node.value else None
                by = self.evaluate(node.by, row, at) if node.by else None
                rows.append(Below(value, by, self.tables.key(at)))
        return rows

    def among(self, node: Statistic, row: RowAt) -> tuple[Group, Member | None] | None:
        """Return the group in which a statistic looks at a row, with the row in it if it takes part.

        A row without a group has none.
        """
        names = self._group_of(node, row)
        if names is None:
            return None
        member, key = self._member(node, row), self.tables.key(row)
        return self._groups_of(node).get(names, Group(node.value.type, ())).exchanged(key, member), member

    def _statistic(self, node: Statistic, row: RowAt) -> Value:
        found = self.among(node, row)
        amount = self.evaluate(node.amount, row) if node.amount else None
        return None if found is None else value_among(node, amount, *found)

    def _groups_of(self, node: Statistic) -> Groups:
        """Return the groups of the rows that take part: those of the population given, or of all rows there are."""
        if node.among not in self._groups:
            self._groups[node.among] = self._population(node) if self._population else self._own_groups(node)
        return self._groups[node.among]

    def _own_groups(self, node: Statistic) -> Groups:
        found = []
        for index in range(len(self.tables.rows(self.program.entity))):
            row = RowAt(self.program.entity, index)
            names, member = self._group_of(node, row), self._member(node, row)
            if names is not None and member is not None:
                found.append((names, member))
        return grouped(node.value.type, found)

    def _group_of(self, node: Statistic, row: RowAt) -> tuple[Value, ...] | None:
        names = tuple(self.evaluate(group, row) for group in node.over)
        return None if None in names else names

    def _member(self, node: Statistic, row: RowAt) -> Member | None:
        if node.where is not None and not self._truth(node.where, row):
            return None
        return Member(self.tables.key(row), self.evaluate(node.value, row))

    def _of_every_answer(
        self, node: Expression, row: RowAt, child: RowAt | None, known: Mapping[Expression, Operand]
    ) -> Value:
        """Return a comparison if it is the same for every answer; `known` are the segmentations already answered."""
        match node:
            case Answers(segmentation=field, comparison=comparison):
                at = self.reach(field.row, row, child)
                if at is None:
                    return None
                answers = operands(self.program.segmentation(field.name), self.decide(field.name, at))
                found = {self._of_every_answer(comparison, row, child, {**known, field: each}) for each in answers}
                return found.pop() if len(found) == 1 else None
            case Call():
                values = [known[one] if one in known else self.evaluate(one, row, child) for one in node.arguments]
                return MEANINGS[node.function](node, values)
            case _:
                return self.evaluate(node, row, child)
