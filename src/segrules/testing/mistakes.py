"""What is said about mistakes in the rows of tests, and in the file around them: one small function each."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.listing import listed
from segrules.diagnostics.source import Span
from segrules.document.suite import GivenText
from segrules.document.written import Text, Word
from segrules.engine.broken import Constraint
from segrules.engine.faults import Fault
from segrules.engine.nesting import Shape
from segrules.program.program import Column, Relation, Table
from segrules.testing.wording import FAULTS, near_word, right, wrong

_BROKEN: dict[str, tuple[Code, str]] = {
    Constraint.PRESENT: (catalogue.VALUE_MISSING, "is missing, and is not optional"),
    Constraint.MINIMUM: (catalogue.BELOW_MINIMUM, "is below its minimum"),
    Constraint.MAXIMUM: (catalogue.ABOVE_MAXIMUM, "is above its maximum"),
    Constraint.UNIQUE: (catalogue.NOT_UNIQUE, "is unique, and stands in two rows"),
    Constraint.KEY: (catalogue.DUPLICATE_KEY, "is the key, and stands in two rows"),
    Constraint.REQUIRED: (catalogue.BELONGS_TO_NOTHING, "is required, and no such row is given"),
    Constraint.PARENT: (catalogue.BELONGS_TO_NOTHING, "is required, and that row is not right itself"),
}


# The file


def no_ruleset(span: Span, name: str) -> Diagnostic:
    """Return what is said about tests without a ruleset beside them."""
    message = f"there is no `{name}` beside these tests"
    return Diagnostic(catalogue.NO_RULESET, message, Label(span, "tests of what?"), help="move the file beside it")


def repeated_test(name: Text, first: Text) -> Diagnostic:
    """Return what is said about the second test of one name."""
    return Diagnostic(
        catalogue.REPEATED_TEST,
        f"two tests are called `{name.value}`",
        Label(name.span, "again"),
        (Label(first.span, "the first"),),
        help="say what each of them shows",
    )


def no_day(name: Text) -> Diagnostic:
    """Return what is said about a test that has no day, in a file that has none."""
    return Diagnostic(
        catalogue.NO_DAY,
        f"the test `{name.value}` has no `as_of`, and neither has the file",
        Label(name.span, "on which day?"),
        notes=("there is no today in a ruleset: the day is an input",),
        help="write `as_of: 2026-06-30` at the top of the file, or into the test",
    )


def unknown_fixture(name: Word, fixtures: Sequence[str]) -> Diagnostic:
    """Return what is said about `use` of a fixture that does not exist."""
    message = f"there is no fixture `{name.value}`"
    if not fixtures:
        way_out = "write it below `fixtures:` at the top of the file"
        return Diagnostic(catalogue.UNKNOWN_FIXTURE, message, Label(name.span, "unknown"), help=way_out)
    return near_word(catalogue.UNKNOWN_FIXTURE, message, name.span, "unknown", name.value, fixtures)


def fixture_cycle(name: Word, cycle: Sequence[str]) -> Diagnostic:
    """Return what is said about fixtures that use each other."""
    return Diagnostic(
        catalogue.FIXTURE_CYCLE,
        f"fixtures use each other: {' -> '.join(cycle)}",
        Label(name.span, "begins again here"),
        help="leave out one `use`",
    )


# Parameters


def unknown_parameter(name: Word, parameters: Sequence[str]) -> Diagnostic:
    """Return what is said about a value for a parameter that the ruleset does not have."""
    message = f"the ruleset has no parameter `{name.value}`"
    if not parameters:
        return Diagnostic(catalogue.UNKNOWN_PARAMETER, message, Label(name.span, "unknown"), help="leave it out")
    return near_word(catalogue.UNKNOWN_PARAMETER, message, name.span, "unknown", name.value, parameters)


# Rows


def unknown_table(name: Word, tables: Sequence[str]) -> Diagnostic:
    """Return what is said about rows of a table that the ruleset does not have."""
    message = f"the ruleset has no table `{name.value}`"
    return near_word(catalogue.TABLE_NOT_DECLARED, message, name.span, "unknown", name.value, tables)


def unknown_column(shape: Shape, name: Word) -> Diagnostic:
    """Return what is said about a name in a row that means nothing there."""
    table = shape.table
    message = f"a row of `{table.name}` has no `{name.value}`"
    names = [*(column.name for column in table.columns), *shape.above, *shape.below, "use"]
    return near_word(catalogue.UNKNOWN_COLUMN, message, name.span, "unknown", name.value, names)


def left_out(table: str, column: Column, span: Span) -> Diagnostic:
    """Return what is said about a row without a column that is not optional."""
    return Diagnostic(
        catalogue.MISSING_COLUMN,
        f"this row of `{table}` has no `{column.name}`",
        Label(span, f"needs `{column.name}`"),
        (Label(column.span, "declared here"),),
        help="write it, take it from a fixture with `use`, or declare the column `optional: true`",
    )


def row_for_a_value(table: str, name: Word, given: GivenText) -> Diagnostic:
    """Return what is said about rows under the name of a column."""
    what = "rows stand" if isinstance(given, tuple) else "a row stands"
    return Diagnostic(
        catalogue.MISPLACED_ROW,
        f"{what} under `{name.value}`, which is a column of `{table}`",
        Label(name.span, "a column"),
        help="write its value, or the rows under the name of their table or `belongs_to`",
    )


def value_for_a_row(table: str, name: Word, wanted: str) -> Diagnostic:
    """Return what is said about something else under a name under which rows nest."""
    return Diagnostic(
        catalogue.MISPLACED_ROW,
        f"`{name.value}` in a row of `{table}` takes {wanted}",
        Label(name.span, "rows nest here"),
        help=f"write `{name.value}: {'[{…}]' if 'list' in wanted else '{…}'}`",
    )


def keys_disagree(child: str, relation: Relation, span: Span) -> Diagnostic:
    """Return what is said about a row that nests in one that it does not belong to."""
    return Diagnostic(
        catalogue.KEYS_DISAGREE,
        f"a row of `{child}` nests in a row of `{relation.table}` that it does not belong to",
        Label(span, f"another {listed(relation.by)}"),
        (Label(relation.span, "declared here"),),
        help=f"leave {listed(relation.by)} out of nested rows",
    )


def unreadable_value(
    table: str, column: Column, written: Text | tuple[Text, ...], name: Span, fault: Fault
) -> Diagnostic:
    """Return what is said about a value that its column does not have."""
    span = written.span if isinstance(written, Text) else name
    shown = f"`{written.value}`" if isinstance(written, Text) else "this list"
    return Diagnostic(
        FAULTS[fault],
        f"{shown} cannot stand in `{table}.{column.name}`",
        Label(span, wrong(column.type, fault)),
        (Label(column.span, "declared here"),),
        help=right(column.type, written, fault),
    )


def broken(table: Table, subject: str, constraint: str, span: Span) -> Diagnostic:
    """Return what is said about a row that breaks its table's declaration."""
    code, text = _BROKEN.get(constraint, (catalogue.WRONG_TYPE_IN_DATA, "is not as declared"))
    return Diagnostic(
        code,
        f"`{table.name}.{subject}` {text}",
        Label(span, "here"),
        (Label(table.span, "declared here"),),
        help="the rows of a test keep the declaration as data does: mend the row",
    )
