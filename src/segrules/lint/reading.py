"""What a program reads: columns and parameters. What nothing reads decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from segrules.diagnostics.source import Span
from segrules.program.nodes import Expression, Field, Reference, walk
from segrules.program.program import Column, Hole, Part, Program, Rule, Scorecard, Steps, Table, Term
from segrules.program.treatments import treatment_expressions


@dataclass(frozen=True, slots=True)
class Read:
    """What is read anywhere: columns as (table, name), keys and what finds them included, and parameters."""

    columns: frozenset[tuple[str, str]]
    parameters: frozenset[str]


def read_in(program: Program) -> Read:
    """Return what a program reads."""
    nodes = [node for expression in _expressions(program) for node in walk(expression)]
    columns = {(node.row.table, node.name) for node in nodes if isinstance(node, Field)}
    for table in program.tables:
        columns |= {(table.name, name) for name in table.key}
        columns |= {(table.name, name) for relation in table.relations for name in relation.by}
    return Read(frozenset(columns), frozenset(node.name for node in nodes if isinstance(node, Reference)))


def is_own(program: Program, span: Span) -> bool:
    """Whether something is declared in the ruleset's own file; what is imported is there for other rulesets, too."""
    return span.source.name == program.span.source.name


# Every expression of a program


def _expressions(program: Program) -> Iterator[Expression]:
    yield from (computed.value for computed in program.computed)
    yield from chain.from_iterable(map(_of_table, program.tables))
    yield from chain.from_iterable(map(_of_scorecard, program.scorecards))
    yield from chain.from_iterable(_of_rule(rule) for one in program.segmentations for rule in one.rules)
    yield from treatment_expressions(program)


def _of_table(table: Table) -> Iterator[Expression]:
    if table.where is not None:
        yield table.where
    yield from chain.from_iterable(map(_of_column, table.columns))


def _of_column(column: Column) -> Iterator[Expression]:
    bounds = (column.minimum, column.maximum)
    changes = (column.actionable.minimum, column.actionable.maximum) if column.actionable else ()
    yield from (one for one in (*bounds, *changes) if one is not None)


def _of_scorecard(scorecard: Scorecard) -> Iterator[Expression]:
    yield from scorecard.floors
    yield from chain.from_iterable(map(_of_term, scorecard.terms))


def _of_term(term: Term) -> Iterator[Expression]:
    match term.gives:
        case Part(points=points, value=value, target=target):
            yield from (points, value, target)
        case Steps(value=value, steps=steps):
            yield from (value, *chain.from_iterable(steps))
        case whole:
            yield from (whole.points, whole.when)


def _of_rule(rule: Rule) -> Iterator[Expression]:
    yield rule.when
    yield from (part.expression for part in rule.because or () if isinstance(part, Hole))
