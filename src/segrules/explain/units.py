"""What the number of an expression counts, where that is declared; `%` for a share that is written as a percentage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from segrules.explain.reading import bare, comparison_of
from segrules.language.types import NUMERIC
from segrules.program.nodes import Aggregate, Call, Constant, Expression, Field, Reference, Statistic
from segrules.program.program import Output, Parameter, Program, Segmentation

PERCENT = "%"

_COMPARE = frozenset("= != < <= > >= between in".split())
_KEEP = frozenset("negate abs round round_even floor ceil to_number to_decimal".split())
_OF_ONE_UNIT = frozenset("+ - coalesce clip max min".split())
_KEEP_ACROSS_ROWS = frozenset("sum mean min max median stdev mode quantile first last".split())


def compared_units(program: Program, conditions: Sequence[Expression]) -> dict[Expression, str]:
    """Return the units of what conditions compare: an operand without one takes that of the others.

    What is compared with percentages, and with no other number but 0 and 1, is a percentage.
    """
    found: dict[Expression, str] = {}
    plain: set[Expression] = set()
    for condition in conditions:
        operands = _numbers(comparison_of(condition))
        unit = _first(program, operands) or (PERCENT if any(_is_percentage(program, one) for one in operands) else None)
        if unit:
            found.update({bare(one): unit for one in operands if not isinstance(one, Constant)})
        elif any(isinstance(one, Constant) and one.value not in (0, 1) for one in operands):
            plain.update(map(bare, operands))
    return {one: unit for one, unit in found.items() if unit != PERCENT or one not in plain}


def _numbers(comparison: Expression) -> tuple[Expression, ...]:
    if not isinstance(comparison, Call) or comparison.function not in _COMPARE:
        return ()
    return tuple(one for one in comparison.arguments if one.type.kind in NUMERIC)


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


def parameter_unit(parameter: Parameter) -> str | None:
    """Return the unit of a parameter's values, `%` if they are written as percentages."""
    return parameter.type.unit or (PERCENT if parameter.is_percentage else None)


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
