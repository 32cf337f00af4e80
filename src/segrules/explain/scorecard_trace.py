"""What a trace tells of a scorecard: its terms, its floors, or which card is the best."""

from __future__ import annotations

from dataclasses import dataclass

from segrules.diagnostics.source import Span
from segrules.explain.trace import Condition, DatedValue, RowsTrace, Seen
from segrules.language.values import Value


@dataclass(frozen=True, slots=True)
class TermTrace:
    """A term: its points of the most that it gives, and what these hang on.

    `text` and `value` are what is looked at, with a `target` or without; or there is a `condition`.
    `rows` and `statistics` are those of the aggregates and statistics in it.
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
    rows: tuple[RowsTrace, ...] = ()
    statistics: tuple[Seen, ...] = ()
    missing: tuple[str, ...] = ()
    dated: tuple[DatedValue, ...] = ()
    unit: str | None = None


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
