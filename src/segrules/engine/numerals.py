"""Numbers as data spells them: whole ones, doubles, exact decimals; with a point, or with a decimal comma."""

from __future__ import annotations

import re
from decimal import Context, Decimal, InvalidOperation
from math import isfinite

from segrules.engine.faults import Fault, Unreadable
from segrules.language.values import MAX_DIGITS, MAX_INTEGER, MIN_INTEGER

_WIDE = Context(prec=100)
_LONGEST = 1_000
_WHOLE = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WITH_COMMA = re.compile(r"[+-]?(?:(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]*)?|,[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)


def whole_number(value: object, *, decimal_comma: bool) -> int:
    """Return the integer of 64 bits that a number or a text of digits is."""
    whole: int | None = None
    match value:
        case bool():
            pass
        case int():
            whole = int(value)
        case str():
            text = _with_point(value, decimal_comma)
            whole = int(text) if len(text) < _LONGEST and _WHOLE.fullmatch(text) else None
        case float() | Decimal():
            whole = without_fraction(value)
    if whole is None or not MIN_INTEGER <= whole <= MAX_INTEGER:
        raise Unreadable
    return whole


def double(value: object, *, decimal_comma: bool) -> float | None:
    """Return the double nearest to a number, or to what a text spells; None if it is not finite."""
    if isinstance(value, str):
        value = _with_point(value, decimal_comma)
        if not (_NUMBER.fullmatch(value) or _NOT_FINITE.fullmatch(value)):
            raise Unreadable
    elif isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Unreadable
    try:
        found = float(value)
    except OverflowError:
        raise Unreadable from None
    return found if isfinite(found) else None


def exact(value: object, places: int, *, decimal_comma: bool) -> Decimal:
    """Return a number with so many places; a double is what its shortest spelling says."""
    match value:
        case bool():
            raise Unreadable
        case int() | Decimal():
            return _with_places(Decimal(value), places)
        case float():
            return _with_places(Decimal(repr(float(value))), places)
        case str():
            text = _with_point(value, decimal_comma)
            if _NUMBER.fullmatch(text):
                return _with_places(_decimal(text), places)
    raise Unreadable


def without_fraction(value: float | Decimal) -> int | None:
    """Return the integer that a number is, or None if it is none, or too large to matter."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    small = value.adjusted() < MAX_DIGITS
    return int(value) if small and value == value.to_integral_value() else None


def _with_point(text: str, decimal_comma: bool) -> str:
    """Return `1.234,5` as `1234.5` where numbers have a decimal comma."""
    if not decimal_comma:
        return text
    if not _WITH_COMMA.fullmatch(text):
        raise Unreadable
    return text.replace(".", "").replace(",", ".")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Unreadable from None


def _with_places(number: Decimal, places: int) -> Decimal:
    if not number:
        return Decimal(0).scaleb(-places)
    if number.adjusted() >= MAX_DIGITS - places:
        raise Unreadable
    rounded = number.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    if rounded != number:
        raise Unreadable(Fault.PLACES)
    return rounded
