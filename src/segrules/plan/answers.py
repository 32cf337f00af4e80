"""Comparisons that read segmentations, as logic over the answers that these could still give."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from segrules.diagnostics.source import Span
from segrules.language import types
from segrules.language.like import like
from segrules.language.types import Type
from segrules.plan.logic import (
    boolean,
    choice,
    conjunction,
    disjunction,
    is_missing,
    is_true,
    negation,
    truth,
)
from segrules.program.nodes import Answers, Call, Constant, Expression, Field
from segrules.program.program import HitPolicy, Program

NO_SEGMENT: Final = None
"""The answer "no segment", or a conflict, which a comparison does not tell apart."""

Given = Mapping[Field, str | None]
"""An answer for each segmentation that a comparison reads."""

Possible = Callable[[Field, str | None], Expression]
"""Gives whether an answer of a segmentation is possible; under `collect`, whether a segment is among those assigned:
true if in every possible answer, false if in none, else unknown."""


def over_answers(node: Answers, program: Program, possible: Possible) -> Expression:
    """Return the comparison without segmentations: true or false if that of every possible answer, else unknown."""
    fields, comparison = _unwrapped(node)
    assert isinstance(comparison, Call)
    lists = [field for field in fields if program.segmentation(field.name).hit_policy is HitPolicy.COLLECT]
    single = {field: program.segmentation(field.name).segments for field in fields if field not in lists}
    cases = []
    for answers in product(*([*segments, NO_SEGMENT] for segments in single.values())):
        given = dict(zip(single, answers, strict=True))
        together = conjunction([possible(field, answer) for field, answer in given.items()], node.span)
        outcome = _collected(comparison, given, program, possible) if lists else _compared(comparison, given)
        cases.append(_Case(together, outcome))
    return _same_of_all(cases, node.span) if single else cases[0].outcome


def _unwrapped(node: Answers) -> tuple[list[Field], Expression]:
    fields = []
    comparison: Expression = node
    while isinstance(comparison, Answers):
        fields.append(comparison.segmentation)
        comparison = comparison.comparison
    return fields, comparison


@dataclass(frozen=True, slots=True)
class _Case:
    """A combination of answers: whether it is possible, and what the comparison then is."""

    possible: Expression
    outcome: Expression


def _collected(comparison: Call, given: Given, program: Program, possible: Possible) -> Expression:
    """Return whether a segmentation that collects has a value."""
    item, field = comparison.arguments
    assert isinstance(field, Field)
    span = comparison.span
    item = _operand(item, given, span)
    segments = program.segmentation(field.name).segments
    if isinstance(item, Constant) and isinstance(item.value, str):
        return possible(field, item.value) if item.value in segments else truth(False, span)
    named = [Constant(segment, types.STRING.present(), span) for segment in segments]
    return disjunction(
        [conjunction([boolean("=", item, one), possible(field, str(one.value))], span) for one in named], span
    )


def _same_of_all(cases: list[_Case], span: Span) -> Expression:
    true = disjunction([conjunction([one.possible, is_true(one.outcome)], span) for one in cases], span)
    false = disjunction([conjunction([one.possible, is_true(negation(one.outcome))], span) for one in cases], span)
    unknown = disjunction([conjunction([one.possible, is_missing(one.outcome)], span) for one in cases], span)
    either = disjunction([unknown, conjunction([true, false], span)], span)
    return choice(either, truth(None, span), true)


# --- a comparison of which some operands are answers -----------------------------------------------------------------

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_TEXT: dict[str, Callable[[str, str], bool]] = {
    "contains_text": operator.contains, "starts_with": str.startswith, "ends_with": str.endswith, "like": like,
}  # fmt: skip


def _compared(call: Call, given: Given) -> Expression:
    first, *rest = call.arguments
    match call.function:
        case "between":
            low, high = rest
            return conjunction(
                [_binary("<=", low, first, call, given), _binary("<=", first, high, call, given)], call.span
            )
        case "in":
            return disjunction([_binary("=", first, option, call, given) for option in rest], call.span)
        case "in_list":
            return boolean("in_list", _operand(first, given, call.span), rest[0])
        case function:
            return _binary(function, first, rest[0], call, given)


def _binary(function: str, left: Expression, right: Expression, call: Call, given: Given) -> Expression:
    answers = [given[one] for one in (left, right) if isinstance(one, Field) and one in given]
    if not answers:
        return boolean(function, left, right)
    operands = [_operand(one, given, call.span) for one in (left, right)]
    if all(isinstance(one, Constant) for one in operands):
        return truth(_folded(function, operands, left.type), call.span)
    if NO_SEGMENT in answers:
        other = next(one for one in operands if not isinstance(one, Constant))
        empty = [one if isinstance(one, Constant) else None for one in operands]
        return choice(is_missing(other), truth(None, call.span), truth(_beside_none(function, empty), call.span))
    return boolean(function, *operands)


_NONE = Type(types.Kind.STRING, nullable=False)
_NOBODYS_TEXT = "\0"


def _operand(node: Expression, given: Given, span: Span) -> Expression:
    if isinstance(node, Field) and node in given:
        answer = given[node]
        kind = _NONE if answer is NO_SEGMENT else node.type.present()
        return Constant(_NOBODYS_TEXT if answer is NO_SEGMENT else answer, kind, span)
    return node


def _folded(function: str, operands: list[Expression], kind: Type) -> bool | None:
    values = [one.value for one in operands if isinstance(one, Constant)]
    if None in values:
        return None
    if any(one.type is _NONE for one in operands):
        return _beside_none(function, operands)
    left, right = (str(value) for value in values)
    if function in _TEXT:
        return _TEXT[function](left, right)
    if function in ("=", "!=") or kind.values is None:
        return _OPERATORS[function](left, right)
    return _OPERATORS[function](kind.values.index(left), kind.values.index(right))


def _beside_none(function: str, operands: list[Any]) -> bool:
    """No segment equals nothing, itself included, and stands below every segment, but not below itself."""
    if function in _TEXT or function == "=":
        return False
    if function == "!=":
        return True
    left, right = (-1 if one is not None and one.type is _NONE else 0 for one in operands)
    return _OPERATORS[function](left, right)
