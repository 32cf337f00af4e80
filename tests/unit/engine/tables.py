"""Tables and rulesets put together by hand, without YAML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from segrules.diagnostics.source import Source
from segrules.language.types import Type
from segrules.program.nodes import Constant, Expression
from segrules.program.program import Column, FileFormat, Program, Relation, Table

SPAN = Source("ruleset.yaml", "text").span(0, 4)


def column(name: str, declared: Type, *, optional: bool = False, **options: Any) -> Column:
    options.setdefault("header", name)
    return Column(name, declared.maybe_missing(optional), span=SPAN, **options)


def table(name: str, *columns: Column, key: Sequence[str] = (), source: FileFormat = FileFormat(), **options: Any) -> Table:  # noqa: B008 (frozen)
    options.setdefault("relations", ())
    return Table(name, tuple(key), columns, span=SPAN, source=source, **options)


def relation(name: str, to: str, *by: str, required: bool = False) -> Relation:
    return Relation(name, to, by, down=name, required=required, span=SPAN)


def program(*tables: Table, timezone: str = "UTC") -> Program:
    return Program("test", tables[0].name, timezone, tables, (), (), (), (), (), SPAN)


def constant(value: Any, declared: Type) -> Constant:
    return Constant(value, declared, SPAN)


def where(condition: pl.Expr) -> tuple[Expression, Callable[[Expression], pl.Expr]]:
    """Return an expression that stands for a condition, and what compiles it (and constants)."""
    stand_in = constant("the condition", Type.__call__("string") if False else constant_type())

    def compiled(expression: Expression) -> pl.Expr:
        return condition if expression is stand_in else compile_constant(expression)

    return stand_in, compiled


def constant_type() -> Type:
    from segrules.language.types import STRING

    return STRING


def compile_constant(expression: Expression) -> pl.Expr:
    assert isinstance(expression, Constant)
    return pl.lit(expression.value)
