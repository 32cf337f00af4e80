"""What is said about a table that cannot be read at all. `name` is the file as the caller named it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.listing import counted, listed
from segrules.diagnostics.spelling import nearest
from segrules.program.program import Column, Table


def not_declared(name: str, tables: Sequence[str]) -> Diagnostic:
    """Return what is said about a table that the ruleset does not have."""
    near = nearest(name, tables)
    way_out = f"did you mean `{near}`?" if near else f"the ruleset has {listed(tables)}"
    return Diagnostic(catalogue.TABLE_NOT_DECLARED, f"the ruleset has no table `{name}`", help=way_out)


def nested_name(table: str, name: str, near: str) -> Diagnostic:
    """Return what is said about rows that nest under a name that is nearly right."""
    message = f"rows nest in the record of `{table}` under `{name}`, which the ruleset does not have there"
    return Diagnostic(catalogue.TABLE_NOT_DECLARED, message, help=f"did you mean `{near}`?")


def no_row_above(table: str, name: str, given: object) -> Diagnostic:
    """Return what is said about something that stands in a record instead of a row above."""
    message = f"what stands under `{name}` in a row of `{table}` is not a row but {_kind_of(given)}"
    return Diagnostic(catalogue.INPUT_NOT_A_TABLE, message, help="give a dict, with the columns of the row")


def no_rows_below(table: str, name: str, given: object) -> Diagnostic:
    """Return what is said about something that stands in a record instead of rows below."""
    kind = f"a list with {_kind_of(given[0])} in it" if isinstance(given, list) else _kind_of(given)
    message = f"what stands under `{name}` in a row of `{table}` is not a list of rows but {kind}"
    return Diagnostic(catalogue.INPUT_NOT_A_TABLE, message, help="give a list of dicts, one for each row")


def not_given(table: Table) -> Diagnostic:
    """Return what is said about a table for which there is neither data nor a sample."""
    return Diagnostic(
        catalogue.TABLE_NOT_GIVEN,
        f"there is no data for the table `{table.name}`",
        related=(Label(table.span, "declared here, without a sample file"),),
        help=f"give it (`--table {table.name}=FILE` on the command line), or name a sample in `source: {{file: …}}`",
    )


def missing_column(table: Table, column: Column, found: Collection[str]) -> Diagnostic:
    """Return what is said about a declared column that the data does not have."""
    near = _nearest_header(column.header, found)
    way_out = f"did you mean `header: {_in_yaml(near)}`?" if near else f"the data has {listed(sorted(found)[:20])}"
    return Diagnostic(
        catalogue.MISSING_COLUMN,
        f"the data of `{table.name}` has no column `{column.header}`",
        related=(Label(column.span, "declared here"),),
        help=way_out,
    )


def _nearest_header(header: str, found: Collection[str]) -> str | None:
    """Return the header that is the same but for capitals and blanks around it, or else the nearest."""
    same = (one for one in found if one.strip().casefold() == header.casefold())
    return next(same, None) or nearest(header, found)


def _in_yaml(name: str) -> str:
    """Return a header as a ruleset has it: in quotes where blanks stand around it."""
    return name if name == name.strip() else f"'{name}'"


def absent_column(table: Table, column: Column, found: Collection[str]) -> Diagnostic:
    """Return what is said about an optional column that the data does not have."""
    near = _nearest_header(column.header, found)
    return Diagnostic(
        catalogue.COLUMN_ABSENT,
        f"the data of `{table.name}` has no column `{column.header}`; it counts as missing in every row",
        related=(Label(column.span, "declared here"),),
        help=f"did you mean `header: {_in_yaml(near)}`?" if near else None,
    )


def absent_field(table: Table, column: Column, near: str) -> Diagnostic:
    """Return what is said about an optional column that a record lacks, though it has a name nearly the same."""
    return Diagnostic(
        catalogue.COLUMN_ABSENT,
        f"the record of `{table.name}` has no `{column.header}`, which counts as missing, but it has `{near}`",
        related=(Label(column.span, "declared here"),),
        help=f"did you mean `{column.header}`? Or declare it as `{column.name}: {{…, header: {near}}}`",
    )


def duplicate_header(table: Table, column: Column) -> Diagnostic:
    """Return what is said about two columns of a file with one name."""
    return Diagnostic(
        catalogue.DUPLICATE_HEADER,
        f"the data of `{table.name}` has two columns `{column.header}`",
        related=(Label(column.span, "declared here"),),
        help="rename one of them in the file",
    )


def not_found(name: str, neighbours: Collection[str]) -> Diagnostic:
    """Return what is said about a file that is not there."""
    near = nearest(name.replace("\\", "/").rpartition("/")[2], neighbours)
    return Diagnostic(
        catalogue.DATA_FILE_NOT_FOUND,
        f"there is no file `{name}`",
        help=f"did you mean `{near}`?" if near else "check the name and the folder",
    )


def nothing_matches(pattern: str) -> Diagnostic:
    """Return what is said about a pattern that no file matches."""
    return Diagnostic(
        catalogue.DATA_FILE_NOT_FOUND, f"no file matches `{pattern}`", help="check the pattern and the folder"
    )


def is_folder(name: str) -> Diagnostic:
    """Return what is said about a folder in the place of a file."""
    return Diagnostic(
        catalogue.DATA_FILE_NOT_READABLE,
        f"`{name}` is a folder without Parquet files",
        help="name a file; a folder of Parquet files is one table",
    )


def cannot_open(name: str, problem: OSError) -> Diagnostic:
    """Return what is said about a file that the system does not open."""
    return Diagnostic(catalogue.DATA_FILE_NOT_READABLE, f"`{name}` cannot be read: {problem.strerror or problem}")


def empty(name: str) -> Diagnostic:
    """Return what is said about a file with nothing in it."""
    return Diagnostic(catalogue.EMPTY_DATA_FILE, f"`{name}` is empty", help="a table needs at least its header")


def unknown_format(name: str) -> Diagnostic:
    """Return what is said about a file whose ending tells nothing."""
    return Diagnostic(
        catalogue.UNKNOWN_FILE_FORMAT,
        f"the format of `{name}` cannot be told from its name",
        help="write it into the table's `source: {format: …}`: csv, parquet, ndjson, arrow or excel",
    )


def damaged(name: str, format_name: str, problem: BaseException | str) -> Diagnostic:
    """Return what is said about a file that is not what its format says."""
    first_line = next(iter(str(problem).strip().splitlines()), "")
    return Diagnostic(
        catalogue.DAMAGED_FILE,
        f"`{name}` cannot be read as {format_name}: it is cut off, damaged, or something else",
        notes=(f"the reader says: {first_line}",) if first_line else (),
    )


def not_an_object(name: str, line: int) -> Diagnostic:
    """Return what is said about a line of NDJSON that is none."""
    return Diagnostic(
        catalogue.DAMAGED_FILE,
        f"line {line} of `{name}` is not a JSON object",
        help="NDJSON is one JSON object a line, in braces",
    )


def not_text(name: str) -> Diagnostic:
    """Return what is said about a file that should be text and is not."""
    return Diagnostic(
        catalogue.DAMAGED_FILE,
        f"`{name}` is not a text file",
        help="name the format in `source: {format: …}`, or the encoding in `source: {encoding: utf-16}`",
    )


def long_separator(name: str, separator: str) -> Diagnostic:
    """Return what is said about a separator of several characters."""
    return Diagnostic(
        catalogue.DAMAGED_FILE,
        f"`{name}` cannot be read with the separator `{separator}`",
        help="a separator is one character, or `tab`",
    )


def unknown_encoding(name: str, encoding: str) -> Diagnostic:
    """Return what is said about an encoding that does not exist."""
    return Diagnostic(
        catalogue.WRONG_ENCODING,
        f"`{name}` cannot be read: there is no encoding `{encoding}`",
        help="common ones are utf-8, latin-1, cp1252, mac-roman and utf-16",
    )


def wrong_encoding(name: str, encoding: str, line: int, declared: bool) -> Diagnostic:
    """Return what is said about a text that is not in the encoding it should be in."""
    way_out = "mend the file, or declare another one" if declared else "name its encoding"
    return Diagnostic(
        catalogue.WRONG_ENCODING,
        f"line {line} of `{name}` is not {encoding.upper()} text",
        help=f"{way_out} in `source: {{encoding: …}}`: latin-1, cp1252, mac-roman, …",
    )


def ragged(name: str, width: int, lines: Sequence[tuple[int, int]], total: int, separator: str) -> Diagnostic:
    """Return what is said about lines with more or fewer fields than the header; `lines` are the first of them."""
    notes = [f"line {line} has {counted(fields, 'field')}" for line, fields in lines]
    if total > len(lines):
        notes.append(f"and {total - len(lines)} more")
    shown = {"\t": "a tab"}.get(separator, f"`{separator}`")
    return Diagnostic(
        catalogue.RAGGED_LINES,
        f"{counted(total, 'line')} of `{name}` {'does' if total == 1 else 'do'} not have "
        f"{counted(width, 'field')}, as the header has",
        notes=tuple(notes),
        help=f"mend the lines; a field that holds {shown} itself stands in double quotes",
    )


def stray_quote(name: str, line: int) -> Diagnostic:
    """Return what is said about quotes that do not match."""
    return Diagnostic(
        catalogue.STRAY_QUOTE,
        f"a field of `{name}` that ends on line {line} opens a double quote and does not close it at its end",
        help="a quote inside a quoted field is doubled",
    )


def not_a_table(name: str, given: object) -> Diagnostic:
    """Return what is said about something that is no table."""
    return Diagnostic(
        catalogue.INPUT_NOT_A_TABLE,
        f"what was given for `{name}` is not a table but {_kind_of(given)}",
        help="give a data frame, anything that speaks the Arrow C stream, a path, or a list of dicts",
    )


def foreign_types(name: str, columns: Sequence[str]) -> Diagnostic:
    """Return what is said about Arrow columns of types that cannot be read."""
    many = len(columns) > 1
    return Diagnostic(
        catalogue.INPUT_NOT_A_TABLE,
        f"{'columns' if many else 'column'} {listed(columns)} of `{name}` {'are' if many else 'is'} of a type that "
        "cannot be read",
        help="leave it out, or cast it first: decimals of more than 38 digits, unions and the like are not read",
    )


def cannot_compute(name: str, problem: BaseException) -> Diagnostic:
    """Return what is said about a table whose own computation fails."""
    first_line = next(iter(str(problem).strip().splitlines()), "")
    return Diagnostic(
        catalogue.INPUT_NOT_A_TABLE,
        f"what was given for `{name}` could not be read",
        notes=(f"the reader says: {first_line}",) if first_line else (),
    )


def needs_package(name: str, package: str, install: str) -> Diagnostic:
    """Return what is said about a format whose reader is not installed."""
    return Diagnostic(
        catalogue.READER_NOT_INSTALLED, f"reading `{name}` needs the package {package}", help=f"run `{install}`"
    )


def _kind_of(given: object) -> str:
    names = {str: "a text", int: "a number", float: "a number", dict: "a dict", list: "a list", type(None): "nothing"}
    return names.get(type(given), f"a `{type(given).__name__}`")


def changed(name: str) -> Diagnostic:
    """Return what is said about a file that is not, after it was read, what it was before."""
    return Diagnostic(
        catalogue.CHANGED_WHILE_READ,
        f"`{name}` has changed while it was read",
        help="run again when nothing writes to it, or give a copy",
    )
