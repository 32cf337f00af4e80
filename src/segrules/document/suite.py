"""A file of tests as written: what each key holds, with its place; the JSON Schema is generated from these classes.

The text below a key is its description in the JSON Schema, and so what an editor shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

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
    Words,
)

WORDS_WITHOUT_QUOTES = frozenset({"missing", "none", "conflict"})
"""What says more than its letters where it stands without quotes; in quotes it is a text as any other."""

CertaintyWord = Annotated[
    Choice,
    Words(
        {
            "certain": "There is one possible answer.",
            "provisional": "Something that is missing could change the answer.",
        }
    ),
]
StatusWord = Annotated[
    Choice,
    Words(
        {
            "granted": "The row gets all of it.",
            "reduced": "The row gets a part of it: the rest of a budget, or what a cap leaves.",
            "refused": "The money or the places are gone, or the row was not granted what it requires.",
            "outranked": "Another treatment takes its place.",
            "held_out": "The row is in the control group.",
            "unknown": "Whether the row is eligible, or for how much, cannot be told.",
            "none": "The row is not eligible.",
        }
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowText(Record):
    """A row of a table: its columns, and the rows that nest in it."""

    use: Word | tuple[Word, ...] | None = None
    """The fixture, or the list of them, whose columns the row takes where it has none of its own.

    use: big_partner
    """
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
    """What the row gets; `none` if it gets nothing.

    amount: 40_000
    """
    rank: Text | None = None
    """The row's place in the ranking of its budget or limit.

    rank: 1
    """
    reason: Text | None = None
    """The reason told.

    reason: the budget is gone
    """
    attributes: Entries[Text] = ()
    """What belongs to it, by the names of attributes.

    attributes: {discount: 0.15}
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationText(Record):
    """What is expected of a row of the entity; what is not named is not checked."""

    certainty: Entries[CertaintyWord] = ()
    """`certain` or `provisional`, by segmentation.

    certainty: {tier: provisional}
    """
    rule: Entries[Several] = ()
    """The rule that decides, or the list of them, by segmentation.

    rule: {tier: tier.gold}
    """
    possible: Entries[Several] = ()
    """The segments that are possible while it is provisional, by segmentation.

    possible: {tier: [gold, silver]}
    """
    conflict: Entries[Several] = ()
    """The rules in conflict, by segmentation.

    conflict: {territory: [territory.apac, territory.emea]}
    """
    reasons: Entries[Text] = ()
    """The reason told, by segmentation.

    reasons: {tier: "300,000 USD in 12 months"}
    """
    treatments: Entries[TreatmentExpectationText] = ()
    """What becomes of treatments, by their names.

    treatments: {mdf_fund: {status: granted, amount: 40_000}}
    """
    values: Annotated[Entries[Several], Others] = ()
    """Segments by segmentation (a list under `collect`, `none` for no segment), and values by metric."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseText(Record):
    """A test: rows, and what the ruleset should say of them."""

    test: Text
    """What it shows, in a sentence.

    test: a large certified partner is platinum
    """
    note: Text | None = None
    """Anything worth knowing."""
    as_of: Day | None = None
    """The day on which the rules are asked, when it is not the file's.

    as_of: 2026-06-30
    """
    parameters: Entries[ConstantText | tuple[ConstantText, ...]] = ()
    """Other values for parameters, for this test.

    parameters: {mdf_rate: 3%}
    """
    given: Entries[Annotated[tuple[RowText, ...], MayBeEmpty]]
    """Rows by table; a table that is left out is empty.

    given:
      partners:
        - {use: big, partner_id: P1, deals: [{amount: 2_000_000}]}
    """
    expect: SegmentEntries[ExpectationText]
    """What is expected, by the key of a row; a key of several columns has commas between its parts.

    expect:
      P1: {tier: platinum, focus: []}
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteText(Record):
    """Tests of the ruleset that stands beside this file."""

    as_of: Day | None = None
    """The day on which the rules are asked.

    as_of: 2026-06-30
    """
    fixtures: Entries[RowText] = ()
    """Rows with names, for tests to start from.

    fixtures:
      big: {region: EMEA, employees: 900, csat: 4.8}
    """
    tests: tuple[CaseText, ...]
    """The tests.

    tests:
      - test: a large partner is platinum
        given: {partners: [{use: big, partner_id: P1}]}
        expect: {P1: {tier: platinum}}
    """
