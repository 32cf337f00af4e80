"""The whole trace: where it comes from, its legend, the row's own, and what else was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from segrules.explain.forms.legend.legend import LegendForm, legend_form
from segrules.explain.forms.provenance import ProvenanceForm, provenance_form
from segrules.explain.forms.row import RowForm, row_form
from segrules.explain.forms.treatments import TreatmentForm, treatment_form
from segrules.explain.forms.why_not import WhyNotForm
from segrules.explain.provenance import Provenance
from segrules.explain.row import RowTrace
from segrules.explain.treatments import TreatmentTrace

VERSION: Literal[1] = 1


class TraceForm(TypedDict):
    """Why one row of the entity is where it is: what is the same for every row, and what is its own."""

    version: Literal[1]
    """The version of this form."""
    provenance: ProvenanceForm
    """What the answer comes from."""
    legend: LegendForm
    """What is the same for every row of a ruleset on a day, parameters included."""
    row: RowForm
    """What is this row's own."""
    treatments: NotRequired[list[TreatmentForm]]
    """What became of the treatments that the row is eligible for, or perhaps is, in a run of a ruleset with some."""


class AskedForm(TraceForm):
    """Why one row of the entity is where it is: what is the same for every row, and what is its own."""

    why_not: NotRequired[list[WhyNotForm]]
    """Why it is not in a segment, if that was asked, for each segmentation that has one of that name."""


def trace_form(row: RowTrace, provenance: Provenance, treatments: Sequence[TreatmentTrace] = ()) -> TraceForm:
    """Return the JSON form of a row's trace, its legend included, and of what became of its treatments."""
    found: TraceForm = {
        "version": VERSION,
        "provenance": provenance_form(provenance),
        "legend": legend_form(row.legend),
        "row": row_form(row),
    }
    if treatments:
        found["treatments"] = [treatment_form(one) for one in treatments]
    return found
