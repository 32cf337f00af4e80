"""What a program reads: columns and parameters. What nothing reads decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from segrules.diagnostics.source import Span
from segrules.program.expressions import expressions
from segrules.program.nodes import Field, Reference, walk
from segrules.program.program import Program


@dataclass(frozen=True, slots=True)
class Read:
    """What is read anywhere: columns as (table, name), keys and what finds them included, and parameters."""

    columns: frozenset[tuple[str, str]]
    parameters: frozenset[str]


def read_in(program: Program) -> Read:
    """Return what a program reads."""
    nodes = [node for one in expressions(program) for node in walk(one.expression)]
    columns = {(node.row.table, node.name) for node in nodes if isinstance(node, Field)}
    for table in program.tables:
        columns |= {(table.name, name) for name in table.key}
        columns |= {(table.name, name) for relation in table.relations for name in relation.by}
    return Read(frozenset(columns), frozenset(node.name for node in nodes if isinstance(node, Reference)))


def is_own(program: Program, span: Span) -> bool:
    """Whether something is declared in the ruleset's own file; what is imported is there for other rulesets, too."""
    return span.source.name == program.span.source.name
