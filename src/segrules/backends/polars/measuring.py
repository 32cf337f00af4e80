"""The data at hand, measured: which exact numbers a program computes with, and between what their values lie.

What is measured is widened to powers of two, so that a program compiled for one day's data serves the next day's too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import polars as pl

from segrules.backends.polars.arithmetic import units
from segrules.backends.polars.ranges import MAX_ROWS, Measured, Range
from segrules.language.types import Kind
from segrules.program.expressions import Role, expressions
from segrules.program.nodes import Aggregate, Call, Expression, Field, Statistic, walk
from segrules.program.program import Program

_UNBOUNDED: Mapping[tuple[str, str], Range] = {}
_EXACT = frozenset({Kind.INTEGER, Kind.DECIMAL})
_COMPUTES = frozenset({"+", "-", "*", "negate", "abs", "to_decimal"})
# What is worked out in every run: not on the way in, before there is anything to measure, nor for reasons only.
_MEASURED_FOR = frozenset({Role.VALUE, Role.CONDITION, Role.GRANT})


def measured(
    program: Program, frames: Mapping[str, pl.DataFrame], bounds: Mapping[tuple[str, str], Range] = _UNBOUNDED
) -> Measured:
    """Return what is known of typed frames: their rows, and the ranges of the exact columns that are computed with.

    What `bounds` already tell, by table and column, in units of the last place, is not looked at. A table of the
    program that has no frame is made by `keys_from`, and has no more rows than the one it is made from.
    """
    ranges: dict[tuple[str, str], Range] = {}
    for table, names in _computed_with(program).items():
        if table in frames:
            ranges |= {(table, name): bounds[table, name] for name in names if (table, name) in bounds}
            unknown = sorted(name for name in names if (table, name) not in bounds)
            ranges |= {(table, name): _widened(*found) for name, *found in _extremes(frames[table], unknown)}
    rows = {table: _widened(0, frame.height)[1] for table, frame in frames.items()}
    made = {table.name: table.keys_from for table in program.tables if table.name not in frames}
    rows |= {name: rows.get(below or "", MAX_ROWS) for name, below in made.items()}
    return Measured(rows, ranges, frozenset(made))


def _widened(low: int, high: int) -> tuple[int, int]:
    """Return a range around this one and 0 whose bounds are below a power of two."""
    return -_below_power(-low), _below_power(high)


def _below_power(number: int) -> int:
    return (1 << max(0, number).bit_length()) - 1


def _extremes(frame: pl.DataFrame, names: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the smallest and the largest value of columns, in units of their last place; of no values they are 0."""
    if not names:
        return
    columns = [units(pl.col(name)) if isinstance(frame.schema[name], pl.Decimal) else pl.col(name) for name in names]
    bounds = [one for column in columns for one in (column.min(), column.max())]
    query = frame.lazy().select(bound.alias(str(at)) for at, bound in enumerate(bounds))
    found = query.collect(engine="in-memory").row(0)
    for at, name in enumerate(names):
        yield name, found[2 * at] or 0, found[2 * at + 1] or 0


@lru_cache(maxsize=64)
def _computed_with(program: Program) -> Mapping[str, set[str]]:
    """Return, by table, the stored exact columns that something is added to, multiplied with or summed over."""
    found: dict[str, set[str]] = {}
    for one in expressions(program):
        for node in walk(one.expression) if one.role in _MEASURED_FOR else ():
            for operand in _operands(node):
                if isinstance(operand, Field) and operand.type.kind in _EXACT and _is_stored(program, operand):
                    found.setdefault(operand.row.table, set()).add(operand.name)
    return found


def _operands(node: Expression) -> tuple[Expression, ...]:
    match node:
        case Call() if node.function in _COMPUTES:
            return node.arguments
        case Aggregate(function="sum" | "mean", value=value) if value is not None:
            return (value,)
        case Statistic(function="sum" | "mean" | "stdev" | "zscore" | "cumulative_share", value=value):
            return (value,)
        case _:
            return ()


def _is_stored(program: Program, field: Field) -> bool:
    return any(column.name == field.name for column in program.table(field.row.table).columns)
