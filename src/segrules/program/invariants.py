"""What holds of every program that the checker lets through; asked by tests only."""

from __future__ import annotations

from segrules.language.types import Kind, Type
from segrules.program.expressions import expressions, expressions_of
from segrules.program.nodes import (
    Aggregate,
    Answers,
    Call,
    Expression,
    Field,
    Row,
    Scope,
    Statistic,
    children,
    walk,
)
from segrules.program.program import HitPolicy, Program

_OF_ONE_TYPE = frozenset("= != < <= > >= between in + - / clip coalesce max min days_between months_between".split())


def check_invariants(program: Program) -> None:
    """Raise an AssertionError that says what is wrong with a program that should never have come to be."""
    _check_order(program)
    for one in expressions(program):
        for node in walk(one.expression):
            _check_node(program, node)
        _check_rows(program, one.table, None, one.expression)
    for segmentation in program.segmentations:
        for rule in segmentation.rules:
            assert rule.when.type.kind is Kind.BOOLEAN, f"{rule.id}: `when` is {rule.when.type}"
            assert rule.segment in segmentation.segments, f"{rule.id}: `{rule.segment}` is no segment"
            assert len(rule.outputs) == len(segmentation.outputs), f"{rule.id}: its outputs are {rule.outputs}"
        assert not (segmentation.outputs and segmentation.hit_policy is HitPolicy.COLLECT), "a list has no outputs"
    for treatment in program.treatments:
        assert treatment.when.type.kind is Kind.BOOLEAN, f"{treatment.name}: `when` is {treatment.when.type}"
        assert {*treatment.requires, *treatment.excludes} <= {one.name for one in program.treatments}
        assert treatment.group is None or treatment.group in {group.name for group in program.groups}
        assert bool(treatment.ranks) == (treatment.is_shared_out and not program.is_optimised), (
            f"{treatment.name} is ranked for nothing, or by nothing"
        )
        assert not (treatment.worth and not program.is_optimised), f"{treatment.name} has a value for nothing"
        assert not (treatment.is_shared_out and program.is_optimised and not treatment.worth), (
            f"{treatment.name} is shared out without a value"
        )
    amounts = {_shape(one.amount.value.type) for one in program.treatments if one.amount}
    assert len(amounts) < 2, f"the amounts of treatments have the types {amounts}"


def _check_order(program: Program) -> None:
    defined = [(one.table, one.name) for one in program.computed]
    defined += [(program.entity, one.name) for one in program.segmentations]
    defined += [(program.entity, one.column) for one in program.outputs]
    assert sorted(program.order) == sorted(defined), f"the order names {program.order}, defined are {defined}"
    for index, (table, name) in enumerate(program.order):
        definition = program.definition(table, name)
        assert definition is not None
        fields = [node for each in expressions_of(definition) for node in walk(each) if isinstance(node, Field)]
        late = {(field.row.table, field.name) for field in fields}.intersection(program.order[index:])
        assert not late, f"`{table}.{name}` reads {late}, which come no earlier"


def _check_rows(program: Program, table: str, below: str | None, node: Expression) -> None:
    """Check that what is read is there, from the table whose row it is worked out for."""
    match node:
        case Field(row=row, name=name):
            start = table if row.scope is Scope.ROW else below
            assert start is not None, f"`{name}` is read of a row below, outside any aggregate"
            assert _end(program, start, row) == row.table, f"the path to `{row.table}.{name}` ends elsewhere"
            stored = {column.name for column in program.table(row.table).columns}
            assert name in stored or program.definition(row.table, name), f"nothing is called `{row.table}.{name}`"
        case Aggregate():
            above = table
            for step in node.down:
                assert program.table(step.table).relation(step.relation).table == above, f"no step down by {step}"
                above = step.table
            for part in (node.value, node.where, node.by):
                if part is not None:
                    _check_rows(program, table, node.table, part)
        case Call(arguments=parts):
            for part in parts:
                _check_rows(program, table, below, part)
        case Answers(comparison=comparison):
            _check_rows(program, table, below, comparison)
        case Statistic():
            assert (table, below) == (program.entity, None), f"{node} is no statistic of a row of the entity"
            for part in children(node):
                _check_rows(program, table, None, part)
        case _:
            pass


def _end(program: Program, start: str, row: Row) -> str:
    for relation in row.path:
        start = program.table(start).relation(relation).table
    return start


def _check_node(program: Program, node: Expression) -> None:
    assert node.type.kind not in (Kind.UNKNOWN, Kind.MISSING), f"{node} has no type"
    if isinstance(node, Call) and node.function in _OF_ONE_TYPE:
        kinds = {_shape(argument.type) for argument in node.arguments}
        assert len(kinds) == 1, f"the arguments of `{node.function}` have the types {kinds}"
    if isinstance(node, Answers):
        assert program.definition(program.entity, node.segmentation.name) in program.segmentations
        collects = program.segmentation(node.segmentation.name).hit_policy is HitPolicy.COLLECT
        assert collects == (node.segmentation.type.kind is Kind.LIST), f"{node.segmentation} has the wrong type"


def _shape(kind: Type) -> tuple[Kind, int]:
    return kind.kind, kind.places
