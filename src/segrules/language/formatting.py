"""Values as text: in a `because`, where people read them, in an expression and in JSON, where machines do."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext

from segrules.language.values import Duration, Value

FORMAT = re.compile(r"(?P<comma>,?)(?:\.(?P<places>\d{1,2})(?P<style>[f%]))?")
"""What may stand behind the colon of a hole: `,` `.2f` `,.2f` `.1%` `,.1%`."""

_ENOUGH = 400
"""Digits that hold any finite double, written out, and every decimal."""


def text_of(value: Value, format: str | None = None) -> str:  # noqa: A002
    """Return a value as people read it; `format` is one of `FORMAT` and says how a number is written.

    Places are rounded with halves away from zero, as everywhere in the language.
    """
    match value:
        case None:
            return "missing"
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            return _formatted(value, format) if format else _plain(value)
        case tuple():
            return ", ".join(text_of(member, format) for member in value)
        case datetime():
            return _datetime(value)
        case date():
            return value.isoformat()
        case Duration() | str():
            return str(value)


def literal(value: Value) -> str:
    """Return a value as an author writes it in an expression; numbers without the zeros that say nothing."""
    match value:
        case str():
            return "'" + value.replace("'", "''") + "'"
        case float():
            return _whole_or_not(format(Decimal(repr(value)), "f"))
        case Decimal():
            whole, _, places = format(value, "f").partition(".")
            return whole + ("." + places.rstrip("0")).rstrip(".")
        case tuple():
            return f"({', '.join(literal(member) for member in value)})"
        case _:
            return text_of(value)


def json_text(values: Mapping[str, Value]) -> str:
    """Return values by name as a JSON object: numbers with all their digits, dates and the like as text."""
    return "{" + ",".join(f"{_quoted(name)}:{_in_json(value)}" for name, value in values.items()) + "}"


def _in_json(value: Value) -> str:
    match value:
        case None:
            return "null"
        case tuple():
            return f"[{','.join(_in_json(member) for member in value)}]"
        case bool() | int() | float() | Decimal():
            return text_of(value)
        case _:
            return _quoted(text_of(value))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _plain(number: float | Decimal) -> str:
    if isinstance(number, Decimal):
        return format(number, "f")
    return _whole_or_not(repr(number))


def _whole_or_not(digits: str) -> str:
    """Drop what a double says too much: `3.0` is `3`, `-0.0` is `0`."""
    whole = digits.removesuffix(".0")
    return "0" if whole == "-0" else whole


def _formatted(number: float | Decimal, format_: str) -> str:
    parts = FORMAT.fullmatch(format_)
    assert parts is not None, format_
    if parts["style"] is None:
        return f"{Decimal(_plain(number)):,f}"
    percent = parts["style"] == "%"
    with localcontext(prec=_ENOUGH):
        exact = Decimal(_plain(number)) * (100 if percent else 1)
        rounded = exact.quantize(Decimal(1).scaleb(-int(parts["places"])), ROUND_HALF_UP)
        text = format(rounded if rounded else abs(rounded), f"{parts['comma']}f")
    return text + ("%" if percent else "")


def _datetime(value: datetime) -> str:
    whole_minutes = not value.second and not value.microsecond
    return value.isoformat(timespec="minutes" if whole_minutes else "auto")
