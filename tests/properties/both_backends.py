"""What the two backends make of a case, in one form, so that they can be compared."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from segrules.backends.polars.compiled import compile_expression, compile_plan
from segrules.backends.polars.dtypes import dtype_of
from segrules.backends.scalar.decisions import Certainty
from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.preparation import prepared
from segrules.backends.scalar.tables import Record, RowAt, Tables
from segrules.language.values import Value
from segrules.plan.plan import plan
from segrules.program.program import Program, Table
from tests.properties.generators.cases import Case


@dataclass
class Judged:
    """A row and a segmentation: what was assigned and why."""

    assigned: Value
    rules: tuple[str, ...]
    conflict: bool
    provisional: bool
    possible: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass
class Row:
    """A row of the entity: its key, its metrics, and its segmentations."""

    key: tuple[Value, ...]
    metrics: dict[str, Value] = field(default_factory=dict)
    judged: dict[str, Judged] = field(default_factory=dict)


def typed_rows(case: Case) -> dict[str, list[Record]]:
    """The rows of a case as the language holds them: NaN is missing, a list a tuple."""
    return {
        table: [{name: _typed(value) for name, value in row.items()} for row in rows]
        for table, rows in case.rows.items()
    }


def _typed(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(_typed(member) for member in value)
    return None if isinstance(value, float) and math.isnan(value) else value


def by_scalar(program: Program, case: Case) -> list[Row]:
    """What the interpreter makes of a case."""
    tables = prepared(program, case.as_of, typed_rows(case))
    known = Interpreter(program, case.as_of, tables)
    rows = []
    for index in range(len(tables.rows(program.entity))):
        at = RowAt(program.entity, index)
        metrics = {metric.name: known.value(program.entity, index, metric.name) for metric in program.metrics}
        judged = {one.name: _judged(known, one.name, at) for one in program.segmentations}
        rows.append(Row(tables.key(at), metrics, judged))
    return rows


def _judged(known: Interpreter, segmentation: str, at: RowAt) -> Judged:
    found = known.decide(segmentation, at)
    return Judged(
        known.value(at.table, at.index, segmentation), found.rules, bool(found.conflict),
        found.certainty is Certainty.PROVISIONAL, found.possible if found.certainty is Certainty.PROVISIONAL else (),
        tuple(rule.id for rule in found.unknown_rules), found.missing,
    )  # fmt: skip


def by_polars(program: Program, case: Case) -> list[Row]:
    """What Polars makes of a case; `where` and `keys_from` are the interpreter's, whose `where` is compared apart."""
    frames = _frames(program, prepared(program, case.as_of, typed_rows(case)))
    references = _references(program, case.as_of)
    key = program.table(program.entity).key
    names = [*key, *(metric.name for metric in program.metrics)]
    values = compile_plan(program, plan(program, case.as_of), references).frame(frames).collect()
    rows = [Row(row[: len(key)], dict(zip(names, map(_typed, row), strict=True))) for row in values.select(names).rows()]
    for row in rows:
        row.metrics = {name: value for name, value in row.metrics.items() if name not in key}
    for segmentation in program.segmentations:
        query = compile_plan(program, plan(program, case.as_of, segmentation.name), references)
        explained = query.plan.explained
        assert explained is not None
        found = query.frame(frames).collect()
        assert found[segmentation.name].to_list() == values[segmentation.name].to_list()
        for row, columns in zip(rows, found.iter_rows(named=True), strict=True):
            row.judged[segmentation.name] = Judged(
                _typed(columns[segmentation.name]),
                tuple(rule.id for rule, column in explained.deciding if columns[column]),
                columns[explained.conflict],
                columns[explained.provisional],
                _true(columns, explained.possible) if columns[explained.provisional] else (),
                tuple(rule.id for rule, column in explained.unknown if columns[column]),
                _true(columns, explained.missing),
            )
    return rows


def _true(columns: Mapping[str, Any], named: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(name for name, column in named if columns[column])


def kept(program: Program, case: Case) -> tuple[dict[str, list[bool | None]], dict[str, list[bool | None]]]:
    """What both backends make of every table's `where`."""
    rows = typed_rows(case)
    tables = Tables(program, rows)
    known = Interpreter(program, case.as_of, tables)
    frames = _frames(program, tables)
    filtered = {table.name: table.where for table in program.tables if table.where is not None}
    scalar = {name: [known.keeps(name, index) for index in range(len(rows[name]))] for name in filtered}
    compiled = {
        name: frames[name].with_columns(compile_expression(where, program).alias("~kept")).collect()["~kept"].to_list()
        for name, where in filtered.items()
    }
    return scalar, compiled


def _frames(program: Program, tables: Tables) -> dict[str, pl.LazyFrame]:
    return {table.name: _frame(table, tables.rows(table.name)).lazy() for table in program.tables}


def _frame(table: Table, rows: Sequence[Record]) -> pl.DataFrame:
    schema = {column.name: dtype_of(column.type) for column in table.columns}
    columns = {name: [row.get(name) for row in rows] for name in schema}
    return pl.DataFrame(columns, schema=schema, strict=True)


def _references(program: Program, as_of: date) -> dict[str, Value]:
    return {parameter.name: parameter.value for parameter in program.parameters} | {"as_of": as_of}
