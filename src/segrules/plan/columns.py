"""Every column that a program needs, each defined by columns of its own table or by one step to another table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from segrules.diagnostics.source import Span
from segrules.language import types
from segrules.language.formatting import json_text
from segrules.language.types import Type
from segrules.language.values import Value
from segrules.plan import decisions
from segrules.plan.answers import over_answers
from segrules.plan.logic import choice, disjunction, is_missing, truth
from segrules.plan.paths import from_above, from_below
from segrules.plan.presence import aggregate_can_be_missing, statistic_can_be_missing, with_arguments
from segrules.plan.steps import Decision, Pick
from segrules.program.nodes import (
    Aggregate,
    Answers,
    Call,
    Constant,
    Expression,
    Field,
    Reference,
    Row,
    Scope,
    Statistic,
    Step,
)
from segrules.program.program import Computed, HitPolicy, Output, Program, Rule, Segmentation

Key = tuple[str, str]
"""A table and a column of it."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A column of the row above."""

    relation: str
    above: str
    column: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """An aggregate of the rows of a table whose columns `by` hold this row's key."""

    aggregate: Aggregate
    below: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A statistic of the rows of the table whose columns `over` hold what they hold in this row."""

    statistic: Statistic
    over: tuple[str, ...]


Definition = Expression | Decision | Pick | Brought | Gathered | Surveyed


Fold = Callable[[Call], Value]
"""Works out a call of constants; the meaning of functions is the backend's."""


class Columns:
    """Defines columns as they are asked for; `definitions` holds them, each after those that it reads."""

    def __init__(self, program: Program, as_of: date, fold: Fold) -> None:
        self.program = program
        self._fold = fold
        self.as_of = as_of
        self.definitions: dict[Key, Definition] = {}
        self._types: dict[Key, Type] = {
            (table.name, column.name): column.type for table in program.tables for column in table.columns
        }
        self._references: dict[str, Value] = {one.name: one.value for one in program.parameters} | {"as_of": as_of}
        self._definitions: dict[Key, Computed | Segmentation | Output] = {
            **{(one.table, one.name): one for one in program.computed},
            **{(program.entity, one.name): one for one in program.segmentations},
            **{(program.entity, one.column): one for one in program.outputs},
        }
        self._aggregates: dict[tuple[str, Gathered], str] = {}
        self._surveys: dict[tuple[str, Surveyed], str] = {}
        self._numbers = count(1)

    # --- columns -----------------------------------------------------------------------------------------------------

    def read(self, table: str, name: str, span: Span) -> Field:
        """Return a column of the row itself, which is defined first where it is not stored."""
        key = (table, name)
        if key not in self._types:
            definition = self._definitions[key]
            match definition:
                case Computed():
                    self.define(table, name, self.lower(table, definition.value))
                case Segmentation():
                    self._define_segment(definition)
                case Output():
                    self._define_output(definition)
        return Field(Row(Scope.ROW, (), table), name, self._types[key], span)

    def define(self, table: str, name: str, definition: Definition, kind: Type | None = None) -> None:
        """Add a column; the type is that of its expression unless given."""
        if kind is None:
            assert isinstance(definition, Expression)
            kind = definition.type
        self._types[(table, name)] = kind
        self.definitions[(table, name)] = definition

    def named(self, table: str, name: str, expression: Callable[[], Expression]) -> Expression:
        """Return a column by one of the plan's own names, or its value if constant; asks for the expression once."""
        if (table, name) not in self._types:
            self.define(table, name, self.lower(table, expression()))
        definition = self.definitions[(table, name)]
        assert isinstance(definition, Expression)
        return definition if isinstance(definition, Constant) else self.read(table, name, definition.span)

    def place(self, segmentation: Segmentation) -> Field:
        """Return the column that says which place decides; not under `collect`."""
        name = f"~{segmentation.name}#"
        if (self.program.entity, name) not in self._types:
            found = decisions.decision(self, segmentation, place=True)
            kind = types.INTEGER.maybe_missing(segmentation.hit_policy in decisions.CONFLICTING)
            self.define(self.program.entity, name, found, kind)
        return self.read(self.program.entity, name, segmentation.span)

    def answer(self, segmentation: Segmentation) -> Field:
        """Return the column that says which answer, a segment with its outputs, is the assigned one."""

        def number(rule: Rule | None) -> Value:
            answer = decisions.answer_of(segmentation, rule)
            return None if answer is None else numbers[answer]

        numbers = decisions.numbered_answers(segmentation)
        return self._picked(segmentation, f"~{segmentation.name}@", types.INTEGER.maybe_missing(), number)

    def outputs(self, segmentation: Segmentation) -> Field:
        """Return the column that has the further outputs as JSON text, missing without a segment."""

        def text(rule: Rule | None) -> Value:
            answer = decisions.answer_of(segmentation, rule)
            names = [output.name for output in segmentation.outputs]
            return None if answer is None else json_text(dict(zip(names, answer[1], strict=True)))

        return self._picked(segmentation, f"~{segmentation.name}*", types.STRING.maybe_missing(), text)

    def _define_output(self, output: Output) -> None:
        segmentation = self.program.segmentation(output.segmentation)
        place = segmentation.outputs.index(output)
        self._picked(segmentation, output.column, output.type, lambda rule: rule.outputs[place] if rule else None)

    def _picked(
        self, segmentation: Segmentation, name: str, kind: Type, value: Callable[[Rule | None], Value]
    ) -> Field:
        """Return, as a column, what belongs to the rule that decides."""
        if (self.program.entity, name) not in self._types:
            self.define(self.program.entity, name, decisions.picked(self, segmentation, kind, value), kind)
        return self.read(self.program.entity, name, segmentation.span)

    def _define_segment(self, segmentation: Segmentation) -> None:
        may_stay_without = segmentation.default is None or segmentation.hit_policy in decisions.CONFLICTING
        segment = Type(types.Kind.STRING, values=segmentation.segments, ordered=segmentation.ordered)
        collects = segmentation.hit_policy is HitPolicy.COLLECT
        kind = types.list_of(segment.present()).present() if collects else segment.maybe_missing(may_stay_without)
        self.define(self.program.entity, segmentation.name, decisions.decision(self, segmentation), kind)

    # --- expressions -------------------------------------------------------------------------------------------------

    def lower(self, table: str, node: Expression) -> Expression:
        """Return an expression of a table's row that reads only columns of that row; adds those that it needs."""
        match node:
            case Constant():
                return node
            case Reference():
                return Constant(self._references[node.name], node.type, node.span)
            case Field():
                return self._lower_field(table, node)
            case Call():
                return self._folded(with_arguments(node, [self.lower(table, one) for one in node.arguments]))
            case Aggregate():
                return self._gathered(table, node)
            case Answers():
                return self.lower(table, self._over_answers(table, node))
            case Statistic():
                return self._surveyed(table, node)

    def _folded(self, node: Call) -> Expression:
        if not all(isinstance(argument, Constant) for argument in node.arguments):
            return node
        value = self._fold(node)
        return Constant(value, node.type.maybe_missing(value is None), node.span)

    def _lower_field(self, table: str, node: Field) -> Expression:
        if node.row.path:
            return self._brought(table, node)
        found = self.read(table, node.name, node.span)
        definition = self.definitions.get((table, node.name))
        return replace(definition, span=node.span) if isinstance(definition, Constant) else found

    def _brought(self, table: str, node: Field) -> Field:
        first, *rest = node.row.path
        relation = self.program.table(table).relation(first)
        column = node.name
        if rest:
            further = Field(Row(Scope.ROW, tuple(rest), node.row.table), node.name, node.type, node.span)
            column = self._brought(relation.table, further).name
        name = f"~{first}.{column}"
        if (table, name) not in self._types:
            above = self.read(relation.table, column, node.span)
            kind = above.type.maybe_missing(above.type.nullable or not relation.required)
            self.define(table, name, Brought(first, relation.table, column), kind)
        return self.read(table, name, node.span)

    def _gathered(self, table: str, node: Aggregate) -> Field:
        up = tuple(step.relation for step in reversed(node.down))
        value, where, by = (self._of_below(node.table, part, up) for part in (node.value, node.where, node.by))
        aggregate = replace(node, value=value, where=where, by=by)
        definition = Gathered(aggregate, node.table, self._keys_above(node.down, node.span))
        if (table, definition) not in self._aggregates:
            name = self._aggregates[(table, definition)] = f"~{node.function}{next(self._numbers)}"
            kind = node.type.maybe_missing(aggregate_can_be_missing(aggregate))
            self.define(table, name, definition, kind)
        return self.read(table, self._aggregates[(table, definition)], node.span)

    def _of_below(self, below: str, node: Expression | None, up: tuple[str, ...]) -> Expression | None:
        """Return a part of an aggregate; what is the same for all rows becomes a column, so that it has rows."""
        if node is None:
            return None
        lowered = self.lower(below, from_below(node, up))
        if not isinstance(lowered, Constant):
            return lowered
        name = f"~constant{next(self._numbers)}"
        self.define(below, name, lowered)
        return self.read(below, name, node.span)

    def _surveyed(self, table: str, node: Statistic) -> Expression:
        if node.function == "zscore":
            return self._zscore(table, node)
        value, where, amount = (part and self.lower(table, part) for part in (node.value, node.where, node.amount))
        assert value is not None
        over = tuple(self.read(table, group.name, group.span) for group in node.over)
        statistic = replace(node, value=value, where=where, amount=amount, over=over)
        definition = Surveyed(statistic, tuple(dict.fromkeys(sorted(group.name for group in over))))
        if (table, definition) not in self._surveys:
            name = self._surveys[(table, definition)] = f"~{node.function}{next(self._numbers)}"
            self.define(table, name, definition, node.type.maybe_missing(statistic_can_be_missing(statistic)))
        return self.read(table, self._surveys[(table, definition)], node.span)

    def _zscore(self, table: str, node: Statistic) -> Expression:
        """Return the distance from the mean in standard deviations, of a row that takes part."""
        mean, spread = (replace(node, function=function) for function in ("mean", "stdev"))
        value = node.value
        if value.type.kind is not types.Kind.NUMBER:
            value = Call("to_number", (value,), types.NUMBER.maybe_missing(value.type.nullable), node.span)
        found = Call("/", (Call("-", (value, mean), types.NUMBER, node.span), spread), types.NUMBER, node.span)
        if node.where is not None:
            found = Call("if", (node.where, found, Constant(None, types.NUMBER, node.span)), types.NUMBER, node.span)
        return self.lower(table, found)

    def _keys_above(self, down: tuple[Step, ...], span: Span) -> tuple[str, ...]:
        """Return the columns of the lowest table that hold the key of the row above all the steps."""
        first, *further = down
        relation = self.program.table(first.table).relation(first.relation)
        up = tuple(step.relation for step in reversed(further))
        return tuple(self._key_part(down[-1].table, Row(Scope.ROW, up, first.table), one, span) for one in relation.by)

    def _key_part(self, table: str, row: Row, column: str, span: Span) -> str:
        kind = self.program.table(row.table).column(column).type
        return self._brought(table, Field(row, column, kind, span)).name if row.path else column

    # --- segmentations -----------------------------------------------------------------------------------------------

    def _over_answers(self, table: str, node: Answers) -> Expression:
        """Return a comparison over all possible answers; it is unknown where a path to the answers finds no row."""

        def possible(field: Field, answer: str | None) -> Expression:
            segmentation = self.program.segmentation(field.name)
            return from_above(decisions.comparable(self, segmentation, answer), field.row)

        comparison: Expression = node
        rows = []
        while isinstance(comparison, Answers):
            rows.append(comparison.segmentation.row)
            comparison = comparison.comparison
        result = over_answers(self._with_operands(table, node), self.program, possible)
        nowhere = disjunction([self.finds_no_row(table, row, node.span) for row in rows if row.path], node.span)
        return choice(nowhere, truth(None, node.span), result)

    def _with_operands(self, table: str, node: Answers) -> Answers:
        """Lower what is beside the segmentations in a comparison."""
        inner = node.comparison
        if isinstance(inner, Answers):
            return replace(node, comparison=self._with_operands(table, inner))
        assert isinstance(inner, Call)
        arguments = [one if self._is_segmentation(one) else self.lower(table, one) for one in inner.arguments]
        return replace(node, comparison=replace(inner, arguments=tuple(arguments)))

    def _is_segmentation(self, node: Expression) -> bool:
        return isinstance(node, Field) and isinstance(self._definitions.get((node.row.table, node.name)), Segmentation)

    def finds_no_row(self, table: str, row: Row, span: Span) -> Expression:
        """Return whether a path finds no row: the key of the row above is missing then, and never otherwise."""
        above = self.program.table(row.table)
        key = Field(row, above.key[0], above.column(above.key[0]).type, span)
        return is_missing(self.lower(table, key))
