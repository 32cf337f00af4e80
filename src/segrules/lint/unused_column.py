"""SR635: columns that the data must have, and that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.diagnostics.listing import listed
from segrules.lint.reading import is_own, read_in
from segrules.program.program import Column, Program, Table
from segrules.program.reach import tables_needed


def unused_column(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each table with required columns that nothing reads."""
    read, needed = read_in(program).columns, tables_needed(program)
    for table in program.tables:
        unused = [column for column in table.columns if (table.name, column.name) not in read]
        asked_for = [column for column in unused if not column.type.nullable and is_own(program, column.span)]
        if asked_for and table.name in needed:
            yield _diagnostic(table, asked_for)


def _diagnostic(table: Table, columns: Sequence[Column]) -> Diagnostic:
    one = len(columns) == 1
    return told(
        catalogue.UNUSED_COLUMN,
        f"nothing reads {listed(column.name for column in columns)} of `{table.name}`, "
        f"and data without {'it' if one else 'them'} is refused",
        columns[0].span,
        "not read",
        f"leave {'it' if one else 'them'} out, or say `optional: true`",
        [Label(column.span, "nor this") for column in columns[1:]],
    )
