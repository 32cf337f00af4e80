"""A trace as people read it: everything that decided one row, in the words of the ruleset.

It is made of a legend and a row's values by `segrules.explain.read`; the JSON form is `segrules.explain.forms.trace`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from segrules.diagnostics.source import Span
from segrules.explain.names import Names
from segrules.language.values import Value

if TYPE_CHECKING:
    from segrules.explain.provenance import Provenance
    from segrules.explain.scorecard_trace import ScorecardTrace


@dataclass(frozen=True, slots=True)
class RowsTrace:
    """An aggregate: its value, and how many rows of `table` there are.

    For `kept` of them its `where` is true, for `unknown` it is unknown; `missing` of those kept have no value. Its
    window goes from the day `first` to the day `last`, both included. A count is None where it is hidden.
    """

    text: str
    value: Value
    table: str
    rows: int
    kept: int | None
    unknown: int | None
    missing: int | None
    first: date | None = None
    last: date | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Among:
    """The rows that a statistic compares: how many take part in the row's group, and what makes that group."""

    rows: int
    group: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A value that a condition saw, and what it was called there.

    A statistic's has the rows `among` which it is, an aggregate's those that it comes from. The answer of a
    segmentation has those that are `possible` where there are several. `unit` is what a number counts, `%` a share.
    """

    text: str
    value: Value
    among: Among | None = None
    rows: RowsTrace | None = None
    possible: tuple[str, ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class DatedValue:
    """The value of a parameter with values by day, and the day from which it holds."""

    parameter: str
    value: Value
    since: date
    span: Span
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Margin:
    """By how much a comparison of numbers or dates failed: `short` of the limit, or else `over` it.

    `amount` is the distance to the limit, in days for dates; it is 0 where the limit itself does not belong. `unit` is
    that of both, `%` for shares.
    """

    amount: int | float | Decimal
    limit: Value
    short: bool
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition, or several put together by `and`, `or`, `not` or `at least 2`; `outcome` None is unknown.

    A condition alone has a `number`, by which the legend, the JSON form and `result.conditions()` know it; where it
    stands behind a `not`, its `outcome` is that of both.
    """

    text: str
    outcome: bool | None
    span: Span
    together: str | None = None
    parts: tuple[Condition, ...] = ()
    seen: tuple[Seen, ...] = ()
    margin: Margin | None = None
    missing: tuple[str, ...] = ()
    dated: tuple[DatedValue, ...] = ()
    number: int | None = None


RuleOutcome = Literal["matched", "failed", "unknown", "not reached", "not in force"]


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """A rule and how it turned out.

    A rule that was not reached has its condition too, as it would have turned out; one that is not in force has None.
    """

    rule: str
    segment: str
    outcome: RuleOutcome
    span: Span
    condition: Condition | None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class SegmentationTrace:
    """What one segmentation says of the row, and every rule that it tried, in order.

    `segments` is None but under `collect`. `missing` is what the unknown rules that matter lack.
    """

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
    reason: str
    span: Span
    tried: tuple[RuleTrace, ...]
    title: str | None = None
    hit_policy: str = "first"


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
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that decided one row of the entity; `ways_up` are the `belongs_to` names that may find no row.

    `folder` is that of the ruleset, as places have it, with the slash at its end. `hidden` names the sensitive columns
    on whose account values are hidden.
    """

    ruleset: str
    provenance: Provenance
    as_of: date
    entity: str
    key: tuple[tuple[str, Value], ...]
    segmentations: tuple[SegmentationTrace, ...]
    metrics: tuple[MetricTrace, ...]
    scorecards: tuple[ScorecardTrace, ...] = ()
    ways_up: frozenset[str] = frozenset()
    folder: str = ""
    hidden: tuple[str, ...] = ()

    @property
    def names(self) -> Names:
        """What things are called where people read them."""
        return Names(self.entity, self.ways_up)
