"""What is said about a row that is asked for and is not there: its key is written otherwise, or it was set apart."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.listing import listed
from segrules.engine.broken import key_text
from segrules.program.program import Table

_MOST = 5


def no_such_row(
    table: Table, rows: pl.DataFrame, quarantine: pl.DataFrame, key: Sequence[object], read: Sequence[object] | None
) -> Diagnostic:
    """Return what is said about a key that none of the rows has; `quarantine` are those that were set apart.

    `read` is the key as the columns' types; None where it cannot be read.
    """
    if len(key) != len(table.key):
        return _other_number(table, key)
    apart = quarantine.filter(pl.col("table") == table.name, pl.col("key") == pl.lit(key_text(read or ()), pl.String))
    return _set_apart(table, apart, key) if apart.height else _unknown(table, rows, key)


def _other_number(table: Table, key: Sequence[object]) -> Diagnostic:
    given = f"{len(key)} value{' was' if len(key) == 1 else 's were'} given" if key else "nothing was given"
    return Diagnostic(
        catalogue.UNKNOWN_ROW,
        f"the key of `{table.name}` is {listed(table.key)}, and {given}",
        help=f"give {'one value for each, in order' if len(table.key) > 1 else 'one value'}",
    )


def _set_apart(table: Table, apart: pl.DataFrame, key: Sequence[object]) -> Diagnostic:
    reasons = [f"row {row}: `{column}` ({constraint})" for _, row, _, column, constraint, _ in apart.rows()]
    further = len(reasons) - _MOST
    more = (f"and {further} more",) if further > 0 else ()
    return Diagnostic(
        catalogue.UNKNOWN_ROW,
        f"what has the key `{_shown(key)}` in the data of `{table.name}` was set apart, and has no segments",
        notes=(*reasons[:_MOST], *more),
        help="mend the data; the quarantine tells what each row breaks",
    )


def _unknown(table: Table, rows: pl.DataFrame, key: Sequence[object]) -> Diagnostic:
    near = _written_otherwise(rows.select(table.key), key)
    first = ", ".join(_shown(row) for row in rows.select(table.key).head(_MOST).rows())
    there = f"use a key that is there, such as {first}" if first else "there are no rows"
    return Diagnostic(
        catalogue.UNKNOWN_ROW,
        f"no row of `{table.name}` has the key `{_shown(key)}`",
        help=f"did you mean `{near}`?" if near else there,
    )


def _written_otherwise(keys: pl.DataFrame, key: Sequence[object]) -> str | None:
    """Return the first key that is the same but for capitals and blanks around it."""
    same = [
        pl.col(name).cast(pl.String).str.strip_chars().str.to_lowercase() == str(part).strip().lower()
        for name, part in zip(keys.columns, key, strict=True)
        if not keys.schema[name].is_nested()
    ]
    found = keys.filter(same).head(1)
    return _shown(found.row(0)) if found.height else None


def _shown(key: Sequence[object]) -> str:
    return " ".join(str(part) for part in key)
