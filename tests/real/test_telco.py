"""Telco customers: blanks in a number column, a column named Partner, and 'No internet service' beside 'No'."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import segrules
from segrules.engine.result import Result

RULESET = Path(__file__).parents[2] / "rulesets" / "telco_retention"
AS_OF = date(2026, 6, 30)
BLANK = " "
NEW_CUSTOMERS = 11

Row = dict[str, str]


@pytest.fixture(scope="module")
def file(data_dir: Path) -> Path:
    return data_dir / "telco_churn" / "telco_churn.csv"


@pytest.fixture(scope="module")
def result(file: Path) -> Result:
    return segrules.load(RULESET).evaluate({"customers": file}, as_of=AS_OF)


@pytest.fixture(scope="module")
def wide(result: Result) -> dict[str, dict[str, Any]]:
    return {row["customer_id"]: row for row in result.wide.iter_rows(named=True)}


@pytest.fixture(scope="module")
def customers(file: Path) -> dict[str, Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["customerID"]: row for row in csv.DictReader(lines)}


def band(value: int | Decimal, **edges: int) -> str:
    return [segment for segment, edge in edges.items() if value >= edge][-1]


def tenure_band(row: Row) -> str:
    return band(int(row["tenure"]), first_year=0, second_year=12, established=24, loyal=48)


def paid_so_far(row: Row) -> str | None:
    if row["TotalCharges"] == BLANK:
        return None
    return band(Decimal(row["TotalCharges"]), small=0, medium=500, large=2_000, very_large=5_000)


def household(row: Row) -> str:
    names = {("Yes", "Yes"): "family", ("Yes", "No"): "couple", ("No", "Yes"): "single_parent", ("No", "No"): "single"}
    return names[row["Partner"], row["Dependents"]]


def pays_by_hand(row: Row) -> bool:
    return "automatic" not in row["PaymentMethod"]


def retention(row: Row) -> str:
    if row["Churn"] == "Yes":
        return "left"
    bill, tenure = Decimal(row["MonthlyCharges"]), int(row["tenure"])
    signs = [
        row["InternetService"] == "Fiber optic",
        pays_by_hand(row),
        row["TechSupport"] == "No",
        bill > 80,
        tenure < 12,
        bill_rose(row),
    ]
    if row["Contract"] == "Month-to-month" and sum(signs) >= 3:
        return "at_risk"
    return "watch" if row["Contract"] != "Two year" and (tenure < 12 or bill > 80) else "safe"


def bill_rose(row: Row) -> bool:
    """Compare in doubles, as the language does where it divides."""
    if row["TotalCharges"] == BLANK:
        return False
    return float(row["MonthlyCharges"]) / (float(row["TotalCharges"]) / int(row["tenure"])) - 1 > 0.05


def offers(row: Row) -> list[str]:
    found = {
        "security_pack": row["OnlineSecurity"] == "No" and row["OnlineBackup"] == "No",
        "tech_support": row["TechSupport"] == "No" and row["SeniorCitizen"] == "1",
        "streaming": row["StreamingTV"] == row["StreamingMovies"] == "No" and Decimal(row["MonthlyCharges"]) < 80,
        "internet_line": row["InternetService"] == "No",
        "second_line": row["MultipleLines"] == "No",
        "phone_line": row["PhoneService"] == "No",
        "direct_debit": pays_by_hand(row) and row["PaperlessBilling"] == "Yes",
    }
    return [offer for offer, holds in found.items() if holds]


def outreach(row: Row) -> str:
    state = retention(row)
    if state == "left":
        return "none"
    worth_it = state == "at_risk" and paid_so_far(row) in ("large", "very_large")
    needs_help = state in ("at_risk", "watch") and int(row["tenure"]) < 12 and row["SeniorCitizen"] == "1"
    return "call" if worth_it or needs_help else "letter"


@pytest.mark.parametrize("rule", [tenure_band, paid_so_far, household, retention, offers, outreach])
def test_segments_are_those_of_the_same_rules_in_plain_python(
    wide: dict[str, dict[str, Any]], customers: dict[str, Row], rule: Any
) -> None:
    assert len(wide) == 7_043
    assert {key: row[rule.__name__] for key, row in wide.items()} == {key: rule(row) for key, row in customers.items()}


def test_blank_charges_are_missing_and_not_nought(wide: dict[str, dict[str, Any]], customers: dict[str, Row]) -> None:
    blank = {key for key, row in customers.items() if row["TotalCharges"] == BLANK}
    assert len(blank) == NEW_CUSTOMERS
    assert {key for key, row in wide.items() if row["average_bill"] is None} == blank
    assert {key for key, row in wide.items() if row["paid_so_far"] is None} == blank


def test_an_assignment_that_hangs_on_a_blank_charge_is_provisional(result: Result, customers: dict[str, Row]) -> None:
    blank = {key for key, row in customers.items() if row["TotalCharges"] == BLANK}
    bands = [row for row in result.assignments.iter_rows(named=True) if row["segmentation"] == "paid_so_far"]
    provisional = {row["customer_id"]: set(row["possible"]) for row in bands if row["certainty"] == "provisional"}
    assert provisional.keys() == blank
    assert all({"small", "medium", "large", "very_large"} <= possible for possible in provisional.values())


def test_the_column_to_collect_first_is_the_one_with_the_blanks(result: Result) -> None:
    columns = set(result.missing_impact["missing"])
    assert columns == {"total_charges"}


def test_a_blank_that_is_not_declared_is_a_data_error(file: Path, tmp_path: Path) -> None:
    text = (RULESET / "ruleset.yaml").read_text(encoding="utf-8")
    strict = tmp_path / "ruleset.yaml"
    strict.write_text(text.replace(', missing: [" ", ""]', ""), encoding="utf-8")
    with pytest.raises(segrules.DataInvalid) as caught:
        segrules.load(strict).evaluate({"customers": file}, as_of=AS_OF)
    told = str(caught.value)
    assert "total_charges" in told or "TotalCharges" in told
    assert str(NEW_CUSTOMERS) in told


def test_no_internet_service_is_not_no(wide: dict[str, dict[str, Any]], customers: dict[str, Row]) -> None:
    without = {key for key, row in customers.items() if row["InternetService"] == "No"}
    offered = Counter(offer for key in without for offer in wide[key]["offers"])
    assert offered["internet_line"] == len(without) == 1_526
    assert not offered.keys() & {"security_pack", "tech_support", "streaming"}
