"""What the number of an expression counts, where that is declared; `%` for a share that is written as a percentage."""

from __future__ import annotations

from collections.abc import Iterable

from segrules.program.nodes import Aggregate, Call, Constant, Expression, Field, Reference, Statistic
from segrules.program.program import Output, Program, Segmentation

PERCENT = "%"

_COMPARE = frozenset("= != < <= > >= between in".split())
_KEEP = frozenset("negate abs round round_even floor ceil to_number to_decimal".split())
_OF_ONE_UNIT = frozenset("+ - coalesce clip max min".split())
_KEEP_ACROSS_ROWS = frozenset("sum mean min max median stdev mode quantile first last".split())


def compared_unit(program: Program, comparison: Expression) -> str | None:
    """Return the unit of what a comparison compares: that of the first operand with one."""
    if not isinstance(comparison, Call) or comparison.function not in _COMPARE:
        return None
    if any(_is_percentage(program, operand) for operand in comparison.arguments):
        return PERCENT
    return _first(program, comparison.arguments)


def unit_of(program: Program, node: Expression) -> str | None:
    """Return the declared unit that the value of an expression has."""
    match node:
        case Constant() | Reference():
            return node.type.unit
        case Field():
            return _of_field(program, node)
        case Aggregate() | Statistic():
            keeps = node.value is not None and node.function in _KEEP_ACROSS_ROWS
            return unit_of(program, node.value) if keeps and node.value else None
        case Call(function="*", arguments=factors):
            units = [unit for factor in factors if (unit := unit_of(program, factor))]
            return units[0] if len(units) == 1 else None
        case Call(function="if", arguments=(_, *chosen)):
            return _first(program, chosen)
        case Call(function=function, arguments=arguments) if function in _KEEP:
            return unit_of(program, arguments[0])
        case Call(function=function, arguments=arguments) if function in _OF_ONE_UNIT:
            return _first(program, arguments)
        case _:
            return None


def _first(program: Program, nodes: Iterable[Expression]) -> str | None:
    return next((unit for node in nodes if (unit := unit_of(program, node))), None)


def _of_field(program: Program, node: Field) -> str | None:
    definition = program.definition(node.row.table, node.name)
    if isinstance(definition, Segmentation | Output):
        return None
    return (definition or program.table(node.row.table).column(node.name)).type.unit


def _is_percentage(program: Program, node: Expression) -> bool:
    """Whether a number is written as a percentage, in the rule or as the value of a parameter."""
    match node:
        case Constant():
            return node.span.text.rstrip().endswith(PERCENT)
        case Reference():
            return any(one.is_percentage for one in program.parameters if one.name == node.name)
        case Call(function=function, arguments=(inner, *_)) if function in _KEEP:
            return _is_percentage(program, inner)
        case _:
            return False
