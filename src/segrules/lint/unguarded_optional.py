"""SR601: an optional column is compared or aggregated, and nothing says what a missing value means there.

So is a column of a row that is found by an optional one.

A comparison with a missing value is unknown, and an aggregate passes the row over. Both may be meant. They are said
to be when the column stands inside `coalesce`, or where only rows that have it come: beside `x is present` in an
`and`, beside `x is missing` in an `or`, behind `if x is present then`, in an aggregate's `where`, below a rule that
takes the rows without it, in what a treatment gives to rows that have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.program.expressions import Role, expressions
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
    walk,
)
from segrules.program.program import Column, HitPolicy, Program, Rule, Segmentation
from segrules.program.treatments import Treatment

_COMPARISONS = frozenset(
    "= != < <= > >= between in in_list in_last in_next contains_text starts_with ends_with like".split()
)
# Bounds read no columns, a term is told of in the column that it makes, and a reason decides nothing.
_LOOKED_AT = frozenset({Role.WHERE, Role.VALUE, Role.CONDITION, Role.GRANT})
_COMPARED = "compared"
_COUNTS_WHAT_IS_PRESENT = "count"

Guards = frozenset[Field]


@dataclass(frozen=True, slots=True)
class _Use:
    """A column where its missing values matter: `reader` is the aggregate that reads it, or `compared`.

    `start` is the table of the aggregate around it, if that is where its path begins.
    """

    field: Field
    reader: str
    guards: Guards
    start: str | None = None


def unguarded_optional(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each optional column and each condition, metric, amount and the like that reads it."""
    for table, expression, guards in _expressions(program):
        told: set[Field] = set()
        for use in _uses(expression, guards, None):
            column = _optional(program, table, use)
            if column is not None and use.field not in told:
                told.add(use.field)
                yield _diagnostic(use, column)


def _expressions(program: Program) -> Iterator[tuple[str, Expression, Guards]]:
    """Yield what is worked out: for the rows of which table, and which columns are there in all that come so far."""
    unguarded: Guards = frozenset()
    for one in expressions(program):
        if one.role in _LOOKED_AT and not isinstance(one.owner, Rule):
            guards = _of_eligible(one.owner) if one.owner and one.role is Role.GRANT else unguarded
            yield one.table, one.expression, guards
    for segmentation in program.segmentations:
        yield from ((program.entity, rule.when, guards) for rule, guards in _guarded_rules(segmentation))


def _of_eligible(treatment: Treatment) -> Guards:
    """Return the columns that are there in the rows that get a treatment, or are told of in its condition already."""
    return _present_if_true(treatment.when) | {use.field for use in _uses(treatment.when, frozenset(), None)}


def _guarded_rules(segmentation: Segmentation) -> Iterator[tuple[Rule, Guards]]:
    """Yield every rule with the columns that are there in the rows which rules above it have left.

    A rule `a and x is missing` leaves to one below it that asks for `a`, too, only rows with `x`.
    """
    taken: list[tuple[Field, frozenset[Expression]]] = []
    for rule in segmentation.rules:
        asked = _joined(rule.when)
        yield rule, frozenset(field for field, besides in taken if besides <= asked)
        always = rule.valid_from is None and rule.valid_until is None
        if always and segmentation.hit_policy is HitPolicy.FIRST:
            taken.extend((field, asked - {one}) for one in asked if (field := _asked_if_missing(one)) is not None)


def _joined(condition: Expression) -> frozenset[Expression]:
    """Return the conditions that are joined by `and`."""
    match condition:
        case Call(function="and", arguments=parts):
            return frozenset[Expression]().union(*(_joined(part) for part in parts))
    return frozenset({condition})


def _asked_if_missing(condition: Expression) -> Field | None:
    match condition:
        case Call(function="is_missing", arguments=(Field() as field,)):
            return field
    return None


def _optional(program: Program, table: str, use: _Use) -> Column | None:
    """Return the optional column that is read, be it only to find the row that holds another."""
    guarded = {(guard.row.scope, guard.row.path, guard.name) for guard in use.guards}
    on_the_way = _keys_on_the_way(program, use.start or table, use.field.row)
    by = (column for path, column in on_the_way if (use.field.row.scope, path, column.name) not in guarded)
    stored = (column for column in program.table(use.field.row.table).columns if column.name == use.field.name)
    return next((column for column in (*stored, *by) if column.type.nullable), None)


def _keys_on_the_way(program: Program, start: str, row: Row) -> Iterator[tuple[tuple[str, ...], Column]]:
    """Yield the columns by which a path finds its rows, each with the path to the row that it is read from."""
    table = program.table(start)
    for at, name in enumerate(row.path):
        relation = table.relation(name)
        yield from ((row.path[:at], table.column(key)) for key in relation.by)
        table = program.table(relation.table)


def _uses(node: Expression, guards: Guards, reader: str | None) -> Iterator[_Use]:
    match node:
        case Field():
            if reader is not None and node not in guards:
                yield _Use(node, reader, guards)
        case Call():
            yield from _in_call(node, guards, reader)
        case Aggregate():
            yield from _in_aggregate(node, guards)
        case Answers():
            yield from _uses(node.comparison, guards, None)
        case Statistic():
            yield from _in_statistic(node, guards)
        case Constant() | Reference():
            pass


def _in_call(call: Call, guards: Guards, reader: str | None) -> Iterator[_Use]:
    match call.function, call.arguments:
        case "and", parts:
            yield from _each(parts, guards | _present_if_true(call), None)
        case "or", parts:
            yield from _each(parts, guards | _present_if_false(call), None)
        case "if", (condition, then, otherwise):
            yield from _uses(condition, guards, None)
            yield from _uses(then, guards | _present_if_true(condition), reader)
            yield from _uses(otherwise, guards | _present_if_false(condition), reader)
        case "coalesce", (*replaced, last):
            yield from _each(_aggregates(replaced), guards, None)
            yield from _uses(last, guards, reader)
        case "is_missing" | "is_present", parts:
            yield from _each(_aggregates(parts), guards, None)
        case function, parts:
            yield from _each(parts, guards, _COMPARED if function in _COMPARISONS else reader)


def _in_aggregate(aggregate: Aggregate, guards: Guards) -> Iterator[_Use]:
    within = guards | (_present_if_true(aggregate.where) if aggregate.where is not None else frozenset())
    if aggregate.where is not None:
        for use in _uses(aggregate.where, guards, None):
            yield _begun(use, aggregate)
    reader = None if aggregate.function == _COUNTS_WHAT_IS_PRESENT else aggregate.function
    read = [part for part in (aggregate.value, aggregate.by) if part is not None]
    for use in _each(read, within, reader):
        if use.reader == _COMPARED or use.field.row.scope is Scope.CHILD:
            yield _begun(use, aggregate)


def _begun(use: _Use, aggregate: Aggregate) -> _Use:
    return replace(use, start=aggregate.table) if use.field.row.scope is Scope.CHILD else use


def _in_statistic(statistic: Statistic, guards: Guards) -> Iterator[_Use]:
    within = guards
    if statistic.where is not None:
        yield from _uses(statistic.where, guards, None)
        within |= _present_if_true(statistic.where)
    reader = None if statistic.function == _COUNTS_WHAT_IS_PRESENT else statistic.function
    yield from _uses(statistic.value, within, reader)
    yield from _each(statistic.over, within, statistic.function)


def _each(nodes: Iterable[Expression], guards: Guards, reader: str | None) -> Iterator[_Use]:
    for node in nodes:
        yield from _uses(node, guards, reader)


def _aggregates(nodes: Iterable[Expression]) -> Iterator[Aggregate]:
    """Yield the aggregates in nodes whose own missing values are dealt with; those of their rows are not."""
    return (found for node in nodes for found in walk(node) if isinstance(found, Aggregate))


def _present_if_true(condition: Expression) -> Guards:
    match condition:
        case Call(function="is_present", arguments=(Field() as field,)):
            return frozenset({field})
        case Call(function="and", arguments=parts):
            return frozenset[Field]().union(*(_present_if_true(part) for part in parts))
        case Call(function="not", arguments=(negated,)):
            return _present_if_false(negated)
    return frozenset()


def _present_if_false(condition: Expression) -> Guards:
    match condition:
        case Call(function="is_missing", arguments=(Field() as field,)):
            return frozenset({field})
        case Call(function="or", arguments=parts):
            return frozenset[Field]().union(*(_present_if_false(part) for part in parts))
        case Call(function="not", arguments=(negated,)):
            return _present_if_true(negated)
    return frozenset()


def _diagnostic(use: _Use, column: Column) -> Diagnostic:
    name = use.field.span.text
    if use.reader == _COMPARED:
        message = f"`{name}` may be missing, and a comparison with it is then unknown"
        way_out = f"say what missing means, `coalesce({name}, …)`, or ask first: `{name} is present and …`"
    else:
        message = f"`{name}` may be missing, and `{use.reader}` then passes the row over"
        way_out = f"say what missing means, `coalesce({name}, …)`, or that it is left out: `where {name} is present`"
    label = "optional" if column.name == use.field.name else "of a row that an optional column finds"
    declared = Label(column.span, "declared optional")
    return Diagnostic(catalogue.UNGUARDED_OPTIONAL, message, Label(use.field.span, label), (declared,), help=way_out)
