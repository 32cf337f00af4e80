"""The JSON form of a trace, version 1: what `segrules.explain.encode` makes and `schemas/trace.schema.json` describes.

The text below each field is its description in the schema.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

VERSION: Literal[1] = 1


class ConstantForm(TypedDict):
    """A value that is the same for every row."""

    constant: Any
    """The value."""


At = int | ConstantForm
"""Where a value is: its position in `row.values`, from 0, or the value itself if it is the same for every row."""


class ExpressionForm(TypedDict):
    """An expression that was worked out for the row."""

    text: str
    """As an author writes it."""
    type: str
    """Its type; a value of `decimal(n)`, a date and a datetime are text, so that nothing is lost."""
    unit: str | None
    """What its number counts, such as `USD`, if that is known; `%` for what reads best as a percentage (0.3 is 30%)."""


class RowsForm(TypedDict):
    """An aggregate, and how many rows it is about."""

    text: str
    """The aggregate, as an author writes it."""
    table: str
    """The rows, as the ruleset calls them."""
    value: At
    """The value of the aggregate."""
    rows: At
    """How many rows belong to this one."""
    kept: At
    """For how many of them its condition is true."""
    unknown: At
    """For how many its condition is unknown."""
    missing: At
    """How many of those kept have no value."""
    first: NotRequired[str]
    """The first day that it looks at."""
    last: NotRequired[str]
    """The last day that it looks at."""


class GroupForm(TypedDict):
    """One of the values that make a row's group."""

    name: str
    """The column, metric or segmentation."""
    value: At
    """Its value."""


class ComparedForm(TypedDict):
    """A statistic, and how many rows it compares."""

    text: str
    """The statistic, as an author writes it."""
    value: At
    """The value of the statistic."""
    rows: At
    """How many rows of the row's group take part; null for a row without a group."""
    group: list[GroupForm]
    """What makes the group; empty for all rows."""


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


class OperandForm(TypedDict):
    """A value that a condition sees."""

    text: str
    """What it is, as an author writes it."""
    value: At
    """Its value."""
    rows: NotRequired[RowsForm]
    """The rows that it comes from, if it is an aggregate."""
    compared: NotRequired[ComparedForm]
    """The rows among which it is, if it is a statistic."""
    answers: NotRequired[AnswersForm]
    """What is known of the answer, if it is a segmentation of a row above."""


class ConditionForm(TypedDict):
    """A condition, once for all rules that have it."""

    condition: str
    """Its name: `c1`, `c2` and so on, as in `result.conditions()`; those of scorecards come last."""
    text: str
    """As the author wrote it, where it first stands."""
    place: str
    """Where it first stands: file:line:column."""
    outcome: NotRequired[At]
    """Whether it is true; null is unknown. Not there where no rule in force has the condition."""
    unit: str | None
    """The unit of what it compares, if that has one."""
    sees: list[OperandForm]
    """The values that it sees."""
    parameters: list[str]
    """The parameters with values by day that it reads."""


class LeafForm(TypedDict):
    """A numbered condition where it stands."""

    condition: str
    """Its name."""
    text: str
    """As it is written here."""
    place: str
    """Where it stands here: file:line:column."""


class TogetherForm(TypedDict):
    """Conditions put together."""

    together: Literal["and", "or", "not", "at_least"]
    """How, by three-valued logic."""
    count: NotRequired[int]
    """How many have to be true, for `at_least`."""
    text: str
    """As it is written."""
    place: str
    """Where it stands: file:line:column."""
    parts: list[LeafForm | TogetherForm]
    """The conditions."""


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


class MetricForm(TypedDict):
    """A metric that a rule in force reads, directly or through others."""

    metric: str
    """Its name."""
    title: str | None
    """What people call it."""
    text: str
    """As its author wrote it."""
    place: str
    """Where it stands: file:line:column."""
    value: At
    """Its value."""
    rows: list[RowsForm]
    """The aggregates in it."""
    compared: list[ComparedForm]
    """The statistics in it."""
    parameters: list[str]
    """The parameters with values by day that it reads."""


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


class ParameterForm(TypedDict):
    """A parameter, with the value it has on that day."""

    parameter: str
    """Its name."""
    title: str | None
    """What people call it."""
    value: Any
    """Its value."""
    unit: str | None
    """What it counts."""
    since: NotRequired[str]
    """The day from which the value holds, of one with values by day."""
    place: str
    """Where the value stands, of one with values by day, or else the name: file:line:column."""


class LegendForm(TypedDict):
    """What is the same for every row of a ruleset on a day."""

    ruleset: str
    """The ruleset's name."""
    title: str | None
    """What people call it."""
    as_of: str
    """The day."""
    entity: str
    """The table whose rows are segmented."""
    key: list[str]
    """The columns of its key."""
    parameters: list[ParameterForm]
    """All parameters."""
    expressions: list[ExpressionForm]
    """What `row.values` are the values of, in the same order."""
    conditions: list[ConditionForm]
    """The conditions of all rules and scorecards, each once."""
    segmentations: list[SegmentationForm]
    """The segmentations, as they stand in the file; `row.segmentations` are in the same order."""
    metrics: list[MetricForm]
    """The metrics that rules in force read."""
    scorecards: list[ScorecardForm]
    """The scorecards that rules in force read."""


class MarginForm(TypedDict):
    """By how much a comparison of numbers or dates is false."""

    amount: Any
    """The distance to the limit, in days for dates; 0 where the limit itself does not belong."""
    limit: Any
    """The limit."""
    side: Literal["short", "over"]
    """Whether the value is short of the limit or over it."""


RuleOutcome = Literal["matched", "failed", "unknown", "not reached", "not in force"]


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


class FilesForm(TypedDict):
    """The files that a table was read from."""

    kind: Literal["file", "files", "bytes"]
    """A file, the files of a folder or a pattern, or the bytes of a file."""
    files: int
    """How many files."""
    bytes: int
    """How many bytes in all."""
    sha256: str | None
    """SHA-256 of the bytes, of several files that of their list; null where a file has changed since."""


class GivenForm(TypedDict):
    """Rows in memory, or those that a query gave."""

    kind: Literal["rows", "query"]
    """Which of the two."""
    rows: int
    """How many rows."""
    columns: dict[str, str]
    """The type that each declared column came in."""
    sha256: str | None
    """SHA-256 of the content, if it was asked for."""


class ProvenanceForm(TypedDict):
    """What the answer comes from, beside the day and the parameters, which are in the legend."""

    hash: str
    """The ruleset's hash: SHA-256 of what it means, in hexadecimal."""
    segrules: str
    """The version of segrules that gave it."""
    tables: dict[str, FilesForm | GivenForm]
    """What each table was read from; nothing for one record."""
    population: NotRequired[FilesForm | GivenForm]
    """The rows among which one record stands, if there are any."""


StatusWord = Literal["granted", "reduced", "refused", "outranked", "held_out", "unknown"]
"""What becomes of a treatment."""


class TreatmentForm(TypedDict):
    """What became of a treatment of the row."""

    treatment: str
    """The treatment's name."""
    status: StatusWord
    """What became of it."""
    amount: str | None
    """What the row gets, an exact number as text; `hidden` where it comes from what is sensitive."""
    unit: str | None
    """The unit of its amounts."""
    rank: int | None
    """The row's place among those who share the budget, or without one the limit."""
    cutoff: int | None
    """The last place that gets something, where this one is refused; 0 if none does."""
    reason: str
    """Why, in a sentence."""
    place: str
    """Where the treatment stands."""


class TraceForm(TypedDict):
    """Why one row of the entity is where it is: what is the same for every row, and what is its own."""

    version: Literal[1]
    """The version of this form."""
    provenance: ProvenanceForm
    """What the answer comes from."""
    legend: LegendForm
    """What is the same for every row of a ruleset on a day, parameters included."""
    row: RowForm
    """What is this row's own."""
    treatments: NotRequired[list[TreatmentForm]]
    """What became of the treatments that the row is eligible for, or perhaps is, in a run of a ruleset with some."""
