"""Numbers that are worked out from columns with ends, all of whose values can be gone through."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from segrules.language.values import Value
from tests.properties.generators.world import Chooser

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
            return f"{choose.of(('floor', 'ceil', 'round', 'round_even', 'abs', 'sqrt', '-'))}({inner})"
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
