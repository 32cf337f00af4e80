"""Expressions of one table's row as Polars expressions, with the range in which a number can lie."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from segrules.backends.polars.dtypes import literal
from segrules.backends.polars.functions import BUILDERS, Application
from segrules.backends.polars.ranges import Range, clipped, fits, full, of_call, of_value
from segrules.language.types import Kind
from segrules.language.values import Value
from segrules.plan.presence import with_arguments
from segrules.program.nodes import Aggregate, Answers, Call, Constant, Expression, Field, Reference, Statistic


@dataclass(frozen=True, slots=True)
class Built:
    """An expression in Polars; `node` is a constant if it is the same for every row.

    The type of `node` says whether it can be missing, now that ranges are known.
    """

    node: Expression
    expression: pl.Expr
    range: Range


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds expressions of a table's row from the ranges of its columns and the values of parameters.

    `present` are columns that are never missing, although their type cannot know.
    """

    ranges: Mapping[str, Range] = field(default_factory=dict)
    references: Mapping[str, Value] = field(default_factory=dict)
    present: Collection[str] = ()

    def build(self, node: Expression) -> Built:
        """Return an expression that reads columns of the row itself; what is constant is worked out now."""
        match node:
            case Constant():
                return _constant(node)
            case Reference():
                return _constant(Constant(self.references[node.name], node.type, node.span))
            case Field():
                return self._column(node)
            case Call():
                return self._call(node)
            case Aggregate() | Answers() | Statistic():
                raise AssertionError("a plan has made columns of aggregates, answers and statistics")

    def _column(self, node: Field) -> Built:
        nullable = node.type.nullable and node.name not in self.present
        known = replace(node, type=node.type.maybe_missing(nullable))
        return Built(known, pl.col(node.name), self.ranges.get(node.name, full(node.type)))

    def _call(self, node: Call) -> Built:
        arguments = [self.build(argument) for argument in node.arguments]
        found = of_call(node, [argument.range for argument in arguments])
        safe = fits(found, node.type)
        given = with_arguments(node, [argument.node for argument in arguments], fits=safe)
        expressions = [argument.expression for argument in arguments]
        built = BUILDERS[node.function](Application(given, expressions, safe))
        if all(isinstance(argument, Constant) for argument in given.arguments):
            return _constant(Constant(_only_value(pl.select(built)), node.type, node.span))
        return Built(given, built, clipped(found, node.type))


def _only_value(frame: pl.DataFrame) -> Value:
    [[value]] = frame.rows()
    return tuple(value) if isinstance(value, list) else value


def _constant(node: Constant) -> Built:
    # A duration has no column: what moves by it reads it from the node.
    expression = pl.lit(None) if node.type.kind is Kind.DURATION else literal(node.value, node.type)
    return Built(node, expression, of_value(node.value, node.type))


def fold(call: Call) -> Value:
    """Return the value of a call of constants."""
    built = Builder().build(call).node
    assert isinstance(built, Constant)
    return built.value
