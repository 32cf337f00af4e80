"""The one arrow from a program and a day to the legend of its explanations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from segrules.backends.scalar.interpreter import Interpreter
from segrules.explain.legend import (
    AnswersAbove,
    Compared,
    Legend,
    MetricEntry,
    Node,
    Numbered,
    Operand,
    RowsBelow,
    RuleEntry,
    ScorecardEntry,
    SegmentationEntry,
    TermEntry,
    Together,
)
from segrules.explain.reading import bare, comparison_of, is_own, is_static, read_by_rules
from segrules.explain.rows_below import compared, rows_below
from segrules.explain.trace import DatedValue
from segrules.explain.units import compared_units, parameter_unit, unit_of
from segrules.explain.wording import written
from segrules.language import types
from segrules.language.values import Value
from segrules.meaning.tables import RowAt, Tables
from segrules.program.conditions import atoms, conditions
from segrules.program.expressions import holes
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
    walk,
)
from segrules.program.program import Computed, Part, Program, Rule, Scorecard, Segmentation, Steps, Term, Whole

_TOGETHER: dict[str, Together] = {"and": "and", "or": "or", "not": "not", "at_least": "at_least"}


@lru_cache(maxsize=64)
def legend_of(program: Program, as_of: date) -> Legend:
    """Return what explanations of a program on a day have in common; the program holds the day's parameters."""
    return _Legending(program, as_of).legend()


@dataclass(slots=True)
class _Legending:
    """Goes through a program, and collects what has to be known of a row."""

    program: Program
    as_of: date
    expressions: dict[Expression, None] = field(default_factory=dict)
    constants: dict[Expression, Value] = field(default_factory=dict)
    answers: dict[Field, AnswersAbove] = field(default_factory=dict)
    units: dict[Expression, str] = field(default_factory=dict)
    numbers: dict[Expression, int] = field(default_factory=dict)
    _nowhere: Interpreter = field(init=False)

    def __post_init__(self) -> None:
        self._nowhere = Interpreter(self.program, self.as_of, Tables(self.program, {}))

    def legend(self) -> Legend:
        read = read_by_rules(self.program, self.as_of)
        cards = [card for card in self.program.scorecards if not read.isdisjoint(one.name for one in card.columns)]
        numbered = self._numbered(cards)
        self._need(*(one.expression for one in numbered if one.in_force))
        counted = [one for one in numbered if one.in_force]
        self.units.update(compared_units(self.program, [one.expression for one in counted]))
        found = tuple(self._with_operands(one) if one.in_force else one for one in numbered)
        segmentations = tuple(self._segmentation(one) for one in self.program.segmentations)
        scorecards = tuple(self._scorecard(card) for card in cards)
        metrics = tuple(self._metric(metric) for metric in self.program.metrics if metric.name in read)
        places = {expression: place for place, expression in enumerate(self.expressions)}
        return Legend(
            self.program, self.as_of, found, segmentations, metrics, scorecards,
            tuple(self.expressions), self.constants, self.answers, self.units, places,
        )  # fmt: skip

    def _need(self, *nodes: Expression | None) -> None:
        """Take in expressions whose values are shown; what is the same for every row is worked out at once."""
        for node in nodes:
            if node is None:
                continue
            if is_static(node):
                self._static(node)
            else:
                self.expressions.setdefault(node)
            if unit := unit_of(self.program, node):
                self.units.setdefault(node, unit)

    def _static(self, node: Expression) -> Value:
        """Return the value of an expression that is the same for every row, None for any other."""
        if not is_static(node):
            return None
        if node not in self.constants:
            self.constants[node] = self._nowhere.evaluate(node, RowAt(self.program.entity, 0))
        return self.constants[node]

    # Conditions

    def _numbered(self, cards: Iterable[Scorecard]) -> list[Numbered]:
        """Return all conditions: those of rules, with the numbers that they have everywhere, then those of cards."""
        rules = [rule for one in self.program.segmentations for rule in one.rules]
        in_force = {atom for rule in rules if rule.in_force(self.as_of) for atom in atoms(rule.when)}
        of_cards = dict.fromkeys(atom for card in cards for when in _conditions_of(card) for atom in atoms(when))
        found = dict.fromkeys([*(one.expression for one in conditions(self.program)), *of_cards])
        self.numbers.update((atom, number) for number, atom in enumerate(found, start=1))
        return [
            Numbered(number, atom, written(atom), atom.span, atom in in_force or atom in of_cards)
            for atom, number in self.numbers.items()
        ]

    def _with_operands(self, one: Numbered) -> Numbered:
        comparison = comparison_of(one.expression)
        operands = comparison.arguments if isinstance(comparison, Call) else (comparison,)
        shown = [operand for operand in map(bare, operands) if not isinstance(operand, Constant)]
        inner = [found for operand in shown for found in walk(operand) if isinstance(found, Aggregate | Statistic)]
        fields = _asked(one.expression)
        for asked in fields:
            self._answers(asked)
        unit = next((self.units[operand] for operand in shown if operand in self.units), None)
        told = tuple(self._operand(operand) for operand in dict.fromkeys([*shown, *inner]))
        return Numbered(
            one.number, one.expression, one.text, one.span, True, unit, told, self.dated(one.expression)
        )  # fmt: skip

    def _operand(self, node: Expression) -> Operand:
        self._need(node)
        return Operand(
            node,
            written(node),
            self._rows(node) if isinstance(node, Aggregate) else None,
            self._compared(node) if isinstance(node, Statistic) else None,
        )

    def _answers(self, asked: Field) -> None:
        """Take in what the answers of a segmentation of a row above may be."""
        if not asked.row.path or asked in self.answers:
            return
        segments = self.program.segmentation(asked.name).segments
        texts = [Constant(one, types.STRING.present(), asked.span) for one in segments]
        collects = asked.type.kind is types.Kind.LIST
        each = [
            _answer(asked, "in_list", text, asked) if collects else _answer(asked, "=", asked, text) for text in texts
        ]
        key = self.program.table(asked.row.table).key[0]
        found = AnswersAbove(
            Field(asked.row, key, self.program.table(asked.row.table).column(key).type.maybe_missing(), asked.span),
            tuple(zip(segments, each, strict=True)),
            None if collects else _answer(asked, "in", asked, *texts),
        )
        self.answers[asked] = found
        self._need(found.key, *each, found.any_of_them)

    def node(self, when: Expression) -> Node:
        """Return a condition as a tree of numbered ones."""
        if when in self.numbers:
            return Node(when, written(when), when.span, self.numbers[when])
        assert isinstance(when, Call)
        parts, count = when.arguments, None
        if when.function == "at_least":
            counted, *rest = when.arguments
            parts, count = tuple(rest), self._static(counted)
        return Node(
            when,
            written(when),
            when.span,
            together=_TOGETHER[when.function],
            count=count if isinstance(count, int) else None,
            parts=tuple(self.node(part) for part in parts),
        )

    def dated(self, node: Expression) -> tuple[DatedValue, ...]:
        """Return the values of the parameters with values by day that an expression reads."""
        read = {one.name for one in walk(node) if isinstance(one, Reference)}
        return tuple(
            DatedValue(one.name, one.value, one.since.day, one.since.span, parameter_unit(one))
            for one in self.program.parameters
            if one.name in read and one.since
        )

    # What is told of the rows below, and of those that a statistic compares

    def _rows(self, node: Aggregate) -> RowsBelow:
        found = rows_below(node, self._static)
        self._need(node, found.rows, found.kept, found.unknown, found.missing)
        return found

    def _within(self, node: Expression) -> tuple[tuple[RowsBelow, ...], tuple[Compared, ...]]:
        """Return what is told of the aggregates and the statistics in an expression."""
        found = dict.fromkeys(walk(node))
        return (
            tuple(self._rows(one) for one in found if isinstance(one, Aggregate)),
            tuple(self._compared(one) for one in found if isinstance(one, Statistic)),
        )

    def _compared(self, node: Statistic) -> Compared:
        found = compared(node)
        self._need(node, found.rows, *node.over)
        return found

    # Segmentations, metrics and scorecards

    def _segmentation(self, segmentation: Segmentation) -> SegmentationEntry:
        return SegmentationEntry(segmentation, tuple(self._rule(rule) for rule in segmentation.rules))

    def _rule(self, rule: Rule) -> RuleEntry:
        in_force = rule.in_force(self.as_of)
        if in_force:
            self._need(*holes(rule.because))
        return RuleEntry(rule, in_force, self.node(rule.when))

    def _metric(self, metric: Computed) -> MetricEntry:
        column = self._own(metric)
        rows, statistics = self._within(metric.value)
        return MetricEntry(metric, column, written(metric.value), rows, statistics, self.dated(metric.value))

    def _own(self, computed: Computed) -> Field:
        """Return the field by which a row of the entity has one of its computed columns: the one that a rule reads."""
        read = (node for node in self.expressions if isinstance(node, Field) and is_own(node))
        if found := next((node for node in read if node.name == computed.name), None):
            return found
        own = Field(Row(Scope.ROW, (), self.program.entity), computed.name, computed.type, computed.span)
        self._need(own)
        return own

    def _scorecard(self, card: Scorecard) -> ScorecardEntry:
        named = {one.name: one for one in self.program.scorecards}
        cards = tuple((name, self._own(named[name].score), self._own(named[name].qualifies)) for name in card.cards)
        return ScorecardEntry(
            card,
            self._own(card.score),
            self._own(card.qualifies),
            tuple(self._term(term) for term in card.terms),
            tuple(self.node(floor) for floor in card.floors),
            cards,
            self._own(card.card) if card.card else None,
        )

    def _term(self, term: Term) -> TermEntry:
        value: Expression | None = None
        target: Expression | None = None
        condition: Node | None = None
        most: tuple[Expression, ...]
        match term.gives:
            case Part(points=given, value=looked_at, target=aim):
                most, value, target = (given,), looked_at, aim
            case Whole(points=given, when=when):
                most, condition = (given,), self.node(when)
            case Steps(value=looked_at, steps=steps):
                most, value = tuple(given for _, given in steps), looked_at
        self._need(value, target, *most)
        text = written(value) if value is not None else None
        dated = self.dated(term.column.value)
        rows, statistics = ((), ()) if value is None else self._within(value)
        return TermEntry(
            term, self._own(term.column), most, text, value, target, condition, rows, statistics, dated
        )  # fmt: skip


def _conditions_of(card: Scorecard) -> Iterator[Expression]:
    yield from card.floors
    yield from (term.gives.when for term in card.terms if isinstance(term.gives, Whole))


def _asked(node: Expression) -> list[Field]:
    """Return the segmentations that a comparison asks."""
    asked = []
    while isinstance(node, Answers):
        asked.append(node.segmentation)
        node = node.comparison
    return asked


def _answer(asked: Field, function: str, *arguments: Expression) -> Answers:
    comparison = Call(function, arguments, types.BOOLEAN, asked.span)
    return Answers(asked, comparison, types.BOOLEAN, asked.span)
