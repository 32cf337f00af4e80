"""How many rows each aggregate passes over: those whose condition is unknown, and those whose value is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from segrules.language import types
from segrules.plan.columns import Columns
from segrules.plan.logic import conjunction, disjunction, is_missing
from segrules.plan.steps import PassedOver
from segrules.program.expressions import expressions_of, holes
from segrules.program.nodes import Aggregate, Expression, Field, walk
from segrules.program.program import Computed, Program

SUPPRESS = "suppress"
"""The name under which what `suppress` passes over is counted."""


def passed_over(columns: Columns) -> tuple[PassedOver, ...]:
    """Define counts, row by row of the table above, for each aggregate of what the program works out on the day.

    An aggregate that stands several times in what has one name is counted there once.
    """
    found = []
    for table, name, expressions in _worked_out(columns.program, columns.as_of):
        aggregates = (node for one in expressions for node in walk(one) if isinstance(node, Aggregate))
        found += [one for node in dict.fromkeys(aggregates) if (one := _counted(columns, table, name, node))]
    return tuple(found)


def _worked_out(program: Program, as_of: date) -> Iterator[tuple[str, str, Sequence[Expression]]]:
    """Yield what is worked out of rows of a table under a name: columns, then what is asked of a row of the entity."""
    asked = list(_asked(program, as_of))
    columns = _computed(program, [one for _, expressions in asked for one in expressions])
    yield from ((one.table, one.name, [one.value]) for one in program.computed if (one.table, one.name) in columns)
    yield from ((program.entity, name, expressions) for name, expressions in asked)


def _computed(program: Program, asked: Sequence[Expression]) -> set[tuple[str, str]]:
    """Return the columns that are computed as results, or because something reads them, each with its table."""
    found = {(program.entity, name) for name in program.results}
    pending = [*asked, *(one.value for one in program.computed if (one.table, one.name) in found)]
    while pending:
        for node in walk(pending.pop()):
            if isinstance(node, Field) and (key := (node.row.table, node.name)) not in found:
                definition = program.definition(*key)
                if isinstance(definition, Computed):
                    found.add(key)
                    pending.append(definition.value)
    return found


def _asked(program: Program, as_of: date) -> Iterator[tuple[str, Sequence[Expression]]]:
    """Yield what rules with their reasons, `suppress` and treatments ask of a row of the entity."""
    for segmentation in program.segmentations:
        for rule in segmentation.rules:
            if rule.in_force(as_of):
                yield rule.id, [rule.when, *holes(rule.because)]
    if program.suppress is not None:
        yield SUPPRESS, [program.suppress]
    for treatment in program.treatments:
        if treatment.in_force(as_of):
            yield treatment.name, list(expressions_of(treatment))


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
