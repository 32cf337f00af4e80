"""Every message about the form of a decision table: one small function each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.listing import counted, listed
from segrules.diagnostics.source import Span

if TYPE_CHECKING:
    from segrules.document.grid import Line


def file_not_read(span: Span, found: Diagnostic, near: str | None) -> Diagnostic:
    """A file that is not there, or cannot be opened; `found` says so, `near` is what was probably meant."""
    fix = Fix(f"write `{near}`", (Edit(span, near),)) if near else None
    way_out = f"did you mean `{near}`?" if near else "name a CSV file, by its path from the ruleset's folder"
    return Diagnostic(found.code, found.message, Label(span, "the file of the table"), help=way_out, fix=fix)


def csv_quotes(span: Span) -> Diagnostic:
    """`"Bonn, old`: a quote of the CSV file that is not closed, or more behind the closing one."""
    return Diagnostic(
        catalogue.CELL_QUOTES,
        "the quotes of a field of this CSV file do not match",
        Label(span, "where does the field end?"),
        help='put the whole field into quotes, `"…"`; a quote inside is doubled',
    )


def no_rows(span: Span) -> Diagnostic:
    """Heads and nothing below, or nothing at all."""
    return Diagnostic(
        catalogue.TABLE_WITHOUT_ROWS,
        "this decision table has no rows",
        Label(span, "the heads alone give no segment" if span.text.strip() else ""),
        help="write a line for each rule below the heads, such as `>= 3 | champions`",
    )


def one_column(span: Span) -> Diagnostic:
    """`r, f, segment` in a block, or the name of a file where the table itself is needed."""
    text = span.text
    if text.endswith(".csv"):
        fix = Fix(f"write `{{file: {text}}}`", (Edit(span, f"{{file: {text}}}", verbatim=True),))
        message = "a table stands here itself; a file of one is named by `file`"
        return Diagnostic(catalogue.TABLE_HEADS, message, Label(span, "a file"), help=fix.title, fix=fix)
    return Diagnostic(
        catalogue.TABLE_HEADS,
        "this decision table has one column, and it needs a condition and `segment` beside it",
        Label(span, "the only head"),
        help="part the cells of a block by bars, `orders | spend | segment`, and those of a CSV file by commas",
    )


def no_segment_head(span: Span, near: bool) -> Diagnostic:
    """No head `segment`; `near` if one is spelt nearly so."""
    message = "a decision table needs the head `segment`, between conditions and outputs"
    if near:
        fix = Fix("write `segment`", (Edit(span, "segment"),), Applicability.UNSAFE)
        return Diagnostic(catalogue.TABLE_HEADS, message, Label(span, "not `segment`"), help=fix.title, fix=fix)
    way_out = "call the column that names the segments `segment`; conditions stand left of it, further outputs right"
    return Diagnostic(catalogue.TABLE_HEADS, message, Label(span, "none of these is `segment`"), help=way_out)


def no_conditions(span: Span) -> Diagnostic:
    """`segment` as the first head."""
    return Diagnostic(
        catalogue.TABLE_HEADS,
        "no condition stands left of `segment`",
        Label(span, "the first head"),
        help="put what decides left of `segment`, and what is given beside it right",
    )


def empty_head(span: Span) -> Diagnostic:
    """Two bars with nothing between them in the line of heads."""
    return Diagnostic(
        catalogue.TABLE_HEADS,
        "there is nothing in this head",
        Label(span, "empty"),
        help="write an expression for a condition, a name for an output, or take the column out",
    )


def repeated_head(span: Span, name: str, first: Span, *, right: bool) -> Diagnostic:
    """The same head over two columns; `right` says that it is an output, or `segment` itself."""
    join = "give it another name" if right else "put both into one: a cell can hold a list or a range, `1, 3..5`"
    return Diagnostic(
        catalogue.REPEATED_HEAD,
        f"two columns have the head `{name}`",
        Label(span, "again"),
        (Label(first, "first here"),),
        help=f"take one out, or {join}",
    )


def cell_count(line: Line, heads: Sequence[str]) -> Diagnostic:
    """A row with more or fewer cells than there are heads."""
    count = len(line.cells)
    message = f"this row has {counted(count, 'cell')}, and the table has {len(heads)} heads"
    if count < len(heads):
        return Diagnostic(
            catalogue.CELL_COUNT,
            message,
            Label(line.span, f"nothing stands under {listed(heads[count:])}"),
            help="write a cell for every head, `-` for anything",
        )
    further = line.cells[len(heads)].whole.to(line.cells[-1].whole)
    way_out = "take a cell out or add a head; a text with a bar or a comma in it stands in quotes, 'a | b'"
    return Diagnostic(catalogue.CELL_COUNT, message, Label(further, "under no head"), help=way_out)


def empty_cell(span: Span, head: str, side: str) -> Diagnostic:
    """A cell with nothing in it; `side` is `condition`, `segment` or `output`."""
    ways_out = {
        "condition": "write `-` for anything, or `missing` where there must be no value",
        "segment": "name the segment that the row gives",
        "output": "write `-` where there is none",
    }
    message = f"there is nothing in this cell under `{head}`" if head.strip() else "there is nothing in this cell"
    fix = None if side == "segment" else Fix("write `-`", (Edit(span, " - ".ljust(len(span.text))),))
    return Diagnostic(catalogue.EMPTY_CELL, message, Label(span, "empty"), help=ways_out[side], fix=fix)


def no_segment(span: Span) -> Diagnostic:
    """`-` under `segment`."""
    return Diagnostic(
        catalogue.EMPTY_CELL,
        "a row of a decision table names its segment",
        Label(span, "no segment"),
        help="name the segment; a row that no line matches stays without one, or takes `default`",
    )
