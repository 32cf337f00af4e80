"""Messages about names: those that nothing has, that are read from the wrong place, or that two things have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Label, replacement, told
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest


def unknown_name(span: Span, name: str, candidates: Iterable[str], where: str) -> Diagnostic:
    """`certifcations`: nothing of that name; the nearest right one is offered."""
    known = sorted(set(candidates))
    near = nearest(name, known)
    if near:
        way_out = f"did you mean `{near}`?"
        fix = replacement(f"write `{near}`", span, near)
        return told(catalogue.UNKNOWN_NAME, f"`{name}` is not a name {where}", span, "unknown", way_out, fix=fix)
    return told(catalogue.UNKNOWN_NAME, f"`{name}` is not a name {where}", span, "unknown", _known(known))


def _known(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:12])
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"use one of {shown}{more}" if names else "declare it first"


def needs_table(span: Span, name: str, written: str) -> Diagnostic:
    """A column of another table without its table's name."""
    return told(
        catalogue.UNKNOWN_NAME,
        f"`{name}` is a column of another table",
        span,
        "its table is not named",
        f"write `{written}`",
        fix=replacement(f"write `{written}`", span, written),
    )


def needs_no_table(span: Span, table: str, written: str) -> Diagnostic:
    """`partners.region` in a rule for partners."""
    return told(
        catalogue.UNKNOWN_NAME,
        f"a row's own columns stand without the name of its table, `{table}`",
        span,
        "",
        f"write `{written}`",
        fix=replacement(f"write `{written}`", span, written, Applicability.SAFE),
    )


def text_without_quotes(span: Span, name: str, quoted: str) -> Diagnostic:
    """`region = EMEA`: a value that stands without quotes."""
    return told(
        catalogue.UNKNOWN_NAME,
        f"`{name}` is not a name here; a text stands in quotes",
        span,
        "read as a name",
        f"write `{quoted}`",
        fix=replacement(f"write `{quoted}`", span, quoted),
    )


def no_column_behind(span: Span, name: str, before: str, kind: str) -> Diagnostic:
    """`region.name`: what stands before the dot has no columns."""
    return told(
        catalogue.UNKNOWN_NAME,
        f"`{before}` is {kind} and has no `{name}`",
        span,
        "nothing to look up",
        f"write `{before}` alone",
    )


def unknown_member(span: Span, name: str, before: str, known: Sequence[str]) -> Diagnostic:
    """`tier.discout`: what stands before the dot has other names behind it."""
    near = nearest(name, known)
    message = f"`{before}` has no `{name}`"
    if near is None:
        return told(catalogue.UNKNOWN_NAME, message, span, "unknown", _known([f"{before}.{one}" for one in known]))
    fix = replacement(f"write `{near}`", span, near)
    return told(catalogue.UNKNOWN_NAME, message, span, "unknown", f"did you mean `{before}.{near}`?", fix=fix)


def path_without_column(span: Span, name: str, columns: Sequence[str]) -> Diagnostic:
    """A `belongs_to` name alone, where a value is needed."""
    example = f"`{name}.{columns[0]}`" if columns else "a column of it"
    return told(
        catalogue.UNKNOWN_NAME,
        f"`{name}` is a row, not a value",
        span,
        "a column of it is needed",
        f"name the column, such as {example}",
    )


def out_of_reach(span: Span, name: str, what: str, why: str, way_out: str) -> Diagnostic:
    """A name that exists, but cannot be read from there."""
    return told(catalogue.OUT_OF_REACH, f"`{name}` is {what}, and {why}", span, "cannot be read here", way_out)


def rows_not_aggregated(span: Span, table: str, written: str, entity: str) -> Diagnostic:
    """`deals.amount > 5` outside an aggregate."""
    return told(
        catalogue.ROWS_NOT_AGGREGATED,
        f"one of {entity} can have many {table}",
        span,
        "many values, where one is needed",
        f"say which, as in `sum({written})`, `count({table})`, `any({written} …)`",
    )


def two_tables(span: Span, first: str, second: str) -> Diagnostic:
    """`sum(deals.x * orders.y)`."""
    return told(
        catalogue.MIXED_AGGREGATE,
        f"one aggregate reads `{first}` and `{second}`",
        span,
        f"another table than `{first}`",
        "aggregate each of them alone, or go up from one to the other with its `belongs_to` name",
    )


def unknown_value(span: Span, text: str, values: Sequence[str], what: str, declared: Span | None) -> Diagnostic:
    """A segment that does not exist, or a text that a column never holds."""
    near = nearest(text, values)
    way_out = f"did you mean '{near}'?" if near else "use one of " + ", ".join(f"'{value}'" for value in values[:12])
    related = (Label(declared, "declared here"),) if declared else ()
    fix = replacement(f"write '{near}'", span, f"'{near}'") if near else None
    return told(catalogue.UNKNOWN_VALUE, f"'{text}' is not {what}", span, "not one of them", way_out, related, fix)


def name_clash(span: Span, name: str, this: str, other: str, first: Span) -> Diagnostic:
    """Two things with one name."""
    return told(
        catalogue.NAME_CLASH,
        f"`{name}` could mean two things: {this} and {other}",
        span,
        this,
        "give one of them another name",
        (Label(first, other),),
    )


def reserved_name(span: Span, name: str, way_out: str) -> Diagnostic:
    """A name that is a word of the language."""
    return told(
        catalogue.RESERVED_NAME, f"`{name}` is a word of the language and cannot be a name", span, "reserved", way_out
    )


def cycle(span: Span, names: Sequence[str], places: Sequence[tuple[str, Span]]) -> Diagnostic:
    """Definitions that need each other, printed in a circle."""
    circle = " → ".join(names)
    related = tuple(Label(place, f"`{name}` is defined here") for name, place in places[1:])
    return told(
        catalogue.CYCLE,
        f"these need each other: {circle}",
        span,
        "the circle closes here",
        "break the circle: one of them must not read the next",
        related,
    )
