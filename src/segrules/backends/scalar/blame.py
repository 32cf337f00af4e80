"""What is missing when an expression has no value: columns, ways up that find no row, or expressions that have none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from segrules.language.statistics import is_place
from segrules.meaning.tables import RowAt
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
)
from segrules.program.printer import print_expression
from segrules.program.program import Computed, Output, Program

if TYPE_CHECKING:
    from segrules.backends.scalar.interpreter import Interpreter


def blame(known: Interpreter, node: Expression, row: RowAt, child: RowAt | None = None) -> frozenset[str]:
    """Return what an expression that is missing at a row lacks.

    A column of the entity is named alone, another's with its table. Where nothing is missing and yet there is no
    value (the mean of no rows, `x / 0`), it is the expression as an author writes it.
    """
    match node:
        case Constant() | Reference():
            return frozenset()
        case Field():
            return _of_field(known, node, row, child)
        case Aggregate():
            return frozenset({print_expression(node)})
        case Answers():
            return _of_answers(known, node, row, child)
        case Statistic():
            return _of_statistic(known, node, row) or frozenset({print_expression(node)})
        case Call(function="if", arguments=(condition, then, otherwise)):
            truth = known.evaluate(condition, row, child)
            return blame(known, condition if truth is None else then if truth else otherwise, row, child)
        case Call():
            return _of_missing(known, node.arguments, row, child) or frozenset({print_expression(node)})


def _of_missing(
    known: Interpreter, nodes: Iterable[Expression], row: RowAt, child: RowAt | None
) -> frozenset[str]:  # fmt: skip
    missing = [node for node in nodes if known.evaluate(node, row, child) is None]
    return frozenset().union(*(blame(known, node, row, child) for node in missing))


def _of_statistic(known: Interpreter, node: Statistic, row: RowAt) -> frozenset[str]:
    """Return what keeps a row from having a group, or from having a place in it."""
    lacking: list[Expression] = [*node.over]
    if is_place(node.function) and (node.where is None or known.evaluate(node.where, row) is not False):
        lacking += [part for part in (node.value, node.where) if part is not None]
    return _of_missing(known, lacking, row, None)


def _of_field(known: Interpreter, node: Field, row: RowAt, child: RowAt | None) -> frozenset[str]:
    at = known.reach(node.row, row, child)
    if at is None:
        return _of_path(known, node.row, row, child)
    definition = known.program.definition(at.table, node.name)
    if definition is None:
        return frozenset({_name(known.program, at.table, node.name)})
    if isinstance(definition, Computed):
        return blame(known, definition.value, at)
    segmentation = definition.segmentation if isinstance(definition, Output) else definition.name
    return frozenset(known.decide(segmentation, at).missing or {_name(known.program, at.table, node.name)})


def _of_path(known: Interpreter, path: Row, row: RowAt, child: RowAt | None) -> frozenset[str]:
    """Return the columns that a way up lacks, or, if they are there, the `belongs_to` that finds no row."""
    at = child if path.scope is Scope.CHILD else row
    for name in path.path:
        assert at is not None
        above = known.tables.above(at, name)
        if above is None:
            relation = known.program.table(at.table).relation(name)
            values = zip(relation.by, known.tables.by(at, relation), strict=True)
            lacking = [column for column, value in values if value is None] or [name]
            return frozenset(_name(known.program, at.table, column) for column in lacking)
        at = above
    return frozenset()


def _of_answers(known: Interpreter, node: Answers, row: RowAt, child: RowAt | None) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    comparison: Expression = node
    fields = set()
    while isinstance(comparison, Answers):
        field, comparison = comparison.segmentation, comparison.comparison
        fields.add(field)
        at = known.reach(field.row, row, child)
        found |= _of_path(known, field.row, row, child) if at is None else set(known.decide(field.name, at).missing)
    others = [one for one in comparison.arguments if one not in fields] if isinstance(comparison, Call) else []
    return found | _of_missing(known, others, row, child) or frozenset({print_expression(node)})


def _name(program: Program, table: str, column: str) -> str:
    return column if table == program.entity else f"{table}.{column}"
