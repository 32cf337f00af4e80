"""The whole legend, and the expressions whose values a row has."""

from __future__ import annotations

from typing import TypedDict

from segrules.explain.forms.legend.conditions import ConditionForm, condition_form
from segrules.explain.forms.legend.metrics import MetricForm, metric_form
from segrules.explain.forms.legend.parameters import ParameterForm, parameter_form
from segrules.explain.forms.legend.scorecards import ScorecardForm, scorecard_form
from segrules.explain.forms.legend.segmentations import SegmentationForm, segmentation_form
from segrules.explain.legend import Legend
from segrules.program.nodes import Expression
from segrules.program.printer import print_expression


class ExpressionForm(TypedDict):
    """An expression that was worked out for the row."""

    text: str
    """As an author writes it."""
    type: str
    """Its type; a value of `decimal(n)`, a date and a datetime are text, so that nothing is lost."""
    unit: str | None
    """What its number counts, such as `USD`, if that is known; `%` for what reads best as a percentage (0.3 is 30%)."""


class LegendForm(TypedDict):
    """What is the same for every row of a ruleset on a day."""

    ruleset: str
    """The ruleset's name."""
    title: str | None
    """What people call it."""
    as_of: str
    """The day."""
    entity: str
    """The table whose rows are segmented."""
    key: list[str]
    """The columns of its key."""
    parameters: list[ParameterForm]
    """All parameters."""
    expressions: list[ExpressionForm]
    """What `row.values` are the values of, in the same order."""
    conditions: list[ConditionForm]
    """The conditions of all rules and scorecards, each once."""
    segmentations: list[SegmentationForm]
    """The segmentations, as they stand in the file; `row.segmentations` are in the same order."""
    metrics: list[MetricForm]
    """The metrics that rules in force read."""
    scorecards: list[ScorecardForm]
    """The scorecards that rules in force read."""


def legend_form(legend: Legend) -> LegendForm:
    """Return the JSON form of what is the same for every row."""
    program = legend.program
    return {
        "ruleset": program.ruleset,
        "title": program.title,
        "as_of": legend.as_of.isoformat(),
        "entity": program.entity,
        "key": list(program.table(program.entity).key),
        "parameters": [parameter_form(one) for one in program.parameters],
        "expressions": [_expression(legend, one) for one in legend.expressions],
        "conditions": [condition_form(legend, one) for one in legend.conditions],
        "segmentations": [segmentation_form(one) for one in legend.segmentations],
        "metrics": [metric_form(legend, one) for one in legend.metrics],
        "scorecards": [scorecard_form(legend, one) for one in legend.scorecards],
    }


def _expression(legend: Legend, node: Expression) -> ExpressionForm:
    # printed, not as it stands in the file: what counts rows stands nowhere
    return {"text": print_expression(node), "type": str(node.type), "unit": legend.units.get(node)}
