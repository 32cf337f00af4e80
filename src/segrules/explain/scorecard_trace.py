"""What a trace tells of a scorecard: its terms, its floors, or which card is the best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from segrules.diagnostics.source import Span
from segrules.explain.trace import Condition, DatedValue, plain
from segrules.language.values import Value


@dataclass(frozen=True, slots=True)
class TermTrace:
    """A term: its points of the most that it gives, and what these hang on.

    `text` and `value` are what is looked at, with a `target` or without; or there is a `condition`.
    """

    term: str
    title: str | None
    points: Value
    most: Value
    span: Span
    text: str | None = None
    value: Value = None
    target: Value = None
    condition: Condition | None = None
    missing: tuple[str, ...] = ()
    dated: tuple[DatedValue, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        found: dict[str, Any] = {
            "term": self.term,
            "title": self.title,
            "points": plain(self.points),
            "most": plain(self.most),
            "place": str(self.span),
        }
        if self.text is not None:
            found |= {"text": self.text, "value": plain(self.value)}
        if self.target is not None:
            found["target"] = plain(self.target)
        if self.condition is not None:
            found["condition"] = self.condition.to_dict()
        if self.missing:
            found["missing"] = list(self.missing)
        if self.dated:
            found["dated"] = [dated.to_dict() for dated in self.dated]
        return found


@dataclass(frozen=True, slots=True)
class ScorecardTrace:
    """A scorecard that a rule read, directly or not; `cards` are those it took the best of, `card` the one it took."""

    scorecard: str
    title: str | None
    score: Value
    qualifies: Value
    span: Span
    terms: tuple[TermTrace, ...] = ()
    floors: tuple[Condition, ...] = ()
    cards: tuple[tuple[str, Value, Value], ...] = ()
    card: Value = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        found: dict[str, Any] = {
            "scorecard": self.scorecard,
            "title": self.title,
            "score": plain(self.score),
            "qualifies": self.qualifies,
            "place": str(self.span),
        }
        if self.cards:
            cards = [{"scorecard": name, "score": score, "qualifies": verdict} for name, score, verdict in self.cards]
            return {**found, "card": self.card, "cards": cards}
        terms = [term.to_dict() for term in self.terms]
        return {**found, "terms": terms, "floors": [floor.to_dict() for floor in self.floors]}
