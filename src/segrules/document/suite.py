"""A file of tests as written: what each key holds, with its place; the JSON Schema is generated from these classes.

The text below a key is its description in the JSON Schema, and so what an editor shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from segrules.document.written import (
    Choice,
    ConstantText,
    Day,
    Entries,
    MayBeEmpty,
    Others,
    Record,
    SegmentEntries,
    Text,
    Word,
)

CertaintyWord = Annotated[Choice, Literal["certain", "provisional"]]
StatusWord = Annotated[Choice, Literal["granted", "reduced", "refused", "outranked", "held_out", "unknown", "none"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText(Record):
    """A row of a table: its columns, and the rows that nest in it."""

    use: Word | tuple[Word, ...] | None = None
    """The fixture, or the list of them, whose columns the row takes where it has none of its own."""
    values: Annotated[Entries[GivenText], Others] = ()
    """Columns by name; rows that belong to it under their table; a row that it belongs to under its `belongs_to`."""


GivenText = Annotated[Text | tuple[Text | RowText, ...] | RowText, MayBeEmpty]
Several = Annotated[Text | tuple[Text, ...], MayBeEmpty]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentExpectationText(Record):
    """What is expected of a treatment of a row; what is not named is not checked."""

    status: StatusWord | None = None
    """What becomes of it; `none` if the row is not eligible."""
    amount: Text | None = None
    """What the row gets; `none` if it gets nothing."""
    rank: Text | None = None
    """The row's place in the ranking of its budget or limit."""
    reason: Text | None = None
    """The reason told."""
    attributes: Entries[Text] = ()
    """What belongs to it, by the names of attributes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationText(Record):
    """What is expected of a row of the entity; what is not named is not checked."""

    certainty: Entries[CertaintyWord] = ()
    """`certain` or `provisional`, by segmentation."""
    rule: Entries[Several] = ()
    """The rule that decides, or the list of them, by segmentation."""
    possible: Entries[Several] = ()
    """The segments that are possible while it is provisional, by segmentation."""
    conflict: Entries[Several] = ()
    """The rules in conflict, by segmentation."""
    reasons: Entries[Text] = ()
    """The reason told, by segmentation."""
    treatments: Entries[TreatmentExpectationText] = ()
    """What becomes of treatments, by their names."""
    values: Annotated[Entries[Several], Others] = ()
    """Segments by segmentation (a list under `collect`, `none` for no segment), and values by metric."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseText(Record):
    """A test: rows, and what the ruleset should say of them."""

    test: Text
    """What it shows, in a sentence."""
    note: Text | None = None
    """Anything worth knowing."""
    as_of: Day | None = None
    """The day on which the rules are asked, when it is not the file's."""
    parameters: Entries[ConstantText | tuple[ConstantText, ...]] = ()
    """Other values for parameters, for this test."""
    given: Entries[Annotated[tuple[RowText, ...], MayBeEmpty]]
    """Rows by table; a table that is left out is empty."""
    expect: SegmentEntries[ExpectationText]
    """What is expected, by the key of a row; a key of several columns has commas between its parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteText(Record):
    """Tests of the ruleset that stands beside this file."""

    as_of: Day | None = None
    """The day on which the rules are asked."""
    fixtures: Entries[RowText] = ()
    """Rows with names, for tests to start from."""
    tests: tuple[CaseText, ...]
    """The tests."""
