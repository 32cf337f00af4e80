"""What would be enough for a row to be in a segment."""

from __future__ import annotations

from typing import Any, TypedDict

from segrules.explain.changes import Change
from segrules.explain.enough import Enough
from segrules.explain.plain import plain


class ChangeForm(TypedDict):
    """Another value for a column."""

    column: str
    """The column."""
    present: Any
    """Its value; null if it is missing."""
    value: Any
    """The value that it would have to have."""
    steps: int
    """How many steps away that is; 1 for a text or a boolean, 0 where the values are hidden."""


class BeyondForm(TypedDict):
    """A condition that no change to an actionable column turns as it would have to be."""

    text: str
    """The condition, as it is written."""
    place: str
    """Where it stands: file:line:column."""
    reason: str
    """Why not."""


class EnoughForm(TypedDict):
    """What would be enough for the row to be in the segment for certain."""

    sets: list[list[ChangeForm]]
    """The smallest sets of changes: those of fewer columns first, then of fewer steps."""
    columns: list[str]
    """The actionable columns that have a say."""
    complete: bool
    """Whether everything was searched, up to three columns at a time; there may be other sets otherwise."""
    beyond: list[BeyondForm]
    """Conditions that are out of reach."""


def enough_form(enough: Enough) -> EnoughForm:
    """Return the JSON form of what would be enough."""
    return {
        "sets": [[_change(change) for change in changes] for changes in enough.changes.sets],
        "columns": list(enough.changes.columns),
        "complete": enough.changes.is_complete,
        "beyond": [{"text": one.text, "place": str(one.span), "reason": one.reason} for one in enough.beyond],
    }


def _change(change: Change) -> ChangeForm:
    return {
        "column": change.column,
        "present": plain(change.present),
        "value": plain(change.value),
        "steps": change.steps,
    }
