"""A syntax tree as its canonical text, with as few brackets as it takes to be read back as the same tree."""

from __future__ import annotations

from decimal import Decimal

from segrules.language.formatting import literal
from segrules.language.syntax import (
    Between,
    Binary,
    Call,
    Comparison,
    Conditional,
    Expression,
    Listing,
    Literal,
    Match,
    Membership,
    Path,
    Presence,
    Unary,
    Window,
)

# how tightly each sort of expression binds: the rules of `grammar.lark`, loosest first
_CONDITIONAL, _OR, _AND, _NOT, _COMPARISON, _IN, _CONTAINS, _BETWEEN, _IS, _PATTERN = range(10)
_SUM, _PRODUCT, _OPERAND = range(10, 13)

_BINARY = {"or": _OR, "and": _AND, "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}


def print_expression(expression: Expression) -> str:
    """Return the text of an expression; parsing it gives an equal tree."""
    match expression:
        case Literal():
            return _literal(expression)
        case Path(names):
            return ".".join(name.text for name in names)
        case Unary(operator, operand):
            tight = operator.text == "-"
            return f"{operator.text}{'' if tight else ' '}{_in(operand, _OPERAND if tight else _NOT)}"
        case Binary(operator, left, right):
            level = _BINARY[operator.text]
            return f"{_in(left, level)} {operator.text} {_in(right, level + 1)}"
        case Comparison():
            return _comparison(expression)
        case Membership(item, options, negated):
            return f"{_in(item, _CONTAINS)} {_not(negated)}in {print_expression(options)}"
        case Listing(items):
            return f"({_list(items)})"
        case Between(value, low, high, negated):
            return f"{_in(value, _IS)} {_not(negated)}between {_in(low, _IS)} and {_in(high, _IS)}"
        case Presence(value, missing):
            return f"{_in(value, _PATTERN)} is {'missing' if missing else 'present'}"
        case Match(operator, left, right, negated):
            level = level_of(expression) + 1
            return f"{_in(left, level)} {_not(negated)}{operator.text} {_in(right, level)}"
        case Window(value, direction, duration, negated):
            return f"{_in(value, _CONTAINS)} {_not(negated)}in {direction} {print_expression(duration)}"
        case Conditional(condition, then, otherwise):
            parts = (print_expression(part) for part in (condition, then, otherwise))
            return "if {} then {} else {}".format(*parts)
        case Call():
            return _call(expression)


def level_of(expression: Expression) -> int:
    """Return how tightly an expression binds, 0 for the loosest."""
    match expression:
        case Conditional():
            return _CONDITIONAL
        case Binary(operator):
            return _BINARY[operator.text]
        case Unary(operator):
            return _NOT if operator.text == "not" else _OPERAND
        case Comparison():
            return _COMPARISON
        case Membership() | Window():
            return _IN
        case Between():
            return _BETWEEN
        case Presence():
            return _IS
        case Match(operator):
            return _CONTAINS if operator.text == "contains" else _PATTERN
        case _:
            return _OPERAND


def _in(expression: Expression, level: int) -> str:
    """Return an expression as an operand, in brackets if it binds more loosely than a level."""
    text = print_expression(expression)
    return text if level_of(expression) >= level else f"({text})"


def _not(negated: bool) -> str:
    return "not " if negated else ""


def _list(items: tuple[Expression, ...]) -> str:
    return ", ".join(map(print_expression, items))


def _literal(expression: Literal) -> str:
    """Return a literal; the places of a number are part of what it says."""
    value = expression.value
    if not isinstance(value, Decimal):
        return literal(value)
    return f"{Decimal(f'{value}e2'):f}%" if expression.percent else f"{value:f}"


def _comparison(expression: Comparison) -> str:
    first, *others = (_in(operand, _IN) for operand in expression.operands)
    links = (f" {sign.text} {operand}" for sign, operand in zip(expression.operators, others, strict=True))
    return first + "".join(links)


def _call(expression: Call) -> str:
    inner = [_list(expression.arguments)] if expression.arguments else []
    if expression.descending:
        inner.append("descending")
    if expression.over is not None:
        inner.append(f"over {_list(expression.over) or 'all'}")
    if expression.by is not None:
        inner.append(f"by {print_expression(expression.by)}")
    if expression.where is not None:
        inner.append(f"where {print_expression(expression.where)}")
    return f"{expression.function.text}({' '.join(inner)})"
