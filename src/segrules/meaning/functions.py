"""What each function means, one line a name: the core calls of a program and the functions of the language."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

from segrules.language.like import like
from segrules.language.values import Value
from segrules.meaning import arithmetic, calendar, logic
from segrules.meaning.comparisons import (
    NO_SEGMENT,
    Operand,
    among,
    between,
    different,
    equal,
    in_list,
    ordering,
)
from segrules.program.nodes import Call

Meaning = Callable[[Call, Sequence[Operand]], Value]

_BLANKS = " \t\n\r\f\v"


def _any(function: Callable[..., Value]) -> Meaning:
    """Take a function that takes missing as a fact."""
    return lambda _, values: function(*values)


def _strict(function: Callable[..., Value]) -> Meaning:
    """Take a function that is missing when an argument is."""
    return lambda _, values: None if None in values else function(*values)


def _typed(function: Callable[..., Value]) -> Meaning:
    """Take a strict function that needs the type of its result."""
    return lambda node, values: None if None in values else function(node.type, *values)


def _ordered(function: Callable[..., Value]) -> Meaning:
    """Take a comparison that needs the type of its operands."""
    return lambda node, values: function(node.arguments[0].type, *values)


def _text(function: Callable[[Any, Any], bool]) -> Meaning:
    """Take a question about a text; of no segment nothing is true."""
    return _strict(lambda text, part: NO_SEGMENT not in (text, part) and function(text, part))


def _choice(condition: bool | None, then: Value, otherwise: Value) -> Value:
    return None if condition is None else then if condition else otherwise


def _first_present(*values: Value) -> Value:
    return next((value for value in values if value is not None), None)


_CORE: dict[str, Meaning] = {
    "and": _any(lambda *truths: logic.conjunction(truths)),
    "or": _any(lambda *truths: logic.disjunction(truths)),
    "not": _any(logic.negation),
    "at_least": _any(logic.at_least),
    "=": _any(equal),
    "!=": _any(different),
    "<": _ordered(ordering(operator.lt)),
    "<=": _ordered(ordering(operator.le)),
    ">": _ordered(ordering(operator.gt)),
    ">=": _ordered(ordering(operator.ge)),
    "between": _ordered(between),
    "in": _any(among),
    "in_list": _any(in_list),
    "contains_text": _text(operator.contains),
    "starts_with": _text(str.startswith),
    "ends_with": _text(str.endswith),
    "like": _text(like),
    "is_missing": _any(lambda value: value is None),
    "is_present": _any(lambda value: value is not None),
    "if": _any(_choice),
    "in_last": _any(calendar.in_last),
    "in_next": _any(calendar.in_next),
    "+": _typed(arithmetic.calculation(operator.add)),
    "-": _typed(arithmetic.calculation(operator.sub)),
    "*": _typed(arithmetic.calculation(operator.mul)),
    "/": _typed(arithmetic.divided),
    "negate": _typed(arithmetic.calculation(operator.neg)),
    "to_number": _strict(float),
    "to_decimal": _typed(arithmetic.to_decimal),
    "to_date": _strict(calendar.day_of),
    "to_amount": _typed(arithmetic.to_amount),
    "to_worth": _typed(arithmetic.to_worth),
    "add_duration": _strict(calendar.later),
    "subtract_duration": _strict(calendar.earlier),
}

_FUNCTIONS: dict[str, Meaning] = {
    "abs": _typed(arithmetic.calculation(abs)),
    "ceil": _typed(arithmetic.rounding(arithmetic.UP)),
    "clip": _strict(arithmetic.clipped),
    "coalesce": _any(_first_present),
    "date": _strict(calendar.day_of),
    "day": _strict(lambda moment: moment.day),
    "days_between": _strict(calendar.days_between),
    "floor": _typed(arithmetic.rounding(arithmetic.DOWN)),
    "length": _strict(len),
    "lower": _strict(str.lower),
    "max": _strict(max),
    "min": _strict(min),
    "month": _strict(lambda moment: moment.month),
    "months_between": _strict(calendar.months_between),
    "quarter": _strict(calendar.quarter),
    "round": _typed(arithmetic.rounding(arithmetic.HALVES_AWAY)),
    "round_even": _typed(arithmetic.rounding(arithmetic.HALVES_EVEN)),
    "sqrt": _strict(arithmetic.square_root),
    "trim": _strict(lambda text: text.strip(_BLANKS)),
    "upper": _strict(str.upper),
    "weekday": _strict(lambda moment: moment.isoweekday()),
    "year": _strict(lambda moment: moment.year),
}

MEANINGS = _CORE | _FUNCTIONS
