"""Numbers: integers of 64 bits, decimals of 38 digits, doubles that are finite; what does not fit is missing."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    localcontext,
)
from functools import cache, reduce
from typing import Any

from segrules.language.types import INTEGER, Kind, Type
from segrules.language.values import AMOUNT_DIGITS, MAX_DIGITS, MAX_INTEGER, MIN_INTEGER

Number = int | float | Decimal

HALVES_AWAY, HALVES_EVEN, UP, DOWN = ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR

WORKING_DIGITS = 120
"""More than the product of two decimals has, or any sum of them."""

_ENOUGH = 400
"""More digits than a finite double has, written out."""

_WIDE = Context(prec=WORKING_DIGITS)
_TOO_LARGE = Decimal(10) ** (MAX_DIGITS + 1)

_EXACTLY: dict[Callable[..., Any], Callable[..., Decimal]] = {
    operator.add: _WIDE.add,
    operator.sub: _WIDE.subtract,
    operator.mul: _WIDE.multiply,
    operator.neg: _WIDE.minus,
    abs: _WIDE.abs,
}


def fitting(kind: Type, value: Number) -> Number | None:
    """Return a number in its type, with its places, or missing where the type cannot hold it."""
    match value:
        case int():
            return value if MIN_INTEGER <= value <= MAX_INTEGER else None
        case float():
            return value if math.isfinite(value) else None
        case Decimal():
            return _with_places(value, kind.places, ROUND_HALF_UP)


def _with_places(value: Decimal, places: int, rounding: str) -> Decimal | None:
    unit = _unit(places)
    if not value.same_quantum(unit):
        if value.copy_abs() >= _TOO_LARGE:
            return None
        value = value.quantize(unit, rounding, _WIDE)
    unsigned_zero = value if value else value.copy_abs()
    return unsigned_zero if value.adjusted() + places < MAX_DIGITS else None


@cache
def _unit(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def calculation(operate: Callable[..., Any]) -> Callable[..., Number | None]:
    """Return an operation on numbers of one kind, worked out exactly where they are exact: `(type, *numbers)`."""
    exactly = _EXACTLY[operate]

    def calculated(kind: Type, *numbers: Number) -> Number | None:
        return fitting(kind, (exactly if kind.kind is Kind.DECIMAL else operate)(*numbers))

    return calculated


def divided(kind: Type, left: float, right: float) -> Number | None:
    """Return the quotient of two doubles; there is none by zero."""
    return fitting(kind, left / right) if right else None


def total(kind: Type, numbers: Iterable[Number]) -> Number | None:
    """Return the sum, added from the first to the last; of nothing, the zero of the type."""
    add: Callable[..., Any] = _WIDE.add if kind.kind is Kind.DECIMAL else operator.add
    return fitting(kind, reduce(add, numbers, zero(kind)))


def zero(kind: Type) -> Number:
    """Return the zero of a numeric type."""
    match kind.kind:
        case Kind.INTEGER:
            return 0
        case Kind.DECIMAL:
            return Decimal(0).scaleb(-kind.places)
        case _:
            return 0.0


def clipped(number: Any, low: Any, high: Any) -> Any:
    """Return a number, but at least `low` and at most `high`; `low` wins over `high`."""
    return max(low, min(number, high))


def square_root(number: float) -> float | None:
    """Return the square root; a negative number has none."""
    return math.sqrt(number) if number >= 0 else None


def to_decimal(kind: Type, number: int | Decimal) -> Number | None:
    """Return a whole or exact number with the type's places."""
    return fitting(kind, Decimal(number))


def rounding(mode: str) -> Callable[..., Number | None]:
    """Return a function that rounds: `(type, number)` to an integer, `(type, number, places)` within its kind."""

    def rounded(kind: Type, number: Number, places: int | None = None) -> Number | None:
        if places is None:
            return fitting(INTEGER, _whole(number, mode))
        match number:
            case int():
                return number
            case float():
                return _rounded_double(number, places, mode)
            case Decimal():
                return _with_places(number, kind.places, mode)

    return rounded


def to_amount(kind: Type, number: Number, places: int) -> Decimal | None:
    """Return a number as an amount: exact, rounded to places with halves away from zero, 0 where it is below that.

    One that has more than `AMOUNT_DIGITS` digits, with the places of its type, is missing.
    """
    units = _rounded_units(number, places)
    return None if units is None else _of_units(kind, max(0, units) * 10 ** (kind.places - places))


def to_worth(kind: Type, number: Number) -> Decimal | None:
    """Return a number exactly, rounded to the places of its type as an amount is, but below 0 too."""
    units = _rounded_units(number, kind.places)
    return None if units is None else _of_units(kind, units)


def _rounded_units(number: Number, places: int) -> int | None:
    """Return a number in units of that many places, halves away from zero; None if it is too large for a double."""
    with localcontext(prec=_ENOUGH):
        scaled = number * 10.0**places if isinstance(number, float) else Decimal(number).scaleb(places)
        return _whole(scaled, ROUND_HALF_UP) if math.isfinite(scaled) else None


def _of_units(kind: Type, units: int) -> Decimal | None:
    with localcontext(prec=_ENOUGH):
        return Decimal(units).scaleb(-kind.places) if abs(units) < 10**AMOUNT_DIGITS else None


def _whole(number: Number, mode: str) -> int:
    return int(Decimal(number).to_integral_value(mode))


def _rounded_double(number: float, places: int, mode: str) -> float:
    scale = 10.0**places
    return _whole(number * scale, mode) / scale if math.isfinite(number * scale) else number
