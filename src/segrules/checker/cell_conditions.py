"""What the cell of a decision table asks of the expression at the head of its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from segrules.checker import decision_messages as messages
from segrules.checker.coercion import meeting_type
from segrules.checker.comparisons import between, compare, meet, segmentation_field
from segrules.checker.expressions import in_list, one_of, type_of
from segrules.checker.formulas import check_formula
from segrules.checker.place import Place, Reads, unknown
from segrules.diagnostics.source import Span
from segrules.document.cells import CellBound, CellCondition, CellItem, CellMissing, CellRange, CellValue
from segrules.document.written import Formula
from segrules.language import syntax, types
from segrules.language.constants import read_constant, refuse_constant
from segrules.language.types import NUMERIC, Kind, Type
from segrules.program.nodes import Call, Constant, Expression

_WORD = re.compile(r"[^\W\d]\w*")
_PARTED_DIGITS = re.compile(r"(?<![\w.,'\"])\d{1,3}(?:,\d{3})+(?![\w,])")
_DECIMAL_COMMA = re.compile(r"[<>=]\s*(?P<digits>\d+,\d+)(?![\w,])")


def cell_condition(place: Place, head: Expression, cell: CellCondition) -> Expression:
    """Return the condition that a cell, which is the place's passage, puts to its head."""
    span = cell.span
    if head.type.kind is Kind.UNKNOWN or _report_parted_digits(place, head, cell):
        return unknown(span)
    if cell.denied and len(cell.items) == 1 and isinstance(cell.items[0], CellMissing):
        return Call("is_present", (head,), types.BOOLEAN.present(), span)
    parts = _parts(place, head, cell)
    if any(part.type.kind is Kind.UNKNOWN for part in parts):
        return unknown(span)
    found = parts[0] if len(parts) == 1 else Call("or", tuple(parts), _truth(parts), span)
    return Call("not", (found,), found.type, span) if cell.denied else found


def _report_parted_digits(place: Place, head: Expression, cell: CellCondition) -> bool:
    if _wanted(head).kind not in NUMERIC:
        return False
    text = cell.passage.text
    found = {match.span() for match in _PARTED_DIGITS.finditer(text)}
    found |= {match.span("digits") for match in _DECIMAL_COMMA.finditer(text)}
    for start, end in sorted(found):
        place.report(messages.digits_parted_by_commas(cell.passage.span(start, end), text[start:end]))
    return bool(found)


def _wanted(head: Expression) -> Type:
    """Return the type of the values that a head is compared with: of a list, those of its members."""
    return head.type.item if head.type.item is not None else head.type


def _truth(parts: Sequence[Expression]) -> Type:
    return types.BOOLEAN.maybe_missing(any(part.type.nullable for part in parts))


def _parts(place: Place, head: Expression, cell: CellCondition) -> list[Expression]:
    """Return a condition for each item of a cell, or one for all plain values together."""
    values = [item for item in cell.items if isinstance(item, CellValue)]
    alone = len(values) == len(cell.items) and not cell.denied
    parts: list[Expression] = []
    if head.type.kind is Kind.LIST:
        parts = [
            _contains(place, head, value, cell.span if alone and len(values) == 1 else value.span) for value in values
        ]
    elif values:
        span = cell.span if len(values) == len(cell.items) else values[0].span.to(values[-1].span)
        parts = [_among(place, head, values, span)]
    return [*parts, *(_item(place, head, item) for item in cell.items if not isinstance(item, CellValue))]


def _among(place: Place, head: Expression, values: Sequence[CellValue], span: Span) -> Expression:
    """Return whether a head is one of some values."""
    constants = [_constant(place, head, value) for value in values]
    known = [one for one in constants if one is not None]
    if len(known) == len(values) == 1:
        return compare(place, syntax.Identifier("="), head, known[0], span)
    options = [met[1] for one in known if (met := meet(place, "in", one.span, head, one))]
    return one_of(place, head, options, span) if len(options) == len(values) else unknown(span)


def _contains(place: Place, head: Expression, value: CellValue, span: Span) -> Expression:
    constant = _constant(place, head, value)
    return unknown(span) if constant is None else in_list(place, constant, head, span)


def _item(place: Place, head: Expression, item: CellItem) -> Expression:
    match item:
        case CellMissing(span=span):
            return Call("is_missing", (head,), types.BOOLEAN.present(), span)
        case CellBound():
            return _bound(place, head, item)
        case CellRange():
            return _range(place, head, item)
        case CellValue():
            return _among(place, head, [item], item.span)


def _bound(place: Place, head: Expression, item: CellBound) -> Expression:
    if _report_no_order(place, head, item.span):
        return unknown(item.span)
    value = _constant(place, head, item.value)
    return unknown(item.span) if value is None else _compared(place, item.operator, head, value, item.span)


def _range(place: Place, head: Expression, item: CellRange) -> Expression:
    span = item.span
    if _report_no_order(place, head, span):
        return unknown(span)
    low, high = _constant(place, head, item.low), _constant(place, head, item.high)
    if low is None or high is None or _report_empty(place, head, item, low, high):
        return unknown(span)
    if not item.ends_before:
        return between(place, span, head, low, high)
    ends = [_compared(place, ">=", head, low, span), _compared(place, "<", head, high, span)]
    if any(end.type.kind is Kind.UNKNOWN for end in ends):
        return unknown(span)
    return Call("and", tuple(ends), _truth(ends), span)


def _compared(place: Place, operator: str, head: Expression, value: Expression, span: Span) -> Expression:
    start = place.passage.offsets.index(span.start)
    return compare(place, syntax.Identifier(operator, start=start, end=start + len(operator)), head, value, span)


def _report_no_order(place: Place, head: Expression, span: Span) -> bool:
    wanted = _wanted(head)
    if wanted.kind is not Kind.STRING or wanted.ordered or segmentation_field(place, head):
        return False
    place.report(messages.texts_without_order(span, span.text, head.span))
    return True


def _report_empty(place: Place, head: Expression, item: CellRange, low: Expression, high: Expression) -> bool:
    first, last = _rank(head, low), _rank(head, high)
    if first is None or last is None or first < last or (first == last and not item.ends_before):
        return False
    dots = "..<" if item.ends_before else ".."
    place.report(messages.empty_range(item.span, item.low.passage.text, item.high.passage.text, dots))
    return True


def _rank(head: Expression, value: Expression) -> Any:
    """Return by what a written end of a range is ordered, None where that is not known yet."""
    if not isinstance(value, Constant) or meeting_type((head.type, value.type)) is None:
        return None
    if head.type.values is not None:
        return head.type.values.index(value.value) if value.value in head.type.values else None
    return value.value


def _constant(place: Place, head: Expression, value: CellValue) -> Expression | None:
    """Return what a value says where its head is compared with it, or report that it is nothing of the sort."""
    wanted, span = _wanted(head), value.span
    if wanted.kind is Kind.STRING:
        return Constant(value.value, types.STRING.present(), span)
    if value.quoted:
        place.report(messages.quoted_in_cell(span, value.passage.text, wanted, head.span))
        return None
    if refused := refuse_constant(value.passage):
        place.report(refused)
        return None
    read = read_constant(value.passage)
    if read is None:
        return _parameter(place, value, wanted, head)
    given = type_of(read[0])
    if meeting_type((wanted, given)) is None:
        place.report(messages.value_of_other_type(span, value.value, given, wanted, head.span))
        return None
    return Constant(read[0], given, span)


def _parameter(place: Place, value: CellValue, wanted: Type, head: Expression) -> Expression | None:
    """Return an expression of parameters, which may stand where a number or a day does."""
    if not any(name in place.world.parameters for name in _WORD.findall(value.value)):
        place.report(messages.text_in_cell(value.span, value.value, wanted, head.span))
        return None
    found = check_formula(place.world, Formula(value.value, value.passage), place.table, Reads.PARAMETERS)
    return None if found.type.kind is Kind.UNKNOWN else found
