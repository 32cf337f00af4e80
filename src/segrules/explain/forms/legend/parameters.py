"""Parameters, with the values that they have on the day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NotRequired, TypedDict

from segrules.explain.plain import plain
from segrules.explain.trace import DatedValue
from segrules.program.program import Parameter


class ParameterForm(TypedDict):
    """A parameter, with the value it has on that day."""

    parameter: str
    """Its name."""
    title: str | None
    """What people call it."""
    value: Any
    """Its value."""
    unit: str | None
    """What it counts."""
    since: NotRequired[str]
    """The day from which the value holds, of one with values by day."""
    place: str
    """Where the value stands, of one with values by day, or else the name: file:line:column."""


def parameter_form(one: Parameter) -> ParameterForm:
    """Return the JSON form of a parameter."""
    found: ParameterForm = {
        "parameter": one.name,
        "title": one.title,
        "value": plain(one.value),
        "unit": one.type.unit,
        "place": str(one.since.span if one.since else one.span),
    }
    if one.since:
        found["since"] = one.since.day.isoformat()
    return found


def names_of(dated: Iterable[DatedValue]) -> list[str]:
    """Return the names by which what reads parameters with values by day refers to them."""
    return [one.parameter for one in dated]
