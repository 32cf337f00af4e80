"""Bring expressions to the types they meet, by explicit casts; a written number simply takes the other type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from segrules.language import types
from segrules.language.types import NUMERIC, Kind, Type
from segrules.language.values import Value
from segrules.program.nodes import Call, Constant, Expression


def to_number(node: Expression) -> Expression:
    """Return an integer or decimal as a `number`."""
    if node.type.kind not in (Kind.INTEGER, Kind.DECIMAL):
        return node
    target = replace(types.NUMBER, nullable=node.type.nullable, unit=node.type.unit)
    return _cast(node, "to_number", target, float)


def to_decimal(node: Expression, places: int) -> Expression:
    """Return an integer or decimal as a decimal with at least its own number of places."""
    if node.type.kind is Kind.DECIMAL and node.type.places == places:
        return node
    nullable = node.type.nullable or node.type.kind is Kind.DECIMAL  # more places can take it beyond 38 digits
    target = replace(types.decimal(places), nullable=nullable, unit=node.type.unit)
    return _cast(node, "to_decimal", target, lambda value: exact(value, places))


def to_date(node: Expression) -> Expression:
    """Return the day of a datetime."""
    if node.type.kind is not Kind.DATETIME:
        return node
    target = replace(types.DATE, nullable=node.type.nullable)
    return _cast(node, "to_date", target, lambda value: value.date())


def exact(value: Value, places: int) -> Decimal:
    """Return a whole or exact number with so many places; `places` is not below its own."""
    number = value if isinstance(value, Decimal) else Decimal(value)  # type: ignore[arg-type]
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    return Decimal((sign, digits + (0,) * (places + exponent), -places))


def _cast(node: Expression, function: str, target: Type, of_constant: Callable[[Any], Value]) -> Expression:
    if isinstance(node, Constant) and node.value is not None:
        return Constant(of_constant(node.value), target.present(), node.span)
    if isinstance(node, Constant):
        return Constant(None, target, node.span)
    return Call(function, (node,), target, node.span)


def meeting_type(given: Sequence[Type]) -> Type | None:
    """Return the type in which values of these types meet, or None if they do not.

    Integers and decimals meet exactly, anything numeric meets a `number` in it; a datetime meets a date in its date;
    texts with different values meet in plain texts. `missing` meets everything, and so does `unknown`.
    """
    known = [one for one in given if one.kind not in (Kind.MISSING, Kind.UNKNOWN)]
    if not known:
        return types.UNKNOWN if any(one.kind is Kind.UNKNOWN for one in given) else types.MISSING
    nullable = any(one.nullable for one in given)
    kinds = {one.kind for one in known}
    meeting = _meeting_kind(known, kinds)
    return meeting and replace(meeting, nullable=nullable, unit=next((one.unit for one in known if one.unit), None))


def _meeting_kind(known: Sequence[Type], kinds: set[Kind]) -> Type | None:
    if kinds <= NUMERIC:
        if Kind.NUMBER in kinds:
            return types.NUMBER
        if Kind.DECIMAL in kinds:
            return types.decimal(max(one.places for one in known))
        return types.INTEGER
    if kinds == {Kind.DATE, Kind.DATETIME}:
        return types.DATE
    if len(kinds) > 1:
        return None
    if kinds == {Kind.STRING}:
        same = len({(one.values, one.ordered) for one in known}) == 1
        return known[0] if same else types.STRING
    if kinds == {Kind.LIST}:
        item = meeting_type([one.item for one in known if one.item])
        return known[0] if item and all(one.item == item for one in known) else None
    return known[0]


def coerced(node: Expression, target: Type) -> Expression:
    """Return an expression in a type that it meets (see `meeting_type`)."""
    if node.type.kind is Kind.MISSING and isinstance(node, Constant):
        return Constant(None, target.maybe_missing(), node.span)
    match target.kind:
        case Kind.NUMBER:
            return to_number(node)
        case Kind.DECIMAL if node.type.kind in (Kind.INTEGER, Kind.DECIMAL):
            return to_decimal(node, target.places)
        case Kind.DATE:
            return to_date(node)
        case _:
            return node
