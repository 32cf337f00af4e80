"""How many rows each aggregate passes over: those whose condition is unknown, and those whose value is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from segrules.language import types
from segrules.plan.columns import Columns
from segrules.plan.logic import conjunction, disjunction, is_missing
from segrules.plan.steps import PassedOver
from segrules.program.expressions import expressions_of
from segrules.program.nodes import Aggregate, Expression, walk


def passed_over(columns: Columns) -> tuple[PassedOver, ...]:
    """Define counts, row by row of the table above, for each aggregate among what `columns` define already."""
    found = []
    for table, name, expression in list(_worked_out(columns)):
        aggregates = (node for node in walk(expression) if isinstance(node, Aggregate))
        found += [one for node in dict.fromkeys(aggregates) if (one := _counted(columns, table, name, node))]
    return tuple(found)


def _worked_out(columns: Columns) -> Iterator[tuple[str, str, Expression]]:
    program = columns.program
    for computed in program.computed:
        if (computed.table, computed.name) in columns.definitions:
            yield computed.table, computed.name, computed.value
    for segmentation in program.segmentations:
        for rule in segmentation.rules:
            if rule.in_force(columns.as_of):
                yield program.entity, rule.id, rule.when
    for treatment in program.treatments:
        if treatment.in_force(columns.as_of):
            yield from ((program.entity, treatment.name, one) for one in expressions_of(treatment))


def _counted(columns: Columns, table: str, name: str, node: Aggregate) -> PassedOver | None:
    """Return the columns with the counts of one aggregate; None for one that passes nothing over."""
    span = node.span
    lacking = disjunction([is_missing(part) for part in (node.value, node.by) if part is not None], span)
    kept = [node.where] if node.where is not None else []
    counts = [
        is_missing(node.where) if node.where is not None else disjunction([], span),
        conjunction([lacking, *kept], span),
    ]
    fields = [columns.lower(table, _count(node, condition)) if _can_be(condition) else None for condition in counts]
    unknown, missing = (getattr(field, "name", None) for field in fields)
    return PassedOver(table, name, node, unknown, missing) if unknown or missing else None


def _can_be(condition: Expression) -> bool:
    return getattr(condition, "value", True) is not False


def _count(node: Aggregate, condition: Expression) -> Aggregate:
    count = types.INTEGER.present()
    return replace(node, function="count", value=None, by=None, where=condition, type=count)
