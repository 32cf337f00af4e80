"""What became of a row's treatments."""

from __future__ import annotations

from typing import Literal, TypedDict, cast

from segrules.explain.treatments import TreatmentTrace
from segrules.language.formatting import text_of
from segrules.meaning.treatments import Status

StatusWord = Literal["granted", "reduced", "refused", "outranked", "held_out", "unknown"]
"""What becomes of a treatment."""


class TreatmentForm(TypedDict):
    """What became of a treatment of the row."""

    treatment: str
    """The treatment's name."""
    status: StatusWord
    """What became of it."""
    amount: str | None
    """What the row gets, an exact number as text; `hidden` where it comes from what is sensitive."""
    unit: str | None
    """The unit of its amounts."""
    rank: int | None
    """The row's place among those who share the budget, or without one the limit."""
    cutoff: int | None
    """The last place that gets something, where this one is refused; 0 if none does."""
    reason: str
    """Why, in a sentence."""
    place: str
    """Where the treatment stands."""


def treatment_form(trace: TreatmentTrace) -> TreatmentForm:
    """Return the JSON form of what became of a treatment."""
    treatment, outcome = trace.treatment, trace.outcome
    assert outcome.status is not Status.ELIGIBLE, "a row of a run is not left in line"
    return {
        "treatment": treatment.name,
        "status": cast("StatusWord", outcome.status.value),
        "amount": None if trace.amount is None else text_of(trace.amount),
        "unit": treatment.amount.unit if treatment.amount else None,
        "rank": outcome.rank,
        "cutoff": outcome.cutoff,
        "reason": trace.reason,
        "place": str(treatment.span),
    }
