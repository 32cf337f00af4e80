"""Comparisons: both sides brought to one type, segmentations asked for all their possible answers."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from segrules.checker import name_messages, type_messages
from segrules.checker.coercion import coerced, meeting_type
from segrules.checker.place import Place, unknown
from segrules.checker.proportions import is_proportion
from segrules.diagnostics.source import Span
from segrules.language import syntax, types
from segrules.language.types import NUMERIC, Kind
from segrules.program.nodes import Answers, Call, Constant, Expression, Field
from segrules.program.program import HitPolicy, Segmentation

_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ORDERING = frozenset({"<", "<=", ">", ">="})


def compare(place: Place, operator: syntax.Identifier, left: Expression, right: Expression, span: Span) -> Expression:
    """Return `left operator right` in one type, or what stands for it after a report."""
    met = meet(place, operator.text, place.span(operator), left, right)
    if met is None:
        return unknown(span)
    left, right = met
    name = operator.text
    if segmentation_field(place, right) and not segmentation_field(place, left):
        left, right, name = right, left, _MIRRORED[name]
    _warn_of_percent(place, left, right)
    return over_answers(place, Call(name, (left, right), types.BOOLEAN.maybe_missing(_nullable(left, right)), span))


def _nullable(*operands: Expression) -> bool:
    return any(operand.type.nullable for operand in operands)


def meet(
    place: Place, operator: str, operator_span: Span, left: Expression, right: Expression
) -> tuple[Expression, Expression] | None:
    """Bring two operands of a comparison to one type; report and return None if they have none."""
    if Kind.UNKNOWN in (left.type.kind, right.type.kind):
        return None
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Constant) and _report_constant(place, one, other):
            return None
    if Kind.LIST in (left.type.kind, right.type.kind):
        _report_list(place, operator, operator_span, left, right)
        return None
    meeting = meeting_type((left.type, right.type))
    if meeting is None or meeting.kind in (Kind.DURATION, Kind.MISSING):
        place.report(
            type_messages.type_mismatch(
                operator_span, "compared with", (left.span, left.type), (right.span, right.type)
            )
        )
        return None
    left, right = _known_text(place, left, right), _known_text(place, right, left)
    if Kind.UNKNOWN in (left.type.kind, right.type.kind) or not _order_is_defined(
        place, operator, operator_span, left, right
    ):
        return None
    return coerced(left, meeting), coerced(right, meeting)


def _report_constant(place: Place, constant: Constant, other: Expression) -> bool:
    """Report a value in quotes beside something that is no text; say whether that was so."""
    text = constant.value
    if not isinstance(text, str) or other.type.kind is Kind.STRING:
        return False
    if other.type.kind in NUMERIC and re.fullmatch(r"\s*-?[\d_,]*\.?\d+\s*%?\s*", text):
        place.report(type_messages.number_in_quotes(constant.span, text.strip().replace(",", "_")))
    elif other.type.kind is Kind.BOOLEAN:
        place.report(type_messages.truth_in_quotes(constant.span, text))
    elif other.type.kind in (Kind.DATE, Kind.DATETIME):
        iso = re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?", text.strip())
        place.report(
            type_messages.date_as_text(constant.span, text.strip())
            if iso
            else type_messages.text_for_date(constant.span)
        )
    else:
        return False
    return True


def _report_list(place: Place, operator: str, operator_span: Span, left: Expression, right: Expression) -> None:
    for operand in (left, right):
        if segmentation_field(place, operand):
            name, is_first = place_name(operand), operand is left
            place.report(type_messages.collect_compared(operator_span, name, operator, first=is_first))
            return
    place.report(
        type_messages.type_mismatch(
            operator_span,
            "compared with",
            (left.span, left.type),
            (right.span, right.type),
            "ask whether a list `contains` a value",
        )
    )


def _known_text(place: Place, operand: Expression, other: Expression) -> Expression:
    """Return a written text as one of the other side's declared values, or report that it is none of them."""
    values = other.type.values
    if not isinstance(operand, Constant) or operand.type.kind is not Kind.STRING or values is None:
        return operand
    assert isinstance(operand.value, str)
    if operand.value not in values:
        what, declared = _owner_of_values(place, other)
        place.report(name_messages.unknown_value(operand.span, operand.value, values, what, declared))
        return unknown(operand.span)
    return replace(operand, type=replace(other.type, nullable=False))


def _owner_of_values(place: Place, operand: Expression) -> tuple[str, Span | None]:
    if not isinstance(operand, Field):
        return "one of its values", None
    declared = place.world.names[operand.row.table][operand.name].span
    if segmentation_field(place, operand):
        return f"a segment of `{operand.name}`", declared
    return f"one of the values of `{operand.name}`", declared


def _order_is_defined(place: Place, operator: str, operator_span: Span, left: Expression, right: Expression) -> bool:
    if operator not in _ORDERING and operator != "between":
        return True
    if left.type.kind is Kind.BOOLEAN:
        place.report(
            type_messages.type_mismatch(
                operator_span, "ordered against", (left.span, left.type), (right.span, right.type), "use `=` or `!=`"
            )
        )
        return False
    if left.type.kind is not Kind.STRING:
        return True
    if left.type.ordered and right.type.ordered:
        if left.type.values == right.type.values:
            return True
        place.report(type_messages.orders_differ(operator_span))
        return False
    unordered = left if not left.type.ordered and not isinstance(left, Constant) else right
    if found := segmentation_field(place, unordered):
        place.report(type_messages.segments_not_ordered(operator_span, operator, found.name))
    else:
        what = f"`{unordered.name}`" if isinstance(unordered, Field) else "this text"
        place.report(type_messages.text_order(operator_span, operator, what))
    return False


def segmentation_field(place: Place, operand: Expression) -> Field | None:
    """Return the operand if it is the field of a segmentation."""
    if not isinstance(operand, Field) or operand.row.table != place.world.entity:
        return None
    found = place.world.finished.get((operand.row.table, operand.name))
    return operand if isinstance(found, Segmentation) else None


def collects(place: Place, operand: Field) -> bool:
    """Whether a segmentation's field is a list of segments."""
    found = place.world.finished[(operand.row.table, operand.name)]
    return isinstance(found, Segmentation) and found.hit_policy is HitPolicy.COLLECT


def over_answers(place: Place, comparison: Call) -> Expression:
    """Return a comparison asked of every possible answer of each segmentation that it reads directly."""
    found: Expression = comparison
    read = (segmentation_field(place, operand) for operand in comparison.arguments)
    fields = dict.fromkeys(field for field in read if field)
    for field in fields:
        found = Answers(field, found, types.BOOLEAN.maybe_missing(), comparison.span)
    return found


def place_name(operand: Expression) -> str:
    """Return what an operand is called."""
    return ".".join((*operand.row.path, operand.name)) if isinstance(operand, Field) else "this"


def _warn_of_percent(place: Place, left: Expression, right: Expression) -> None:
    for share, written in ((left, right), (right, left)):
        if not isinstance(written, Constant) or not isinstance(written.value, (int, float, Decimal)):
            continue
        if isinstance(written.value, bool) or not 1 < written.value <= 100:
            continue
        if is_proportion(place.world, share):
            place.report(type_messages.percent_without_sign(written.span, written.span.text))


def between(place: Place, span: Span, value: Expression, low: Expression, high: Expression) -> Expression:
    """Return `value between low and high`."""
    met_low = meet(place, "between", low.span, value, low)
    met_high = meet(place, "between", high.span, value, high)
    if met_low is None or met_high is None:
        return unknown(span)
    low, high = met_low[1], met_high[1]
    meeting = meeting_type((value.type, low.type, high.type))
    assert meeting is not None
    arguments = tuple(coerced(one, meeting) for one in (value, low, high))
    result = types.BOOLEAN.maybe_missing(_nullable(*arguments))
    return over_answers(place, Call("between", arguments, result, span))
