"""Comparisons, which know one operand that is no value: no segment, which equals nothing and stands below all."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, Final

from segrules.language.types import Kind, Type
from segrules.language.values import Value
from segrules.meaning.logic import Truth, conjunction, disjunction, negation


class NoSegment(Enum):
    """The answer of a segmentation that gives no segment, or that is a conflict."""

    NO_SEGMENT = "no segment"


NO_SEGMENT: Final = NoSegment.NO_SEGMENT
Operand = Value | NoSegment


def equal(left: Operand, right: Operand) -> Truth:
    """Return whether two operands are the same value."""
    if left is None or right is None:
        return None
    return left is not NO_SEGMENT and left == right


def different(left: Operand, right: Operand) -> Truth:
    """Return whether two operands are not the same value."""
    return negation(equal(left, right))


def among(item: Operand, *options: Operand) -> Truth:
    """Return whether an operand is one of the options: the `or` of the comparisons with each."""
    return disjunction(equal(item, option) for option in options)


def in_list(item: Operand, members: Sequence[Value] | None) -> Truth:
    """Return whether a list has a member; one that has a missing member perhaps has it."""
    return None if members is None else among(item, *members)


def ordering(compare: Callable[[Any, Any], bool]) -> Callable[[Type, Operand, Operand], Truth]:
    """Return a comparison of operands of one type by their order, such as `operator.lt`."""

    def compared(kind: Type, left: Operand, right: Operand) -> Truth:
        return None if left is None or right is None else compare(place(kind, left), place(kind, right))

    return compared


_at_most = ordering(operator.le)


def between(kind: Type, value: Operand, low: Operand, high: Operand) -> Truth:
    """Return whether a value stands between two others, both included."""
    return conjunction([_at_most(kind, low, value), _at_most(kind, value, high)])


def place(kind: Type, operand: Operand) -> Any:
    """Return what an operand is ordered by: a text with ordered `values` by its position among them."""
    if operand is NO_SEGMENT:
        return -1
    if kind.kind is Kind.STRING and kind.ordered and kind.values is not None:
        return kind.values.index(str(operand))
    return operand
