"""Where functions of columns with ends are compared, each row that is named without a segment is one that there is."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from segrules.backends.scalar.interpreter import Interpreter
from segrules.language.values import Value
from segrules.lint.regions.gaps import gaps_of
from segrules.lint.regions.regions import regions_of
from segrules.lint.regions.words import witness_of
from segrules.meaning.tables import RowAt, Tables
from tests.properties.answers import loaded_text
from tests.properties.generators.world import Chooser

AS_OF = date(2026, 6, 30)

SORTS: dict[str, tuple[tuple[str, tuple[Value, ...]], ...]] = {
    "whole": (
        ("integer, min: 0, max: 3", (0, 1, 2, 3)),
        ("integer, min: -5, max: -5", (-5,)),
        ("integer, min: 0.5, max: 2.5", (1, 2)),
    ),
    "number": (
        ("number, min: 0.5, max: 2.5", tuple(number / 20 for number in range(10, 51))),
        ("number, min: -2.5, max: 0.5", tuple(number / 20 for number in range(-50, 11))),
        ("number, min: 0, max: 2", tuple(number / 20 for number in range(41))),
        ("decimal(1), min: 0.5, max: 2.5", tuple(Decimal(number).scaleb(-1) for number in range(5, 26))),
    ),
    "day": (
        ("date, min: 2026-06-01, max: 2026-06-30", tuple(date(2026, 6, 1) + timedelta(number) for number in range(30))),
        ("date, min: 2025-12-31, max: 2026-01-01", (date(2025, 12, 31), date(2026, 1, 1))),
    ),
    "text": (("string, values: [DE, FR]", ("DE", "FR")), ("string, values: [a, abc]", ("a", "abc"))),
}
"""Declarations of columns, and all their values: of doubles, those that a row may be named by."""

Column = tuple[str, str]
"""Its sort and its name."""


def number(choose: Chooser, columns: list[Column], depth: int) -> str:
    """An expression that is a number, made of columns."""
    sort, name = choose.of(columns)
    if sort == "text":
        return f"length({name})"
    if sort == "day":
        return f"{choose.of(('month', 'quarter', 'weekday', 'day', 'year'))}({name})"
    if depth == 0:
        return name
    inner, other = number(choose, columns, depth - 1), choose.of((written(choose), number(choose, columns, depth - 1)))
    match choose.of(("round", "two", "sign", "clip", "if")):
        case "round":
            return f"{choose.of(('floor', 'ceil', 'round', 'round_even', 'abs'))}({inner})"
        case "two":
            return f"{choose.of(('max', 'min', 'coalesce'))}({inner}, {other})"
        case "sign":
            return f"({inner} {choose.of(('+', '-', '*', '/'))} {other})"
        case "clip":
            return f"clip({inner}, 1, 2)"
        case _:
            return f"(if {inner} > 1 then {inner} else {other})"


def compared(choose: Chooser, columns: list[Column]) -> str:
    """What a rule compares: with a unit, which days apart have, it stands alone."""
    days = [name for sort, name in columns if sort == "day"]
    if not days or choose.chance(60):
        return number(choose, columns, 2)
    other = choose.of(("as_of", "2026-02-01", *days))
    found = f"{choose.of(('days_between', 'months_between'))}({choose.of(days)}, {other})"
    return choose.of((found, f"abs({found})", f"max({found}, 1)", f"coalesce({found}, 6)"))


def written(choose: Chooser) -> str:
    return choose.of(("0", "1", "-1", "2", "0.5", "-5", "6", "31"))


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
        f"      - segment: g{at}\n        when: |\n          {compared(choose, columns)} "
        f"{choose.of(('=', '!=', '<', '>=', '>'))} {written(choose)}\n"
        for at in range(choose.number(1, 2))
    )
    text = (
        f"segrules: 1\nruleset: r\nentity: t\ntables:\n  t:\n    key: id\n    columns:\n      id: integer\n{declared}"
        f"segmentations:\n  s:\n    hit_policy: first\n    rules:\n{rules}"
    )
    return text, tuple(
        (*some, *((None,) if may_lack else ())) for (_, some), may_lack in zip(stored, optional, strict=True)
    )


@given(rulesets())
def test_each_row_that_is_named_is_one_that_there_is(case: tuple[str, tuple[tuple[Value, ...], ...]]) -> None:
    text, values = case
    program = loaded_text(text).program
    records = [
        {"id": at} | {f"c{column}": value for column, value in enumerate(row)}
        for at, row in enumerate(product(*values))
    ]
    known = Interpreter(program, AS_OF, Tables(program, {"t": records}))
    (regions,) = regions_of(program)
    gaps = gaps_of(regions)
    for gap in (gaps.shown, gaps.shown_missing):
        if gap is None:
            continue
        named = {regions.axes[axis].subject: value for axis, value in witness_of(regions, gap.box, gap.lacks).items()}
        assert any(
            known.decide("s", row).segment is None
            and all(known.evaluate(subject, row) == value for subject, value in named.items())
            for row in (RowAt("t", at) for at in range(len(records)))
        ), named
