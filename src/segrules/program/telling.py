"""What a reason tells of the condition of a rule that matched: which of its parts, and which of their values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from segrules.program.nodes import Answers, Call, Constant, Expression, Reference

_CASTS = frozenset({"to_number", "to_decimal", "to_date"})
_ORDERS = frozenset("!= < <= > >= between contains_text starts_with ends_with like".split())


@dataclass(frozen=True, slots=True)
class Part:
    """An atomic condition as it stands in another: `denied` where it has to be false for the whole to be true.

    It has a part in that only where each of `within` comes out as it says; they begin with the outermost.
    """

    condition: Expression
    denied: bool
    within: tuple[tuple[Expression, bool], ...]


def parts(when: Expression) -> Iterator[Part]:
    """Yield the atomic conditions that can make a condition true, in order."""
    yield from _parts(when, True, ())


def _parts(node: Expression, wanted: bool, within: tuple[tuple[Expression, bool], ...]) -> Iterator[Part]:
    match node:
        case Call(function="not", arguments=(inner,)):
            yield from _parts(inner, not wanted, within)
        case Call(function="and" | "or" as function, arguments=found) if wanted is (function == "and"):
            for part in found:
                yield from _parts(part, wanted, within)
        case Call(function="and" | "or", arguments=found) | Call(function="at_least", arguments=(_, *found)):
            for part in found:
                yield from _parts(part, wanted, (*within, (part, wanted)))
        case _:
            yield Part(node, not wanted, within)


def values_seen(condition: Expression, *, denied: bool) -> tuple[Expression, ...]:
    """Return the expressions whose values tell how an atomic condition came out, those left out that it says itself.

    Of `csat >= 4` that is `csat`, of `deals = 0` and `csat is missing` nothing, unless they are denied.
    """
    while isinstance(condition, Answers):
        condition = condition.comparison
    if not isinstance(condition, Call):
        return ()
    operands = [_bare(operand) for operand in condition.arguments]
    open_ones = tuple(operand for operand in operands if not isinstance(operand, Constant))
    match condition.function:
        case function if function in _ORDERS:
            return open_ones
        case "=" if denied:
            return open_ones
        case "=":
            return open_ones[:1] if len(open_ones) == len(operands) else ()
        case "in_last" | "in_next":
            return _without_constants(operands[:1])
        case "in":
            says_it = not denied and len(operands) == 2 and isinstance(operands[1], Constant)
            return () if says_it else _without_constants(operands[:1])
        case "in_list":
            return _of_list(operands[0], operands[1], denied=denied)
        case _:
            return ()


def _of_list(item: Expression, members: Expression, *, denied: bool) -> tuple[Expression, ...]:
    """Return what is asked for, and the list where it does not have that; a list of the ruleset is known."""
    hides = denied and not isinstance(members, Constant | Reference)
    return _without_constants([item, *([members] if hides else [])])


def _without_constants(operands: list[Expression]) -> tuple[Expression, ...]:
    return tuple(operand for operand in operands if not isinstance(operand, Constant))


def _bare(node: Expression) -> Expression:
    while isinstance(node, Call) and node.function in _CASTS:
        node = node.arguments[0]
    return node
