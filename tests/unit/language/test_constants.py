from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from segrules.language.constants import read_constant, refuse_constant
from segrules.language.values import Duration, Value
from tests.unit.language.parsing import passage


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-12", -12),
        ("+12", 12),
        ("1_000_000", 1_000_000),
        ("2.50", Decimal("2.50")),
        ("-2.5", Decimal("-2.5")),
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31T12:50", datetime.fromisoformat("2026-01-31T12:50")),
        ("2026-01-31 12:50:07", datetime.fromisoformat("2026-01-31T12:50:07")),
        ("90 days", Duration(days=90)),
        ("-1 year", Duration(months=-12)),
        ("true", True),
        ("False", False),
    ],
)
def test_a_constant_is_what_it_looks_like(text: str, value: Value) -> None:
    found = read_constant(passage(text))
    assert found is not None
    assert (type(found[0]), str(found[0]), found[1]) == (type(value), str(value), False)


@pytest.mark.parametrize(("text", "value"), [("30%", "0.30"), ("-2.5 %", "-0.025"), ("100%", "1.00")])
def test_a_percent_is_exact(text: str, value: str) -> None:
    found = read_constant(passage(text))
    assert found is not None
    assert (str(found[0]), found[1]) == (value, True)


@pytest.mark.parametrize(
    "text",
    ["", "Germany", "012", "1e6", "1,000", "- 5", "NO", "missing", "null", "a # b", "12 monkeys", "+true", "-Germany",
     "2026-02-30", "2026-1-5", "'Germany'", "1 # one", "12 months ago", "１２"],
)  # fmt: skip
def test_anything_else_is_text(text: str) -> None:
    assert read_constant(passage(text)) is None


@pytest.mark.parametrize(
    ("text", "slug"),
    [("'Germany'", "quoted-constant"), ('"a"', "quoted-constant"), ("2026-02-30", "impossible-value"),
     ("-99999999999999999999999999999999999999999", "impossible-value")],
)  # fmt: skip
def test_a_constant_that_looks_like_no_text_is_refused(text: str, slug: str) -> None:
    found = refuse_constant(passage(text))
    assert found is not None
    assert found.code.slug == slug


@pytest.mark.parametrize("text", ["Germany", "12", "L'Oréal", "'a' or 'b'", "", "2026-01-31"])
def test_other_constants_are_not_refused(text: str) -> None:
    assert refuse_constant(passage(text)) is None
