"""What lint knows of the values of functions is so: none lies beyond the ends that it says they have."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from segrules.backends.scalar.interpreter import Interpreter
from segrules.language.values import Value
from segrules.lint.regions.extents.extents import Extents
from segrules.meaning.tables import RowAt, Tables
from tests.properties.answers import loaded_text
from tests.properties.generators.worked_out import SORTS, Column, compared, number
from tests.properties.generators.world import Chooser

AS_OF = date(2026, 6, 30)

AWKWARD = (
    ("number, min: 0, max: 0.1", (0.0, 0.1, 0.1, 0.1)),
    ("number, min: -0.3, max: 0.7", (-0.3, 0.1, 0.2, 0.7)),
    ("number, min: 0.3, max: 123456789.1", (0.3, 123456789.1, 99999999.9)),
    ("number, max: 100000003", (100000003.0, 100000001.0, -0.1)),
    ("decimal(1), min: 0.1, max: 0.7", (Decimal("0.1"), Decimal("0.7"), Decimal("0.6"))),
)
"""Declarations of columns, and values of them whose sums and products are rounded."""

OF_ONE = ("min", "max", "mean", "median", "sum", "stdev", "mode", "count", "count_distinct")
PLACES = ("rank", "dense_rank", "row_number", "percentile", "cumulative_share", "zscore")


def worked_out(choose: Chooser, columns: list[Column]) -> str:
    """An expression of columns of the row, of rows below it, or of all rows."""
    below = [(sort, f"d.{name}") for sort, name in columns]
    numbers = [column for column in columns if column[0] not in ("day", "text")]
    match choose.of(("row", "row", "below", "across", "place")):
        case "below":
            found = number(choose, below, 1)
            return choose.of((f"{choose.of(OF_ONE)}({found})", f"sum({found} where {number(choose, below, 0)} > 1)"))
        case "across" if numbers:
            value = number(choose, numbers, 1)
            return choose.of((f"{choose.of(OF_ONE)}({value} over all)", f"quantile({value}, 30% over all)"))
        case "place" if numbers:
            value = number(choose, numbers, 1)
            tiles = f"{choose.of(('ntile', 'qcut'))}(3, {value} over all)"
            return choose.of((f"{choose.of(PLACES)}({value} over all)", tiles))
        case _:
            return compared(choose, columns)


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[dict[str, Value]], list[dict[str, Value]]]:
    """A ruleset with one metric, its rows, and the rows below these."""
    choose = Chooser(draw)
    sorts = [choose.of((*SORTS, "awkward", "awkward")) for _ in range(choose.number(1, 2))]
    stored = [choose.of(AWKWARD if sort == "awkward" else SORTS[sort]) for sort in sorts]
    declared = "".join(f"      c{at}: {{type: {text}, optional: true}}\n" for at, (text, _) in enumerate(stored))
    columns = [("number" if sort == "awkward" else sort, f"c{at}") for at, sort in enumerate(sorts)]
    text = (
        f"segrules: 1\nruleset: r\nentity: t\ntables:\n  t:\n    key: id\n    columns:\n      id: integer\n{declared}"
        f"  d:\n    belongs_to: {{up: {{table: t, by: id}}}}\n    columns:\n      id: integer\n{declared}"
        f"metrics:\n  m: |\n    {worked_out(choose, columns)}\n"
    )

    def row(key: int) -> dict[str, Value]:
        values = {f"c{at}": None if choose.chance(10) else choose.of(some) for at, (_, some) in enumerate(stored)}
        return {"id": key, **values}

    rows = [row(key) for key in range(choose.number(1, 6))]
    return text, rows, [row(choose.number(0, 1)) for _ in range(choose.number(0, 6))]


@given(cases())
def test_no_value_lies_beyond_its_ends(case: tuple[str, list[dict[str, Value]], list[dict[str, Value]]]) -> None:
    text, rows, below = case
    program = loaded_text(text).program
    known = Interpreter(program, AS_OF, Tables(program, {"t": rows, "d": below}))
    value = program.metrics[0].value
    extent = Extents(program, {}).of(value)
    for at in range(len(rows)):
        found = known.evaluate(value, RowAt("t", at))
        if isinstance(found, int | float | Decimal):
            assert extent.low is None or extent.low <= Fraction(found)
            assert extent.high is None or Fraction(found) <= extent.high
