"""How data seems to be spelt that cannot be read: what its owner is told."""

from __future__ import annotations

import pytest

from segrules.engine.likely_spelling import likely_way_out
from segrules.language.types import Kind, Type


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        (Kind.DATE, ["31.01.2026", "1.2.2026"], ['"%d.%m.%Y"']),
        (Kind.DATE, ["01/31/2026", "02/01/2026"], ['"%m/%d/%Y"']),
        (Kind.DATE, ["02/01/2026"], ['"%d/%m/%Y"', '"%m/%d/%Y"']),
        (Kind.DATE, ["20260131"], ['"%Y%m%d"']),
        (Kind.DATETIME, ["31.01.2026 12:50"], ['"%d.%m.%Y %H:%M"']),
        (Kind.DATE, ["46053", "25568.5"], ["spreadsheets"]),
        (Kind.DECIMAL, ["1.234,50", "85,00"], ["`decimal_comma: true`"]),
        (Kind.NUMBER, ["0,5"], ["`decimal_comma: true`"]),
        (Kind.DECIMAL, ["CHF 1,310.10", "85.00"], ["without separators", "`1310.10`"]),
        (Kind.INTEGER, ["1'000", " 7 "], ["without separators", "`1000`"]),
    ],
)
def test_values_that_another_spelling_reads_are_told_which(kind: Kind, values: list[str], told: list[str]) -> None:
    found = likely_way_out(Type(kind, places=2 if kind is Kind.DECIMAL else 0), values)
    assert found is not None
    assert all(part in found for part in told)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Kind.DATE, ["31.01.2026", "2026-02-30"]),
        (Kind.DATE, ["31.02.2026"]),
        (Kind.DATE, ["12"]),
        (Kind.NUMBER, ["0,5", "n/a"]),
        (Kind.INTEGER, ["many"]),
        (Kind.NUMBER, ["45%"]),
        (Kind.INTEGER, ["12.5"]),
        (Kind.BOOLEAN, ["yes"]),
    ],
)
def test_values_that_no_spelling_reads_are_told_none(kind: Kind, values: list[str]) -> None:
    assert likely_way_out(Type(kind), values) is None
