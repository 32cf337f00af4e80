"""Tables and rulesets put together by hand, without YAML, and what is taken into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl
import pytest

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Source
from segrules.engine.intake import Intake, take_in
from segrules.errors import DataInvalid, InputInvalid
from segrules.language.types import STRING, Type
from segrules.program.nodes import Constant, Expression
from segrules.program.program import Column, FileFormat, Program, Relation, Table

SPAN = Source("ruleset.yaml", "text").span(0, 4)


def column(name: str, declared: Type, *, optional: bool = False, **options: Any) -> Column:
    options.setdefault("header", name)
    return Column(name, declared.maybe_missing(optional), span=SPAN, **options)


def table(name: str, *columns: Column, key: Sequence[str] = (), **options: Any) -> Table:
    options.setdefault("relations", ())
    options.setdefault("source", FileFormat())
    return Table(name, tuple(key), columns, span=SPAN, **options)


def relation(name: str, to: str, *by: str, required: bool = False) -> Relation:
    return Relation(name, to, by, down=name, required=required, span=SPAN)


def program(*tables: Table, timezone: str = "UTC") -> Program:
    return Program("test", tables[0].name, timezone, tables, (), (), (), (), (), SPAN)


def constant(value: Any, declared: Type) -> Constant:
    return Constant(value, declared, SPAN)


def compiling(conditions: Mapping[str, pl.Expr]) -> Callable[[Expression], pl.Expr]:
    """Return what compiles constants; a text constant that names a condition is that condition."""

    def compiled(expression: Expression) -> pl.Expr:
        assert isinstance(expression, Constant)
        named = conditions.get(expression.value) if isinstance(expression.value, str) else None
        return pl.lit(expression.value) if named is None else named

    return compiled


def condition(name: str) -> Constant:
    """Return an expression that stands for the condition of that name."""
    return constant(name, STRING)


def taken(what: Program | Table, tables: object, invalid: Any = "stop", **conditions: pl.Expr) -> Intake:
    """Take tables in; of a single table its data alone may be given."""
    if isinstance(what, Table):
        return take_in(program(what), {what.name: tables}, invalid, compiling(conditions))
    assert isinstance(tables, Mapping)
    return take_in(what, tables, invalid, compiling(conditions))


def apart(what: Program | Table, tables: object, **conditions: pl.Expr) -> Intake:
    return taken(what, tables, "quarantine", **conditions)


def complaints(what: Program | Table, tables: object, **conditions: pl.Expr) -> tuple[Diagnostic, ...]:
    """Return what is said about data that is refused."""
    with pytest.raises((DataInvalid, InputInvalid)) as refused:
        taken(what, tables, **conditions)
    assert isinstance(refused.value, DataInvalid | InputInvalid)
    return refused.value.diagnostics


def codes(what: Program | Table, tables: object, **conditions: pl.Expr) -> list[str]:
    return [complaint.code.number for complaint in complaints(what, tables, **conditions)]
