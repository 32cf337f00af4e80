"""Tables as written: columns, what they belong to, and how their files are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from segrules.document.written import Choice, Entries, Flag, Formula, Record, Text, TypeName, Word, Words

FileFormat = Annotated[
    Choice,
    Words(
        {
            "csv": "Lines of text with a sign between the columns.",
            "parquet": "Apache Parquet.",
            "ndjson": "A JSON object a line.",
            "arrow": "Apache Arrow's IPC format, also called Feather.",
            "excel": "The first sheet of an Excel workbook.",
        }
    ),
]
Direction = Annotated[
    Choice,
    Words(
        {
            "up": "The number can only be raised.",
            "down": "The number can only be lowered.",
            "any": "The number can be raised and lowered.",
        }
    ),
]
Sensitivity = Annotated[
    Choice,
    Words(
        {
            "personal": "It is about one person; hidden where answers are explained.",
            "protected": "It is not to be seen by everybody, such as an income; hidden where answers are explained.",
        }
    ),
]
Basis = Annotated[
    Choice,
    Words(
        {
            "demographic": "Who somebody is: age, household, income.",
            "geographic": "Where somebody is: country, region, climate.",
            "psychographic": "How somebody thinks: values, interests, lifestyle.",
            "behavioural": "What somebody does: purchases, usage, loyalty.",
            "technographic": "Which technology somebody uses.",
            "firmographic": "What sort of company it is: industry, size, legal form.",
        }
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormatText(Record):
    """How a table's file is read, and the sample that is used when the caller gives no table."""

    file: Text | None = None
    """The sample file, relative to the ruleset; used when the caller gives no table of that name.

    file: data/partners.csv
    """
    format: FileFormat | None = None
    """The file's format; without it the file's ending says."""
    separator: Text | None = None
    """What parts the columns of a CSV file; without it the first line says.

    separator: ';'
    """
    encoding: Text | None = None
    """The encoding of a CSV file, such as `latin-1`; default UTF-8.

    encoding: latin-1
    """
    date_format: Text | tuple[Text, ...] | None = None
    """How dates are spelt beside ISO, such as `%d.%m.%Y`; a list is tried in order, for the whole column.

    date_format: '%d.%m.%Y'
    """
    decimal_comma: Flag | None = None
    """Whether numbers are written `1.234,50`.

    decimal_comma: true
    """
    missing: Text | tuple[Text, ...] | None = None
    """Spellings that mean missing in every column; an empty field always does.

    missing: [Not Available, n/a]
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionableText(Record):
    """What a row's owner can change about a column, for explanations."""

    step: Formula | None = None
    """The smallest change worth making; default 1, or one unit of a decimal's last place.

    step: 0.1
    """
    min: Formula | None = None
    """The lowest value that can be reached; default the column's own.

    min: 0
    """
    max: Formula | None = None
    """The highest value that can be reached; default the column's own.

    max: 5
    """
    direction: Direction | None = None
    """The only way that a number can move; default `any`."""
    to: tuple[Text, ...] | None = None
    """The values to which a text or a boolean can change; default all of them.

    to: [monthly, yearly]
    """


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
    """How the file spells the column, when it is not its name here.

    header: Customer ID
    """
    values: tuple[Text, ...] | None = None
    """All the values that a text can have.

    values: [NA, EMEA, APAC]
    """
    ordered: Flag | None = None
    """Whether `values` stand lowest first and can be compared with `<` and `>`.

    ordered: true
    """
    min: Formula | None = None
    """The smallest value allowed.

    min: 0
    """
    max: Formula | None = None
    """The largest value allowed.

    max: 5
    """
    unique: Flag | None = None
    """Whether no two rows may have the same value.

    unique: true
    """
    optional: Flag | None = None
    """Whether a row may lack it.

    optional: true
    """
    missing: Text | tuple[Text, ...] | None = None
    """Spellings that mean missing, such as `Not Available`; an empty field always does.

    missing: Not Available
    missing: [Not Available, n/a]
    """
    split: Text | None = None
    """What parts the members of a list in the file, such as `;`.

    split: ';'
    """
    date_format: Text | tuple[Text, ...] | None = None
    """How the date is spelt beside ISO, such as `%d.%m.%Y`; a list is tried in order, for the whole column.

    date_format: '%d.%m.%Y'
    """
    unit: Text | None = None
    """What is counted, such as `USD` or `days`.

    unit: USD
    unit: days
    """
    sensitivity: Sensitivity | None = None
    """Who may see the value."""
    basis: Basis | None = None
    """What sort of fact it is."""
    actionable: Flag | ActionableText | None = None
    """What a row's owner can change about it: `true`, or in which steps and how far.

    actionable: true
    actionable: {step: 0.1, direction: up}
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationText(Record):
    """The row of another table that a row belongs to."""

    table: Word
    """The table of the row it belongs to.

    table: products
    """
    by: Word | tuple[Word, ...]
    """This table's columns that hold that row's key.

    by: sku
    by: [store, sku]
    """
    as_: Word | None = None
    """The name of the way back down, when the table's own name would mean two things.

    as: subsidiaries
    """
    required: Flag | None = None
    """Whether a row that belongs to nothing is a data error.

    required: true
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedText(Record):
    """A metric or a derived column: the expression that works it out, alone or with what else is known of it."""

    value: Formula
    """The expression that works it out.

    value: amount * (1 - coalesce(discount, 0))
    """
    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    unit: Text | None = None
    """What is counted, such as `USD` or `days`.

    unit: USD
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class TableText(Record):
    """What the rows of a table look like."""

    title: Text | None = None
    """What people call it."""
    note: Text | None = None
    """Anything worth knowing."""
    key: Word | tuple[Word, ...] | None = None
    """The column, or the columns together, that name a row.

    key: partner_id
    key: [store, sku]
    """
    columns: Entries[TypeName | ColumnText] = ()
    """The columns that rules read.

    columns:
      partner_id: string
      region: {type: string, values: [NA, EMEA, APAC]}
      csat: {type: number, min: 0, max: 5, optional: true}
    """
    belongs_to: Entries[RelationText] = ()
    """The rows of other tables that a row belongs to.

    belongs_to:
      partner: {table: partners, by: partner_id}
    """
    derived: Entries[Formula | ComputedText] = ()
    """Columns that are worked out row by row.

    derived:
      net: amount * (1 - coalesce(discount, 0))
    """
    where: Formula | None = None
    """Which rows of the file are kept; the others are counted.

    where: quantity > 0 and unit_price > 0
    """
    keys_from: Word | None = None
    """The table from whose rows the keys are taken, when there is no file of its own.

    keys_from: orders
    """
    source: FileFormatText | None = None
    """How the file is read.

    source: {file: data/partners.csv, separator: ';'}
    """
