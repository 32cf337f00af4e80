from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from segrules.language import syntax
from segrules.language.values import Duration, Value
from tests.unit.language.parsing import parsed


def literal(text: str) -> syntax.Literal:
    tree = parsed(text)
    assert isinstance(tree, syntax.Literal)
    return tree


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1_000_000", 1_000_000),
        ("9223372036854775808", 2**63),
        ("2.5", Decimal("2.5")),
        ("2.50", Decimal("2.50")),
        ("1_000.000_1", Decimal("1000.0001")),
        ("30%", Decimal("0.30")),
        ("30 %", Decimal("0.30")),
        ("2.5%", Decimal("0.025")),
        ("1_000%", Decimal("10.00")),
        ("'text'", "text"),
        ('"text"', "text"),
        ("''", ""),
        ("'it''s'", "it's"),
        ('"it\'s ""it"""', 'it\'s "it"'),
        (r"'a\n'", r"a\n"),
        ("'{x} # ü'", "{x} # ü"),
        ("true", True),
        ("false", False),
        ("missing", None),
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31T12:50", datetime.fromisoformat("2026-01-31T12:50")),
        ("2026-01-31T12:50:07", datetime.fromisoformat("2026-01-31T12:50:07")),
        ("2026-01-31T12:50:07.5", datetime.fromisoformat("2026-01-31T12:50:07.500000")),
        ("2026-01-31T12:50:07.000001", datetime.fromisoformat("2026-01-31T12:50:07.000001")),
        ("90 days", Duration(days=90)),
        ("1 day", Duration(days=1)),
        ("2 weeks", Duration(days=14)),
        ("12 months", Duration(months=12)),
        ("2 quarters", Duration(months=6)),
        ("1_0  years", Duration(months=120)),
    ],
)
def test_a_literal_is_the_value_that_is_written(text: str, value: Value) -> None:
    found = literal(text).value
    assert (type(found), str(found)) == (type(value), str(value))
    assert literal(text).percent is ("%" in text)


@pytest.mark.parametrize("text", ["2026-01-31 - 90 days", "2026-01-31-90 days"])
def test_a_day_less_a_duration_is_no_number(text: str) -> None:
    tree = parsed(text)
    assert isinstance(tree, syntax.Binary)
    assert isinstance(tree.left, syntax.Literal)
    assert tree.left.value == date(2026, 1, 31)


def test_a_name_that_begins_with_a_unit_ends_no_duration() -> None:
    assert parsed("x in last month_count") == parsed("x in last  month_count")
