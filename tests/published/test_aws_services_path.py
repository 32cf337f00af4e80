"""Every requirement of every AWS tier, exactly met and missed by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import segrules

AWS = segrules.load(Path(__file__).parents[2] / "rulesets" / "published" / "aws_services_path")
AS_OF = date(2024, 12, 31)
TIERS = ("registered", "select", "advanced", "premier")


@dataclass(frozen=True)
class Partner:
    """What a partner has; `both` of the accredited have the technical and the business accreditation."""

    technical_accredited: int
    business_accredited: int
    foundational: int
    certified: int
    certified_high: int
    launched: int
    revenue: Decimal
    plan: bool
    validations: int = 0
    operations_validation: bool = False
    sustained: bool = False
    review: bool = False
    both: int = 0

    @property
    def record(self) -> dict[str, object]:
        return {
            "partner_id": "A",
            "business_plan_on": date(2024, 1, 1) if self.plan else None,
            "validations": self.validations,
            "operations_validation": self.operations_validation,
            "premier_sustained": self.sustained,
            "executive_review": self.review,
            "people": list(self.people()),
            "opportunities": [
                {"launched_on": date(2024, 1, 1), "monthly_revenue": self.revenue if number == 0 else 0}
                for number in range(self.launched)
            ],
        }

    def people(self) -> Iterator[dict[str, object]]:
        first_business = self.technical_accredited - self.both
        for number in range(60):
            certificate = "professional" if number < self.certified_high else "associate"
            yield {
                "person_id": str(number),
                "technical_accreditation": number < self.technical_accredited,
                "business_accreditation": first_business <= number < first_business + self.business_accredited,
                "foundational_certification": number < self.foundational,
                "technical_certification": certificate if number < self.certified else "none",
            }


MEETS = {
    "select": Partner(2, 2, 2, 2, 0, 3, Decimal(1_500), plan=False),
    "advanced": Partner(4, 4, 4, 6, 3, 20, Decimal(10_000), plan=True),
    "premier": Partner(10, 10, 10, 25, 10, 50, Decimal(50_000), True, 3, True, True, True),
}


def tier(partner: Partner) -> object:
    return AWS.decide(partner.record, as_of=AS_OF)["tier"]


def misses() -> Iterator[tuple[str, str, Partner]]:
    """Each tier's partner with one requirement missed: one less, a cent less, or not at all."""
    for name, partner in MEETS.items():
        for field in fields(Partner):
            value = getattr(partner, field.name)
            if field.name == "both":
                yield name, "accredited", replace(partner, both=1)
            elif value:
                less: Any = False if value is True else value - (Decimal("0.01") if field.name == "revenue" else 1)
                yield name, field.name, replace(partner, **{field.name: less})
        technical, business = partner.technical_accredited, partner.business_accredited
        fewer = replace(partner, technical_accredited=technical - 1, business_accredited=business + 1)
        yield name, "technical, one business more", fewer
        fewer = replace(partner, technical_accredited=technical + 1, business_accredited=business - 1)
        yield name, "business, one technical more", fewer


@pytest.mark.parametrize("name", MEETS)
def test_who_meets_a_tier_exactly_is_in_it(name: str) -> None:
    assert tier(MEETS[name]) == name


@pytest.mark.parametrize(
    ("name", "requirement", "partner"), [pytest.param(*one, id=" ".join(one[:2])) for one in misses()]
)
def test_who_misses_one_requirement_is_below(name: str, requirement: str, partner: Partner) -> None:
    assert TIERS.index(str(tier(partner))) < TIERS.index(name), requirement
