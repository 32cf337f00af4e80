"""The caller's data on its way in: read and converted, filtered by `where`, checked, completed by `keys_from`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import polars as pl

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.engine import data_messages, input_messages
from segrules.engine.constraints import Compile, belonging_to_nothing, broken_constraints
from segrules.engine.fingerprints import Fingerprints, Pending
from segrules.engine.inputs import Read, read_table, sample_path
from segrules.engine.keys_from import Keys, keys_from
from segrules.engine.quarantine import quarantine, set_apart, with_dependents
from segrules.engine.refusal import raise_call_errors, raise_errors
from segrules.engine.rows import RowCounts, truth
from segrules.engine.violations import TakenTable, Violation
from segrules.explain.provenance import Fingerprint
from segrules.program.program import Program, Relation, Table
from segrules.program.reach import tables_needed
from segrules.program.sensitivity import NOTHING_SENSITIVE, Sensitivity

Invalid = Literal["stop", "quarantine"]


@dataclass(frozen=True)
class Intake:
    """Data that is what its ruleset declares.

    `given` hold the declared columns, with their types and in the order of the file, of each table that has data;
    `bounds` say, by table and column, what is known of their exact columns without a look. `made` are the tables made
    by `keys_from`. `quarantine` has the columns `table`, `row` (from 1), `key`, `column`, `constraint`, `value`.
    `pending` are the fingerprints of what each table was read from. `diagnostics` are warnings.
    """

    given: Mapping[str, pl.DataFrame]
    bounds: Mapping[tuple[str, str], tuple[int, int]]
    made: Mapping[str, Keys]
    quarantine: pl.DataFrame
    given_counts: Mapping[str, RowCounts]
    pending: Mapping[str, Pending]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def queries(self) -> Mapping[str, pl.LazyFrame]:
        """The rows of every table, those of keys not worked out yet."""
        given = {name: frame.lazy() for name, frame in self.given.items()}
        return given | {name: keys.kept() for name, keys in self.made.items()}

    @cached_property
    def frames(self) -> Mapping[str, pl.DataFrame]:
        """The rows of every table."""
        made = {name: keys.kept().collect(engine="streaming") for name, keys in self.made.items()}
        return {**self.given, **made}

    @cached_property
    def counts(self) -> Mapping[str, RowCounts]:
        """What became of the rows of every table."""
        return {**self.given_counts, **{name: keys.counts() for name, keys in self.made.items()}}

    @cached_property
    def fingerprints(self) -> Mapping[str, Fingerprint]:
        """What every table was read from; those made of keys are not among them."""
        return {name: pending() for name, pending in self.pending.items()}


def take_in(
    program: Program,
    tables: Mapping[str, object],
    invalid: Invalid,
    compile_where: Compile,
    *,
    fingerprint: bool = False,
    sensitivity: Sensitivity = NOTHING_SENSITIVE,
) -> Intake:
    """Return the tables of a ruleset, checked against their declaration.

    `compile_where` turns `where`, `min` and `max`, which read a row's own columns, parameters and `as_of`, into
    Polars. With `fingerprint` the fingerprints of rows in memory have that of their content. Values of sensitive
    columns are hidden in the quarantine and in what is said. Raises `InputInvalid` for what is wrong with the call, and
    `DataInvalid` for what is wrong in the data: with `stop` for everything, else for what no row can be blamed for,
    such as a column that is not there.
    """
    with Fingerprints(content=fingerprint) as fingerprints:
        read, complaints = _read(program, tables, fingerprints)
        raise_call_errors(complaints)
        taken = {name: _taken(program.table(name), one, compile_where, sensitivity) for name, one in read.items()}
        violations = _violations(program, taken, compile_where)
        broken = [data_messages.broken(violation.told()) for violation in violations] if invalid == "stop" else []
        pending, changed = fingerprints.taken()
    raise_errors([*changed, *complaints, *broken])
    if violations:
        violations = with_dependents(taken, violations)
    return _intake(program, taken, violations, pending, complaints, compile_where)


def _read(
    program: Program, tables: Mapping[str, object], fingerprints: Fingerprints
) -> tuple[dict[str, Read], list[Diagnostic]]:
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
        one, said = read_table(table, given, program.timezone, fingerprints)
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


def _taken(table: Table, read: Read, compile_where: Compile, sensitivity: Sensitivity) -> TakenTable:
    frame = read.typed.frame
    if table.where is None:
        return TakenTable(table, read.given, read.typed, frame, None, sensitivity)
    keep = truth(frame, compile_where(table.where))
    return TakenTable(table, read.given, read.typed, frame.filter(keep), keep, sensitivity)


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
    pending: Mapping[str, Pending],
    diagnostics: Sequence[Diagnostic],
    compile_where: Compile,
) -> Intake:
    given: dict[str, pl.DataFrame] = {}
    counts: dict[str, RowCounts] = {}
    for name, table in taken.items():
        given[name], counts[name] = _left(table, set_apart(name, violations))
    made: dict[str, Keys] = {}
    for table_of_keys in program.tables:
        below = table_of_keys.keys_from
        if table_of_keys.name not in given and below is not None:
            where = None if table_of_keys.where is None else compile_where(table_of_keys.where)
            made[table_of_keys.name] = keys_from(program, table_of_keys, given[below], where)
    bounds = {(name, column): known for name, one in taken.items() for column, known in one.typed.bounds.items()}
    return Intake(given, bounds, made, quarantine(violations), counts, pending, tuple(diagnostics))


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
