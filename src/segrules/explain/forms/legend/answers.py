"""Segmentations of rows above that a condition asks for every possible answer."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from segrules.explain.forms.legend.places import At, at
from segrules.explain.legend import AnswersAbove, Legend


class AnswerForm(TypedDict):
    """Whether a segment is the answer of a segmentation of a row above."""

    segment: str
    """The segment."""
    value: At
    """True if it is part of every possible answer, false if of none, else null."""


class AnswersForm(TypedDict):
    """What is known of a segmentation of a row above."""

    key: At
    """The key of that row (its first column); null if there is none."""
    segments: list[AnswerForm]
    """Every segment that there is."""
    any: NotRequired[At]
    """True if there is a segment in every possible answer, false if in none, else null; not there under `collect`."""


def answers_form(legend: Legend, asked: AnswersAbove) -> AnswersForm:
    """Return the JSON form of what is known of a segmentation of a row above."""
    found: AnswersForm = {
        "key": at(legend, asked.key),
        "segments": [{"segment": name, "value": at(legend, node)} for name, node in asked.segments],
    }
    if asked.any_of_them is not None:
        found["any"] = at(legend, asked.any_of_them)
    return found
