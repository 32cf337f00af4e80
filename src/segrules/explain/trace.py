"""A trace: everything that decided one row, as a value. `to_dict` of its parts is the JSON form, version 1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from segrules.diagnostics.source import Span
from segrules.language.values import Duration, Value

if TYPE_CHECKING:
    from segrules.explain.scorecard_trace import ScorecardTrace

VERSION = 1


@dataclass(frozen=True, slots=True)
class Among:
    """The rows that a statistic compares: how many take part in the row's group, and what makes that group."""

    rows: int
    group: tuple[tuple[str, Value], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"rows": self.rows, "group": {name: plain(value) for name, value in self.group}}


@dataclass(frozen=True, slots=True)
class Seen:
    """A value that a condition saw, and what it was called there; a statistic's has the rows among which it is."""

    text: str
    value: Value
    among: Among | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        found = {"text": self.text, "value": plain(self.value)}
        return {**found, "among": self.among.to_dict()} if self.among else found


@dataclass(frozen=True, slots=True)
class DatedValue:
    """The value of a parameter with values by day, and the day from which it holds."""

    parameter: str
    value: Value
    since: date
    span: Span

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "parameter": self.parameter,
            "value": plain(self.value),
            "since": self.since.isoformat(),
            "place": str(self.span),
        }


@dataclass(frozen=True, slots=True)
class Margin:
    """By how much a comparison of numbers or dates failed: `short` of the limit, or else `over` it.

    `amount` is the distance to the limit, in days for dates; it is 0 where the limit itself does not belong.
    """

    amount: int | float | Decimal
    limit: Value
    short: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"amount": plain(self.amount), "limit": plain(self.limit), "side": "short" if self.short else "over"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition, or several put together by `and`, `or`, `not` or `at_least`; `outcome` None is unknown."""

    text: str
    outcome: bool | None
    span: Span
    together: str | None = None
    parts: tuple[Condition, ...] = ()
    seen: tuple[Seen, ...] = ()
    margin: Margin | None = None
    missing: tuple[str, ...] = ()
    dated: tuple[DatedValue, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        found: dict[str, Any] = {"text": self.text, "outcome": self.outcome, "place": str(self.span)}
        if self.together:
            return {**found, "together": self.together, "parts": [part.to_dict() for part in self.parts]}
        found["seen"] = [seen.to_dict() for seen in self.seen]
        if self.margin:
            found["margin"] = self.margin.to_dict()
        if self.missing:
            found["missing"] = list(self.missing)
        if self.dated:
            found["dated"] = [dated.to_dict() for dated in self.dated]
        return found


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """A rule and how it turned out; `condition` is None where the rule was not reached or is not in force."""

    rule: str
    segment: str
    outcome: str
    span: Span
    condition: Condition | None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "rule": self.rule,
            "segment": self.segment,
            "outcome": self.outcome,
            "place": str(self.span),
            "condition": self.condition.to_dict() if self.condition else None,
        }


@dataclass(frozen=True, slots=True)
class SegmentationTrace:
    """What one segmentation says of the row, and every rule that it tried, in order."""

    segmentation: str
    segment: str | None
    segments: tuple[str, ...] | None
    rules: tuple[str, ...]
    certainty: str
    possible: tuple[str, ...]
    conflict: tuple[str, ...]
    outputs: tuple[tuple[str, Value], ...]
    missing: tuple[str, ...]
    because: str | None
    span: Span
    tried: tuple[RuleTrace, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "segmentation": self.segmentation,
            "segment": self.segment,
            "segments": None if self.segments is None else list(self.segments),
            "rules": list(self.rules),
            "certainty": self.certainty,
            "possible": list(self.possible),
            "conflict": list(self.conflict),
            "outputs": {name: plain(value) for name, value in self.outputs},
            "missing": list(self.missing),
            "because": self.because,
            "place": str(self.span),
            "tried": [rule.to_dict() for rule in self.tried],
        }


@dataclass(frozen=True, slots=True)
class RowsTrace:
    """An aggregate inside a metric: its value, and how many rows there are.

    For `kept` of them its `where` is true, for `unknown` it is unknown; `missing` of those kept have no value.
    """

    text: str
    value: Value
    rows: int
    kept: int
    unknown: int
    missing: int

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "text": self.text,
            "value": plain(self.value),
            "rows": self.rows,
            "kept": self.kept,
            "unknown": self.unknown,
            "missing": self.missing,
        }


@dataclass(frozen=True, slots=True)
class MetricTrace:
    """A metric that a rule read, directly or through another metric, and where its value comes from."""

    metric: str
    title: str | None
    value: Value
    text: str
    span: Span
    rows: tuple[RowsTrace, ...]
    dated: tuple[DatedValue, ...] = ()
    statistics: tuple[Seen, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "metric": self.metric,
            "title": self.title,
            "value": plain(self.value),
            "text": self.text,
            "place": str(self.span),
            "rows": [rows.to_dict() for rows in self.rows],
            **({"dated": [dated.to_dict() for dated in self.dated]} if self.dated else {}),
            "statistics": [statistic.to_dict() for statistic in self.statistics],
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that decided one row of the entity."""

    ruleset: str
    hash: str
    as_of: date
    entity: str
    key: tuple[tuple[str, Value], ...]
    segmentations: tuple[SegmentationTrace, ...]
    metrics: tuple[MetricTrace, ...]
    scorecards: tuple[ScorecardTrace, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "version": VERSION,
            "ruleset": self.ruleset,
            "hash": self.hash,
            "as_of": self.as_of.isoformat(),
            "entity": self.entity,
            "key": {name: plain(value) for name, value in self.key},
            "segmentations": [segmentation.to_dict() for segmentation in self.segmentations],
            "metrics": [metric.to_dict() for metric in self.metrics],
            "scorecards": [scorecard.to_dict() for scorecard in self.scorecards],
        }


def plain(value: Value) -> Any:
    """Return a value as JSON has it: exact numbers and dates as text, so that nothing is lost."""
    match value:
        case Decimal():
            return format(value, "f")
        case date() | datetime():
            return value.isoformat()
        case Duration():
            return str(value)
        case tuple():
            return [plain(member) for member in value]
        case _:
            return value
