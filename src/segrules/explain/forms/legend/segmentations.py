"""Segmentations and their rules."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from segrules.explain.forms.legend.trees import LeafForm, TogetherForm, tree_form
from segrules.explain.legend import RuleEntry, SegmentationEntry


class RuleForm(TypedDict):
    """A rule of a segmentation."""

    rule: str
    """Its id."""
    segment: str
    """The segment that it gives."""
    place: str
    """Where it stands: file:line:column."""
    in_force: bool
    """Whether it counts on that day."""
    when: LeafForm | TogetherForm
    """Its condition."""


class SegmentationForm(TypedDict):
    """A segmentation, with its rules as they stand in the file."""

    segmentation: str
    """Its name."""
    title: str | None
    """What people call it."""
    place: str
    """Where it stands: file:line:column."""
    hit_policy: Literal["first", "unique", "any", "priority", "collect"]
    """What several rules that match mean."""
    segments: list[str]
    """Its segments: lowest first if `ordered`, else as they are first named."""
    ordered: bool
    """Whether they can be compared."""
    default: NotRequired[list[str]]
    """What a row gets that no rule matches."""
    priority: NotRequired[list[str]]
    """Which segment comes first, under that hit policy."""
    rules: list[RuleForm]
    """Its rules."""


def segmentation_form(entry: SegmentationEntry) -> SegmentationForm:
    """Return the JSON form of a segmentation."""
    segmentation = entry.segmentation
    found: SegmentationForm = {
        "segmentation": segmentation.name,
        "title": segmentation.title,
        "place": str(segmentation.span),
        "hit_policy": segmentation.hit_policy.value,
        "segments": list(segmentation.segments),
        "ordered": segmentation.ordered,
        "rules": [_rule(rule) for rule in entry.rules],
    }
    if segmentation.default is not None:
        found["default"] = list(segmentation.default)
    if segmentation.priority:
        found["priority"] = list(segmentation.priority)
    return found


def _rule(entry: RuleEntry) -> RuleForm:
    return {
        "rule": entry.rule.id,
        "segment": entry.rule.segment,
        "place": str(entry.rule.span),
        "in_force": entry.in_force,
        "when": tree_form(entry.when),
    }
