"""What is a row's own: what the segmentations say of it, and the values that led there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypedDict

from segrules.explain.forms.margins import MarginForm, margin_form
from segrules.explain.legend import SegmentationEntry
from segrules.explain.margins import margin
from segrules.explain.plain import plain
from segrules.explain.read import because, reason_of, rule_outcomes
from segrules.explain.row import RowTrace
from segrules.explain.trace import RuleOutcome
from segrules.meaning.decisions import Decision
from segrules.program.conditions import condition_name
from segrules.program.nodes import Expression
from segrules.program.program import HitPolicy


class DecisionForm(TypedDict):
    """What a segmentation says of the row."""

    segment: str | None
    """The assigned segment; null for none, for a conflict and under `collect`."""
    segments: NotRequired[list[str]]
    """The assigned segments, under `collect`."""
    rules: list[str]
    """The rules that decided, by id; none where it is the default, or nothing."""
    outcomes: list[RuleOutcome]
    """How each rule turned out, in the order of the legend."""
    certainty: Literal["certain", "provisional"]
    """Whether what is missing could change the answer."""
    possible: list[str]
    """The segments that the row may get, `(no segment)` and `(conflict)` among them; under `collect` those besides."""
    conflict: list[str]
    """The rules in conflict, by id."""
    missing: list[str]
    """The columns and expressions that the unknown rules lack."""
    outputs: dict[str, Any]
    """The further outputs, by name."""
    because: NotRequired[str]
    """The author's reason."""
    reason: str
    """The reason in one short sentence: the author's, or the conditions that decided with the values they saw."""


class RowForm(TypedDict):
    """What is a row's own: outcomes and values."""

    key: list[Any]
    """Its key, in the order of `legend.key`."""
    segmentations: list[DecisionForm]
    """The decisions, in the order of the legend."""
    values: list[Any]
    """The values of `legend.expressions`, in their order; null is missing, of a condition unknown."""
    margins: dict[str, MarginForm]
    """By how much conditions on numbers and dates are false, by name."""
    missing: dict[str, list[str]]
    """What unknown conditions and terms without points lack, by name (`c2`, `capability.success`)."""
    hidden: list[str]
    """The sensitive columns on whose account some values are `hidden`; margins that would tell them are not there."""


def row_form(row: RowTrace) -> RowForm:
    """Return the JSON form of what is a row's own."""
    decided = zip(row.legend.segmentations, row.decisions, strict=True)
    return {
        "key": [plain(value) for value in row.key],
        "segmentations": [_decision(row, entry, decision) for entry, decision in decided],
        "values": [plain(value) for value in row.values],
        "margins": dict(_margins(row)),
        "missing": {name: sorted(row.lacking(node)) for name, node in _unknown(row)},
        "hidden": list(row.hidden),
    }


def _decision(row: RowTrace, entry: SegmentationEntry, decision: Decision) -> DecisionForm:
    outputs = zip(entry.segmentation.outputs, decision.outputs, strict=True)
    found: DecisionForm = {
        "segment": decision.segment,
        "rules": list(decision.rules),
        "outcomes": list(rule_outcomes(entry, decision)),
        "certainty": decision.certainty.value,
        "possible": list(decision.possible),
        "conflict": list(decision.conflict),
        "missing": list(decision.missing),
        "outputs": {output.name: plain(value) for output, value in outputs},
        "reason": reason_of(row, entry, decision),
    }
    if entry.segmentation.hit_policy is HitPolicy.COLLECT:
        found["segments"] = list(decision.segments)
    if told := because(row, entry, decision):
        found["because"] = told
    return found


def _margins(row: RowTrace) -> Iterator[tuple[str, MarginForm]]:
    for one in row.legend.conditions:
        if one.in_force and row.value(one.expression) is False and (found := margin(row, one, denied=False)):
            yield condition_name(one.number), margin_form(found)


def _unknown(row: RowTrace) -> Iterator[tuple[str, Expression]]:
    for one in row.legend.conditions:
        if one.in_force and row.value(one.expression) is None:
            yield condition_name(one.number), one.expression
    for card in row.legend.scorecards:
        for term in card.terms:
            if row.value(term.points) is None:
                yield term.term.column.name, term.term.column.value
