"""The JSON form of why a row is not in a segment: the part of a trace under `why_not`.

The text below each field is its description in the schema.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict

from segrules.explain.plain import plain
from segrules.explain.trace_format import MarginForm, TraceForm
from segrules.meaning.decisions import Outcome

if TYPE_CHECKING:
    from segrules.explain.changes import Change
    from segrules.explain.enough import Enough
    from segrules.explain.shortfall import Distance, Shortfall
    from segrules.explain.why_not import Miss, NearRule, Obstacle


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


class ObstacleForm(TypedDict):
    """Another rule, for which the row does not get the segment."""

    rule: str
    """Its id."""
    segment: str
    """The segment that it gives."""
    place: str
    """Where it stands: file:line:column."""
    outcome: Literal["matched", "unknown"]
    """How it turned out."""
    to_fail: ShortfallForm
    """What would have to turn out otherwise for it to fail."""


class NearRuleForm(TypedDict):
    """A rule that gives the segment."""

    rule: str
    """Its id."""
    place: str
    """Where it stands: file:line:column."""
    outcome: Literal["matched", "failed", "unknown", "not in force"]
    """How it turned out."""
    valid: NotRequired[dict[Literal["from", "until"], str | None]]
    """The days, both included, between which it counts, of a rule that is not in force."""
    distance: NotRequired[DistanceForm]
    """How far the row is from getting the segment by it, of a rule in force."""
    lacks: NotRequired[ShortfallForm]
    """What is not as it would have to be for it to match."""
    in_the_way: list[ObstacleForm]
    """The rules that come before it, or would be in conflict with it."""


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


class WhyNotForm(TypedDict):
    """Why the row is not in a segment of one segmentation."""

    segmentation: str
    """The segmentation."""
    segment: str
    """The segment that was asked for."""
    assigned: list[str]
    """The segments that it is in; none if there is no segment, or a conflict."""
    is_there: bool
    """Whether it is in the segment."""
    certain: bool
    """Whether it is, and nothing that is missing could change that."""
    missing: list[str]
    """The columns and expressions that the rules that are unknown lack."""
    rules: list[NearRuleForm]
    """The rules that give the segment, the nearest first; none where it is only the default, or the row is there."""
    in_the_way: list[ObstacleForm]
    """For a default, the rules that matched or may match."""
    enough: NotRequired[EnoughForm]
    """What would be enough; not there where no column is actionable, or the row is in the segment."""


class AskedForm(TraceForm):
    """Why one row of the entity is where it is: what is the same for every row, and what is its own."""

    why_not: NotRequired[list[WhyNotForm]]
    """Why it is not in a segment, if that was asked, for each segmentation that has one of that name."""


def why_not_form(miss: Miss) -> WhyNotForm:
    """Return the JSON form of why a row is not in one segment."""
    found: WhyNotForm = {
        "segmentation": miss.segmentation.name,
        "segment": miss.segment,
        "assigned": list(miss.assigned),
        "is_there": miss.is_there,
        "certain": miss.is_certain,
        "missing": list(miss.decision.missing),
        "rules": [_rule(near) for near in miss.rules],
        "in_the_way": [_obstacle(one) for one in miss.in_the_way],
    }
    if miss.enough:
        found["enough"] = _enough(miss.enough)
    return found


def _enough(enough: Enough) -> EnoughForm:
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


def _rule(near: NearRule) -> NearRuleForm:
    found: NearRuleForm = {
        "rule": near.rule.id,
        "place": str(near.rule.span),
        "outcome": near.outcome.value,
        "in_the_way": [_obstacle(one) for one in near.in_the_way],
    }
    if not near.in_force:
        found["valid"] = {"from": _day(near.rule.valid_from), "until": _day(near.rule.valid_until)}
        return found
    found["distance"] = _distance(near.distance)
    if near.lacks:
        found["lacks"] = _shortfall(near.lacks)
    return found


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _obstacle(one: Obstacle) -> ObstacleForm:
    return {
        "rule": one.rule.id,
        "segment": one.rule.segment,
        "place": str(one.rule.span),
        "outcome": "matched" if one.outcome is Outcome.MATCHED else "unknown",
        "to_fail": _shortfall(one.to_fail),
    }


def _distance(found: Distance) -> DistanceForm:
    return {"unmeasured": found.unmeasured, "far": found.far}


def _shortfall(one: Shortfall) -> ShortfallForm:
    told = one.condition
    found: ShortfallForm = {
        "text": told.text,
        "place": str(told.span),
        "outcome": told.outcome,
        "wanted": one.wanted,
        "distance": _distance(one.distance),
    }
    if one.parts:
        return {**found, "needed": one.needed, "parts": [_shortfall(part) for part in one.parts]}
    found["sees"] = [{"text": seen.text, "value": plain(seen.value)} for seen in told.seen]
    if told.margin:
        side: Literal["short", "over"] = "short" if told.margin.short else "over"
        found["margin"] = {"amount": plain(told.margin.amount), "limit": plain(told.margin.limit), "side": side}
    if told.missing:
        found["missing"] = list(told.missing)
    return found
