"""The type of a column as written: `integer`, `decimal(2)`, `list of string`."""

from __future__ import annotations

import re

from segrules.language import types
from segrules.language.types import Type
from segrules.language.values import MAX_PLACES

_SIMPLE = {
    "boolean": types.BOOLEAN,
    "integer": types.INTEGER,
    "number": types.NUMBER,
    "string": types.STRING,
    "date": types.DATE,
    "datetime": types.DATETIME,
}

# What people write from other tools, and the word of this language.
_OTHER_WORDS = {
    "bool": "boolean",
    "flag": "boolean",
    "int": "integer",
    "bigint": "integer",
    "whole": "integer",
    "float": "number",
    "double": "number",
    "real": "number",
    "numeric": "number",
    "decimal": "decimal(2)",
    "money": "decimal(2)",
    "currency": "decimal(2)",
    "percent": "decimal(4)",
    "text": "string",
    "str": "string",
    "varchar": "string",
    "char": "string",
    "timestamp": "datetime",
    "time": "datetime",
    "list": "list of string",
    "array": "list of string",
}

_DECIMAL = re.compile(r"decimal\s*\(\s*(\d{1,3})\s*\)")
_LIST = re.compile(r"list\s+of\s+(.+)")

ALL_TYPES = (*_SIMPLE, "decimal(2)", "list of string")


def read_type(text: str) -> Type | None:
    """Return the type that a text names, never missing, or None if it names none."""
    text = text.strip()
    if text in _SIMPLE:
        return _SIMPLE[text].present()
    if (match := _DECIMAL.fullmatch(text)) and int(match[1]) <= MAX_PLACES:
        return types.decimal(int(match[1])).present()
    if match := _LIST.fullmatch(text):
        item = read_type(match[1])
        return types.list_of(item.maybe_missing()).present() if item and item.item is None else None
    return None


def other_word(text: str) -> str | None:
    """Return the type that a word from another tool stands for: `text` is `string`."""
    return _OTHER_WORDS.get(text.strip().lower().split("(")[0])
