"""Aggregates, and the rows that they are about."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from segrules.explain.forms.legend.places import At, at
from segrules.explain.legend import Legend, RowsBelow


class RowsForm(TypedDict):
    """An aggregate, and how many rows it is about."""

    text: str
    """The aggregate, as an author writes it."""
    table: str
    """The rows, as the ruleset calls them."""
    value: At
    """The value of the aggregate."""
    rows: At
    """How many rows belong to this one."""
    kept: At
    """For how many of them its condition is true."""
    unknown: At
    """For how many its condition is unknown."""
    missing: At
    """How many of those kept have no value."""
    first: NotRequired[str]
    """The first day that it looks at."""
    last: NotRequired[str]
    """The last day that it looks at."""


def rows_form(legend: Legend, one: RowsBelow) -> RowsForm:
    """Return the JSON form of an aggregate."""
    found: RowsForm = {
        "text": one.text,
        "table": one.table,
        "value": at(legend, one.aggregate),
        "rows": at(legend, one.rows),
        "kept": at(legend, one.kept or one.rows),
        "unknown": at(legend, one.unknown),
        "missing": at(legend, one.missing),
    }
    if one.first:
        found["first"] = one.first.isoformat()
    if one.last:
        found["last"] = one.last.isoformat()
    return found
