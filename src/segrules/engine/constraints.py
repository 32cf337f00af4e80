"""Whether rows are what their table declares: present, within bounds, unique, and belonging to something.

All of a table's constraints are first looked at together, by figures of whole columns that cost little. Only where
such a figure is suspicious are the rows worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from segrules.engine.broken import Constraint, shown
from segrules.engine.violations import TakenTable, Violation, in_rows
from segrules.program.nodes import Expression
from segrules.program.program import Column, Relation, Table

Compile = Callable[[Expression], pl.Expr]


@dataclass(frozen=True, slots=True)
class _Check:
    """A constraint: `suspicious` is one boolean for all rows, true whenever it is broken; `broken` says it by row."""

    subject: str
    columns: tuple[str, ...]
    constraint: Constraint
    suspicious: pl.Expr
    broken: pl.Expr
    bound: pl.Expr | None = None


def broken_constraints(taken: TakenTable, compile_where: Compile) -> list[Violation]:
    """Return what the values and the rows of a table break by themselves: types, and what holds of the kept rows."""
    broken = _unreadable(taken)
    checks = list(_checks(taken, compile_where))
    if not checks or taken.kept.is_empty():
        return broken
    figures = [check.suspicious.alias(str(at)) for at, check in enumerate(checks)]
    found = taken.kept.lazy().select(figures).collect(engine="in-memory").row(0)
    for check, suspicious in zip(checks, found, strict=True):
        if suspicious and (violation := _violation(taken, check)) is not None:
            broken.append(violation)
    return broken


def belonging_to_nothing(child: TakenTable, relation: Relation, parent: TakenTable | None) -> Violation | None:
    """Return the rows that do not find the row they must belong to.

    Without a `parent` its keys are taken from these very rows: then only one without a key finds nothing. A row whose
    missing or unreadable value is an error of its own is not told again.
    """
    if parent is None:
        lost = child.kept.select(pl.any_horizontal(pl.col(relation.by).is_null())).to_series().arg_true()
    else:
        lost = unmatched(child.kept, relation.by, parent.kept, parent.table.key)
    if lost.is_empty():
        return None
    told = [name for name in relation.by if not child.table.column(name).type.nullable]
    if told:
        lost = lost.filter(child.kept[lost].select(pl.all_horizontal(pl.col(told).is_not_null())).to_series())
    rows = child.positions().gather(lost)
    unreadable = {row for name in relation.by for row in child.typed.faults.get(name, ())}
    rows = rows.filter(~rows.is_in(list(unreadable))) if unreadable else rows
    return None if rows.is_empty() else Violation(child, relation.name, relation.by, Constraint.REQUIRED, rows)


def unmatched(child: pl.DataFrame, by: Sequence[str], parent: pl.DataFrame, key: Sequence[str]) -> pl.Series:
    """Return the positions of the rows of `child` that find no row of `parent`."""
    left = child.lazy().select(comparable(child, by)).with_row_index("row")
    right = parent.lazy().select(comparable(parent, key))
    names = [str(at) for at in range(len(key))]
    return left.join(right, on=names, how="anti").select("row").collect(engine="in-memory").to_series().sort()


def comparable(frame: pl.DataFrame, columns: Sequence[str]) -> list[pl.Expr]:
    """Return columns under the names `0`, `1`, …, texts of declared values as plain texts."""
    return [
        (pl.col(name).cast(pl.String) if isinstance(frame.schema[name], pl.Enum) else pl.col(name)).alias(str(at))
        for at, name in enumerate(columns)
    ]


def _unreadable(taken: TakenTable) -> list[Violation]:
    broken: list[Violation] = []
    for column in taken.table.columns:
        by_fault: Mapping[int, str] = taken.typed.faults.get(column.name, {})
        for fault in sorted(set(by_fault.values())):
            rows = in_rows(row for row, found in by_fault.items() if found == fault)
            broken.append(Violation(taken, column.name, (column.name,), Constraint(fault), rows))
    return broken


def _violation(taken: TakenTable, check: _Check) -> Violation | None:
    broken = taken.kept.lazy().select(check.broken).collect(engine="in-memory").to_series()
    rows = taken.positions().gather(broken.arg_true())
    if check.constraint is Constraint.PRESENT and (faults := taken.typed.faults.get(check.subject)):
        rows = rows.filter(~rows.is_in(list(faults)))
    if rows.is_empty():
        return None
    bound = None if check.bound is None else shown(pl.select(check.bound).item())
    return Violation(taken, check.subject, check.columns, check.constraint, rows, bound)


def _checks(taken: TakenTable, compile_where: Compile) -> Iterator[_Check]:
    """Yield the constraints that may be broken; how many values a column lacks is known without looking at them."""
    table = taken.table
    for column in table.columns:
        name = column.name
        if taken.kept[name].null_count() and (not column.type.nullable or name in table.key):
            yield _Check(name, (name,), Constraint.PRESENT, pl.lit(True), pl.col(name).is_null())
        yield from _column_checks(table, column, compile_where)
    if table.key:
        yield _unique(", ".join(table.key), table.key, Constraint.KEY)


def _column_checks(table: Table, column: Column, compile_where: Compile) -> Iterator[_Check]:
    name, value = column.name, pl.col(column.name)
    if column.minimum is not None:
        bound = compile_where(column.minimum)
        yield _Check(name, (name,), Constraint.MINIMUM, (value.min() < bound).all(), value < bound, bound)
    if column.maximum is not None:
        bound = compile_where(column.maximum)
        yield _Check(name, (name,), Constraint.MAXIMUM, (value.max() > bound).all(), value > bound, bound)
    if column.unique and table.key != (name,):
        yield _unique(name, (name,), Constraint.UNIQUE)


def _unique(subject: str, columns: tuple[str, ...], constraint: Constraint) -> _Check:
    """Hashes that are all different belong to values that are; counting them costs a third of counting texts."""
    value = pl.col(columns[0]) if len(columns) == 1 else pl.struct(columns)
    nothing = value.null_count()
    suspicious = value.hash().n_unique() < pl.len() - nothing + (nothing > 0)
    present = pl.all_horizontal(pl.col(columns).is_not_null())
    return _Check(subject, columns, constraint, suspicious, value.is_duplicated() & present)
