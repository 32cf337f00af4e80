"""What is said about data that breaks its declaration: one diagnostic for each broken constraint."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest
from segrules.engine.constraints import Compile
from segrules.engine.violations import Constraint, Violation, shown
from segrules.engine.wording import counted, listed
from segrules.language.types import Kind, Type
from segrules.program.program import Column

_SHOWN = 5

_CODES: dict[Constraint, Code] = {
    Constraint.TYPE: catalogue.WRONG_TYPE_IN_DATA,
    Constraint.PLACES: catalogue.PLACES_IN_DATA,
    Constraint.VALUES: catalogue.VALUE_NOT_DECLARED,
    Constraint.PRESENT: catalogue.VALUE_MISSING,
    Constraint.MINIMUM: catalogue.BELOW_MINIMUM,
    Constraint.MAXIMUM: catalogue.ABOVE_MAXIMUM,
    Constraint.UNIQUE: catalogue.NOT_UNIQUE,
    Constraint.KEY: catalogue.DUPLICATE_KEY,
    Constraint.REQUIRED: catalogue.BELONGS_TO_NOTHING,
}

_NOT_OF_KIND = {
    Kind.BOOLEAN: ("is neither `true` nor `false`", "are neither `true` nor `false`"),
    Kind.INTEGER: ("is not a whole number (of 64 bits)", "are not whole numbers (of 64 bits)"),
    Kind.NUMBER: ("is not a number", "are not numbers"),
    Kind.DECIMAL: ("is not a number (of at most 38 digits)", "are not numbers (of at most 38 digits)"),
    Kind.STRING: ("is not text", "are not texts"),
    Kind.DATE: ("is not a date", "are not dates"),
    Kind.DATETIME: ("is not a date with a time", "are not dates with times"),
}


def broken(violation: Violation, compile_where: Compile) -> Diagnostic:
    """Return what is said about a broken constraint, with the first rows that break it."""
    message, way_out = _TEXTS[violation.constraint](violation, compile_where)
    return Diagnostic(
        _CODES[violation.constraint],
        message,
        related=(Label(_declaration(violation), "declared here"),),
        notes=_first_rows(violation),
        help=way_out,
    )


def _declaration(violation: Violation) -> Span:
    table = violation.taken.table
    if violation.constraint is Constraint.REQUIRED:
        return table.relation(violation.subject).span
    return table.column(violation.columns[0]).span if len(violation.columns) == 1 else table.span


def _first_rows(violation: Violation) -> tuple[str, ...]:
    rows = violation.rows.head(_SHOWN).to_list()
    keys, values = violation.taken.keys(rows), violation.values(rows)
    notes = [_row(row, key, value) for row, key, value in zip(rows, keys, values, strict=True)]
    more = len(violation.rows) - len(rows)
    return (*notes, f"and {counted(more, 'more row', 'more rows')}") if more else tuple(notes)


def _row(row: int, key: str | None, value: str | None) -> str:
    named = f"row {row + 1:,}" + (f", key {key}" if key is not None else "")
    return f"{named}: {'missing' if value is None else f'`{value}`'}"


def _name(violation: Violation) -> str:
    return f"`{violation.taken.table.name}.{violation.subject}`"


def _column(violation: Violation) -> Column:
    return violation.taken.table.column(violation.columns[0])


def _wrong_type(violation: Violation, _: Compile) -> tuple[str, str]:
    column = _column(violation)
    count = len(violation.rows)
    message = f"{counted(count, 'value', 'values')} of {_name(violation)} {_not_of(column.type, count)}"
    return message, _other_type(column.type) + ", or list the spellings that mean missing in `missing: […]`"


def _not_of(declared: Type, count: int) -> str:
    if declared.kind is Kind.LIST:
        return f"is not a {declared}" if count == 1 else f"are not {str(declared).replace('list', 'lists', 1)}"
    return _NOT_OF_KIND[declared.kind][count != 1]


def _other_type(declared: Type) -> str:
    match declared.kind:
        case Kind.DATE | Kind.DATETIME:
            return "mend the data, say how it is spelt in `date_format`"
        case Kind.LIST:
            return "mend the data (JSON text, or say what parts the members in `split`)"
        case Kind.INTEGER:
            return "mend the data, declare the column `number`"
    return "mend the data, declare the column as what it holds"


def _places(violation: Violation, _: Compile) -> tuple[str, str]:
    places = _column(violation).type.places
    count = counted(len(violation.rows), "value", "values")
    has = "has" if len(violation.rows) == 1 else "have"
    message = f"{count} of {_name(violation)} {has} more than {counted(places, 'decimal place', 'decimal places')}"
    return message, "round the data where it comes from, or declare more places"


def _values(violation: Violation, _: Compile) -> tuple[str, str]:
    column = _column(violation)
    declared = (column.type.item or column.type).values or ()
    count = len(violation.rows)
    first = violation.values(violation.rows.head(1).to_list())[0] or ""
    near = nearest(first, declared)
    message = f"{counted(count, 'value', 'values')} of {_name(violation)} {'is' if count == 1 else 'are'} not declared"
    way_out = f"did you mean `{near}` for `{first}`?" if near else f"the declared values are {listed(declared)}"
    return message, f"{way_out}; mend the data, or add it to `values`"


def _present(violation: Violation, _: Compile) -> tuple[str, str]:
    message = f"{_name(violation)} is missing in {counted(len(violation.rows), 'row', 'rows')}"
    if violation.subject in violation.taken.table.key:
        return message, "every row needs its key: mend the data, or leave these rows out with `where`"
    return message, "fill it in, or declare the column `optional: true`"


def _below(violation: Violation, compile_where: Compile) -> tuple[str, str]:
    return _out_of_bounds(violation, compile_where, "below its minimum", "min")


def _above(violation: Violation, compile_where: Compile) -> tuple[str, str]:
    return _out_of_bounds(violation, compile_where, "above its maximum", "max")


def _out_of_bounds(violation: Violation, compile_where: Compile, where: str, word: str) -> tuple[str, str]:
    assert violation.bound is not None
    bound = pl.select(compile_where(violation.bound)).item()
    message = f"{_name(violation)} is {where} {shown(bound)} in {counted(len(violation.rows), 'row', 'rows')}"
    return message, f"mend the data, change `{word}`, or leave these rows out with `where`"


def _unique(violation: Violation, _: Compile) -> tuple[str, str]:
    message = f"{counted(len(violation.rows), 'row', 'rows')} share a value of {_name(violation)}, which is unique"
    return message, "mend the data, or drop `unique`"


def _key(violation: Violation, _: Compile) -> tuple[str, str]:
    table = violation.taken.table.name
    message = f"{counted(len(violation.rows), 'row', 'rows')} of `{table}` share a key (`{violation.subject}`)"
    return message, "a key names one row: mend the data, or add the column that tells these rows apart to `key`"


def _required(violation: Violation, _: Compile) -> tuple[str, str]:
    table = violation.taken.table
    above = table.relation(violation.subject).table
    count = len(violation.rows)
    belongs = "belongs" if count == 1 else "belong"
    message = f"{counted(count, 'row', 'rows')} of `{table.name}` {belongs} to no row of `{above}` ({_name(violation)})"
    return message, f"add what is not there to `{above}`, or drop `required: true`"


_TEXTS: dict[Constraint, Callable[[Violation, Compile], tuple[str, str]]] = {
    Constraint.TYPE: _wrong_type,
    Constraint.PLACES: _places,
    Constraint.VALUES: _values,
    Constraint.PRESENT: _present,
    Constraint.MINIMUM: _below,
    Constraint.MAXIMUM: _above,
    Constraint.UNIQUE: _unique,
    Constraint.KEY: _key,
    Constraint.REQUIRED: _required,
}
