"""What is written in generated expressions, and the types in which values meet."""

from __future__ import annotations

from segrules.language import types
from segrules.language.types import NUMERIC, Kind, Type, decimal
from tests.properties.generators.world import Typed

MOST_PLACES = 6

INTEGERS = ("1", "0", "2", "3", "-1", "7", "9_223_372_036_854_775_807")
DECIMALS = ("0.5", "1.00", "2.50", "-1.25", "30%", "0.0", "0.125")
TEXTS = ("'a'", "'b'", "''", "'ab'", "'é'", "'it''s'", "'A*'")
PATTERNS = ("'a*'", "'?'", "'*b'", "'~*'", "'*'", "'?b*'", "''")
DATES = ("2026-03-31", "2024-02-29", "2026-02-28", "2025-12-31", "2026-01-31", "2026-06-30")
DATETIMES = ("2026-03-31T12:50", "2024-02-29T00:00", "2026-02-28T23:59:59", "2026-06-30T12:50")
DURATIONS = ("1 month", "30 days", "12 months", "1 day", "2 weeks", "1 quarter", "1 year", "0 days")


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def same_values(left: Type, right: Type) -> bool:
    return (left.values, left.ordered) == (right.values, right.ordered)


def meeting(*given: Type) -> Type:
    """The type in which values meet, as the language says."""
    kinds = {one.kind for one in given}
    if kinds <= NUMERIC:
        if Kind.NUMBER in kinds:
            return types.NUMBER
        return decimal(max(one.places for one in given)) if Kind.DECIMAL in kinds else types.INTEGER
    if kinds == {Kind.DATE, Kind.DATETIME}:
        return types.DATE
    if kinds == {Kind.STRING}:
        return given[0] if all(same_values(given[0], one) for one in given) else types.STRING
    return given[0]


def narrow(typed: Typed) -> Typed:
    """Keep the places of products within bounds."""
    if typed.kind is Kind.DECIMAL and typed.type.places > MOST_PLACES:
        return Typed(f"round({typed.text}, 2)", decimal(2))
    return typed
