"""The EU's two definitions: the Directive's categories are a partition; the two disagree where the sources say so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import segrules

PUBLISHED = Path(__file__).parents[2] / "rulesets" / "published"
DIRECTIVE = segrules.load(PUBLISHED / "eu_accounting_directive")
SME = segrules.load(PUBLISHED / "eu_sme")

LIMITS = {
    date(2023, 1, 1): {
        "micro": (350_000, 700_000, 10),
        "small": (4_000_000, 8_000_000, 50),
        "medium": (20_000_000, 40_000_000, 250),
    },
    date(2024, 1, 1): {
        "micro": (450_000, 900_000, 10),
        "small": (5_000_000, 10_000_000, 50),
        "medium": (25_000_000, 50_000_000, 250),
    },
}

CENT = Decimal("0.01")


def figures(place: int) -> st.SearchStrategy[Decimal]:
    """Amounts of which most are at, or a cent beside, a limit of some year."""
    limits = sorted({values[place] for of_year in LIMITS.values() for values in of_year.values()})
    near = st.builds(lambda limit, cents: limit + cents * CENT, st.sampled_from(limits), st.integers(-1, 1))
    return near | st.integers(0, 10**10).map(lambda cents: cents * CENT)


UNDERTAKINGS = st.lists(st.tuples(figures(0), figures(1), figures(2)), min_size=1, max_size=60)


def category(undertaking: tuple[Decimal, Decimal, Decimal], year: date) -> str:
    for name, limits in LIMITS[year].items():
        if sum(value <= limit for value, limit in zip(undertaking, limits, strict=True)) >= 2:
            return name
    return "large"


@settings(deadline=None, max_examples=60)
@given(UNDERTAKINGS, st.sampled_from(sorted(LIMITS)))
def test_every_undertaking_is_in_one_category_and_no_other(
    undertakings: list[tuple[Decimal, Decimal, Decimal]], year: date
) -> None:
    rows = [
        {"undertaking_id": str(number), "balance_sheet": balance, "net_turnover": turnover, "staff": staff}
        for number, (balance, turnover, staff) in enumerate(undertakings)
    ]
    result = DIRECTIVE.evaluate({"undertakings": rows}, as_of=year)
    assert result.summary.segmentations["category"].conflict == 0
    assert result.wide["category"].to_list() == [category(one, year) for one in undertakings]


def test_the_two_definitions_disagree_on_249_staff_60_and_43_million() -> None:
    company = {"staff": 249, "balance_sheet": 43_000_000}
    sme = SME.decide({"enterprise_id": "A", "turnover": 60_000_000, **company}, as_of=date(2024, 12, 31))
    directive = DIRECTIVE.decide({"undertaking_id": "A", "net_turnover": 60_000_000, **company}, as_of=date(2024, 1, 1))
    assert (sme["size"], directive["category"]) == ("medium", "large")
