"""Tables as written: columns, what they belong to, and how their files are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from segrules.document.written import Choice, Entries, Flag, Formula, Record, Text, TypeName, Word

FileFormat = Annotated[Choice, Literal["csv", "parquet", "ndjson", "arrow", "excel"]]
Direction = Annotated[Choice, Literal["up", "down", "any"]]
Sensitivity = Annotated[Choice, Literal["personal", "protected"]]
Basis = Annotated[
    Choice, Literal["demographic", "geographic", "psychographic", "behavioural", "technographic", "firmographic"]
]


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
    """The smallest change worth making; default 1, or one unit of a decimal's last place."""
    min: Formula | None = None
    """The lowest value that can be reached; default the column's own."""
    max: Formula | None = None
    """The highest value that can be reached; default the column's own."""
    direction: Direction | None = None
    """The only way that a number can move; default `any`."""
    to: tuple[Text, ...] | None = None
    """The values to which a text or a boolean can change; default all of them."""


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
    actionable: Flag | ActionableText | None = None
    """What a row's owner can change about it: `true`, or in which steps and how far."""


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
