"""The caller's data on its way in: read and converted, filtered by `where`, checked, completed by `keys_from`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from segrules.backends.polars.dtypes import dtype_of
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.engine import data_messages, input_messages
from segrules.engine.constraints import Compile, belonging_to_nothing, broken_constraints
from segrules.engine.inputs import Read, read_table, sample_path
from segrules.engine.quarantine import quarantine, set_apart, with_dependents
from segrules.engine.refusal import raise_call_errors, raise_errors
from segrules.engine.violations import TakenTable, Violation
from segrules.program.program import Program, Relation, Table
from segrules.program.reach import tables_needed

Invalid = Literal["stop", "quarantine"]

# No column of a ruleset has such a name.
_KEEP = "where is true"


@dataclass(frozen=True, slots=True)
class RowCounts:
    """What became of a table's rows: `read` is the sum of `kept`, `where_false`, `where_unknown` and `set_apart`.

    Of a table made by `keys_from`, `read` and `kept` are its keys, and `without_key` counts the rows, in the table
    they come from, that have none.
    """

    read: int
    kept: int
    where_false: int = 0
    where_unknown: int = 0
    set_apart: int = 0
    without_key: int = 0


@dataclass(frozen=True, slots=True)
class Intake:
    """Data that is what its ruleset declares.

    `frames` hold each table's declared columns with their types, in the order of the file. `quarantine` has the
    columns `table`, `row` (from 1), `key`, `column`, `constraint`, `value`. `diagnostics` are warnings.
    """

    frames: Mapping[str, pl.DataFrame]
    quarantine: pl.DataFrame
    counts: Mapping[str, RowCounts]
    diagnostics: tuple[Diagnostic, ...]


def take_in(program: Program, tables: Mapping[str, object], invalid: Invalid, compile_where: Compile) -> Intake:
    """Return the tables of a ruleset, checked against their declaration.

    `compile_where` turns `where`, `min` and `max`, which read a row's own columns, parameters and `as_of`, into
    Polars. Raises `InputInvalid` for what is wrong with the call, and `DataInvalid` for what is wrong in the data:
    with `stop` for everything, else for what no row can be blamed for, such as a column that is not there.
    """
    read, complaints = _read(program, tables)
    raise_call_errors(complaints)
    taken = {name: _taken(program.table(name), one, compile_where) for name, one in read.items()}
    violations = _violations(program, taken, compile_where)
    broken = [data_messages.broken(violation.told()) for violation in violations] if invalid == "stop" else []
    raise_errors([*complaints, *broken])
    if violations:
        violations = with_dependents(taken, violations)
    return _intake(program, taken, violations, complaints, compile_where)


def _read(program: Program, tables: Mapping[str, object]) -> tuple[dict[str, Read], list[Diagnostic]]:
    """Return each table that has data, or a sample, and everything to be said about what was given."""
    names = [table.name for table in program.tables]
    complaints = [input_messages.not_declared(name, names) for name in tables if name not in names]
    found: dict[str, Read] = {}
    idle = _idle(program)
    for table in program.tables:
        given = tables.get(table.name, sample_path(table))
        if given is None and table.name in idle:
            given = []
        if given is None:
            complaints += _without_data(table)
            continue
        one, said = read_table(table, given, program.timezone)
        complaints += said
        if one is not None:
            found[table.name] = one
    return found, complaints


def _idle(program: Program) -> frozenset[str]:
    """Return the tables that came with an import, and that this ruleset has no use for: they need no data."""
    imported = {table.name for table in program.tables if table.span.source is not program.span.source}
    return frozenset(imported - tables_needed(program)) if imported else frozenset()


def _without_data(table: Table) -> list[Diagnostic]:
    """Return what is said about a table without data: that of `keys_from` needs none but for further columns."""
    if table.keys_from is None:
        return [input_messages.not_given(table)]
    further = [column for column in table.columns if column.name not in table.key and not column.type.nullable]
    return [input_messages.missing_column(table, column, table.key) for column in further]


def _taken(table: Table, read: Read, compile_where: Compile) -> TakenTable:
    frame = read.typed.frame
    if table.where is None:
        return TakenTable(table, read.given, read.typed, frame)
    keep = _truth(frame, compile_where(table.where))
    return TakenTable(table, read.given, read.typed, frame.filter(keep), keep)


def _violations(program: Program, taken: Mapping[str, TakenTable], compile_where: Compile) -> list[Violation]:
    found: list[Violation] = []
    for table in taken.values():
        found += broken_constraints(table, compile_where)
        for relation in table.table.relations:
            if relation.required and _can_be_checked(program, relation, taken):
                lost = belonging_to_nothing(table, relation, taken.get(relation.table))
                found += [lost] if lost is not None else []
    return found


def _can_be_checked(program: Program, relation: Relation, taken: Mapping[str, TakenTable]) -> bool:
    """Whether the table above is there, or is made of the keys of the table below."""
    return relation.table in taken or program.table(relation.table).keys_from is not None


def _intake(
    program: Program,
    taken: Mapping[str, TakenTable],
    violations: Sequence[Violation],
    diagnostics: Sequence[Diagnostic],
    compile_where: Compile,
) -> Intake:
    frames: dict[str, pl.DataFrame] = {}
    counts: dict[str, RowCounts] = {}
    for name, table in taken.items():
        frames[name], counts[name] = _left(table, set_apart(name, violations))
    for above in program.tables:
        if above.name not in frames and above.keys_from is not None:
            frames[above.name], counts[above.name] = _made_of_keys(program, above, frames, compile_where)
    ordered = {table.name: frames[table.name] for table in program.tables}
    return Intake(ordered, quarantine(violations), counts, tuple(diagnostics))


def _left(taken: TakenTable, gone: pl.Series) -> tuple[pl.DataFrame, RowCounts]:
    """Return the rows of a table that stay, and what became of the others; a row that was set apart is only that."""
    read = taken.typed.frame.height
    keep, kept = taken.keep, taken.kept
    if len(gone):
        kept = kept.filter(~taken.positions().is_in(gone.implode()))
        keep = None if keep is None else keep.filter(~pl.int_range(read, eager=True).is_in(gone.implode()))
    unknown = 0 if keep is None else keep.null_count()
    false = read - len(gone) - kept.height - unknown
    return kept, RowCounts(read, kept.height, false, unknown, len(gone))


def _made_of_keys(
    program: Program, above: Table, frames: Mapping[str, pl.DataFrame], compile_where: Compile
) -> tuple[pl.DataFrame, RowCounts]:
    """Return the keys that are left in the table below, ascending, as a table of their own."""
    assert above.keys_from is not None
    rows = frames[above.keys_from]
    relations = program.table(above.keys_from).relations
    by = next((relation.by for relation in relations if relation.table == above.name), above.key)
    named = dict(zip(above.key, by, strict=True))
    present = pl.all_horizontal(pl.col(by).is_not_null())
    keys = rows.lazy().filter(present).select(pl.col(named[key]).alias(key) for key in above.key).unique()
    made = keys.sort(above.key).select(_made_columns(above)).collect(engine="streaming")
    kept = made if above.where is None else made.filter(_truth(made, compile_where(above.where)))
    unknown = 0 if above.where is None else _truth(made, compile_where(above.where)).null_count()
    without = rows.height - rows.select(present.sum()).item()
    false = made.height - kept.height - unknown
    return kept, RowCounts(made.height, kept.height, false, unknown, without_key=without)


def _made_columns(above: Table) -> list[pl.Expr]:
    """Return a table's columns: the key, and what nothing is known of."""
    return [
        (pl.col(column.name) if column.name in above.key else pl.lit(None))
        .cast(dtype_of(column.type))
        .alias(column.name)
        for column in above.columns
    ]


def _truth(frame: pl.DataFrame, where: pl.Expr) -> pl.Series:
    """Return a condition of every row, also one that reads none."""
    return frame.lazy().with_columns(where.alias(_KEEP)).select(_KEEP).collect(engine="in-memory").to_series()
