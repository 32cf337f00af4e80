"""Values in a file of tests: text until the column, or the metric, says what they are.

They are spelt as in the language (`2_000_000`, `30%`, `2026-01-31`), or as in the column's data where that is
declared (`Not Available`). `missing` without quotes is a missing value.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from segrules.document.suite import WORDS_WITHOUT_QUOTES
from segrules.document.written import Text
from segrules.engine.reading import reader
from segrules.engine.spelling import Spelling
from segrules.language.constants import read_constant
from segrules.language.types import NUMERIC, TEMPORAL, Kind, Type
from segrules.language.values import Value

MISSING = "missing"
NONE = "none"


def read_value(written: Text | tuple[Text, ...], declared: Type, spelling: Spelling) -> Value:
    """Return what is written as a value of a type; raise `Unreadable` if it is none."""
    read = reader(declared, spelling)
    if isinstance(written, Text):
        return None if is_bare(written, MISSING) else read(_constant(written, declared))
    if declared.kind is not Kind.LIST:
        return read([one.value for one in written])
    assert declared.item is not None
    return read([None if is_bare(one, MISSING) else _constant(one, declared.item) for one in written])


def is_bare(written: Text, *words: str) -> bool:
    """Whether a text is one of some words, without quotes; they are some of `WORDS_WITHOUT_QUOTES`."""
    assert WORDS_WITHOUT_QUOTES.issuperset(words)
    span = written.span
    quoted = span.source.text[max(span.start - 1, 0) : span.start] in ("'", '"')
    return written.value in words and not quoted


def _constant(written: Text, declared: Type) -> object:
    """Return a number, date or boolean as the language reads it, where the type wants one; otherwise the text."""
    found = read_constant(written.passage)
    value = found[0] if found else None
    match value:
        case bool():
            fits = declared.kind is Kind.BOOLEAN
        case int() | Decimal():
            fits = declared.kind in NUMERIC
        case date():
            fits = declared.kind in TEMPORAL
        case _:
            fits = False
    return value if fits else written.value
