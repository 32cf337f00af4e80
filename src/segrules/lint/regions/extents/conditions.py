"""The extents of conditions: whether both truths surely come out; nothing is said of what may be true of all rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from segrules.language.types import Kind
from segrules.language.values import Duration, Value
from segrules.lint.regions.extents.days import is_usual
from segrules.lint.regions.extents.extent import Extent
from segrules.lint.regions.extents.part import Part, are_apart, lack
from segrules.program.nodes import Call

_EQUALITIES = frozenset({"=", "!=", "in", "in_list"})


def denied(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of a condition that is denied, of which the same truths come out."""
    return parts[0].extent


def joined(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of `and` or `or`: each part can be true or false, whatever the others are."""
    return Extent(is_all=all(part.extent.is_all for part in parts) and are_apart(parts), can_lack=lack(parts))


def is_there(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of whether there is a value, of which some rows have one and others none."""
    value = parts[0].extent
    return Extent(is_all=value.is_all and value.can_lack)


def compared(call: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of a comparison of one thing, of which any value comes out, with written ones among these."""
    some = [part for part in parts if not part.is_written]
    values = [value for part in parts if part.is_written for value in _members(part.written)]
    if len(some) != 1 or not values or None in values or not some[0].extent.is_all:
        return Extent()
    return Extent(is_all=_is_parted(call.function, some[0], values), can_lack=some[0].extent.can_lack)


def _members(value: Value) -> Sequence[Value]:
    return value if isinstance(value, tuple) else (value,)


def _is_parted(function: str, some: Part, values: Sequence[Value]) -> bool:
    """Whether some of the values that come out are as asked for, and others are not."""
    kind = some.node.type
    if kind.kind is Kind.BOOLEAN:
        return function in _EQUALITIES and len(set(values)) == 1
    if kind.values is not None:
        return function in _EQUALITIES and 0 < len(set(kind.values) & set(values)) < len(kind.values)
    if kind.kind is Kind.STRING:
        return function in _EQUALITIES  # there is always another text
    if function == "between" and values[0] > values[1]:  # type: ignore[operator]  # of one kind
        return False
    return all(_has_both_sides(some.extent, value) for value in values)


def _has_both_sides(some: Extent, value: Value) -> bool:
    """Whether a value, and others below it and above it, come out."""
    if isinstance(value, (int, float, Decimal)):
        return (some.low is None or some.low < value) and (some.high is None or value < some.high)
    return isinstance(value, date) and is_usual(value)


def in_a_time(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of `in last` and `in next`: any day is in a time that is not empty, or is not."""
    day, *others = parts
    lasts = any(isinstance(one.written, Duration) and one.written != Duration() for one in others)
    return Extent(is_all=day.extent.is_endless and lasts, can_lack=day.extent.can_lack)
