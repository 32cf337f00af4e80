"""A legend: everything about explanations that is the same for every row of a ruleset on a day.

A row's trace is then its decisions and the values of `expressions`, in their order, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from segrules.diagnostics.source import Span
from segrules.explain.trace import DatedValue
from segrules.language.values import Value
from segrules.program.nodes import Aggregate, Expression, Field, Statistic
from segrules.program.program import Computed, Program, Rule, Scorecard, Segmentation, Term

Together = Literal["and", "or", "not", "at_least"]


@dataclass(frozen=True, slots=True)
class Node:
    """A condition as it stands somewhere: one with a number, or others put `together`.

    `together` is `and`, `or`, `not` or `at_least`, of which `count` have to be true.
    """

    expression: Expression
    text: str
    span: Span
    number: int | None = None
    together: Together | None = None
    count: int | None = None
    parts: tuple[Node, ...] = ()

    @property
    def is_denial(self) -> bool:
        """Whether this is the `not` of one numbered condition, which people read as one."""
        return self.together == "not" and self.parts[0].number is not None


@dataclass(frozen=True, slots=True)
class RowsBelow:
    """An aggregate, and the expressions that count the rows it is about.

    `rows` are all that belong to the row; for `kept` of them its `where` is true, for `unknown` it is unknown;
    `missing` of those kept have no value. None stands for a count that is nought in every row, and for `kept` where
    there is no `where`. `first` and `last` are the days of its window, both included.
    """

    aggregate: Aggregate
    text: str
    rows: Aggregate
    kept: Aggregate | None
    unknown: Aggregate | None
    missing: Aggregate | None
    first: date | None = None
    last: date | None = None

    @property
    def table(self) -> str:
        """What the author calls the rows."""
        step = self.aggregate.down[-1]
        return step.down or step.table


@dataclass(frozen=True, slots=True)
class Compared:
    """A statistic, and the expression that counts the rows of the row's group that take part."""

    statistic: Statistic
    text: str
    rows: Statistic


@dataclass(frozen=True, slots=True)
class AnswersAbove:
    """What has to be known of a segmentation of a row above that a comparison asks for every answer.

    `key` is missing if there is no such row. By segment there is an expression that is true if it is part of every
    possible answer, false if of none, else unknown; `any_of_them` says that of having any, but not under `collect`.
    """

    key: Field
    segments: tuple[tuple[str, Expression], ...]
    any_of_them: Expression | None


@dataclass(frozen=True, slots=True)
class Operand:
    """An expression whose value a condition shows, with what is told of the rows that it comes from."""

    expression: Expression
    text: str
    rows: RowsBelow | None = None
    compared: Compared | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A condition with a number, from 1. Those of rules come first and have the numbers of `program.conditions`.

    `text` and `span` are of where it first stands. `in_force` says whether a rule that is in force has it, or a
    scorecard: any other is not looked at. `unit` is that of what it compares.
    """

    number: int
    expression: Expression
    text: str
    span: Span
    in_force: bool
    unit: str | None = None
    operands: tuple[Operand, ...] = ()
    dated: tuple[DatedValue, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule: whether it is in force, and its condition as a tree."""

    rule: Rule
    in_force: bool
    when: Node


@dataclass(frozen=True, slots=True)
class SegmentationEntry:
    """A segmentation with its rules, in the order of the file."""

    segmentation: Segmentation
    rules: tuple[RuleEntry, ...]


@dataclass(frozen=True, slots=True)
class MetricEntry:
    """A metric that rules read, directly or through others, and what it is made of."""

    metric: Computed
    value: Field
    text: str
    rows: tuple[RowsBelow, ...]
    compared: tuple[Compared, ...]
    dated: tuple[DatedValue, ...]


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term: the most points that it gives, what is looked at, with a `target` or without, or else a condition.

    `rows` and `compared` are of the aggregates and statistics in what is looked at.
    """

    term: Term
    points: Field
    most: tuple[Expression, ...]
    text: str | None
    value: Expression | None
    target: Expression | None
    condition: Node | None
    rows: tuple[RowsBelow, ...]
    compared: tuple[Compared, ...]
    dated: tuple[DatedValue, ...]


@dataclass(frozen=True, slots=True)
class ScorecardEntry:
    """A scorecard that rules read. `cards` are those that it takes the best of, each with whether it qualifies."""

    scorecard: Scorecard
    score: Field
    qualifies: Field
    terms: tuple[TermEntry, ...]
    floors: tuple[Node, ...]
    cards: tuple[tuple[str, Field, Field], ...]
    card: Field | None


@dataclass(frozen=True, slots=True, eq=False)
class Legend:
    """What explanations of one ruleset on one day have in common.

    `expressions` are what has to be known of a row, each once, all to be worked out at a row of the entity.
    `constants` are the values of those that are the same for every row. `answers` are there for each segmentation of a
    row above that a comparison asks. `units` are those of expressions that have one; `%` is that of what reads best as
    a percentage.
    """

    program: Program
    as_of: date
    conditions: tuple[Numbered, ...]
    segmentations: tuple[SegmentationEntry, ...]
    metrics: tuple[MetricEntry, ...]
    scorecards: tuple[ScorecardEntry, ...]
    expressions: tuple[Expression, ...]
    constants: Mapping[Expression, Value]
    answers: Mapping[Field, AnswersAbove]
    units: Mapping[Expression, str]
    places: Mapping[Expression, int] = field(repr=False)

    def condition(self, number: int) -> Numbered:
        """Return the condition with that number."""
        return self.conditions[number - 1]
