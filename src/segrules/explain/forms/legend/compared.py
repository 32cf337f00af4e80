"""Statistics, and the rows that they compare."""

from __future__ import annotations

from typing import TypedDict

from segrules.explain.forms.legend.places import At, at
from segrules.explain.legend import Compared, Legend


class GroupForm(TypedDict):
    """One of the values that make a row's group."""

    name: str
    """The column, metric or segmentation."""
    value: At
    """Its value."""


class ComparedForm(TypedDict):
    """A statistic, and how many rows it compares."""

    text: str
    """The statistic, as an author writes it."""
    value: At
    """The value of the statistic."""
    rows: At
    """How many rows of the row's group take part; null for a row without a group."""
    group: list[GroupForm]
    """What makes the group; empty for all rows."""


def compared_form(legend: Legend, one: Compared) -> ComparedForm:
    """Return the JSON form of a statistic."""
    return {
        "text": one.text,
        "value": at(legend, one.statistic),
        "rows": at(legend, one.rows),
        "group": [{"name": name.name, "value": at(legend, name)} for name in one.statistic.over],
    }
