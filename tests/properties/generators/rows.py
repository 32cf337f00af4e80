"""Rows for a generated ruleset: few different values, so that there are ties, and many missing ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, localcontext
from functools import cache
from itertools import product
from typing import Any, TypeVar

from segrules.language.types import Kind, Type
from segrules.language.values import MAX_DIGITS, MAX_INTEGER, MIN_INTEGER
from tests.properties.generators.world import Chooser, Table, World

T = TypeVar("T")

Rows = dict[str, list[dict[str, Any]]]

_DAYS = (
    date(2026, 3, 31), date(2026, 2, 28), date(2026, 6, 30), date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 31),
    date(2026, 4, 1), date(2026, 2, 27), date(1, 1, 31), date(9999, 12, 31),
)  # fmt: skip
_TIMES = (time(12, 50), time(0), time(23, 59, 59, 999_999))
_TEXTS = ("a", "b", "ab", "", "A", "é", " a ", "it's", "ß*", "a\nb")

EIGHTHS = (1.0, 0.0, 0.5, 2.0, -1.5, 0.125, 3.0, 100.25, float("nan"))
"""Multiples of 1/8, whose sums are exact; NaN is read as missing."""

_VALUES: Mapping[Kind, Sequence[Any]] = {
    Kind.BOOLEAN: (True, False),
    Kind.INTEGER: (1, 0, 2, 3, -1, 7, 2**53 + 1, MAX_INTEGER, MIN_INTEGER),
    Kind.STRING: _TEXTS,
    Kind.DATE: _DAYS,
    Kind.DATETIME: tuple(datetime.combine(day, at) for day, at in product(_DAYS[:5], _TIMES)),
}
_DECIMALS = ("1", "0", "2.5", "-1.25", "0.01", "10", "3", "9999999999999999999999999999999999.99")


def generated_rows(choose: Chooser, world: World, numbers: Sequence[float] = EIGHTHS) -> Rows:
    """Make rows that keep their declaration, for every table that has a file; rows above come first."""
    rows: Rows = {}
    for table in sorted(world.tables.values(), key=lambda table: _depth(world, table)):
        if table.keys_from is None:
            rows[table.name] = _rows(choose, world, table, rows, numbers)
    return rows


def _depth(world: World, table: Table) -> int:
    above = [world.tables[one.table] for one in table.relations if one.table != table.name]
    return max((1 + _depth(world, one) for one in above), default=0)


def _keys(table: Table) -> list[tuple[Any, ...]]:
    return list(
        product(*((1, 2, 3) if column == "no" else ("k1", "k2", "k3", "k4", "k5", "k6") for column in table.key))
    )


def _rows(
    choose: Chooser, world: World, table: Table, above: Rows, numbers: Sequence[float]
) -> list[dict[str, Any]]:  # fmt: skip
    empty = any(one.required and one.table != table.name and not above.get(one.table) for one in table.relations)
    many = table.relations or table is world.entity
    count = 0 if empty else choose.of((2, 1, 3, 4, 0, 5, 6) if many else (2, 1, 3, 4, 0))
    keys = choose.some(_keys(table), count, count) if table.key else [()] * count
    around = {**above, table.name: [dict(zip(table.key, key, strict=True)) for key in keys]}
    return [_row(choose, world, table, key, around, numbers) for key in keys]


def _row(
    choose: Chooser, world: World, table: Table, key: tuple[Any, ...], above: Rows, numbers: Sequence[float]
) -> dict[str, Any]:
    row = dict(zip(table.key, key, strict=True))
    for relation in table.relations:
        target = world.tables[relation.table]
        existing = [tuple(one[name] for name in target.key) for one in above.get(target.name, ())]
        known = relation.required or (existing and choose.chance(70))
        row.update(zip(relation.by, choose.of(existing if known else _keys(target)), strict=True))
        if not relation.required and choose.chance(10):
            row[choose.of(relation.by)] = None
    for name, kind in table.stored.items():
        if name not in row:
            optional = name in table.optional
            allowed = table.bounds.get(name)
            row[name] = None if optional and choose.chance(35) else _value(choose, kind, numbers, allowed, nan=optional)
    return row


def _value(choose: Chooser, kind: Type, numbers: Sequence[float], allowed: tuple[int, int] | None, *, nan: bool) -> Any:
    if kind.values is not None:
        return choose.of(kind.values)
    match kind.kind:
        case Kind.LIST:
            assert kind.item is not None
            members = [_value(choose, kind.item, numbers, None, nan=True) for _ in range(choose.number(0, 3))]
            return [None if choose.chance(15) else member for member in members]
        case Kind.DECIMAL:
            return _usual(choose, _within(allowed, _decimals(kind.places)))
        case Kind.NUMBER:
            return choose.of(_within(allowed, [number for number in numbers if nan or number == number]) or [1.0])
        case _:
            return _usual(choose, _within(allowed, _VALUES[kind.kind]))


def _within(allowed: tuple[int, int] | None, values: Sequence[T]) -> Sequence[T]:
    """Leave out numbers beyond the bounds of their column; NaN is missing and so never beyond."""
    return [value for value in values if not _beyond(allowed, value)] if allowed else values


def _beyond(allowed: tuple[int, int], value: Any) -> bool:
    return bool(value < allowed[0] or value > allowed[1])


def _usual(choose: Chooser, values: Sequence[T]) -> T:
    """Choose mostly one of the first few values, so that rows agree."""
    return choose.of(values) if choose.chance(25) else choose.of(values[:4])


@cache
def _decimals(places: int) -> list[Decimal]:
    fitting = [Decimal(text) for text in _DECIMALS if len(text.partition(".")[2]) <= places]
    with localcontext(prec=60):
        exact = [value.quantize(Decimal(1).scaleb(-places)) for value in fitting]
    return [value for value in exact if len(value.as_tuple().digits) <= MAX_DIGITS]
