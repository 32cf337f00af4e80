"""By how much a comparison of numbers or dates failed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from segrules.explain.legend import Numbered
from segrules.explain.reading import bare, comparison_of, is_static
from segrules.explain.row import RowTrace
from segrules.explain.trace import Margin
from segrules.language.values import Value
from segrules.program.nodes import Call, Expression
from segrules.program.sensitivity import HIDDEN

Amount = int | float | Decimal

_DENIED = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_MIRRORED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
_MEASURED = frozenset({*_MIRRORED, "between"})
_FALLS_SHORT = frozenset({">", ">="})


def margin(row: RowTrace, numbered: Numbered, *, denied: bool) -> Margin | None:
    """Return the margin of a comparison that is false, or of one that is true where it should not be.

    There is none where a value is hidden, which it would tell.
    """
    comparison = comparison_of(numbered.expression)
    if not isinstance(comparison, Call):
        return None
    function, operands = comparison.function, comparison.arguments
    if function in _MEASURED and any(row.operand(one) is HIDDEN for one in operands):
        return None
    if function == "between" and not denied:
        value, low, high = operands
        short = _margin(row, numbered, ">=", value, low)
        return short if _is_below(row, value, low) else _margin(row, numbered, "<=", value, high)
    if function not in _MIRRORED:
        return None
    left, right = operands
    if is_static(left) and not is_static(right):  # `10 <= staff` asks the same of staff as `staff >= 10`
        left, right, function = right, left, _MIRRORED[function]
    return _margin(row, numbered, _DENIED[function] if denied else function, left, right)


def _margin(row: RowTrace, numbered: Numbered, function: str, left: Expression, right: Expression) -> Margin | None:
    amount = _distance(row.operand(left), row.operand(right))
    if amount is None:
        return None
    return Margin(amount, row.operand(bare(right)), function in _FALLS_SHORT, numbered.unit)


def _is_below(row: RowTrace, left: Expression, right: Expression) -> bool:
    below, above = row.operand(left), row.operand(right)
    return below is not None and above is not None and below < above  # type: ignore[operator]


def _distance(left: Value, right: Value) -> Amount | None:
    """Return how far two values of one type are apart, in days for dates, or None where that means nothing."""
    if isinstance(left, date) and isinstance(right, date):
        return abs(left - right).days
    if isinstance(left, bool) or isinstance(right, bool):
        return None
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return abs(left - right)
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return abs(left - right)
    return None
