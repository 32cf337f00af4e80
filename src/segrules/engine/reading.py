"""What a value of the caller's data means under its declared type, one value at a time, in plain Python.

These are the rules. `conversion` does the same for whole columns at once, and hands what it cannot read to here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from math import isfinite

from segrules.engine.dates import at_midnight, local, read_datetime
from segrules.engine.faults import Fault, Unreadable
from segrules.engine.numerals import double, exact, whole_number, without_fraction
from segrules.engine.spelling import Spelling
from segrules.language.types import Kind, Type
from segrules.language.values import Value

# Whole numbers of doubles up to here are exact.
EXACT_DOUBLE = 2**53

_BOOLEANS = {"true": True, "false": False}

Reader = Callable[[object], Value]
ColumnReader = Callable[[Sequence[object]], tuple[list[Value], dict[int, Fault]]]


def reader(declared: Type, spelling: Spelling) -> Reader:
    """Return the function that gives what a value means: None for missing; it raises `Unreadable`."""
    read = _BUILDERS[declared.kind](declared, spelling)
    missing = spelling.missing
    sentinels = missing_values(declared, spelling)

    def give(value: object) -> Value:
        if isinstance(value, bytes):
            value = _decoded(value)
        if isinstance(value, str):
            return None if value in missing else read(value)
        if is_missing(value):
            return None
        try:
            found = read(value)
        except Unreadable:
            plain = value.tolist() if _is_of_numpy(value) else value  # type: ignore[attr-defined]  # which numpy's have
            if type(plain) is type(value):
                raise
            return give(plain)
        return None if found in sentinels else found

    return give


def missing_values(declared: Type, spelling: Spelling) -> frozenset[Value]:
    """Return the values that mean missing where data is typed already: `999` in a column of integers."""
    if declared.kind is Kind.LIST:
        return frozenset()
    read = _BUILDERS[declared.kind](declared, spelling)
    return frozenset(found for text in spelling.missing if (found := _value_or_none(read, text)) is not None)


def is_missing(value: object) -> bool:
    """Whether a value that is not a text is missing in every type: None, NaN and the infinities, no time at all."""
    match value:
        case None:
            return True
        case float():
            return not isfinite(value)
        case Decimal():
            return not value.is_finite()
        case datetime():
            return bool(value != value)
    return False


def _is_of_numpy(value: object) -> bool:
    """Whether a value is one of numpy's, such as an `int64` or an array, which stands for one of Python's."""
    return type(value).__module__ == "numpy" and hasattr(value, "tolist")


def column_reader(declared: Type, spelling: Spelling) -> ColumnReader:
    """Return the function that gives a column's values, and why those cannot be read that cannot, by position.

    A value that cannot be read is None. Of several date formats the first that reads every text is taken, or the
    one that reads the most.
    """
    if declared.kind not in (Kind.DATE, Kind.DATETIME) or len(spelling.date_formats) == 1:
        read = reader(declared, spelling)
        return lambda values: read_all(values, read)
    return lambda values: read_all(values, reader(declared, _settled(values, declared, spelling)))


def _settled(values: Sequence[object], declared: Type, spelling: Spelling) -> Spelling:
    """Return the spelling with the one date format that fits a column best."""
    texts = list(dict.fromkeys(value for value in values if isinstance(value, str)))
    one_each = [replace(spelling, date_formats=(spelt,)) for spelt in spelling.date_formats]
    return best_spelling(one_each, lambda one: len(read_all(texts, reader(declared, one))[1]))


def best_spelling(spellings: Sequence[Spelling], unread: Callable[[Spelling], int]) -> Spelling:
    """Return the first spelling that leaves nothing unread, or the one that leaves least."""
    least: tuple[int, Spelling] | None = None
    for spelling in spellings:
        left = unread(spelling)
        if left == 0:
            return spelling
        if least is None or left < least[0]:
            least = (left, spelling)
    return least[1] if least else spellings[0]


def read_all(values: Sequence[object], read: Reader) -> tuple[list[Value], dict[int, Fault]]:
    """Return what values mean, and why those cannot be read that cannot, by position."""
    found: list[Value] = []
    faults: dict[int, Fault] = {}
    for position, value in enumerate(values):
        try:
            found.append(read(value))
        except Unreadable as unreadable:
            found.append(None)
            faults[position] = unreadable.fault
    return found, faults


def _value_or_none(read: Reader, text: str) -> Value:
    try:
        return read(text)
    except Unreadable:
        return None


def _decoded(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise Unreadable from None


def _boolean(_: Type, __: Spelling) -> Reader:
    def read(value: object) -> Value:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and (found := _BOOLEANS.get(value.lower())) is not None:
            return found
        raise Unreadable

    return read


def _integer(_: Type, spelling: Spelling) -> Reader:
    return lambda value: whole_number(value, decimal_comma=spelling.decimal_comma)


def _number(_: Type, spelling: Spelling) -> Reader:
    return lambda value: double(value, decimal_comma=spelling.decimal_comma)


def _decimal(declared: Type, spelling: Spelling) -> Reader:
    return lambda value: exact(value, declared.places, decimal_comma=spelling.decimal_comma)


def _string(declared: Type, _: Spelling) -> Reader:
    values = None if declared.values is None else frozenset(declared.values)

    def read(value: object) -> Value:
        text = _text(value)
        if values is not None and text not in values:
            raise Unreadable(Fault.VALUES)
        return text

    return read


def _text(value: object) -> str:
    match value:
        case bool():
            raise Unreadable
        case str() if value.isascii() or _is_unicode(value):
            return str(value)
        case int():
            return str(int(value))
        case float() | Decimal():
            whole = without_fraction(value)
            if whole is not None and (isinstance(value, Decimal) or abs(whole) < EXACT_DOUBLE):
                return str(whole)
    raise Unreadable


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _date(_: Type, spelling: Spelling) -> Reader:
    def read(value: object) -> Value:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        moment = _moment(value, spelling)
        if not at_midnight(moment):
            raise Unreadable
        return moment.date()

    return read


def _datetime(_: Type, spelling: Spelling) -> Reader:
    def read(value: object) -> Value:
        return _moment(value, spelling)

    return read


def _moment(value: object, spelling: Spelling) -> datetime:
    found: datetime | None = None
    match value:
        case datetime():
            found = local(value, spelling.zone)
        case date():
            found = datetime.combine(value, time())
        case str():
            found = read_datetime(value, spelling.date_formats, spelling.zone)
    if found is None:
        raise Unreadable
    return found


def _list(declared: Type, spelling: Spelling) -> Reader:
    assert declared.item is not None
    read_member = reader(declared.item, spelling)

    def read(value: object) -> Value:
        return tuple(read_member(member) for member in _members(value, spelling))

    return read


def _members(value: object, spelling: Spelling) -> Sequence[object]:
    """Return what stands in a list; in a split text an empty member is missing, as an empty field of a file is."""
    match value:
        case list() | tuple():
            return value
        case str() if spelling.split is not None:
            return [part or None for part in value.split(spelling.split)]
        case str():
            found = _json(value)
            if isinstance(found, list):
                return found
    raise Unreadable


def _json(text: str) -> object:
    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, InvalidOperation, RecursionError):
        raise Unreadable from None


_BUILDERS: dict[Kind, Callable[[Type, Spelling], Reader]] = {
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.DECIMAL: _decimal,
    Kind.STRING: _string,
    Kind.DATE: _date,
    Kind.DATETIME: _datetime,
    Kind.LIST: _list,
}
