"""How data seems to be spelt that cannot be read as it is declared: the way out that is told to its owner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from segrules.engine.faults import Unreadable
from segrules.engine.reading import reader
from segrules.engine.spelling import Spelling
from segrules.language.types import Kind, Type

_DAYS = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%y", "%d/%m/%y",
         "%m/%d/%y", "%Y%m%d", "%d %b %Y", "%d %B %Y")  # fmt: skip
_TIMES = ("", " %H:%M", " %H:%M:%S")

_AROUND = re.compile(r"^[^\d.+-]+|[^\d.]+$")
_SEPARATOR = re.compile(r"[,'\u2019\u00a0\u202f _]")
_THOUSANDS = re.compile(rf"[+-]?\d{{1,3}}(?:{_SEPARATOR.pattern}\d{{3}})+(?:\.\d*)?")

_DAY_NUMBER = re.compile(r"[1-9]\d{4}(\.\d+)?")
"""How spreadsheets count days, from 1927 to 2173."""


def likely_way_out(declared: Type, values: Sequence[str]) -> str | None:
    """Return how a column's values could be read that its declaration does not read; None where nothing is likely."""
    match declared.kind:
        case Kind.DATE | Kind.DATETIME:
            return _of_days(declared, values)
        case Kind.INTEGER | Kind.NUMBER | Kind.DECIMAL:
            return _of_numbers(declared, values)
    return None


def _of_numbers(declared: Type, values: Sequence[str]) -> str | None:
    if _reads(declared, Spelling(decimal_comma=True), values):
        return "mend the data, or say `decimal_comma: true` in the `source` of its table"
    bare = [_bare(value) for value in values]
    if "%" in "".join(values) or not _reads(declared, Spelling(), bare):
        return None
    return f"mend the data: numbers stand alone, without separators between thousands, as `{bare[0]}`"


def _bare(value: str) -> str:
    """Return the digits of a number among signs, blanks and separators: `1310.10` of `CHF 1,310.10`."""
    alone = _AROUND.sub("", value)
    return _SEPARATOR.sub("", alone) if _THOUSANDS.fullmatch(alone) else alone


def _of_days(declared: Type, values: Sequence[str]) -> str | None:
    if all(_DAY_NUMBER.fullmatch(value) for value in values):
        return "they look like the numbers by which spreadsheets count days: save them as dates, such as 2026-01-31"
    formats = [day + time for day, time in product(_DAYS, _TIMES)]
    found = [f'`date_format: "{one}"`' for one in formats if _reads(declared, Spelling(date_formats=(one,)), values)]
    return f"mend the data, or say how it is spelt: {' or '.join(found[:2])}" if found else None


def _reads(declared: Type, spelling: Spelling, values: Sequence[str]) -> bool:
    read = reader(declared, spelling)
    try:
        return all(read(value) is not None for value in values)
    except Unreadable:
        return False
