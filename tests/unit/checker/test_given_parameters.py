"""Values that a caller gives parameters for one run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import pytest

from segrules.checker.check import check
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.document.document import read_text
from segrules.language.values import Duration
from segrules.program.program import Program

TEXT = """\
segrules: 1
ruleset: given
entity: partners
tables:
  partners: {key: id, columns: {id: string, city: string, seen_on: date, revenue: decimal(2)}}
parameters:
  quiet: 9 months
  cities: [Basel, Chur]
  least: {2025-01-01: 100, 2026-01-01: 150.50}
"""


def given(values: Mapping[str, object]) -> tuple[Program | None, list[Diagnostic]]:
    document, _ = read_text(TEXT)
    assert document is not None
    program, found = check(document.ruleset, values)
    return program, [one for one in found if one.is_error]


@pytest.mark.parametrize(
    ("stretch", "read"),
    [
        ("3 months", Duration(months=3)),
        ("90 days", Duration(days=90)),
        (timedelta(days=90), Duration(days=90)),
        (Duration(months=3), Duration(months=3)),
    ],
)
def test_a_stretch_of_time_may_be_given_as_text(stretch: object, read: Duration) -> None:
    program, found = given({"quiet": stretch})
    assert not found
    assert program is not None
    assert program.parameters[0].value == read


@pytest.mark.parametrize(
    ("values", "message", "written"),
    [
        ({"quiet": 9}, "`quiet` is a stretch of time, not a whole number, `9`", "9 months"),
        ({"quiet": "soon"}, "`quiet` is a stretch of time, not a text, `soon`", "9 months"),
        ({"quiet": timedelta(hours=9)}, "`quiet` is a stretch of time, not `datetime.timedelta(", "9 months"),
        ({"cities": ["Basel", 1]}, "`cities` is a list, each of its members a text, not `['Basel', 1]`", "Basel, Chur"),
        ({"cities": "Basel"}, "`cities` is a list, each of its members a text, not a text, `Basel`", "Basel, Chur"),
        ({"least": "1.000,50"}, "`least` is an exact number with 2 places, not a text, `1.000,50`", "150.50"),
        ({"least": None}, "`least` is an exact number with 2 places, not `None`", "150.50"),
        ({"least": float("nan")}, "`least` is an exact number with 2 places, not `nan`", "150.50"),
    ],
)
def test_a_value_of_another_sort_is_shown_beside_the_written_one(
    values: dict[str, object], message: str, written: str
) -> None:
    program, [found] = given(values)
    assert program is None
    assert message in found.message
    assert found.help == f"give it such a value, as `{written}` is"


def test_an_exact_number_keeps_the_places_that_it_is_given_with() -> None:
    program, found = given({"least": Decimal("150.505")})
    assert not found
    assert program is not None
    assert program.parameters[2].value == Decimal("150.505")
