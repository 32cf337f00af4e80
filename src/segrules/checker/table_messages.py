"""Messages about tables, their columns and their keys."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import available_timezones

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, replacement, told
from segrules.diagnostics.listing import counted
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest
from segrules.language.types import Type


def unknown_type(span: Span, text: str, meant: str | None, known: Sequence[str]) -> Diagnostic:
    """`type: text`."""
    way_out = f"write `{meant}`" if meant else "use one of " + ", ".join(f"`{name}`" for name in known)
    fix = replacement(f"write `{meant}`", span, meant) if meant else None
    return told(catalogue.UNKNOWN_TYPE, f"`{text}` is not a type", span, "unknown type", way_out, fix=fix)


def column_option(span: Span, option: str, given: Type, way_out: str) -> Diagnostic:
    """`split` on a number, `values` on a date."""
    return told(catalogue.COLUMN_OPTION, f"`{option}` does not fit a column of type `{given}`", span, "", way_out)


def values_needed(span: Span) -> Diagnostic:
    """`ordered: true` without `values`."""
    return told(
        catalogue.COLUMN_OPTION,
        "`ordered` says how `values` stand, and there are none",
        span,
        "",
        "list the `values`, lowest first",
    )


def repeated_value(span: Span, text: str) -> Diagnostic:
    """A value that is listed twice."""
    return told(catalogue.COLUMN_OPTION, f"'{text}' is listed twice", span, "", "list each value once")


def no_key(span: Span, table: str, why: str) -> Diagnostic:
    """A table that needs a key."""
    return told(
        catalogue.NO_KEY,
        f"table `{table}` has no key, and {why}",
        span,
        "no `key`",
        "add `key:` with the column that names a row",
    )


def unknown_table(span: Span, name: str, tables: Sequence[str]) -> Diagnostic:
    """A table that is not declared."""
    near = nearest(name, tables)
    way_out = f"did you mean `{near}`?" if near else f"declare it below `tables`; there {_are(tables)}"
    fix = replacement(f"write `{near}`", span, near) if near else None
    return told(catalogue.UNKNOWN_TABLE, f"there is no table `{name}`", span, "unknown table", way_out, fix=fix)


def _are(tables: Sequence[str]) -> str:
    return ("are " + ", ".join(f"`{table}`" for table in tables)) if tables else "is none yet"


def key_count(span: Span, table: str, key: Sequence[str], given: int) -> Diagnostic:
    """`by` with another number of columns than the key."""
    return told(
        catalogue.KEY_MISMATCH,
        f"`by` names {counted(given, 'column')}, and the key of `{table}` has {len(key)}",
        span,
        "",
        "name one column for each of " + ", ".join(f"`{column}`" for column in key),
    )


def key_type(span: Span, column: str, given: Type, key: str, wanted: Type, declared: Span) -> Diagnostic:
    """A `by` column of another type than the key."""
    return told(
        catalogue.KEY_MISMATCH,
        f"`{column}` is {given}, and the key `{key}` is {wanted}: they never meet",
        span,
        f"{given}",
        f"give both the type `{wanted}`",
        (Label(declared, f"{wanted}"),),
    )


def no_way_to_keys(span: Span, table: str, source: str, key: Sequence[str]) -> Diagnostic:
    """`keys_from` a table that has no such columns."""
    columns = ", ".join(f"`{column}`" for column in key)
    return told(
        catalogue.KEY_MISMATCH,
        f"`{source}` has no column {columns} to take the keys of `{table}` from",
        span,
        "",
        f"declare {columns} on `{source}`, or a `belongs_to` with `table: {table}`",
    )


def unchecked_key(span: Span, option: str, key: str, taken_from: str) -> Diagnostic:
    """A constraint on a key that `keys_from` makes."""
    return told(
        catalogue.KEY_WITHOUT_USE,
        f"`{option}` of `{key}` means nothing here: its values are taken from `{taken_from}`",
        span,
        "",
        f"write `{option}` at the column `{taken_from}`, where the data is checked",
    )


def unknown_timezone(span: Span, name: str) -> Diagnostic:
    """A time zone that does not exist, such as `Berlin` or `Europe/Berln`."""
    zones = sorted(available_timezones())
    cities = [zone for zone in zones if zone.partition("/")[2].casefold() == name.replace(" ", "_").casefold()]
    near = cities[0] if len(cities) == 1 else nearest(name, zones)
    return told(
        catalogue.UNKNOWN_TIMEZONE,
        f"there is no time zone `{name}`",
        span,
        "",
        f"did you mean `{near}`?" if near else "use a name such as `Europe/Berlin` or `UTC`",
        fix=replacement(f"write `{near}`", span, near) if near else None,
    )
