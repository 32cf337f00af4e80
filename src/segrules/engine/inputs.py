"""What the caller gives for a table, whatever it is, as the declared columns that it has. Nothing of it is changed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.engine import input_messages
from segrules.engine.arrow_schema import foreign_columns, open_stream
from segrules.engine.conversion import plain
from segrules.engine.csv_text import Headed
from segrules.engine.fingerprints import Fingerprints
from segrules.engine.formats import (
    READERS_GIVE_UP,
    STANDARD_INPUT,
    Opened,
    OpenedFile,
    Rows,
    Scan,
    open_bytes,
    open_path,
)
from segrules.engine.typed_table import GivenTable, ScannedTable, TypedTable, python_values, typed
from segrules.program.program import Table

Complaints = Sequence[Diagnostic]


@dataclass(frozen=True, slots=True)
class Read:
    """A table that was read: the declared columns as they were given, and with their types."""

    given: GivenTable | ScannedTable
    typed: TypedTable


def read_table(
    table: Table, given: object, timezone: str, fingerprints: Fingerprints
) -> tuple[Read | None, Complaints]:
    """Return the declared columns of what the caller gave, and what is to be said about it; None if it is no table.

    Takes a data frame, lazy or not, anything with `__arrow_c_stream__`, a path (a pattern, a folder of Parquet), the
    bytes of a file, or a list of dicts. Its fingerprint is begun.
    """
    source = _begun(table, given, fingerprints)
    if isinstance(source, Diagnostic):
        return None, (source,)
    try:
        found, complaints = _declared(table, source.tables)
        if found is None:
            return None, complaints
        read = Read(found, typed(table, found, timezone))
    except READERS_GIVE_UP as problem:
        return None, (_gave_up(table, source.name, problem),)
    if source.kind != "files" and isinstance(found, GivenTable):
        fingerprints.begin_rows(table, source.kind, found, read.typed.frame)
    return read, complaints


def read_rows(table: Table, given: object) -> tuple[list[dict[str, object]], Complaints]:
    """Return the rows of what the caller gave, each with the declared columns as given, and what is to be said."""
    opened = _opened(table, given)
    if isinstance(opened, Diagnostic):
        return [], (opened,)
    source, _ = opened
    try:
        found, complaints = _declared(table, source.tables)
        whole = found.read() if isinstance(found, ScannedTable) else found
    except READERS_GIVE_UP as problem:
        return [], (_gave_up(table, source.name, problem),)
    if whole is None:
        return [], complaints
    everything = range(whole.height)
    columns = [whole.values(column, everything) for column in whole.columns]
    return [dict(zip(whole.columns, row, strict=True)) for row in zip(*columns, strict=True)], complaints


def sample_path(table: Table) -> Path | None:
    """Return the file of a table's sample, which its ruleset names relative to itself."""
    return Path(table.span.source.name).parent / table.source.file if table.source.file else None


@dataclass(frozen=True, slots=True)
class _Source:
    """The tables in what was given, which make one; `name` is that of a file, or the path that leads to several."""

    kind: Literal["files", "rows", "query"]
    tables: Sequence[Opened]
    name: str | None = None


def _begun(table: Table, given: object, fingerprints: Fingerprints) -> _Source | Diagnostic:
    """Return the tables in what was given, the fingerprint of files begun, which then need not be held any more."""
    opened = _opened(table, given)
    if isinstance(opened, Diagnostic):
        return opened
    source, files = opened
    if source.name is not None:
        fingerprints.begin_files(table, source.name, files)
    return source


def _opened(table: Table, given: object) -> tuple[_Source, Sequence[OpenedFile]] | Diagnostic:
    """Return the tables in what was given, and the files, if it is any."""
    match given:
        case pl.LazyFrame():
            return _Source("query", [given]), ()
        case pl.DataFrame():
            return _Source("rows", [given]), ()
        case str() | os.PathLike():
            path = os.fspath(given)
            name = path if isinstance(path, str) else os.fsdecode(path)
            return _from_files(name, open_path(name, table.source))
        case bytes():
            file = open_bytes(STANDARD_INPUT, given, table.source)
            return file if isinstance(file, Diagnostic) else _from_files(STANDARD_INPUT, [file])
        case list() | tuple() if all(isinstance(row, Mapping) for row in given):
            return _Source("rows", [list(given)]), ()
    if hasattr(given, "__arrow_c_stream__"):
        return _from_arrow(table, given)
    return input_messages.not_a_table(table.name, given)


def _from_files(
    name: str, files: Sequence[OpenedFile] | Diagnostic
) -> tuple[_Source, Sequence[OpenedFile]] | Diagnostic:
    if isinstance(files, Diagnostic):
        return files
    return _Source("files", [file.table for file in files], name), files


def _from_arrow(table: Table, given: object) -> tuple[_Source, Sequence[OpenedFile]] | Diagnostic:
    try:
        stream = open_stream(given)
    except ImportError as problem:
        package = problem.name or "pyarrow"
        return input_messages.needs_package(table.name, package, f"pip install {package}")
    foreign = foreign_columns(stream)
    if foreign is None:
        return input_messages.not_a_table(table.name, given)
    if foreign:
        return input_messages.foreign_types(table.name, foreign)
    try:
        return _Source("rows", [pl.DataFrame(stream)]), ()
    except (*READERS_GIVE_UP, ValueError) as problem:
        return input_messages.cannot_compute(table.name, problem)


def _gave_up(table: Table, name: str | None, problem: BaseException) -> Diagnostic:
    if name is None:
        return input_messages.cannot_compute(table.name, problem)
    if isinstance(problem, OSError):
        return input_messages.cannot_open(name, problem)
    return input_messages.damaged(name, "Parquet", problem)


def _declared(table: Table, opened: Sequence[Opened]) -> tuple[GivenTable | ScannedTable | None, Complaints]:
    parts: list[GivenTable | ScannedTable] = []
    complaints: list[Diagnostic] = []
    for one in opened:
        headers, found = _headers(table, one)
        complaints += [diagnostic for diagnostic in found if diagnostic not in complaints]
        if not any(diagnostic.is_error for diagnostic in found):
            parts.append(_columns(table, one, headers))
    if any(diagnostic.is_error for diagnostic in complaints):
        return None, complaints
    return _together(parts), complaints


def _headers(table: Table, opened: Opened) -> tuple[Mapping[str, str], Complaints]:
    """Return the header of each declared column that there is: its `header`, or else its name in the ruleset."""
    found = _all_headers(opened)
    there = set(found)
    headers: dict[str, str] = {}
    complaints: list[Diagnostic] = []
    for column in table.columns:
        header = column.header if column.header in there else column.name
        if header not in there:
            if found or not _is_empty(opened):
                say = input_messages.absent_column if column.type.nullable else input_messages.missing_column
                complaints.append(say(table, column, there))
        elif found.count(header) > 1:
            complaints.append(input_messages.duplicate_header(table, column))
        else:
            headers[column.name] = header
    return headers, complaints


def _all_headers(opened: Opened) -> list[str]:
    match opened:
        case Scan():
            return opened.frame.collect_schema().names()
        case pl.DataFrame() | pl.LazyFrame():
            return opened.collect_schema().names()
        case Headed():
            return list(opened.header)
    return list(dict.fromkeys(str(key) for row in opened for key in row))


def _is_empty(opened: Opened) -> bool:
    """Whether these are rows as Python has them, and none: then nobody can say which columns they have."""
    return isinstance(opened, Sequence) and not opened


def _columns(table: Table, opened: Opened, headers: Mapping[str, str]) -> GivenTable | ScannedTable:
    match opened:
        case Scan() if headers:
            schema = opened.frame.collect_schema()
            dtypes = {name: schema[header] for name, header in headers.items()}
            return ScannedTable(_plain_columns(opened.frame, headers), dtypes)
        case Scan():
            return _frame_columns(opened.frame, headers)
        case pl.DataFrame() | pl.LazyFrame():
            return _frame_columns(opened, headers)
        case Headed():
            at = {header: position for position, header in enumerate(opened.header)}
            return GivenTable(
                opened.frame.height, {name: opened.frame.to_series(at[header]) for name, header in headers.items()}
            )
    return _python_columns(table, opened)


def _frame_columns(given: pl.DataFrame | pl.LazyFrame, headers: Mapping[str, str]) -> GivenTable:
    engine: Literal["in-memory", "auto"] = "in-memory" if isinstance(given, pl.DataFrame) else "auto"
    if not headers:
        return GivenTable(given.lazy().select(pl.len()).collect(engine=engine).item(), {})
    frame = _plain_columns(given.lazy(), headers).collect(engine=engine)
    return GivenTable(frame.height, {name: frame[name] for name in headers})


def _plain_columns(given: pl.LazyFrame, headers: Mapping[str, str]) -> pl.LazyFrame:
    schema = given.collect_schema()
    return given.select(plain(pl.col(header), schema[header])[0].alias(name) for name, header in headers.items())


def _python_columns(table: Table, rows: Rows) -> GivenTable:
    columns = {
        column.name: [row[column.header] if column.header in row else row.get(column.name) for row in rows]
        for column in table.columns
    }
    return GivenTable(len(rows), columns)


def _together(parts: Sequence[GivenTable | ScannedTable]) -> GivenTable | ScannedTable:
    """Return the rows of several files as one table."""
    if len(parts) == 1:
        return parts[0]
    scans = [part for part in parts if isinstance(part, ScannedTable)]
    if len(scans) == len(parts) and all(scan.dtypes == scans[0].dtypes for scan in scans):
        return ScannedTable(pl.concat([scan.frame for scan in scans]), scans[0].dtypes)
    return _appended([part.read() if isinstance(part, ScannedTable) else part for part in parts])


def _appended(parts: Sequence[GivenTable]) -> GivenTable:
    names = dict.fromkeys(name for part in parts for name in part.columns)
    columns = {name: _column([part.columns.get(name, [None] * part.height) for part in parts]) for name in names}
    return GivenTable(sum(part.height for part in parts), columns)


def _column(parts: Sequence[pl.Series | Sequence[object]]) -> pl.Series | Sequence[object]:
    series = [part for part in parts if isinstance(part, pl.Series)]
    if len(series) == len(parts) and len({part.dtype for part in series}) == 1:
        return pl.concat(series)
    return [value for part in parts for value in (python_values(part) if isinstance(part, pl.Series) else part)]
