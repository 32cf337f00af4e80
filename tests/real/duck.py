"""The same figures by a query in DuckDB, which shares nothing with segrules, compared row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isclose
from pathlib import Path
from typing import Any

import duckdb

from segrules.engine.result import Result

DOUBLES_AGREE = 1e-12
"""What the language allows between backends, relative, for numbers that are not exact."""

Rows = dict[Any, dict[str, Any]]


def queried(sql: str, **files: Path) -> Rows:
    """The rows of a query by their first column; each file is a view of its name."""
    with duckdb.connect() as connection:
        for name, file in files.items():
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{file.as_posix()}')")
        found = connection.execute(sql)
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {row[names[0]]: row for row in rows}


def evaluated(result: Result) -> Rows:
    """The wide table by its key; lists as they are."""
    [key] = result.key
    return {row[key]: row for row in result.wide.iter_rows(named=True)}


def differences(ours: Rows, theirs: Rows, columns: Sequence[str]) -> list[tuple[Any, str, Any, Any]]:
    """Key, column and both values, wherever they are not the same: exact ones to the last digit."""
    assert ours.keys() == theirs.keys()
    return [
        (key, column, row[column], theirs[key][column])
        for key, row in ours.items()
        for column in columns
        if not same(row[column], theirs[key][column])
    ]


def same(ours: object, theirs: object) -> bool:
    if isinstance(ours, float) and isinstance(theirs, float):
        return isclose(ours, theirs, rel_tol=DOUBLES_AGREE, abs_tol=1e-15)
    if isinstance(ours, Decimal) or isinstance(theirs, Decimal):
        return ours == theirs and not isinstance(theirs, float)
    return ours == theirs


def sizes(rows: Mapping[Any, dict[str, Any]], column: str) -> dict[Any, int]:
    """How many rows have each value of a column."""
    found: dict[Any, int] = {}
    for row in rows.values():
        found[row[column]] = found.get(row[column], 0) + 1
    return found
