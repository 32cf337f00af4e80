"""Metrics that rules read."""

from __future__ import annotations

from typing import TypedDict

from segrules.explain.forms.legend.compared import ComparedForm, compared_form
from segrules.explain.forms.legend.parameters import names_of
from segrules.explain.forms.legend.places import At, at
from segrules.explain.forms.legend.rows import RowsForm, rows_form
from segrules.explain.legend import Legend, MetricEntry


class MetricForm(TypedDict):
    """A metric that a rule in force reads, directly or through others."""

    metric: str
    """Its name."""
    title: str | None
    """What people call it."""
    text: str
    """As its author wrote it."""
    place: str
    """Where it stands: file:line:column."""
    value: At
    """Its value."""
    rows: list[RowsForm]
    """The aggregates in it."""
    compared: list[ComparedForm]
    """The statistics in it."""
    parameters: list[str]
    """The parameters with values by day that it reads."""


def metric_form(legend: Legend, entry: MetricEntry) -> MetricForm:
    """Return the JSON form of a metric."""
    return {
        "metric": entry.metric.name,
        "title": entry.metric.title,
        "text": entry.text,
        "place": str(entry.metric.value.span),
        "value": at(legend, entry.value),
        "rows": [rows_form(legend, one) for one in entry.rows],
        "compared": [compared_form(legend, one) for one in entry.compared],
        "parameters": names_of(entry.dated),
    }
