"""Where places among rows, and aggregates of rows below, are compared, each row that is named is one of some table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from segrules.backends.scalar.interpreter import Interpreter
from segrules.language.values import Value
from segrules.lint.regions.gaps import gaps_of
from segrules.lint.regions.regions import Regions, regions_of
from segrules.lint.regions.words import witness_of
from segrules.meaning.tables import RowAt, Tables
from segrules.program.program import Program
from tests.properties.answers import loaded_text
from tests.properties.generators.world import Chooser

AS_OF = date(2026, 6, 30)
MOST_ROWS = 10
"""So many are needed for a percentile of 0.1, and for tile 10."""

STORED: tuple[tuple[str, tuple[Value, ...]], ...] = (
    ("integer, min: 0, max: 3", (0, 1, 2, 3)),
    ("integer, min: -5, max: -5", (-5,)),
    ("integer, min: 0.5, max: 2.5", (1, 2)),
    ("number, min: 0.5, max: 2.5", (0.5, 2.0, 2.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2)),
    ("number, min: -2.5, max: 0.5", (-2.5, 0.0, 0.5, -2.0, -1.5, -1.0, -0.5, 0.1, 0.2, 0.3)),
    ("decimal(1), min: 0.5, max: 0.6", (Decimal("0.5"), Decimal("0.6"))),
    ("date, min: 2026-06-01, max: 2026-06-02", (date(2026, 6, 1), date(2026, 6, 2))),
    ("string, values: [low], ordered: true", ("low",)),
    ("string, values: [low, high], ordered: true", ("low", "high")),
)
"""Declarations of columns, and values of them: all, or many, of which the first few are on all sides of limits."""

PLACES = ("rank", "dense_rank", "row_number", "percentile", "ntile", "qcut", "count")

Rows = list[dict[str, Value]]


@st.composite
def rulesets(draw: st.DrawFn) -> tuple[str, tuple[Value, ...]]:
    """A segmentation by one comparison, and all values of its column `x`."""
    choose = Chooser(draw)
    declared, values = choose.of(STORED)
    is_number = not isinstance(values[0], (str, date))
    optional = choose.chance(30)
    kept = choose.of(("", "", "    where: flag\n", "    where: x > 1\n" if is_number else ""))
    text = (
        f"segrules: 1\nruleset: r\nentity: t\ntables:\n  t:\n    key: id\n{kept}    columns:\n      id: integer\n"
        f"      x: {{type: {declared}{', optional: true' if optional else ''}}}\n      flag: boolean\n      g: string\n"
        f"  d:\n    belongs_to: {{up: {{table: t, by: id}}}}\n    columns: {{id: integer, x: {{type: {declared}}}, "
        "flag: boolean}\n"
        "segmentations:\n  s:\n    hit_policy: first\n    rules:\n      - segment: a\n        when: |\n          "
        f"{compared(choose, is_number=is_number)}\n"
    )
    return text, (*values, *((None,) if optional else ()))


def compared(choose: Chooser, *, is_number: bool) -> str:
    conditions = ("flag", *(("x > 1", "x = 2", "x < 0", "not (x > 1 and flag)") if is_number else ()))
    if choose.chance(30):
        where = choose.of(("", *(f" where {one}" for one in conditions)))
        return f"count(d{where.replace('x', 'd.x').replace('flag', 'd.flag')}) {_limit(choose)}"
    function = choose.of(PLACES)
    value = choose.of(("x", "x", "-x", "round(x)", "x + 1", "x * 0")) if is_number else "x"
    tiles = f"{choose.of(('2', '5'))}, " if function in ("ntile", "qcut") else ""
    over = choose.of(("all", "all", "g", "id", "x", "flag"))
    where = choose.of(("", "", *(f" where {one}" for one in conditions)))
    return f"{function}({tiles}{value} over {over}{where}) {_limit(choose)}"


def _limit(choose: Chooser) -> str:
    return f"{choose.of(('=', '!=', '<', '>=', '>'))} {choose.of(('0', '1', '2', '0.5', '4'))}"


def tables(values: Sequence[Value]) -> Iterator[tuple[Rows, Rows]]:
    """Tables of up to ten rows with one value, two or all different, with rows below the first."""
    some = [*values[:4], *(values[-1:] if None in values[4:] else ())]
    mixed = [[one] * low + [other] * (count - low) for one in some for other in some for count, low in _sizes()]
    for column in [*mixed, [*values[:MOST_ROWS]]]:
        for flags in ((True, True), (True, False), (False, False)):
            rows: Rows = [
                {"id": at, "x": value, "flag": flags[at % 2], "g": "q" if at == 1 and len(column) < MOST_ROWS else "p"}
                for at, value in enumerate(column)
            ]
            below: Rows = [{"id": 0, "x": row["x"], "flag": row["flag"]} for row in rows if row["x"] is not None]
            yield rows, below


def _sizes() -> Iterator[tuple[int, int]]:
    for count in (1, 2, 3, 4, 5, MOST_ROWS):
        yield from ((count, low) for low in range(1, count + 1))


@given(rulesets())
def test_each_row_that_is_named_is_one_of_some_table(case: tuple[str, tuple[Value, ...]]) -> None:
    text, values = case
    program = loaded_text(text).program
    (regions,) = regions_of(program)
    gaps = gaps_of(regions)
    for gap in (gaps.shown, gaps.shown_missing):
        if gap is not None:
            named = witness_of(regions, gap.box, gap.lacks)
            assert any(is_there(program, regions, named, *some) for some in tables(values)), named


def is_there(program: Program, regions: Regions, named: dict[int, Value], rows: Rows, below: Rows) -> bool:
    known = Interpreter(program, AS_OF, Tables(program, {"t": kept(program, rows), "d": below}))
    return any(
        known.decide("s", row).segment is None
        and all(known.evaluate(regions.axes[axis].subject, row) == value for axis, value in named.items())
        for row in (RowAt("t", at) for at in range(len(known.tables.rows("t"))))
    )


def kept(program: Program, rows: Rows) -> Rows:
    if program.table("t").where is None:
        return rows
    known = Interpreter(program, AS_OF, Tables(program, {"t": rows, "d": []}))
    return [row for at, row in enumerate(rows) if known.keeps("t", at)]
