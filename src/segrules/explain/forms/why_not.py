"""Why a row is not in a segment: the part of a trace under `why_not`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

from segrules.explain.forms.enough import EnoughForm, enough_form
from segrules.explain.forms.shortfall import DistanceForm, ShortfallForm, distance_form, shortfall_form
from segrules.meaning.decisions import Outcome

if TYPE_CHECKING:
    from segrules.explain.why_not import Miss, NearRule, Obstacle


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
        found["enough"] = enough_form(miss.enough)
    return found


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
    found["distance"] = distance_form(near.distance)
    if near.lacks:
        found["lacks"] = shortfall_form(near.lacks)
    return found


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _obstacle(one: Obstacle) -> ObstacleForm:
    return {
        "rule": one.rule.id,
        "segment": one.rule.segment,
        "place": str(one.rule.span),
        "outcome": "matched" if one.outcome is Outcome.MATCHED else "unknown",
        "to_fail": shortfall_form(one.to_fail),
    }
