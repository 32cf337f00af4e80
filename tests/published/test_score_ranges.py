"""Scores with a published range: its ends are taken, what lies beyond them is no score."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import segrules

PUBLISHED = Path(__file__).parents[2] / "rulesets" / "published"
FICO = segrules.load(PUBLISHED / "fico")
SALESFORCE = segrules.load(PUBLISHED / "salesforce_fy22")


def fico(score: int) -> object:
    return FICO.decide({"person_id": "A", "score": score}, as_of=date(2026, 6, 30))["band"]


def salesforce(score: int) -> object:
    partner = {
        "partner_id": "A",
        "tier_of_march": None,
        "regions": [{"region": "EMEA", "score": score, "acv": 1, "certified_people": 1}],
        "credentials": [{"person": "Ada", "credential": name} for name in ("Administrator", "Architect")],
    }
    return SALESFORCE.decide(partner, as_of=date(2021, 6, 1))["tier"]


def test_fico_goes_from_300_to_850() -> None:
    assert (fico(300), fico(850)) == ("poor", "exceptional")
    for beyond in (299, 851):
        with pytest.raises(segrules.DataInvalid):
            fico(beyond)


def test_salesforce_goes_from_0_to_1000() -> None:
    assert (salesforce(0), salesforce(1_000)) == ("base", "summit")
    for beyond in (-1, 1_001):
        with pytest.raises(segrules.DataInvalid):
            salesforce(beyond)
