"""One campaign table in four spellings, read by one ruleset with one answer."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import segrules
from segrules.engine.result import Result

RULESET = Path(__file__).parents[2] / "rulesets" / "campaign_households"
AS_OF = date(2014, 6, 30)
ISO = "mc_semicolon_bom_crlf_iso.csv"
SPELLINGS = ["mc_allquoted_mdy.csv", "mc_comma_bom_mdy.csv", "mc_comma_crlf_ddmmyyyy.csv", ISO]
AMOUNTS = ("MntWines", "MntFruits", "MntMeatProducts", "MntFishProducts", "MntSweetProducts", "MntGoldProds")
CAMPAIGNS = ("AcceptedCmp1", "AcceptedCmp2", "AcceptedCmp3", "AcceptedCmp4", "AcceptedCmp5", "Response")

Row = dict[str, str]


@pytest.fixture(scope="module")
def results(data_dir: Path) -> dict[str, Result]:
    ruleset = segrules.load(RULESET)
    folder = data_dir / "marketing_campaign"
    return {name: ruleset.evaluate({"households": folder / name}, as_of=AS_OF) for name in SPELLINGS}


@pytest.fixture(scope="module")
def households(data_dir: Path) -> dict[int, Row]:
    """The rows of the one spelling whose dates need no thought."""
    with (data_dir / "marketing_campaign" / ISO).open(encoding="utf-8-sig", newline="") as file:
        return {int(row["ID"]): row for row in csv.DictReader(file, delimiter=";")}


@pytest.fixture(scope="module")
def wide(results: dict[str, Result]) -> dict[int, dict[str, Any]]:
    return {row["household_id"]: row for row in results[ISO].wide.iter_rows(named=True)}


@pytest.mark.parametrize("name", SPELLINGS)
def test_every_spelling_gives_the_same_assignments(results: dict[str, Result], name: str) -> None:
    assert results[name].wide.height == 2_240
    assert results[name].wide.equals(results[ISO].wide)
    assert results[name].assignments.equals(results[ISO].assignments)


def enrolled(row: Row) -> date:
    return date.fromisoformat(row["Dt_Customer"])


def months_enrolled(row: Row) -> int:
    """Count the months until the last day of June, which a month that began on a 31st reaches as well."""
    day = enrolled(row)
    return (AS_OF.year - day.year) * 12 + AS_OF.month - day.month


def children(row: Row) -> int:
    return int(row["Kidhome"]) + int(row["Teenhome"])


def spend(row: Row) -> int:
    return sum(int(row[column]) for column in AMOUNTS)


def age(row: Row) -> int:
    return 2014 - int(row["Year_Birth"])


def campaigns_accepted(row: Row) -> int:
    return sum(int(row[column]) for column in CAMPAIGNS)


@pytest.mark.parametrize("metric", [age, months_enrolled, children, spend, campaigns_accepted])
def test_metrics_equal_those_of_plain_python(
    wide: dict[int, dict[str, Any]], households: dict[int, Row], metric: Any
) -> None:
    assert {key: row[metric.__name__] for key, row in wide.items()} == {
        key: metric(row) for key, row in households.items()
    }


def income_class(row: Row) -> str | None:
    if not row["Income"]:
        return None
    heads = (2 if row["Marital_Status"] in ("Married", "Together") else 1) + children(row)
    income = int(row["Income"]) / heads
    return "high" if income >= 35_000 else "middle" if income >= 15_000 else "low"


def cohort(row: Row) -> str:
    if enrolled(row) > date(2013, 12, 30):
        return "new"
    if months_enrolled(row) < 12:
        return "first_year"
    return "founders" if enrolled(row) < date(2012, 9, 1) else "established"


def channel(row: Row) -> str | None:
    web, catalogue, store = (int(row[f"Num{name}Purchases"]) for name in ("Web", "Catalog", "Store"))
    if web > 0 and web > store:
        return "web"
    if catalogue > 0 and 2 * catalogue >= web + catalogue + store:
        return "catalogue"
    return "store" if store > 0 and store >= web else None


def tastes(row: Row) -> list[str]:
    total = spend(row)
    found = {
        "wine": total > 0 and int(row["MntWines"]) * 100 >= 50 * total,
        "meat": total > 0 and int(row["MntMeatProducts"]) * 100 >= 35 * total,
        "bargains": int(row["NumDealsPurchases"]) >= 5,
        "sweets_for_children": children(row) > 0 and int(row["MntSweetProducts"]) >= 50,
    }
    return [taste for taste, holds in found.items() if holds]


def data_quality(row: Row) -> list[str]:
    found = {
        "implausible_age": age(row) > 100,
        "implausible_income": int(row["Income"] or 0) > 200_000,
        "joke": row["Marital_Status"] in ("Absurd", "YOLO"),
    }
    return [finding for finding, holds in found.items() if holds]


def address(row: Row) -> str:
    complained = row["Complain"] == "1"
    if campaigns_accepted(row) >= 2 and not complained:
        return "personal"
    believed = not complained and "implausible_income" not in data_quality(row)
    if income_class(row) == "high" and int(row["Recency"]) <= 30 and believed:
        return "personal"
    interested = campaigns_accepted(row) == 1 or "bargains" in tastes(row) or cohort(row) == "new"
    return "offer" if interested else "catalogue"


@pytest.mark.parametrize("rule", [income_class, cohort, channel, tastes, data_quality, address])
def test_segments_are_those_of_the_same_rules_in_plain_python(
    wide: dict[int, dict[str, Any]], households: dict[int, Row], rule: Any
) -> None:
    assert {key: row[rule.__name__] for key, row in wide.items()} == {key: rule(row) for key, row in households.items()}


def test_day_and_month_are_not_mixed_up(wide: dict[int, dict[str, Any]], households: dict[int, Row]) -> None:
    assert households[5524]["Dt_Customer"] == "2012-09-04"
    assert wide[5524]["months_enrolled"] == 21
    assert wide[5524]["cohort"] == "established"


def test_odd_values_are_named_and_kept(wide: dict[int, dict[str, Any]]) -> None:
    found = Counter(finding for row in wide.values() for finding in row["data_quality"])
    assert found == {"implausible_age": 3, "implausible_income": 1, "joke": 4}


def test_a_missing_income_makes_provisional_what_hangs_on_it(
    results: dict[str, Result], households: dict[int, Row]
) -> None:
    silent = {key for key, row in households.items() if not row["Income"]}
    assert len(silent) == 24
    rows = list(results[ISO].assignments.iter_rows(named=True))
    provisional = {
        name: {row["household_id"] for row in rows if row["segmentation"] == name and row["certainty"] == "provisional"}
        for name in ("income_class", "data_quality", "address", "cohort", "channel", "tastes")
    }
    assert provisional["income_class"] == provisional["data_quality"] == silent
    assert provisional["address"] == {key for key in silent if might_be_personal(households[key])}
    assert not provisional["cohort"] | provisional["channel"] | provisional["tastes"]


def might_be_personal(row: Row) -> bool:
    return address(row) != "personal" and int(row["Recency"]) <= 30 and row["Complain"] == "0"
