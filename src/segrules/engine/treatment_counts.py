"""What came of each treatment in numbers: statuses, the money given, and what is left of its budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import polars as pl
from pydantic import BaseModel, ConfigDict

from segrules.backends.polars.treatments import Treatments
from segrules.meaning.treatments import Status, amount_places, from_units, pots_of
from segrules.program.program import Program
from segrules.program.treatments import WORTH_PLACES, Treatment

_GIVEN = [Status.GRANTED.value, Status.REDUCED.value]


class BudgetLeft(BaseModel):
    """A budget, or that of one value of `per`: what there was, and what is left of it."""

    model_config = ConfigDict(frozen=True)

    total: Decimal
    """All the money that there was."""
    left: Decimal
    """What nobody got."""


class TreatmentCounts(BaseModel):
    """How many rows have which status, and the exact sums of the amounts given and of what the grants are worth."""

    model_config = ConfigDict(frozen=True)

    eligible: int
    """How many rows are eligible, whatever became of it: all but those for which that is unknown."""
    granted: int
    """How many rows get all of it."""
    reduced: int
    """How many rows get a part of it."""
    refused: int
    """How many rows get nothing: the money or the places are gone, or they were not granted what it requires."""
    outranked: int
    """How many rows get another treatment in its place."""
    held_out: int
    """How many rows are in the control group."""
    unknown: int
    """For how many rows it cannot be told whether they are eligible, or for how much."""
    amount: Decimal | None
    """The sum of the amounts given; null for a treatment without an amount."""
    unit: str | None
    """What the amount counts; null if that is not known."""
    value: Decimal | None
    """What the grants are worth together; null for a treatment that is not chosen for its value."""
    budget: Mapping[str, BudgetLeft]
    """The budget of each value of `per` that a row in line has or that is named; without `per` one entry, `""`."""


def treatment_counts(program: Program, as_of: date, treatments: Treatments) -> dict[str, TreatmentCounts]:
    """Return what came of every treatment in force, in file order."""
    found = {}
    for treatment in program.treatments:
        if treatment.name in treatments.outcomes:
            outcomes = treatments.outcomes[treatment.name]
            counted = dict(outcomes["status"].value_counts().rows())
            statuses = {
                status.value: counted.get(status.value, 0) for status in Status if status is not Status.ELIGIBLE
            }
            places = amount_places(program)
            found[treatment.name] = TreatmentCounts(
                eligible=outcomes.height - statuses[Status.UNKNOWN.value],
                **statuses,
                amount=from_units(_given(outcomes), places) if treatment.amount else None,
                unit=treatment.amount.unit if treatment.amount else None,
                value=from_units(_worth(outcomes), WORTH_PLACES) if treatment.worth else None,
                budget=dict(_left(program, as_of, treatment, outcomes)) if treatment.budget else {},
            )
    return found


def _given(outcomes: pl.DataFrame) -> int:
    """Return the sum of the amounts given, in units."""
    return int(outcomes["amount"].sum() or 0)


def _worth(outcomes: pl.DataFrame) -> int:
    """Return what the grants are worth together, in units."""
    return int(outcomes.filter(pl.col("status").is_in(_GIVEN))["worth"].sum() or 0)


def _left(
    program: Program, as_of: date, treatment: Treatment, outcomes: pl.DataFrame
) -> Iterator[tuple[str, BudgetLeft]]:
    places, totals = amount_places(program), pots_of(program, as_of, treatment).money
    given = _given_by_pot(treatment, outcomes)
    named = list(totals) if isinstance(totals, Mapping) else []
    for pot in dict.fromkeys([*named, *sorted(given)]):
        total = totals.get(pot, 0) if isinstance(totals, Mapping) else totals
        assert total is not None
        yield pot, BudgetLeft(total=from_units(total, places), left=from_units(total - given.get(pot, 0), places))


def _given_by_pot(treatment: Treatment, outcomes: pl.DataFrame) -> dict[str, int]:
    """Return the sum of the amounts given from each pot that a row in line is paid from, in units."""
    if treatment.budget is None or treatment.budget.per is None:
        return {"": _given(outcomes)}
    in_line = outcomes.lazy().filter(pl.any_horizontal(pl.col("rank", "worth").is_not_null()))
    return dict(in_line.group_by("money").agg(pl.col("amount").sum()).collect(engine="in-memory").rows())
