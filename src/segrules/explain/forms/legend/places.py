"""Where the value of an expression is: a legend says it of everything whose value is a row's own."""

from __future__ import annotations

from typing import Any, TypedDict

from segrules.explain.legend import Legend
from segrules.explain.plain import plain
from segrules.program.nodes import Expression


class ConstantForm(TypedDict):
    """A value that is the same for every row."""

    constant: Any
    """The value."""


At = int | ConstantForm
"""Where a value is: its position in `row.values`, from 0, or the value itself if it is the same for every row."""


def at(legend: Legend, node: Expression | None) -> At:
    """Return where a value is; a count that is nought in every row is no expression."""
    if node is None:
        return {"constant": 0}
    place = legend.places.get(node)
    return {"constant": plain(legend.constants[node])} if place is None else place
