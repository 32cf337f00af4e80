"""CSV files, every column as text: what the bytes say, and where a file is not what it should be.

Polars reads the file. It says nothing of lines that are too short, so the separators are counted; where the count is
wrong, or Polars gives up, the file is read again line by line, which finds the place.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

import polars as pl

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.engine import input_messages
from segrules.program.program import FileFormat

_SEPARATORS = ",;\t|"
_NAMED = {"tab": "\t", "\\t": "\t"}
_HEAD = 1 << 20
_SHOWN = 5
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Headed:
    """A table of texts under the names in its first line, which may repeat."""

    header: tuple[str, ...]
    frame: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Layout:
    header: tuple[str, ...]
    separator: str
    line_end: str


def read_csv(data: bytes, source: FileFormat, name: str) -> Headed | Diagnostic:
    """Return the rows of a CSV file, an empty field as missing, or what is wrong with it. Blank lines are no rows."""
    text = _as_utf8(data, source.encoding, name)
    if isinstance(text, Diagnostic):
        return text
    if not text:
        return input_messages.empty(name)
    separator = _NAMED.get(source.separator or "", source.separator)
    if separator is not None and len(separator) != 1:
        return input_messages.long_separator(name, separator)
    layout = _layout(text, separator)
    if layout is None:
        return _line_by_line(text, separator or ",", name)
    frame = _at_once(text, layout)
    return Headed(layout.header, frame) if frame is not None else _line_by_line(text, layout.separator, name)


def _as_utf8(data: bytes, encoding: str | None, name: str) -> bytes | Diagnostic:
    """Return a text file in UTF-8, without a byte-order mark and without empty lines around it."""
    declared = encoding
    if encoding is None:
        encoding = "utf-16" if data[:2] in _UTF16 else "utf-8"
    if encoding.lower().replace("_", "-") not in ("utf-8", "utf8", "utf-8-sig"):
        try:
            data = data.decode(encoding).encode()
        except LookupError:
            return input_messages.unknown_encoding(name, encoding)
        except UnicodeError as problem:
            return input_messages.wrong_encoding(name, encoding, _line_of(data, problem), declared is not None)
    data = data.removeprefix(UTF8_MARK)
    if b"\0" in data:
        return input_messages.not_text(name)
    return data.strip(b"\r\n") if data[:1] in b"\r\n" or data[-1:] in b"\r\n" else data


def _line_of(data: bytes, problem: UnicodeError) -> int:
    start = problem.start if isinstance(problem, UnicodeDecodeError) else 0
    return len(re.findall(rb"\r\n|\r|\n", data[:start])) + 1


def _layout(text: bytes, separator: str | None) -> _Layout | None:
    """Return how the file is laid out, as its first line shows; None if the line cannot be read."""
    head = text[:_HEAD].decode(errors="ignore")
    outside = re.sub(r'"[^"]*"', lambda quoted: "x" * len(quoted[0]), head)
    end = re.search(r"\r\n|\r|\n", outside)
    first, line_end = (head[: end.start()], end[0]) if end else (head, "\n")
    if separator is None:
        counts = [(outside[: len(first)].count(candidate), candidate) for candidate in _SEPARATORS]
        separator = max(counts, key=lambda found: found[0])[1]
    try:
        header = next(csv.reader(io.StringIO(first, newline=""), delimiter=separator, strict=True), [])
    except csv.Error:
        return None
    return _Layout(tuple(header), separator, line_end)


def _at_once(text: bytes, layout: _Layout) -> pl.DataFrame | None:
    """Return the rows as Polars reads them; None if it does not, or if a line has too few fields or none."""
    if len(layout.separator.encode()) != 1:
        return None
    try:
        frame = pl.read_csv(
            text,
            infer_schema=False,
            separator=layout.separator,
            eol_char="\r" if layout.line_end == "\r" else "\n",
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.width != len(layout.header) or not _is_even(text, layout, frame):
        return None
    return frame.with_columns(pl.when(pl.all() != "").then(pl.all())) if b'""' in text else frame


def _is_even(text: bytes, layout: _Layout, frame: pl.DataFrame) -> bool:
    """Whether every line has as many fields as the header; no more of them Polars sees to."""
    if frame.width == 1:
        return not frame.to_series().has_nulls()
    separators = text.count(layout.separator.encode())
    if b'"' in text:
        separators -= "".join(layout.header).count(layout.separator)
        inside = frame.select(pl.all().str.count_matches(layout.separator, literal=True).sum())
        separators -= sum(inside.row(0))
    return separators == (frame.width - 1) * (frame.height + 1)


def _line_by_line(text: bytes, separator: str, name: str) -> Headed | Diagnostic:
    try:
        lines = io.StringIO(text.decode(), newline="")
    except UnicodeDecodeError as problem:
        return input_messages.wrong_encoding(name, "utf-8", _line_of(text, problem), declared=False)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    rows: list[list[str]] = []
    ragged: list[tuple[int, int]] = []
    try:
        header = next(reader)
        for row in reader:
            if len(row) == len(header):
                rows.append(row)
            elif row:
                ragged.append((reader.line_num, len(row)))
    except csv.Error:
        return input_messages.stray_quote(name, reader.line_num)
    if ragged:
        return input_messages.ragged(name, len(header), ragged[:_SHOWN], len(ragged), separator)
    return Headed(tuple(header), _frame(len(header), rows))


def _frame(width: int, rows: list[list[str]]) -> pl.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * width
    return pl.DataFrame(
        {str(at): pl.Series([field or None for field in column], dtype=pl.String) for at, column in enumerate(columns)}
    )
