"""A ruleset file as written: what each key holds, with its place; the JSON Schema is generated from these classes.

The text below a key is its description in the JSON Schema, and so what an editor shows. A trailing underscore in a
name here (`as_`, `from_`) is not part of the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Generic, Literal, TypeVar

from segrules.diagnostics.source import Passage, Span
from segrules.document.decision_table import DecisionTable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Written:
    """A scalar as written: its text, and where each character of it stands."""

    value: str
    passage: Passage

    @property
    def span(self) -> Span:
        """Where it stands in the file."""
        return self.passage.whole


class Text(Written):
    """Any text."""

    __slots__ = ()


class Word(Written):
    """A name: letters, digits and underscores, not beginning with a digit."""

    __slots__ = ()


class Formula(Written):
    """An expression of the language."""

    __slots__ = ()


class Sentence(Written):
    """A text with `{expression}` holes."""

    __slots__ = ()


class TypeName(Written):
    """The type of a column, such as `integer`, `decimal(2)` or `list of string`."""

    __slots__ = ()


class Day(Written):
    """A date, `2026-01-31`."""

    __slots__ = ()


class TableBlock(Written):
    """A decision table: lines of cells between bars."""

    __slots__ = ()


class ConstantText(Written):
    """A constant: a number, a percent, a date, a duration, true or false, otherwise text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""

    value: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words that are allowed there; the annotation `Annotated[Choice, Literal[...]]` lists them."""

    value: str
    span: Span


LanguageVersion = Annotated[Choice, Literal["1"]]
FileFormat = Annotated[Choice, Literal["csv", "parquet", "ndjson", "arrow", "excel"]]
Direction = Annotated[Choice, Literal["up", "down"]]
Sensitivity = Annotated[Choice, Literal["personal", "protected"]]
Basis = Annotated[
    Choice, Literal["demographic", "geographic", "psychographic", "behavioural", "technographic", "firmographic"]
]
HitPolicyWord = Annotated[Choice, Literal["first", "unique", "any", "priority", "collect"]]


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One entry of a mapping whose keys the author chooses."""

    name: Word
    value: T


Entries = tuple[Entry[T], ...]


@dataclass(frozen=True, slots=True)
class Since(Generic[T]):
    """A value, and the day from which it holds."""

    day: Day
    value: T


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """Values by day, at least one, in the order written."""

    values: tuple[Since[T], ...]


class AnyName:
    """Marks entries whose names may be any text, as the names of segments may."""


SegmentEntries = Annotated[Entries[T], AnyName]


class MayBeEmpty:
    """Marks a value whose list may have no items, as a row may have no tags."""


class Others:
    """Marks the field of a record that takes all keys that are none of the language's: columns, segmentations."""


@dataclass(frozen=True, slots=True)
class NotYet:
    """A key of the language that this version of segrules does not carry out; its diagnostic was already made."""

    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A mapping whose keys the language chooses: each field of a subclass is a key, except `shapes.NO_KEYS`."""

    exactly_one: ClassVar[tuple[str, ...]] = ()
    """Keys of which one stands there, and only one."""
    calls_for: ClassVar[Mapping[str, str]] = {}
    """A key, and the key that must then stand beside it."""
    only_with: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """A key that stands there when another key has a certain word, and only then."""

    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormatText(Record):
    """How a table's file is read, and the sample that is used when the caller gives no table."""

    file: Text | None = None
    """The sample file, relative to the ruleset; used when the caller gives no table of that name."""
    format: FileFormat | None = None
    """The file's format; without it the file's ending says."""
    separator: Text | None = None
    """What parts the columns of a CSV file; without it the first line says."""
    encoding: Text | None = None
    """The encoding of a CSV file, such as `latin-1`; default UTF-8."""
    date_format: Text | tuple[Text, ...] | None = None
    """How dates are spelt beside ISO, such as `%d.%m.%Y`; a list is tried in order, for the whole column."""
    decimal_comma: Flag | None = None
    """Whether numbers are written `1.234,50`."""
    missing: Text | tuple[Text, ...] | None = None
    """Spellings that mean missing in every column; an empty field always does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionableText(Record):
    """What a row's owner can change about a column, for explanations."""

    step: Formula | None = None
    """The smallest change."""
    min: Formula | None = None
    """The lowest value that can be reached."""
    max: Formula | None = None
    """The highest value that can be reached."""
    direction: Direction | None = None
    """The only way it can move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnText(Record):
    """A column, what it holds, and what must be true of it."""

    type: TypeName
    """`boolean`, `integer`, `number`, `decimal(2)`, `string`, `date`, `datetime` or `list of` one of these."""
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    header: Text | None = None
    """How the file spells the column, when it is not its name here."""
    values: tuple[Text, ...] | None = None
    """All the values that a text can have."""
    ordered: Flag | None = None
    """Whether `values` stand lowest first and can be compared with `<` and `>`."""
    min: Formula | None = None
    """The smallest value allowed."""
    max: Formula | None = None
    """The largest value allowed."""
    unique: Flag | None = None
    """Whether no two rows may have the same value."""
    optional: Flag | None = None
    """Whether a row may lack it."""
    missing: Text | tuple[Text, ...] | None = None
    """Spellings that mean missing, such as `Not Available`; an empty field always does."""
    split: Text | None = None
    """What parts the members of a list in the file, such as `;`."""
    date_format: Text | tuple[Text, ...] | None = None
    """How the date is spelt beside ISO, such as `%d.%m.%Y`; a list is tried in order, for the whole column."""
    unit: Text | None = None
    """What is counted, such as `USD` or `days`."""
    sensitivity: Sensitivity | None = None
    """Who may see the value."""
    basis: Basis | None = None
    """What sort of fact it is."""
    actionable: ActionableText | None = None
    """What a row's owner can change about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationText(Record):
    """The row of another table that a row belongs to."""

    table: Word
    """The table of the row it belongs to."""
    by: Word | tuple[Word, ...]
    """This table's columns that hold that row's key."""
    as_: Word | None = None
    """The name of the way back down, when the table's own name would mean two things."""
    required: Flag | None = None
    """Whether a row that belongs to nothing is a data error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedText(Record):
    """A metric or a derived column with more than its value."""

    value: Formula
    """The expression that works it out."""
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    unit: Text | None = None
    """What is counted, such as `USD` or `days`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableText(Record):
    """What the rows of a table look like."""

    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    key: Word | tuple[Word, ...] | None = None
    """The column, or the columns together, that name a row."""
    columns: Entries[TypeName | ColumnText] = ()
    """The columns that rules read."""
    belongs_to: Entries[RelationText] = ()
    """The rows of other tables that a row belongs to."""
    derived: Entries[Formula | ComputedText] = ()
    """Columns that are worked out row by row."""
    where: Formula | None = None
    """Which rows of the file are kept; the others are counted."""
    keys_from: Word | None = None
    """The table from whose rows the keys are taken, when there is no file of its own."""
    source: FileFormatText | None = None
    """How the file is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterText(Record):
    """A constant with more than its value."""

    value: ConstantText | tuple[ConstantText, ...] | Dated[ConstantText | tuple[ConstantText, ...]]
    """The constant, a list of them, or values by the day from which they hold."""
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    unit: Text | None = None
    """What is counted, such as `USD` or `days`."""
    type: TypeName | None = None
    """The type, when the value alone does not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeastText(Record):
    """True when so many of the conditions are."""

    count: Formula
    """How many must be true."""
    of: tuple[Formula | ConditionText, ...]
    """The conditions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionText(Record):
    """Conditions put together."""

    exactly_one = ("all", "any", "none", "at_least")

    all: tuple[Formula | ConditionText, ...] | None = None
    """True when every one is."""
    any: tuple[Formula | ConditionText, ...] | None = None
    """True when one is."""
    none: tuple[Formula | ConditionText, ...] | None = None
    """True when none is."""
    at_least: AtLeastText | None = None
    """True when so many are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidityText(Record):
    """When a rule is in force; both days belong."""

    from_: Day | None = None
    """The first day."""
    until: Day | None = None
    """The last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText(Record):
    """A rule: who is in the segment."""

    segment: Text
    """The segment that the rule gives."""
    when: Formula | ConditionText
    """Whom it gives it to."""
    id: Text | None = None
    """The rule's name in results; without it `segmentation.segment`."""
    because: Sentence | None = None
    """The reason told, with `{expression}` or `{expression:format}` holes."""
    note: Text | None = None
    """Anything worth knowing."""
    valid: ValidityText | None = None
    """When the rule is in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BandsText(Record):
    """Segments that cut a number."""

    exactly_one = ("from", "up_to")

    of: Formula
    """The number that is cut."""
    from_: SegmentEntries[Formula] | None = None
    """Each band's first number; the last band goes on for ever."""
    up_to: SegmentEntries[Formula] | None = None
    """Each band's last number; the first band begins anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFileText(Record):
    """A decision table in a file of its own."""

    file: Text
    """The CSV file, relative to the ruleset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentationText(Record):
    """A way of sorting the entity's rows into segments. `read` is its decision table, as far as it can be read."""

    exactly_one = ("rules", "bands", "table")
    calls_for: ClassVar[Mapping[str, str]] = {"rules": "hit_policy", "table": "hit_policy"}
    only_with: ClassVar[Mapping[str, tuple[str, str]]] = {"priority": ("hit_policy", "priority")}

    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    hit_policy: HitPolicyWord | None = None
    """What several rules that match mean."""
    ordered: Flag | None = None
    """Whether the rules stand highest first, so that segments can be compared."""
    rules: tuple[RuleText, ...] | None = None
    """The rules, in order."""
    bands: BandsText | None = None
    """The short spelling for segments that cut a number."""
    table: TableBlock | TableFileText | None = None
    """A decision table, its cells between bars, or the CSV file that holds one."""
    default: Text | tuple[Text, ...] | None = None
    """The segment of a row that nothing matched."""
    priority: tuple[Text, ...] | None = None
    """All segments, the one that wins first; for `hit_policy: priority`."""
    read: DecisionTable | None = None


Parameters = Entries[
    ConstantText | tuple[ConstantText, ...] | ParameterText | Dated[ConstantText | tuple[ConstantText, ...]]
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportText(Record):
    """What rulesets share: tables, parameters and metrics."""

    segrules: LanguageVersion
    """The version of the language: 1."""
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    imports: tuple[Text, ...] = ()
    """Files with what this one needs, relative to it."""
    tables: Entries[TableText] = ()
    """What data looks like before any rule reads it; sample files are relative to this file."""
    parameters: Parameters = ()
    """Constants with names."""
    metrics: Entries[Formula | ComputedText] = ()
    """Values that are worked out for every row of the entity of the ruleset that imports them."""
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TermBandsText(Record):
    """Points by the size of a number."""

    of: Formula
    """The number that is looked at."""
    points: SegmentEntries[Formula]
    """The points from each number on; below the first there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermText(Record):
    """A term of a scorecard: so many points for so much."""

    exactly_one = ("value", "when", "bands")
    calls_for: ClassVar[Mapping[str, str]] = {"value": "target", "target": "points", "when": "points"}

    points: Formula | None = None
    """The most points that it gives."""
    value: Formula | None = None
    """The number that is held against the target; a part of it gives a part of the points."""
    target: Formula | None = None
    """The value from which on all points are given."""
    when: Formula | ConditionText | None = None
    """A condition that gives all points or none."""
    bands: TermBandsText | None = None
    """Points by the size of a number."""
    missing: Formula | None = None
    """The points where the value is missing; without it the whole score is missing then."""
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardText(Record):
    """Points that add up to a score."""

    exactly_one = ("terms", "best_of")

    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    terms: Entries[TermText] | None = None
    """What gives points."""
    floors: Formula | tuple[Formula, ...] | None = None
    """What must hold for the score to qualify, on terms by name, or `every term > 0`."""
    best_of: tuple[Word, ...] | None = None
    """Scorecards of which the one with the highest score is taken, of those that qualify if there are any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesetText(Record):
    """A ruleset: who is in which segment, and why.

    `unread` are words in what could not be read, or is not supported yet. That was reported; a name among them may
    well be declared there, and its use is no mistake of its own. Where a file that it imports could not be read at
    all, it is not `whole`, and any name may be declared there.
    """

    segrules: LanguageVersion
    """The version of the language: 1."""
    ruleset: Word
    """The ruleset's name."""
    entity: Word
    """The table whose rows are sorted into segments."""
    title: Text | None = None
    """What people call it."""
    objective: Text | None = None
    """What it is for."""
    owner: Text | None = None
    """Who answers for it."""
    note: Text | None = None
    """Anything worth knowing."""
    timezone: Text | None = None
    """The time zone in which dates and times are read, such as `Europe/Berlin`; default UTC."""
    tables: Entries[TableText] = ()
    """What data looks like before any rule reads it."""
    parameters: Parameters = ()
    """Constants with names."""
    metrics: Entries[Formula | ComputedText] = ()
    """Values that are worked out for every row of the entity."""
    scorecards: Entries[ScorecardText] = ()
    """Points that add up to scores, for every row of the entity."""
    segmentations: Entries[SegmentationText] = ()
    """The ways of sorting the entity's rows."""
    imports: tuple[Text, ...] = ()
    """Files with shared tables, parameters and metrics, relative to this one."""
    treatments: NotYet | None = None
    """What a row gets."""
    kinds: NotYet | None = None
    """Further kinds of treatments."""
    groups: NotYet | None = None
    """How treatments of one group combine."""
    suppress: NotYet | None = None
    """Who gets nothing, whatever the rules say."""
    allocation: NotYet | None = None
    """How budgets are shared out."""
    unread: frozenset[str] = frozenset()
    whole: bool = True
