"""Programs built by hand, for tests of what comes behind the checker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from segrules.diagnostics.source import Source
from segrules.language import types
from segrules.language.types import Type
from segrules.language.values import Duration, Value
from segrules.program.nodes import Aggregate, Call, Constant, Expression, Field, Reference, Row, Scope, Step
from segrules.program.program import (
    Column,
    Computed,
    HitPolicy,
    Parameter,
    Program,
    Relation,
    Rule,
    Segmentation,
    Table,
)

SPAN = Source("ruleset.yaml", "").span(0, 0)
AS_OF = date(2026, 6, 30)


def type_of(value: Value) -> Type:
    match value:
        case bool():
            return types.BOOLEAN
        case int():
            return types.INTEGER
        case float():
            return types.NUMBER
        case Decimal():
            return types.decimal(-int(value.as_tuple().exponent))
        case datetime():
            return types.DATETIME
        case date():
            return types.DATE
        case Duration():
            return types.DURATION
        case tuple():
            return types.list_of(type_of(value[0]) if value else types.STRING)
        case _:
            return types.STRING


def constant(value: Value, kind: Type | None = None) -> Constant:
    return Constant(value, kind or type_of(value), SPAN)


def field(name: str, kind: Type, *path: str, table: str = "customers", child: bool = False) -> Field:
    return Field(Row(Scope.CHILD if child else Scope.ROW, path, table), name, kind, SPAN)


def call(function: str, *arguments: Expression | Value, kind: Type = types.BOOLEAN) -> Call:
    nodes = [one if isinstance(one, Expression) else constant(one) for one in arguments]
    return Call(function, tuple(nodes), kind, SPAN)


def parameter(name: str, value: Value) -> Parameter:
    return Parameter(name, value, type_of(value), SPAN)


def reference(name: str, kind: Type) -> Reference:
    return Reference(name, kind, SPAN)


def aggregate(
    function: str, value: Expression | None, kind: Type, *down: Step, where: Expression | None = None,
    by: Expression | None = None,
) -> Aggregate:  # fmt: skip
    return Aggregate(function, down, value, where, by, kind, SPAN)


def table(
    name: str, key: Sequence[str], columns: Mapping[str, Type], *relations: Relation, where: Expression | None = None,
    keys_from: str | None = None,
) -> Table:  # fmt: skip
    declared = tuple(Column(column, kind, column, SPAN) for column, kind in columns.items())
    return Table(name, tuple(key), declared, relations, SPAN, where, keys_from)


def relation(name: str, to: str, *by: str, down: str = "", required: bool = False) -> Relation:
    return Relation(name, to, by, down, required, SPAN)


def computed(name: str, value: Expression, of: str = "customers") -> Computed:
    return Computed(of, name, value, SPAN)


def rule(segment: str, when: Expression | Value, **further: Any) -> Rule:
    condition = when if isinstance(when, Expression) else constant(when, types.BOOLEAN)
    return Rule(further.pop("id", segment), segment, condition, SPAN, **further)


def segmentation(name: str, policy: HitPolicy, rules: Sequence[Rule], **further: Any) -> Segmentation:
    """A segmentation with its segments as the checker would find them, unless they are given."""
    default = further.pop("default", None)
    named = dict.fromkeys([*(one.segment for one in rules), *(default or ())])
    segments = further.pop("segments", None) or tuple(named)
    return Segmentation(name, policy, tuple(rules), segments, SPAN, default=default, **further)


def program(
    tables: Sequence[Table], *, parameters: Sequence[Parameter] = (), derived: Sequence[Computed] = (),
    metrics: Sequence[Computed] = (), segmentations: Sequence[Segmentation] = (),
) -> Program:  # fmt: skip
    """A program whose definitions stand in the order in which they can be worked out; the first table is its entity."""
    entity = tables[0].name
    order = [(one.table, one.name) for one in (*derived, *metrics)] + [(entity, one.name) for one in segmentations]
    return Program(
        "test", entity, "UTC", tuple(tables), tuple(parameters), tuple(derived), tuple(metrics), tuple(segmentations),
        tuple(order), SPAN,
    )  # fmt: skip
