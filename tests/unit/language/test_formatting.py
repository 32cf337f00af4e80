from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from segrules.language.formatting import literal, text_of
from segrules.language.values import Duration, Value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "missing"),
        (True, "true"),
        (3, "3"),
        (3.0, "3"),
        (-0.0, "0"),
        (2.5, "2.5"),
        (Decimal("1.50"), "1.50"),
        (Decimal("0E-7"), "0.0000000"),
        ("it's", "it's"),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime.fromisoformat("2026-01-31T12:50"), "2026-01-31T12:50"),
        (datetime.fromisoformat("2026-01-31T12:50:07"), "2026-01-31T12:50:07"),
        (("a", "b"), "a, b"),
        (("a", None), "a, missing"),
        ((), ""),
        (Duration(months=3), "3 months"),
    ],
)
def test_a_value_is_printed_for_people(value: Value, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("value", "format_", "text"),
    [
        (1234567, ",", "1,234,567"),
        (1234.5, ",", "1,234.5"),
        (Decimal("1234.50"), ",", "1,234.50"),
        (1234567, ",.2f", "1,234,567.00"),
        (2.5, ".0f", "3"),
        (-2.5, ".0f", "-3"),
        (0.125, ".2f", "0.13"),
        (2.675, ".2f", "2.68"),
        (-0.4, ".0f", "0"),
        (Decimal("0.345"), ".1%", "34.5%"),
        (1234.5, ",.0%", "123,450%"),
        (0.07, ".0%", "7%"),
        (1e300, ".0f", "1" + "0" * 300),
        (None, ",.2f", "missing"),
    ],
)
def test_a_format_says_how_a_number_is_written(value: Value, format_: str, text: str) -> None:
    assert text_of(value, format_) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("it's", "'it''s'"),
        (1e16, "10000000000000000"),
        (1.5e-7, "0.00000015"),
        (("a", "b"), "('a', 'b')"),
        (None, "missing"),
        (Decimal("2.50"), "2.5"),
        (Decimal("0.00"), "0"),
        (Decimal("100"), "100"),
        (4.0, "4"),
    ],
)
def test_a_literal_is_written_as_in_an_expression(value: Value, text: str) -> None:
    assert literal(value) == text
