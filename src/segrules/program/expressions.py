"""Every expression of a program, with what it is there for: who looks at all of them reads them from here.

What can hold an expression, in a table, a rule, a scorecard or a treatment, is told here and nowhere else. What stands
below an expression is told by `segrules.program.nodes.walk`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from segrules.program.nodes import Expression
from segrules.program.program import (
    Computed,
    Definition,
    Hole,
    Part,
    Program,
    Rule,
    Scorecard,
    Segmentation,
    Steps,
    Table,
    Template,
    Term,
)
from segrules.program.treatments import Treatment, numbers_of


class Role(StrEnum):
    """What an expression is there for."""

    WHERE = "where"
    """Says which rows of a table count, when they are taken in."""
    BOUND = "bound"
    """Says, for all rows, between what a column's values lie, or what they can be changed to."""
    VALUE = "value"
    """Works out a column: derived, a metric, or one of a scorecard."""
    TERM = "term"
    """A part of a scorecard, for who explains it. Its columns are made of them, and read what they read."""
    CONDITION = "condition"
    """The `when` of a rule or a treatment, or `suppress`."""
    REASON = "reason"
    """Stands in the text of a rule's `because`."""
    GRANT = "grant"
    """All else of treatments and their groups: what is given, how much of it there is, who comes first."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An expression where it stands in a program.

    `table` is the one for whose rows it is worked out; for what is the same for all rows, the column's or the entity's.
    `owner` is the rule or the treatment that it belongs to.
    """

    expression: Expression
    table: str
    role: Role
    owner: Rule | Treatment | None = None

    def in_force(self, day: date) -> bool:
        """Whether it counts on a day: all but rules and treatments does always."""
        return self.owner is None or self.owner.in_force(day)


def expressions(program: Program) -> Iterator[Occurrence]:
    """Yield every expression of a program, none of them opened, be what it belongs to in force or not.

    Tables come first, each with its `where` and then the bounds of its columns. There follow the values of what is
    `computed`, the floors and terms of scorecards, rules, each with its condition and then the holes of its reason,
    `suppress`, the caps of groups, and treatments, each with its condition and then all else.
    """
    for table in program.tables:
        yield from _of_table(table)
    yield from (Occurrence(one.value, one.table, Role.VALUE) for one in program.computed)
    for scorecard in program.scorecards:
        yield from (Occurrence(one, program.entity, Role.TERM) for one in _of_scorecard(scorecard))
    for rule in (rule for segmentation in program.segmentations for rule in segmentation.rules):
        yield Occurrence(rule.when, program.entity, Role.CONDITION, rule)
        yield from (Occurrence(one, program.entity, Role.REASON, rule) for one in holes(rule.because))
    if program.suppress is not None:
        yield Occurrence(program.suppress, program.entity, Role.CONDITION)
    yield from (Occurrence(one.cap, program.entity, Role.GRANT) for one in program.groups if one.cap is not None)
    for treatment in program.treatments:
        yield Occurrence(treatment.when, program.entity, Role.CONDITION, treatment)
        yield from (Occurrence(one, program.entity, Role.GRANT, treatment) for one in _granted(treatment))


def expressions_of(one: Definition | Treatment | None) -> Iterator[Expression]:
    """Yield every expression of a treatment, or of what works out a column: none if it is stored or an output."""
    match one:
        case Computed():
            yield one.value
        case Segmentation():
            for rule in one.rules:
                yield rule.when
                yield from holes(rule.because)
        case Treatment():
            yield one.when
            yield from _granted(one)


def holes(text: Template | None) -> Iterator[Expression]:
    """Yield the expressions that stand in a text."""
    yield from (part.expression for part in text or () if isinstance(part, Hole))


def _of_table(table: Table) -> Iterator[Occurrence]:
    if table.where is not None:
        yield Occurrence(table.where, table.name, Role.WHERE)
    for column in table.columns:
        for one in (column, column.actionable):
            bounds = (one.minimum, one.maximum) if one is not None else ()
            yield from (Occurrence(bound, table.name, Role.BOUND) for bound in bounds if bound is not None)


def _of_scorecard(scorecard: Scorecard) -> Iterator[Expression]:
    yield from scorecard.floors
    for term in scorecard.terms:
        yield from _of_term(term)


def _of_term(term: Term) -> Iterator[Expression]:
    match term.gives:
        case Part(points=points, value=value, target=target):
            yield from (points, value, target)
        case Steps(value=value, steps=steps):
            yield value
            yield from (one for step in steps for one in step)
        case whole:
            yield from (whole.points, whole.when)


def _granted(treatment: Treatment) -> Iterator[Expression]:
    yield from (one.value for one in (treatment.amount, treatment.worth) if one is not None)
    for _, attribute in treatment.attributes:
        yield from holes(attribute) if isinstance(attribute, tuple) else (attribute,)
    yield from (rank.value for rank in treatment.ranks)
    yield from (number for _, number in numbers_of(treatment))
    yield from (one.per for one in (treatment.budget, treatment.limit) if one is not None and one.per is not None)
