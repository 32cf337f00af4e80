"""Which tables a ruleset needs: those that its entity's answers can depend on."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.program.expressions import expressions
from segrules.program.nodes import Aggregate, Expression, Field, Row, Scope, children
from segrules.program.program import Program


def tables_needed(program: Program) -> frozenset[str]:
    """Return the entity's table and all that something reads which is worked out for a table that is needed."""
    needed: set[str] = set()
    pending = [program.entity]
    while pending:
        name = pending.pop()
        if name not in needed:
            needed.add(name)
            pending += _beside(program, name)
    return frozenset(needed)


def _beside(program: Program, name: str) -> Iterator[str]:
    """Yield the tables that one table leads to."""
    table = program.table(name)
    yield from (relation.table for relation in table.relations if relation.required)
    if table.keys_from is not None:
        yield table.keys_from
    for one in expressions(program):
        if one.table == name:
            yield from _read(program, one.expression, name, None)


def _read(program: Program, node: Expression, table: str, below: str | None) -> Iterator[str]:
    if isinstance(node, Field):
        yield from _on_the_way(program, node.row, below if node.row.scope is Scope.CHILD and below else table)
    if isinstance(node, Aggregate):
        yield from (step.table for step in node.down)
        below = node.table
    for part in children(node):
        yield from _read(program, part, table, below)


def _on_the_way(program: Program, row: Row, start: str) -> Iterator[str]:
    for relation in row.path:
        start = program.table(start).relation(relation).table
        yield start
