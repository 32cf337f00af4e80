"""What is said about data that breaks its declaration: one diagnostic for each broken constraint."""

from __future__ import annotations

from collections.abc import Callable

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.listing import counted, listed
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest
from segrules.engine.broken import Broken, Constraint, Example
from segrules.engine.likely_spelling import likely_way_out
from segrules.language.types import Kind, Type
from segrules.program.program import Column
from segrules.program.sensitivity import HIDDEN, WAY_OUT

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


def broken(told: Broken) -> Diagnostic:
    """Return what is said about a broken constraint, with the first rows that break it."""
    message, way_out = _TEXTS[told.constraint](told)
    return Diagnostic(
        _CODES[told.constraint],
        message,
        related=(Label(_declaration(told), "declared here"),),
        notes=_first_rows(told),
        help=way_out,
    )


def _declaration(told: Broken) -> Span:
    table = told.table
    if told.constraint is Constraint.REQUIRED:
        return table.relation(told.subject).span
    return table.column(told.columns[0]).span if len(told.columns) == 1 else table.span


def _first_rows(told: Broken) -> tuple[str, ...]:
    notes = [_row(example, told.constraint) for example in told.examples]
    more = told.count - len(notes)
    notes += [f"and {counted(more, 'more row')}"] if more else []
    is_hidden = any(example.value is HIDDEN for example in told.examples)
    return (*notes, f"the values are sensitive: {WAY_OUT}") if is_hidden else tuple(notes)


def _row(example: Example, constraint: Constraint) -> str:
    keyed = example.key is not None and constraint is not Constraint.KEY
    named = f"row {example.row:,}" + (f", key {example.key}" if keyed else "")
    if example.value is HIDDEN:
        return f"{named}: {HIDDEN}"
    return f"{named}: {'missing' if example.value is None else f'`{example.value}`'}"


def _name(told: Broken) -> str:
    return f"`{told.table.name}.{told.subject}`"


def _column(told: Broken) -> Column:
    return told.table.column(told.columns[0])


def _wrong_type(told: Broken) -> tuple[str, str]:
    column = _column(told)
    count = told.count
    message = f"{counted(count, 'value')} of {_name(told)} {_not_of(column.type, count)}"
    known = [example.value for example in told.examples if example.value not in (None, HIDDEN)]
    likely = likely_way_out(column.type, known) if known else None
    return message, likely or f"{_other_type(column.type)}, or list the spellings that mean missing in `missing: […]`"


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


def _places(told: Broken) -> tuple[str, str]:
    places = _column(told).type.places
    count = counted(told.count, "value")
    has = "has" if told.count == 1 else "have"
    message = f"{count} of {_name(told)} {has} more than {counted(places, 'decimal place')}"
    return message, "round the data where it comes from, or declare more places"


def _values(told: Broken) -> tuple[str, str]:
    column = _column(told)
    declared = (column.type.item or column.type).values or ()
    count = told.count
    first = told.examples[0].value or ""
    near = None if first is HIDDEN else nearest(first, declared)
    message = f"{counted(count, 'value')} of {_name(told)} {'is' if count == 1 else 'are'} not declared"
    way_out = f"did you mean `{near}` for `{first}`?" if near else f"The declared values are {listed(declared)}."
    return message, f"{way_out} Mend the data, or add it to `values`"


def _present(told: Broken) -> tuple[str, str]:
    message = f"{_name(told)} is missing in {counted(told.count, 'row')}"
    if told.subject in told.table.key:
        return message, "every row needs its key: mend the data, or leave these rows out with `where`"
    return message, "fill it in, or declare the column `optional: true`"


def _below(told: Broken) -> tuple[str, str]:
    return _out_of_bounds(told, "below its minimum", "min")


def _above(told: Broken) -> tuple[str, str]:
    return _out_of_bounds(told, "above its maximum", "max")


def _out_of_bounds(told: Broken, where: str, word: str) -> tuple[str, str]:
    message = f"{_name(told)} is {where} {told.bound} in {counted(told.count, 'row')}"
    return message, f"mend the data, change `{word}`, or leave these rows out with `where`"


def _unique(told: Broken) -> tuple[str, str]:
    message = f"{counted(told.count, 'row')} share a value of {_name(told)}, which is unique"
    return message, "mend the data, or drop `unique`"


def _key(told: Broken) -> tuple[str, str]:
    table = told.table.name
    message = f"{counted(told.count, 'row')} of `{table}` share a key (`{told.subject}`)"
    return message, "a key names one row: mend the data, or add the column that tells these rows apart to `key`"


def _required(told: Broken) -> tuple[str, str]:
    table = told.table
    above = table.relation(told.subject).table
    count = told.count
    belongs = "belongs" if count == 1 else "belong"
    message = f"{counted(count, 'row')} of `{table.name}` {belongs} to no row of `{above}` ({_name(told)})"
    return message, f"add what is not there to `{above}`, or drop `required: true`"


_TEXTS: dict[Constraint, Callable[[Broken], tuple[str, str]]] = {
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
