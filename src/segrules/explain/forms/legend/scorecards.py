"""Scorecards that rules read, with their terms."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from segrules.explain.forms.legend.compared import ComparedForm, compared_form
from segrules.explain.forms.legend.parameters import names_of
from segrules.explain.forms.legend.places import At, at
from segrules.explain.forms.legend.rows import RowsForm, rows_form
from segrules.explain.forms.legend.trees import LeafForm, TogetherForm, tree_form
from segrules.explain.legend import Legend, ScorecardEntry, TermEntry


class TermForm(TypedDict):
    """A term of a scorecard."""

    term: str
    """Its name."""
    title: str | None
    """What people call it."""
    place: str
    """Where it stands: file:line:column."""
    points: At
    """The points that it gives."""
    most: list[At]
    """The points that it can give."""
    text: NotRequired[str]
    """What is looked at, as an author writes it."""
    value: NotRequired[At]
    """The value of that."""
    target: NotRequired[At]
    """The value from which on it gives all points."""
    when: NotRequired[LeafForm | TogetherForm]
    """The condition for its points."""
    rows: list[RowsForm]
    """The aggregates in what is looked at."""
    compared: list[ComparedForm]
    """The statistics in what is looked at."""
    parameters: list[str]
    """The parameters with values by day that it reads."""


class CardForm(TypedDict):
    """One of the scorecards of which another takes the best."""

    scorecard: str
    """Its name."""
    score: At
    """Its score."""
    qualifies: At
    """Whether all its floors hold; null is unknown."""


class ScorecardForm(TypedDict):
    """A scorecard that a rule in force reads."""

    scorecard: str
    """Its name."""
    title: str | None
    """What people call it."""
    place: str
    """Where it stands: file:line:column."""
    score: At
    """The score."""
    qualifies: At
    """Whether all floors hold; null is unknown."""
    terms: list[TermForm]
    """Its terms; none where it takes the best of several cards."""
    floors: list[LeafForm | TogetherForm]
    """Its floors."""
    cards: list[CardForm]
    """The cards of which it takes the best."""
    card: NotRequired[At]
    """Which it took."""


def scorecard_form(legend: Legend, entry: ScorecardEntry) -> ScorecardForm:
    """Return the JSON form of a scorecard."""
    card = entry.scorecard
    found: ScorecardForm = {
        "scorecard": card.name,
        "title": card.title,
        "place": str(card.span),
        "score": at(legend, entry.score),
        "qualifies": at(legend, entry.qualifies),
        "terms": [_term(legend, one) for one in entry.terms],
        "floors": [tree_form(floor) for floor in entry.floors],
        "cards": [
            {"scorecard": name, "score": at(legend, score), "qualifies": at(legend, qualifies)}
            for name, score, qualifies in entry.cards
        ],
    }
    if entry.card is not None:
        found["card"] = at(legend, entry.card)
    return found


def _term(legend: Legend, entry: TermEntry) -> TermForm:
    found: TermForm = {
        "term": entry.term.name,
        "title": entry.term.column.title,
        "place": str(entry.term.column.span),
        "points": at(legend, entry.points),
        "most": [at(legend, one) for one in entry.most],
        "rows": [rows_form(legend, one) for one in entry.rows],
        "compared": [compared_form(legend, one) for one in entry.compared],
        "parameters": names_of(entry.dated),
    }
    if entry.text is not None:
        found["text"] = entry.text
        found["value"] = at(legend, entry.value)
    if entry.target is not None:
        found["target"] = at(legend, entry.target)
    if entry.condition is not None:
        found["when"] = tree_form(entry.condition)
    return found
