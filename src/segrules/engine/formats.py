"""Data files: which format a file has, and its rows. What is wrong with a file is a diagnostic, never an exception."""

from __future__ import annotations

import glob
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import polars as pl

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.engine import input_messages
from segrules.engine.csv_text import UTF8_MARK, Headed, read_csv
from segrules.program.program import FileFormat

Rows = Sequence[Mapping[str, object]]
"""Rows as Python has them."""

STANDARD_INPUT = "-"
"""How a file is called that came as its bytes."""

READERS_GIVE_UP = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)


class Format(StrEnum):
    """The formats, as `source: {format: …}` names them."""

    CSV = "csv"
    PARQUET = "parquet"
    NDJSON = "ndjson"
    ARROW = "arrow"
    EXCEL = "excel"


_TITLES = {
    Format.CSV: "CSV",
    Format.PARQUET: "Parquet",
    Format.NDJSON: "NDJSON",
    Format.ARROW: "Arrow IPC",
    Format.EXCEL: "Excel",
}
_ENDINGS = {
    Format.CSV: ("csv", "tsv", "txt", "tab"),
    Format.PARQUET: ("parquet", "pq"),
    Format.NDJSON: ("ndjson", "jsonl"),
    Format.ARROW: ("arrow", "arrows", "ipc", "feather"),
    Format.EXCEL: ("xlsx", "xls", "xlsb", "xlsm", "ods"),
}
_BY_ENDING = {f".{ending}": found for found, endings in _ENDINGS.items() for ending in endings}
_BEGINNINGS = {b"PAR1": Format.PARQUET, b"ARROW1": Format.ARROW, b"\xff\xff\xff\xff": Format.ARROW}
_BEGINNINGS |= {b"PK\x03\x04": Format.EXCEL, b"{": Format.NDJSON}
_ARROW_FILE = b"ARROW1"


@dataclass(frozen=True, slots=True)
class Scan:
    """A Parquet file, which can be read column by column, and more than once."""

    frame: pl.LazyFrame


Opened = pl.DataFrame | pl.LazyFrame | Scan | Headed | Rows
"""A table as it comes: columns with types, columns of text under a header, or rows as Python has them."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file with its table; `data` are its bytes, None for a Parquet file, which is read later."""

    path: str
    table: Opened
    data: bytes | None = None


def open_path(path: str, source: FileFormat) -> list[OpenedFile] | Diagnostic:
    """Return a file, the files that a pattern matches, or a folder of Parquet, in order of name."""
    files = _files(path)
    if isinstance(files, Diagnostic):
        return files
    opened: list[OpenedFile] = []
    for file in files:
        found = _open_file(file, source)
        if isinstance(found, Diagnostic):
            return found
        opened.append(found)
    return opened


def open_bytes(name: str, data: bytes, source: FileFormat) -> OpenedFile | Diagnostic:
    """Return the table in the bytes of a file; without a declared format its beginning says what it is."""
    if source.format is not None:
        return _with_data(name, data, Format(source.format), source)
    beginnings = _BEGINNINGS.items()
    begins = [found for beginning, found in beginnings if data.removeprefix(UTF8_MARK).startswith(beginning)]
    return _with_data(name, data, begins[0] if begins else Format.CSV, source)


def folder_of(path: str) -> Path:
    """Return the folder that holds all that a path or a pattern can name: a folder itself, or what is before any sign.

    A file's is the folder that it stands in.
    """
    if Path(path).is_dir():
        return Path(path)
    parts = Path(path).parts
    fixed = next((at for at, part in enumerate(parts) if glob.has_magic(part)), len(parts) - 1)
    return Path(*parts[:fixed])


def _files(path: str) -> list[str] | Diagnostic:
    if Path(path).is_dir():
        inside = sorted(str(found) for found in Path(path).rglob("*.parquet") if found.is_file())
        return inside or input_messages.is_folder(path)
    if Path(path).exists():
        return [path]
    if glob.has_magic(path):
        matches = glob.glob(path, recursive=True)  # noqa: PTH207 (the pattern may begin anywhere)
        found = sorted(file for file in matches if not Path(file).is_dir())
        return found or input_messages.nothing_matches(path)
    return input_messages.not_found(path, _neighbours(path))


def _neighbours(path: str) -> list[str]:
    try:
        return [found.name for found in Path(path).parent.iterdir()]
    except OSError:
        return []


def _format_of(file: str, source: FileFormat) -> Format | None:
    return Format(source.format) if source.format is not None else _BY_ENDING.get(Path(file).suffix.lower())


def _open_file(file: str, source: FileFormat) -> OpenedFile | Diagnostic:
    kind = _format_of(file, source)
    if kind is None:
        return input_messages.unknown_format(file)
    if kind is Format.PARQUET:
        return _scan_parquet(file)
    try:
        data = Path(file).read_bytes()
    except OSError as problem:
        return input_messages.cannot_open(file, problem)
    return _with_data(file, data, kind, source)


def _scan_parquet(file: str) -> OpenedFile | Diagnostic:
    try:
        with Path(file).open("rb") as opened:
            if not opened.read(1):
                return input_messages.empty(file)
    except OSError as problem:
        return input_messages.cannot_open(file, problem)
    return OpenedFile(file, Scan(pl.scan_parquet(file, glob=False, hive_partitioning=True)))


def _with_data(name: str, data: bytes, kind: Format, source: FileFormat) -> OpenedFile | Diagnostic:
    table = _open_data(name, data, kind, source)
    return table if isinstance(table, Diagnostic) else OpenedFile(name, table, data)


def _open_data(name: str, data: bytes, kind: Format, source: FileFormat) -> Opened | Diagnostic:
    if not data:
        return input_messages.empty(name)
    if kind is Format.CSV:
        return read_csv(data, source, name)
    if kind is Format.EXCEL:
        return _read_excel(name, data)
    if kind is Format.NDJSON:
        return _read_ndjson(name, data)
    try:
        return _read_arrow(data) if kind is Format.ARROW else pl.read_parquet(data)
    except READERS_GIVE_UP as problem:
        return input_messages.damaged(name, title(kind), problem)


def title(kind: Format) -> str:
    """Return what people call a format."""
    return _TITLES[kind]


def _read_arrow(data: bytes) -> pl.DataFrame:
    read = pl.read_ipc if data.startswith(_ARROW_FILE) else pl.read_ipc_stream
    return read(io.BytesIO(data))


def _read_excel(name: str, data: bytes) -> Headed | Diagnostic:
    """Return the first sheet, every cell as text: a whole number as its digits, a date as ISO."""
    try:
        import fastexcel
    except ModuleNotFoundError:
        return input_messages.needs_package(name, "fastexcel", "pip install 'segrules[excel]'")
    try:
        sheet = pl.read_excel(data, has_header=False, infer_schema_length=0, raise_if_empty=False)
    except (*READERS_GIVE_UP, fastexcel.FastExcelError) as problem:
        return input_messages.damaged(name, title(Format.EXCEL), problem)
    if sheet.is_empty():
        return input_messages.empty(name)
    return Headed(tuple(cell or "" for cell in sheet.row(0)), sheet.slice(1))


def _read_ndjson(name: str, data: bytes) -> Opened | Diagnostic:
    """Return the rows as Polars reads them, or else, where it gives up, line by line."""
    try:
        return pl.read_ndjson(data, infer_schema_length=None)
    except READERS_GIVE_UP:
        return _line_by_line(name, data)


def _line_by_line(name: str, data: bytes) -> Rows | Diagnostic:
    rows: list[Mapping[str, object]] = []
    for number, line in enumerate(data.removeprefix(UTF8_MARK).split(b"\n"), 1):
        if not line.strip():
            continue
        row = _json_object(line)
        if row is None:
            return input_messages.not_an_object(name, number)
        rows.append(row)
    return rows


def _json_object(line: bytes) -> Mapping[str, object] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
