"""`+ - * /` and the minus sign: exact where both sides are, dates with durations."""

from __future__ import annotations

from dataclasses import replace

from segrules.checker import type_messages
from segrules.checker.coercion import coerced, meeting_type, to_number
from segrules.checker.place import Check, Place, unknown
from segrules.diagnostics.source import Span
from segrules.language import syntax, types
from segrules.language.types import NUMERIC, TEMPORAL, Kind
from segrules.language.values import MAX_PLACES, Duration
from segrules.program.nodes import Call, Constant, Expression


def negated(place: Place, node: syntax.Unary, check: Check) -> Expression:
    """Return `-x`; a written number takes the sign."""
    span = place.span(node)
    operand = check(place, node.operand)
    if operand.type.kind is Kind.UNKNOWN:
        return operand
    if operand.type.kind not in NUMERIC:
        place.report(type_messages.number_needed(operand.span, "-", operand.type))
        return unknown(span)
    if isinstance(operand, Constant) and not isinstance(operand.value, (str, tuple, Duration, type(None))):
        return Constant(-operand.value, operand.type, span)  # type: ignore[operator]
    return Call("negate", (operand,), operand.type.maybe_missing(), span)


def computed(place: Place, node: syntax.Binary, check: Check) -> Expression:
    """Return `left operator right`."""
    left, right = check(place, node.left), check(place, node.right)
    span = place.span(node)
    if Kind.UNKNOWN in (left.type.kind, right.type.kind):
        return unknown(span)
    if left.type.kind in TEMPORAL or right.type.kind in TEMPORAL:
        return _with_dates(place, node, left, right)
    for operand in (left, right):
        if operand.type.kind not in NUMERIC and operand.type.kind is not Kind.MISSING:
            place.report(type_messages.number_needed(operand.span, node.operator.text, operand.type))
            return unknown(span)
    if left.type.kind is Kind.MISSING or right.type.kind is Kind.MISSING:
        meeting = meeting_type((left.type, right.type)) or types.NUMBER
        meeting = types.NUMBER if meeting.kind is Kind.MISSING else meeting
        left, right = coerced(left, meeting), coerced(right, meeting)
    return _numbers(place, node.operator.text, left, right, span)


def _numbers(place: Place, operator: str, left: Expression, right: Expression, span: Span) -> Expression:
    """Return a sum, difference, product or quotient; each is missing where the result is too large, or `x / 0`."""
    if operator == "/":
        result = types.NUMBER
        return Call("/", (to_number(left), to_number(right)), result, span)
    meeting = meeting_type((left.type, right.type))
    assert meeting is not None
    if operator == "*" and meeting.kind is Kind.DECIMAL:
        return _exact_product(place, left, right, span)
    unit = left.type.unit if operator in "+-" else None
    result = replace(meeting, nullable=True, unit=unit)
    return Call(operator, (coerced(left, meeting), coerced(right, meeting)), result, span)


def _exact_product(place: Place, left: Expression, right: Expression, span: Span) -> Expression:
    places = left.type.places + right.type.places
    if places > MAX_PLACES:
        place.report(type_messages.too_many_places(span, places, MAX_PLACES))
        return unknown(span)
    result = types.decimal(places)
    exact = tuple(coerced(one, types.decimal(one.type.places)) for one in (left, right))
    return Call("*", exact, result, span)


def _with_dates(place: Place, node: syntax.Binary, left: Expression, right: Expression) -> Expression:
    """Return `date + duration` or `date - duration`."""
    operator, span = node.operator.text, place.span(node)
    if operator in "+-" and left.type.kind in TEMPORAL and right.type.kind is Kind.DURATION:
        function = "add_duration" if operator == "+" else "subtract_duration"
        return Call(function, (left, right), replace(left.type, unit=None, nullable=True), span)
    if operator == "-" and left.type.kind in TEMPORAL and right.type.kind in TEMPORAL:
        place.report(type_messages.date_difference(span, place.text(node.left), place.text(node.right)))
    else:
        place.report(
            type_messages.type_mismatch(
                place.span(node.operator),
                "computed with",
                (left.span, left.type),
                (right.span, right.type),
                "add or take away a stretch of time, as in `as_of - 90 days`",
            )
        )
    return unknown(span)
