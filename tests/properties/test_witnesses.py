"""Where functions of columns with ends are compared, each row that is named without a segment is one that there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from segrules.backends.scalar.interpreter import Interpreter
from segrules.language.values import Value
from segrules.lint.regions.gaps import Gap, gaps_of
from segrules.lint.regions.regions import Regions, regions_of
from segrules.lint.regions.words import witness_of
from segrules.meaning.tables import RowAt, Tables
from segrules.program.program import Program
from tests.properties.answers import loaded_text
from tests.properties.generators.worked_out import SORTS, Column, compared, written
from tests.properties.generators.world import Chooser

AS_OF = date(2026, 6, 30)


@st.composite
def rulesets(draw: st.DrawFn) -> tuple[str, tuple[tuple[Value, ...], ...]]:
    """A segmentation by a comparison or two, and all values of its columns `c0`, `c1`."""
    choose = Chooser(draw)
    sorts = [choose.of(tuple(SORTS)) for _ in range(choose.number(1, 2))]
    stored = [choose.of(SORTS[sort]) for sort in sorts]
    optional = [choose.chance(40) for _ in sorts]
    declared = "".join(
        f"      c{at}: {{type: {text}{', optional: true' if may_lack else ''}}}\n"
        for at, ((text, _), may_lack) in enumerate(zip(stored, optional, strict=True))
    )
    columns = [(sort, f"c{at}") for at, sort in enumerate(sorts)]
    rules = "".join(
        f"      - segment: g{at}\n        when: |\n          {condition(choose, columns)}\n"
        for at in range(choose.number(1, 2))
    )
    where = condition(choose, columns).replace("as_of", "2026-06-30")  # of the table it cannot read the day
    kept = f"    where: |\n      {where}\n" if choose.chance(30) else ""
    text = (
        f"segrules: 1\nruleset: r\nentity: t\ntables:\n  t:\n    key: id\n{kept}    columns:\n      id: integer\n"
        f"{declared}segmentations:\n  s:\n    hit_policy: first\n    rules:\n{rules}"
    )
    return text, tuple(
        (*some, *((None,) if may_lack else ())) for (_, some), may_lack in zip(stored, optional, strict=True)
    )


def condition(choose: Chooser, columns: list[Column]) -> str:
    return f"{compared(choose, columns)} {choose.of(('=', '!=', '<', '>=', '>'))} {written(choose)}"


@given(rulesets())
def test_each_row_that_is_named_is_one_that_there_is(case: tuple[str, tuple[tuple[Value, ...], ...]]) -> None:
    text, values = case
    program = loaded_text(text).program
    records = [
        {"id": at} | {f"c{column}": value for column, value in enumerate(row)}
        for at, row in enumerate(product(*values))
    ]
    known = Interpreter(program, AS_OF, Tables(program, {"t": records}))
    rows = [RowAt("t", at) for at in range(len(records))]
    if program.table("t").where is not None:
        rows = [row for row in rows if known.keeps("t", row.index)]
    for regions, gap in told(program) if rows else ():
        named = {regions.axes[axis].subject: value for axis, value in witness_of(regions, gap.box, gap.lacks).items()}
        assert any(
            known.decide("s", row).segment is None
            and all(known.evaluate(subject, row) == value for subject, value in named.items())
            for row in rows
        ), named


def told(program: Program) -> Iterator[tuple[Regions, Gap]]:
    for regions in regions_of(program):
        gaps = gaps_of(regions)
        yield from ((regions, gap) for gap in (gaps.shown, gaps.shown_missing) if gap is not None)
