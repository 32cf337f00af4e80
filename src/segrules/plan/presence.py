"""Which calls can be missing although none of their arguments is, and which never are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from segrules.language.statistics import statistics, tiles
from segrules.program.nodes import Aggregate, Call, Constant, Expression, Statistic

_NEVER = frozenset({"is_missing", "is_present"})
MAY_NOT_EXIST = frozenset(
    "+ - * / negate to_decimal to_amount to_worth abs ceil floor round round_even sqrt add_duration subtract_duration "
    "in_last in_next".split()
)  # fmt: skip
"""What can be missing although no argument is; besides them only `in_list`, if a member is."""

_MAY_NOT_FIT = frozenset("+ - * / negate to_decimal abs".split())
"""What is missing only where the result is out of the range of its type."""

_MAY_NOT_EXIST_AMONG = frozenset({"quantile", "cumulative_share", "zscore"})

_COUNTING = frozenset({"count", "count_distinct", "list"})


def with_arguments(node: Call, arguments: Sequence[Expression], *, fits: bool = False) -> Call:
    """Return a call of other arguments, of a type that says whether it can then be missing.

    `fits` says that the result surely belongs to its type.
    """
    nullable = _can_be_missing(node.function, arguments, fits)
    return replace(node, arguments=tuple(arguments), type=node.type.maybe_missing(nullable))


def _can_be_missing(function: str, arguments: Sequence[Expression], fits: bool) -> bool:
    nullable = [argument.type.nullable for argument in arguments]
    match function:
        case name if name in _NEVER:
            return False
        case "coalesce":
            return all(nullable)
        case "in_list":
            return any(nullable) or not isinstance(arguments[1], Constant)
        case name if name in MAY_NOT_EXIST and not (fits and name in _MAY_NOT_FIT):
            return True
        case _:
            return any(nullable)


def aggregate_can_be_missing(node: Aggregate) -> bool:
    """Whether an aggregate can be missing; the sum of doubles and whole numbers can fall out of their range."""
    if node.function in ("any", "all"):
        return node.value is None or node.value.type.nullable
    return node.function not in _COUNTING


def statistic_can_be_missing(node: Statistic) -> bool:
    """Whether a statistic can be missing: in a row without a group or without a place, or for want of a value."""
    if any(group.type.nullable for group in node.over):
        return True
    if node.function in ("any", "all"):
        return node.value.type.nullable
    if node.function not in statistics():
        return node.function not in _COUNTING
    if node.function in _MAY_NOT_EXIST_AMONG:
        return True
    amount = node.amount is not None and not (isinstance(node.amount, Constant) and tiles(node.amount.value))
    return amount or node.value.type.nullable or node.where is not None
