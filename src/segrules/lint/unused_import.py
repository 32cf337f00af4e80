"""SR639: an import of which nothing is used."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, told
from segrules.program.expressions import expressions
from segrules.program.nodes import Aggregate, Expression, Field, Reference, walk
from segrules.program.program import Import, Program, Table


def unused_import(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each import of the ruleset's own file of which nothing outside it makes use.

    What it leads to counts as a part of it: an import is used if what it imports in turn is. A metric that nothing
    reads comes out with the results and decides nothing, whoever declares it; a ruleset that has metrics and nothing
    else is there for their sake.
    """
    for one in program.imports:
        metrics = [metric for metric in program.metrics if metric.span.source.name in one.files]
        if not _is_used(program, one, {metric.name for metric in metrics}):
            yield _nothing_of_it(one, has_metrics=bool(metrics))


def _nothing_of_it(one: Import, *, has_metrics: bool) -> Diagnostic:
    if has_metrics:
        message = f"no rule, score or treatment reads anything of `{one.path}`"
        way_out = "take it out, unless its metrics are meant for those who read the results"
        return told(catalogue.UNUSED_IMPORT, message, one.span, "decides nothing", way_out)
    return told(catalogue.UNUSED_IMPORT, f"nothing of `{one.path}` is used", one.span, "not used", "take it out")


def _is_used(program: Program, one: Import, metrics: set[str]) -> bool:
    if metrics and not (program.segmentations or program.treatments or program.scorecards):
        return True
    tables = {table.name for table in program.tables if table.span.source.name in one.files}
    parameters = {parameter.name for parameter in program.parameters if parameter.span.source.name in one.files}
    if program.entity in tables or _gives_treatments(program, one):
        return True
    if any(tables & _named_by(table) for table in program.tables if table.name not in tables):
        return True
    nodes = (node for written in expressions(program) for node in walk(written.expression))
    outside = (node for node in nodes if node.span.source.name not in one.files)
    return any(_reads(node, tables, parameters, {(program.entity, name) for name in metrics}) for node in outside)


def _gives_treatments(program: Program, one: Import) -> bool:
    """Whether a treatment is of a kind, or in a group, that the import declares."""
    groups = {group.name for group in program.groups if group.span.source.name in one.files}
    return any(treatment.kind in one.kinds or treatment.group in groups for treatment in program.treatments)


def _named_by(table: Table) -> set[str]:
    """Return the tables that the declaration of a table names; the paths that are read lead through them."""
    return {relation.table for relation in table.relations} | ({table.keys_from} if table.keys_from else set())


def _reads(node: Expression, tables: set[str], parameters: set[str], metrics: set[tuple[str, str]]) -> bool:
    match node:
        case Field():
            return node.row.table in tables or (node.row.table, node.name) in metrics
        case Aggregate():
            return any(step.table in tables for step in node.down)
        case Reference():
            return node.name in parameters
        case _:
            return False
