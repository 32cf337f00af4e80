"""Comparing ranges finds exactly what going through all rows finds: rules that overlap or never win, and gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

import polars as pl
from hypothesis import given

from segrules.backends.polars.dtypes import dtype_of
from segrules.backends.scalar.interpreter import Interpreter
from segrules.engine.ruleset import Ruleset
from segrules.language.values import Value
from segrules.lint.regions.box import Box, cells_of
from segrules.lint.regions.covered import covered_rules
from segrules.lint.regions.gaps import gaps_of
from segrules.lint.regions.overlaps import overlaps_of
from segrules.lint.regions.regions import Regions, regions_of
from segrules.lint.regions.words import is_value, witness_of
from segrules.meaning.decisions import Outcome
from segrules.meaning.tables import RowAt, Tables
from segrules.program.nodes import Field
from segrules.program.program import HitPolicy, Program
from tests.properties.answers import loaded, loaded_text, typed_rows
from tests.properties.generators.cases import Case, cases
from tests.properties.generators.comparable import Comparable, comparables

AS_OF = date(2026, 6, 30)

Row = tuple[Value, ...]
"""The values of `c0`, `c1`, …"""


def matches(program: Program, rows: Sequence[Row]) -> list[frozenset[int]]:
    """The rules that are true of each row, by the interpreter."""
    records = [{"id": number} | {f"c{at}": value for at, value in enumerate(row)} for number, row in enumerate(rows)]
    known = Interpreter(program, AS_OF, Tables(program, {"t": records}))
    decided = [known.decide("s", RowAt("t", number)) for number in range(len(rows))]
    return [
        frozenset(at for at, tried in enumerate(one.outcomes) if tried.outcome is Outcome.MATCHED) for one in decided
    ]


def completions(row: Row, values: Sequence[Sequence[Value]]) -> Iterator[Row]:
    """The rows that have a value in the place of one that this one lacks, and are the same elsewhere."""
    for at, value in enumerate(row):
        if value is None:
            yield from ((*row[:at], one, *row[at + 1 :]) for one in values[at] if one is not None)


def only(program: Program) -> Regions:
    (regions,) = regions_of(program)
    return regions


@given(comparables())
def test_ranges_say_what_going_through_all_rows_says(case: Comparable) -> None:
    program = loaded_text(case.text).program
    rows: list[Row] = list(product(*case.values))
    matched = dict(zip(rows, matches(program, rows), strict=True))
    regions, found = only(program), list(matched.values())
    rules = range(len(regions.rules))

    assert {(one.first, one.second) for one in overlaps_of(regions)} == {
        (one, other) for some in found for one in some for other in some if one < other
    }
    never = {rule for rule in rules if not any(rule in some for some in found)}
    assert {rule for rule in rules if regions.rules[rule] == []} == never

    ranked = [
        regions.segmentation.rules.index(rule) for rule in regions.segmentation.ranked(regions.segmentation.rules)
    ]
    winners = {min(some, key=ranked.index) for some in found if some}
    covered = list(covered_rules(regions))
    assert {one.rule for one in covered} == set(rules) - winners - never
    for one in covered:
        taken = [some for some in found if one.rule in some]
        assert all(some & set(one.by) for some in taken)
        assert not any(all(some & set(one.by) - {spare} for some in taken) for spare in one.by)
        assert one.is_same == (len(one.by) == 1 and all((one.rule in some) == (one.by[0] in some) for some in found))

    gaps = gaps_of(regions)
    gap = any(not some and None not in row for row, some in matched.items())
    assert (gaps.shown is not None, gaps.is_closed) == (gap, not gap)
    assert (gaps.shown_missing is not None) == any(
        not some and matched[one] for row, some in matched.items() for one in completions(row, case.values)
    )


def by_cells(regions: Regions, box: Box, columns: int) -> Iterator[Row]:
    """The rows of a box that are made of the values that stand for its cells; of what no rule reads, missing."""
    options: list[list[Value]] = [[None]] * columns
    for number, axis in enumerate(regions.axes):
        assert isinstance(axis.subject, Field)
        cells = (axis.cells[cell].value for cell in cells_of(box.get(number, axis.every)))
        options[int(axis.subject.name[1:])] = [value for value in cells if is_value(value)]
    yield from product(*options)


@given(comparables())
def test_gaps_are_exactly_the_rows_that_no_rule_takes(case: Comparable) -> None:
    program = loaded_text(case.text).program
    regions, columns = only(program), len(case.values)
    rows = list(by_cells(regions, {}, columns))
    matched = dict(zip(rows, matches(program, rows), strict=True))
    read = [int(axis.subject.name[1:]) for axis in regions.axes if isinstance(axis.subject, Field)]
    gaps = gaps_of(regions).found
    assert not any(matched[row] for gap in gaps for row in by_cells(regions, gap.box, columns))

    present = {row for gap in gaps if gap.lacks is None for row in by_cells(regions, gap.box, columns)}
    assert present == {row for row, some in matched.items() if not some and all(row[at] is not None for at in read)}
    lacking = {row for gap in gaps if gap.lacks is not None for row in by_cells(regions, gap.box, columns)}
    assert lacking == {
        row
        for row, some in matched.items()
        for at in read
        if not some and row[at] is None and any(matched[one] for one in rows if differs_only_at(at, one, row))
    }


def differs_only_at(at: int, one: Row, other: Row) -> bool:
    return one[at] is not None and one[:at] == other[:at] and one[at + 1 :] == other[at + 1 :]


def as_rows(regions: Regions, case: Comparable) -> Iterator[tuple[Row, str]]:
    """The witnesses that a reader is shown, as rows; on other columns they have the first value."""
    gaps = gaps_of(regions)
    shown: list[tuple[Box, int | None, str]] = [
        (gap.box, gap.lacks, "gap") for gap in (gaps.shown, gaps.shown_missing) if gap is not None
    ]
    shown += [(one.box, None, f"{one.first} {one.second}") for one in overlaps_of(regions)]
    names = {number: axis.subject.name for number, axis in enumerate(regions.axes) if isinstance(axis.subject, Field)}
    for box, lacks, what in shown:
        given_values = {names[number]: value for number, value in witness_of(regions, box, lacks).items()}
        yield tuple(given_values.get(f"c{at}", some[0]) for at, some in enumerate(case.values)), what


@given(comparables())
def test_the_engine_confirms_every_witness(case: Comparable) -> None:
    ruleset = loaded_text(case.text)
    regions = only(ruleset.program)
    witnesses = list(as_rows(regions, case))
    rows = [row for row, _ in witnesses]
    for (_, what), found in zip(witnesses, matches(ruleset.program, rows), strict=True):
        assert not found if what == "gap" else set(map(int, what.split())) <= found
    if rows:
        assert_polars_gives_them_nothing(ruleset, regions, [row for row, what in witnesses if what == "gap"])


def assert_polars_gives_them_nothing(ruleset: Ruleset, regions: Regions, rows: Sequence[Row]) -> None:
    table = ruleset.program.table("t")
    schema = {column.name: dtype_of(column.type) for column in table.columns}
    plain = {name: pl.String() if isinstance(dtype, pl.Enum) else dtype for name, dtype in schema.items()}
    frame = pl.DataFrame([(number, *row) for number, row in enumerate(rows)], schema=plain, orient="row")
    wide = ruleset.evaluate({"t": frame}, as_of=AS_OF).wide["s"].to_list()
    default = regions.segmentation.default
    assert default is None
    collects = regions.segmentation.hit_policy is HitPolicy.COLLECT
    assert all(not one if collects else one is None for one in wide)


@given(cases())
def test_what_is_said_of_all_rows_holds_for_any_rows(case: Case) -> None:
    ruleset = loaded(case)
    program = ruleset.bound(None, case.as_of)
    known = Interpreter(program, case.as_of, Tables(program, typed_rows(case)))
    for regions in regions_of(ruleset.program):
        name = regions.segmentation.name
        covered = list(covered_rules(regions))
        for index in range(len(known.tables.rows(program.entity))):
            if program.table(program.entity).where is not None and not known.keeps(program.entity, index):
                continue
            outcomes = known.decide(name, RowAt(program.entity, index)).outcomes
            matched = {at for at, tried in enumerate(outcomes) if tried.outcome is Outcome.MATCHED}
            assert all(regions.rules[at] != [] for at in matched)
            assert all(set(one.by) & matched for one in covered if one.rule in matched)
            assert all((one.rule in matched) == (one.by[0] in matched) for one in covered if one.is_same)
