"""Expressions seen from another row: from the row below instead of the row above, or the other way round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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


def from_below(node: Expression, up: tuple[str, ...]) -> Expression:
    """Return an expression inside an aggregate as one of the rows below; `up` leads from these to the row above.

    The scopes stay, and no longer matter but for this: a segmentation that is read once from the row below and once
    from the row above is asked for twice, though both may lead to the same row.
    """

    def seen(row: Row) -> Row:
        return row if row.scope is Scope.CHILD else replace(row, path=(*up, *row.path))

    return _with_rows(node, seen)


def from_above(node: Expression, row: Row) -> Expression:
    """Return an expression of a row as one of the row from which it is reached."""
    return _with_rows(node, lambda own: Row(row.scope, (*row.path, *own.path), own.table)) if row.path else node


def _with_rows(node: Expression, seen: Callable[[Row], Row]) -> Expression:
    match node:
        case Constant() | Reference():
            return node
        case Field():
            return _field(node, seen)
        case Call():
            return replace(node, arguments=tuple(_with_rows(one, seen) for one in node.arguments))
        case Answers():
            comparison = _with_rows(node.comparison, seen)
            return replace(node, segmentation=_field(node.segmentation, seen), comparison=comparison)
        case Aggregate() | Statistic():
            raise AssertionError("an aggregate or a statistic belongs to the row that it is written for")


def _field(node: Field, seen: Callable[[Row], Row]) -> Field:
    return replace(node, row=seen(node.row))
