"""What of a rule is not as it would have to be."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from segrules.explain.forms.margins import MarginForm, margin_form
from segrules.explain.plain import plain
from segrules.explain.shortfall import Distance, Shortfall


class DistanceForm(TypedDict):
    """How far off something is; conditions without a measure count more than any distance."""

    unmeasured: int
    """How many conditions have no measure."""
    far: float
    """What numbers lack as parts of their limits, and days in years, added."""


class SeenForm(TypedDict):
    """A value that a condition sees."""

    text: str
    """What it is, as an author writes it."""
    value: Any
    """Its value; null is missing."""


class ShortfallForm(TypedDict):
    """A condition that would have to turn out otherwise, or several of which some would have to."""

    text: str
    """As it is written."""
    place: str
    """Where it stands: file:line:column."""
    outcome: bool | None
    """How it turned out; null is unknown."""
    wanted: bool
    """How it would have to turn out."""
    distance: DistanceForm
    """How far it is from that."""
    sees: NotRequired[list[SeenForm]]
    """The values that it sees, of a condition alone."""
    margin: NotRequired[MarginForm]
    """By how much it turned out so, if it compares numbers or dates."""
    missing: NotRequired[list[str]]
    """The columns and expressions that it lacks, if it is unknown."""
    needed: NotRequired[int]
    """How many of the parts would have to turn out otherwise."""
    parts: NotRequired[list[ShortfallForm]]
    """The parts that did not turn out as wanted, nearest first."""


def shortfall_form(one: Shortfall) -> ShortfallForm:
    """Return the JSON form of a condition that would have to turn out otherwise."""
    told = one.condition
    found: ShortfallForm = {
        "text": told.text,
        "place": str(told.span),
        "outcome": told.outcome,
        "wanted": one.wanted,
        "distance": distance_form(one.distance),
    }
    if one.parts:
        return {**found, "needed": one.needed, "parts": [shortfall_form(part) for part in one.parts]}
    found["sees"] = [{"text": seen.text, "value": plain(seen.value)} for seen in told.seen]
    if told.margin:
        found["margin"] = margin_form(told.margin)
    if told.missing:
        found["missing"] = list(told.missing)
    return found


def distance_form(found: Distance) -> DistanceForm:
    """Return the JSON form of how far off something is."""
    return {"unmeasured": found.unmeasured, "far": found.far}
