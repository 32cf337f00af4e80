"""Between which values a number can lie: where nothing can overflow, nothing is checked.

Ranges are of Python numbers: doubles for `number`, whole numbers for `integer` and, in units of the last place, for
`decimal`. A double's range is worked out in doubles, whose rounding keeps order, so that it holds for every row.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from segrules.language.types import NUMERIC, Kind, Type
from segrules.language.values import MAX_DIGITS, MAX_INTEGER, MIN_INTEGER, Value
from segrules.program.nodes import Call

Number = int | float
Range = tuple[Number, Number]

MAX_UNITS = 10**MAX_DIGITS - 1
MAX_ROWS = 2**40
"""No table has more rows."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of the data at hand: how many rows tables have, and between what the values of columns lie.

    Sums and products of small numbers cannot overflow, and then nothing needs to be checked row by row. `made` are the
    tables that are made by `keys_from`.
    """

    rows: Mapping[str, int] = field(default_factory=dict)
    ranges: Mapping[tuple[str, str], Range] = field(default_factory=dict)
    made: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        """Return the hash of what is known."""
        return hash((frozenset(self.rows.items()), frozenset(self.ranges.items()), self.made))

    def rows_of(self, table: str) -> int:
        """Return how many rows a table has at most."""
        return self.rows.get(table, MAX_ROWS)


UNMEASURED = Measured()
"""Nothing is known of the data."""


def full(kind: Type) -> Range:
    """Return the range of a type."""
    match kind.kind:
        case Kind.INTEGER:
            return MIN_INTEGER, MAX_INTEGER
        case Kind.DECIMAL:
            return -MAX_UNITS, MAX_UNITS
        case _:
            return -sys.float_info.max, sys.float_info.max


def of_value(value: Value, kind: Type) -> Range:
    """Return the range of one number; a value that is missing, or no number, has the widest."""
    match value:
        case Decimal():
            units = int(value.scaleb(kind.places))
            return units, units
        case int() | float() if kind.kind in NUMERIC:
            return value, value
        case _:
            return full(kind)


def fits(found: Range, kind: Type) -> bool:
    """Whether every value of a range belongs to a type."""
    low, high = full(kind)
    return low <= found[0] and found[1] <= high


def clipped(found: Range, kind: Type) -> Range:
    """Return the part of a range that a type can hold: what is beyond is missing."""
    low, high = full(kind)
    inside = max(low, found[0]), min(high, found[1])
    return inside if inside[0] <= inside[1] else (low, high)


def of_call(node: Call, given: Sequence[Range]) -> Range:
    """Return the range of a call whose arguments have these ranges, before what does not fit is missing."""
    rule = _RULES.get(node.function)
    return rule(node, given) if rule and node.type.kind in NUMERIC else full(node.type)


_Rule = Callable[[Call, Sequence[Range]], Range]


def _hull(given: Sequence[Range]) -> Range:
    return min(low for low, _ in given), max(high for _, high in given)


def _corners(operate: Callable[[Number, Number], Number]) -> _Rule:
    def found(_: Call, given: Sequence[Range]) -> Range:
        values = [operate(left, right) for left in given[0] for right in given[1]]
        return min(values), max(values)

    return found


def _divided(node: Call, given: Sequence[Range]) -> Range:
    low, high = given[1]
    if low <= 0 <= high:
        return -float("inf"), float("inf")
    return _corners(lambda left, right: left / right)(node, given)


def _absolute(_: Call, given: Sequence[Range]) -> Range:
    low, high = given[0]
    return (0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))


def _clip(_: Call, given: Sequence[Range]) -> Range:
    x, low, high = given
    return max(low[0], min(x[0], high[0])), max(low[1], min(x[1], high[1]))


def _to_decimal(node: Call, given: Sequence[Range]) -> Range:
    scale = 10 ** (node.type.places - node.arguments[0].type.places)
    return int(given[0][0]) * scale, int(given[0][1]) * scale


def _to_number(node: Call, given: Sequence[Range]) -> Range:
    scale = 10 ** node.arguments[0].type.places
    return int(given[0][0]) / scale, int(given[0][1]) / scale


def _between(low: int, high: int) -> _Rule:
    return lambda _, __: (low, high)


_RULES: dict[str, _Rule] = {
    "+": lambda _, given: (given[0][0] + given[1][0], given[0][1] + given[1][1]),
    "-": lambda _, given: (given[0][0] - given[1][1], given[0][1] - given[1][0]),
    "*": _corners(lambda left, right: left * right),
    "/": _divided,
    "negate": lambda _, given: (-given[0][1], -given[0][0]),
    "abs": _absolute,
    "clip": _clip,
    "min": lambda _, given: (min(low for low, _ in given), min(high for _, high in given)),
    "max": lambda _, given: (max(low for low, _ in given), max(high for _, high in given)),
    "if": lambda _, given: _hull(given[1:]),
    "coalesce": lambda _, given: _hull(given),
    "to_number": _to_number,
    "to_decimal": _to_decimal,
    "year": _between(1, 9_999),
    "quarter": _between(1, 4),
    "month": _between(1, 12),
    "day": _between(1, 31),
    "weekday": _between(1, 7),
    "length": _between(0, MAX_ROWS),
    "days_between": _between(-4_000_000, 4_000_000),
    "months_between": _between(-120_000, 120_000),
}
