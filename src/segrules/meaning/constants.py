"""What is the same for every row: written values and parameters, and what is worked out from them."""

from __future__ import annotations

from datetime import date

from segrules.language.values import Value
from segrules.meaning.functions import MEANINGS
from segrules.program.nodes import Call, Constant, Expression, Reference
from segrules.program.program import Program


def constant_value(program: Program, as_of: date, node: Expression) -> Value:
    """Return the value of an expression that reads no row."""
    match node:
        case Constant():
            return node.value
        case Reference(name="as_of"):
            return as_of
        case Reference(name=name):
            return next(parameter.value for parameter in program.parameters if parameter.name == name)
        case Call(function=function, arguments=arguments):
            return MEANINGS[function](node, [constant_value(program, as_of, one) for one in arguments])
        case _:
            raise AssertionError(f"{node} reads a row")
