"""Code generated to read rows of a table: values of exactly the declared types as they are, others by their reader."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from segrules.backends.record.rows import Typed
from segrules.backends.record.source import Lines, Module
from segrules.engine.faults import Unreadable
from segrules.engine.nesting import Raw, Shape
from segrules.engine.reading import missing_values, reader
from segrules.engine.record_rows import Evaluate
from segrules.engine.spelling import Spelling, spelling_of
from segrules.language.types import Kind
from segrules.language.values import MAX_DIGITS, MAX_INTEGER, MIN_INTEGER, Value
from segrules.program.program import Column, Program

Bounds = tuple[Any, Any]
"""The least and the largest value that a column takes; None for an end that is open."""

_OPEN: dict[Kind, Bounds] = {
    Kind.INTEGER: (MIN_INTEGER, MAX_INTEGER),
    Kind.NUMBER: (-sys.float_info.max, sys.float_info.max),
}

_TYPES = {
    Kind.INTEGER: int, Kind.NUMBER: float, Kind.DECIMAL: Decimal, Kind.STRING: str, Kind.DATE: date,
    Kind.DATETIME: datetime,
}  # fmt: skip


ReadRow = Callable[[Raw], Typed]


class Unusual(Exception):
    """A record that is left to be read with care."""


def row_reader(program: Program, shape: Shape, constant: Evaluate) -> ReadRow:
    """Return the function that gives a row with the types of its table; it raises `Unusual` at anything not right."""
    module, lines = Module(), Lines()
    with lines.indented("def read(row):"):
        names = [_column(program, shape, column, constant, module, lines) for column in shape.table.columns]
        lines.add(f"return ({''.join(f'{name}, ' for name in names)})")
    module.add(lines)
    read: ReadRow = module.compiled()["read"]
    return read


def _column(program: Program, shape: Shape, column: Column, constant: Evaluate, module: Module, lines: Lines) -> str:
    name = module.fresh("c")
    header, own = module.bind(shape.headers[column.name]), module.bind(column.name)
    other = f"row[{header}] if {header} in row else row.get({own})"
    lines.add(f"{name} = {f'row.get({own})' if header == own else other}")
    spelling = spelling_of(column, shape.table.source, program.timezone)
    low, high = (constant(bound) if bound else None for bound in (column.minimum, column.maximum))
    required = not column.type.nullable or column.name in shape.table.key
    several = column.type.kind in (Kind.DATE, Kind.DATETIME) and len(spelling.date_formats) > 1
    read = module.bind(_reader(column, spelling, (low, high), required=required, several=several))
    test = _odd(name, column, spelling, (low, high), module)
    lines.add(f"if {test}: {name} = {read}({name})" if test else f"{name} = {read}({name})")
    return name


def _odd(name: str, column: Column, spelling: Spelling, bounds: Bounds, module: Module) -> str:
    """Return the test that a value is not simply what it should be; empty where only its reader knows."""
    kind = column.type.kind
    if kind is Kind.BOOLEAN and not spelling.missing:
        return f"{name} is not True and {name} is not False"
    if kind not in _TYPES:
        return ""
    tests = [f"type({name}) is not {module.bind(_TYPES[kind])}"]
    if kind is Kind.STRING:
        values = column.type.values
        tests.append(f"not {name}.isascii()" if values is None else f"{name} not in {module.bind(frozenset(values))}")
    if kind is Kind.DECIMAL:
        tests.append(f"not {name}.same_quantum({module.bind(Decimal(1).scaleb(-column.type.places))})")
        tests.append(f"{name}.is_signed() and not {name}")
        tests.append(f"{name}.adjusted() >= {module.bind(MAX_DIGITS - column.type.places)}")
    if kind is Kind.DATETIME:
        tests.append(f"{name}.tzinfo is not None")
    tests += _outside(name, kind, bounds, module)
    if spelling.missing:
        missing = frozenset(spelling.missing) if kind is Kind.STRING else missing_values(column.type, spelling)
        tests.append(f"{name} in {module.bind(missing)}")
    return " or ".join(tests)


def _outside(name: str, kind: Kind, bounds: Bounds, module: Module) -> list[str]:
    least, most = _OPEN.get(kind, (None, None))
    low = max((one for one in (least, bounds[0]) if one is not None), default=None)
    high = min((one for one in (most, bounds[1]) if one is not None), default=None)
    above = "" if low is None else f"{module.bind(low)} <= "
    below = "" if high is None else f" <= {module.bind(high)}"
    return [f"not {above}{name}{below}"] if above or below else []


def _reader(
    column: Column, spelling: Spelling, bounds: Bounds, *, required: bool, several: bool
) -> Callable[[object], Value]:
    """Return the function that reads what is not simply right; which date format a column has its rows say together."""
    read: Callable[[object], Any] = reader(column.type, spelling)
    low, high = bounds

    def careful(value: object) -> Value:
        if several and isinstance(value, str):
            raise Unusual
        try:
            found: Value = read(value)
        except Unreadable:
            raise Unusual from None
        if found is None:
            if required:
                raise Unusual
        elif (low is not None and found < low) or (high is not None and found > high):
            raise Unusual
        return found

    return careful
