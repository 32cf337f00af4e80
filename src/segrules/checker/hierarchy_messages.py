"""Messages about ways down to rows, and tables that belong to themselves: one small function each."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from segrules.diagnostics.source import Span


def unnamed_way(span: Span, table: str, relation: str, by: Sequence[str]) -> Diagnostic:
    """`parent: {table: partners, by: parent_id}` in `partners`."""
    columns = by[0] if len(by) == 1 else f"[{', '.join(by)}]"
    line = f"{relation}: {{table: {table}, by: {columns}, as: children}}"
    return Diagnostic(
        catalogue.UNNAMED_WAY_DOWN,
        f"`{table}` belongs to itself, and the rows below a row have no name",
        Label(span, "the table itself"),
        notes=(f"`{table}` alone would be the row's own table",),
        help=f"name them: `{line}`",
    )


def own_table(span: Span, table: str, down: str) -> Diagnostic:
    """`sum(partners.revenue)` on a partner whose `subsidiaries` are partners, too."""
    return Diagnostic(
        catalogue.UNKNOWN_NAME,
        f"`{table}` is the row's own table, and the rows below a row have a name of their own",
        Label(span, "not the rows below"),
        help=f"write `{down}`",
        fix=Fix(f"write `{down}`", (Edit(span, down),)),
    )


def two_ways_down(span: Span, name: str, first: Span) -> Diagnostic:
    """Two `belongs_to` of one table that lead to the same other table."""
    return Diagnostic(
        catalogue.NAME_CLASH,
        f"`{name}` would be the rows below in two ways",
        Label(span, "one way"),
        (Label(first, "the other"),),
        help="name one of the two ways down: `as: …` beside its `by`",
    )


def endless(span: Span, names: Sequence[str], places: Sequence[tuple[str, Span]]) -> Diagnostic:
    """`total: revenue + sum(subsidiaries.total)`."""
    first = names[0]
    return Diagnostic(
        catalogue.CYCLE,
        f"these need each other, from row to row without end: {' → '.join(names)}",
        Label(span, "the same of another row"),
        tuple(Label(place, f"`{name}` is defined here") for name, place in places[1:]),
        help=f"write how deep it goes: give each step a name of its own, such as `{first}_1`, which reads no other "
        f"`{first}`, and `{first}_2`, which reads `{first}_1` of the next rows",
    )
