"""What is said about mistakes in a file of tests: one small function each."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest
from segrules.document.ruleset import Text, Word
from segrules.document.suite import GivenText
from segrules.engine.broken import Constraint
from segrules.engine.faults import Fault
from segrules.engine.nesting import Shape
from segrules.engine.wording import listed
from segrules.language.types import Kind, Type
from segrules.program.program import Column, Program, Relation, Segmentation, Table

_SHOWN = 12

_KINDS = {
    Kind.BOOLEAN: "`true` or `false`",
    Kind.INTEGER: "a whole number, such as `12` or `2_000_000`",
    Kind.NUMBER: "a number, such as `2.5` or `30%`",
    Kind.DECIMAL: "a number, such as `2.50` or `30%`",
    Kind.STRING: "a text",
    Kind.DATE: "a date, such as `2026-01-31`",
    Kind.DATETIME: "a date with a time, such as `2026-01-31T12:50`",
    Kind.LIST: "a list, such as `[a, b]`",
}

_FAULTS = {
    Fault.TYPE: catalogue.WRONG_TYPE_IN_DATA,
    Fault.PLACES: catalogue.PLACES_IN_DATA,
    Fault.VALUES: catalogue.VALUE_NOT_DECLARED,
}

_BROKEN: dict[str, tuple[Code, str]] = {
    Constraint.PRESENT: (catalogue.VALUE_MISSING, "is missing, and is not optional"),
    Constraint.MINIMUM: (catalogue.BELOW_MINIMUM, "is below its minimum"),
    Constraint.MAXIMUM: (catalogue.ABOVE_MAXIMUM, "is above its maximum"),
    Constraint.UNIQUE: (catalogue.NOT_UNIQUE, "is unique, and stands in two rows"),
    Constraint.KEY: (catalogue.DUPLICATE_KEY, "is the key, and stands in two rows"),
    Constraint.REQUIRED: (catalogue.BELONGS_TO_NOTHING, "is required, and no such row is given"),
    Constraint.PARENT: (catalogue.BELONGS_TO_NOTHING, "is required, and that row is not right itself"),
}


def _near(code: Code, message: str, span: Span, label: str, word: str, names: Sequence[str]) -> Diagnostic:
    """Return a diagnostic about a wrong word with the nearest right one."""
    near = nearest(word, names)
    if near:
        fix = Fix(f"write `{near}`", (Edit(span, near),), Applicability.UNSAFE)
        return Diagnostic(code, message, Label(span, label), help=f"did you mean `{near}`?", fix=fix)
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return Diagnostic(code, message, Label(span, label), help=f"there is {listed(names[:_SHOWN])}{more}")


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
    return _near(catalogue.UNKNOWN_FIXTURE, message, name.span, "unknown", name.value, fixtures)


def fixture_cycle(name: Word, cycle: Sequence[str]) -> Diagnostic:
    """Return what is said about fixtures that use each other."""
    return Diagnostic(
        catalogue.FIXTURE_CYCLE,
        f"fixtures use each other: {' -> '.join(cycle)}",
        Label(name.span, "begins again here"),
        help="leave out one `use`",
    )


# Rows


def unknown_table(name: Word, tables: Sequence[str]) -> Diagnostic:
    """Return what is said about rows of a table that the ruleset does not have."""
    message = f"the ruleset has no table `{name.value}`"
    return _near(catalogue.TABLE_NOT_DECLARED, message, name.span, "unknown", name.value, tables)


def unknown_column(shape: Shape, name: Word) -> Diagnostic:
    """Return what is said about a name in a row that means nothing there."""
    table = shape.table
    message = f"a row of `{table.name}` has no `{name.value}`"
    names = [*(column.name for column in table.columns), *shape.above, *shape.below, "use"]
    return _near(catalogue.UNKNOWN_COLUMN, message, name.span, "unknown", name.value, names)


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
        _FAULTS[fault],
        f"{shown} cannot stand in `{table}.{column.name}`",
        Label(span, _wrong(column.type, fault)),
        (Label(column.span, "declared here"),),
        help=_right(column.type, written, fault),
    )


def _wrong(declared: Type, fault: Fault) -> str:
    match fault:
        case Fault.PLACES:
            return f"more than {declared.places} decimal place{'' if declared.places == 1 else 's'}"
        case Fault.VALUES:
            return "not one of the declared values"
    return f"not of type {declared}"


def _right(declared: Type, written: Text | tuple[Text, ...], fault: Fault) -> str:
    values = (declared.item or declared).values
    if fault is Fault.VALUES and values:
        near = nearest(written.value, values) if isinstance(written, Text) else None
        return f"did you mean `{near}`?" if near else f"write one of {listed(values[:_SHOWN])}"
    return f"write {_KINDS[declared.kind]}; `missing` where there is none"


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


# Parameters


def unknown_parameter(name: Word, parameters: Sequence[str]) -> Diagnostic:
    """Return what is said about a value for a parameter that the ruleset does not have."""
    message = f"the ruleset has no parameter `{name.value}`"
    if not parameters:
        return Diagnostic(catalogue.UNKNOWN_PARAMETER, message, Label(name.span, "unknown"), help="leave it out")
    return _near(catalogue.UNKNOWN_PARAMETER, message, name.span, "unknown", name.value, parameters)


# Expectations


def unknown_expectation(name: Word, program: Program, names: Sequence[str]) -> Diagnostic:
    """Return what is said about an expectation of something that the ruleset does not say."""
    message = f"the ruleset says no `{name.value}` of a row of `{program.entity}`"
    return _near(catalogue.UNKNOWN_EXPECTATION, message, name.span, "unknown", name.value, names)


def not_a_segmentation(name: Word, key: str, segmentations: Sequence[str]) -> Diagnostic:
    """Return what is said about `certainty` and the like of what is no segmentation."""
    message = f"`{key}` is asked of segmentations, and `{name.value}` is none"
    return _near(catalogue.UNKNOWN_EXPECTATION, message, name.span, "no segmentation", name.value, segmentations)


def unknown_segment(written: Text, segmentation: Segmentation) -> Diagnostic:
    """Return what is said about an expected segment that does not exist."""
    message = f"`{written.value}` is no segment of `{segmentation.name}`"
    names = [*segmentation.segments, "none"]
    found = _near(catalogue.UNKNOWN_VALUE, message, written.span, "unknown", written.value, names)
    return _with_declaration(found, segmentation)


def unknown_rule(written: Text, segmentation: Segmentation) -> Diagnostic:
    """Return what is said about an expected rule that does not exist."""
    message = f"`{written.value}` is no rule of `{segmentation.name}`"
    names = [*(rule.id for rule in segmentation.rules), "none"]
    found = _near(catalogue.UNKNOWN_VALUE, message, written.span, "unknown", written.value, names)
    return _with_declaration(found, segmentation)


def _with_declaration(found: Diagnostic, segmentation: Segmentation) -> Diagnostic:
    label = Label(segmentation.span, "declared here")
    return Diagnostic(found.code, found.message, found.label, (label,), help=found.help, fix=found.fix)


def one_segment(name: Word, span: Span) -> Diagnostic:
    """Return what is said about a list of segments where there can be one."""
    return Diagnostic(
        catalogue.MISPLACED_ROW,
        f"`{name.value}` gives one segment, not a list",
        Label(span, "a list"),
        help=f"write `{name.value}: gold`, or `{name.value}: none` for no segment",
    )


def unreadable_expectation(name: Word, declared: Type, written: Text | tuple[Text, ...], fault: Fault) -> Diagnostic:
    """Return what is said about an expected value that cannot come out."""
    span = written.span if isinstance(written, Text) else name.span
    shown = f"`{written.value}`" if isinstance(written, Text) else "this list"
    return Diagnostic(
        _FAULTS[fault],
        f"`{name.value}` can never be {shown}",
        Label(span, _wrong(declared, fault)),
        help=_right(declared, written, fault),
    )


def key_parts(key: Word, table: Table) -> Diagnostic:
    """Return what is said about an expected key with too many or too few parts."""
    example = ", ".join(f"<{name}>" for name in table.key)
    return Diagnostic(
        catalogue.UNKNOWN_ROW,
        f"the key of `{table.name}` is {listed(table.key)}",
        Label(key.span, "not so many parts"),
        help=f"write `{example}`, with a comma between the parts",
    )


def unreadable_key(key: Word, column: Column) -> Diagnostic:
    """Return what is said about an expected key that its column cannot hold."""
    return Diagnostic(
        catalogue.UNKNOWN_ROW,
        f"`{key.value}` is no key",
        Label(key.span, f"`{column.name}` is of type {column.type}"),
        (Label(column.span, "declared here"),),
        help=f"write {_KINDS[column.type.kind]}",
    )


def unknown_row(key: Word, table: Table, keys: Sequence[str]) -> Diagnostic:
    """Return what is said about an expectation of a row that is not there."""
    message = f"no row of `{table.name}` has the key `{key.value}`"
    if not keys:
        way_out = f"give a row of `{table.name}`" + (", or look at its `where`" if table.where is not None else "")
        return Diagnostic(catalogue.UNKNOWN_ROW, message, Label(key.span, "not given"), help=way_out)
    return _near(catalogue.UNKNOWN_ROW, message, key.span, "not given", key.value, keys)
