"""Conditions with their numbers, each once, and what they see."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from segrules.explain.forms.legend.answers import AnswersForm, answers_form
from segrules.explain.forms.legend.compared import ComparedForm, compared_form
from segrules.explain.forms.legend.parameters import names_of
from segrules.explain.forms.legend.places import At, at
from segrules.explain.forms.legend.rows import RowsForm, rows_form
from segrules.explain.legend import Legend, Numbered, Operand
from segrules.program.conditions import condition_name
from segrules.program.nodes import Field


class OperandForm(TypedDict):
    """A value that a condition sees."""

    text: str
    """What it is, as an author writes it."""
    value: At
    """Its value."""
    rows: NotRequired[RowsForm]
    """The rows that it comes from, if it is an aggregate."""
    compared: NotRequired[ComparedForm]
    """The rows among which it is, if it is a statistic."""
    answers: NotRequired[AnswersForm]
    """What is known of the answer, if it is a segmentation of a row above."""


class ConditionForm(TypedDict):
    """A condition, once for all rules that have it."""

    condition: str
    """Its name: `c1`, `c2` and so on, as in `result.conditions()`; those of scorecards come last."""
    text: str
    """As the author wrote it, where it first stands."""
    place: str
    """Where it first stands: file:line:column."""
    outcome: NotRequired[At]
    """Whether it is true; null is unknown. Not there where no rule in force has the condition."""
    unit: str | None
    """The unit of what it compares, if that has one."""
    sees: list[OperandForm]
    """The values that it sees."""
    parameters: list[str]
    """The parameters with values by day that it reads."""


def condition_form(legend: Legend, one: Numbered) -> ConditionForm:
    """Return the JSON form of a condition."""
    found: ConditionForm = {
        "condition": condition_name(one.number),
        "text": one.text,
        "place": str(one.span),
        "unit": one.unit,
        "sees": [_operand(legend, operand) for operand in one.operands],
        "parameters": names_of(one.dated),
    }
    if one.in_force:
        found["outcome"] = at(legend, one.expression)
    return found


def _operand(legend: Legend, operand: Operand) -> OperandForm:
    node = operand.expression
    found: OperandForm = {"text": operand.text, "value": at(legend, node)}
    if operand.rows:
        found["rows"] = rows_form(legend, operand.rows)
    if operand.compared:
        found["compared"] = compared_form(legend, operand.compared)
    if isinstance(node, Field) and node in legend.answers:
        found["answers"] = answers_form(legend, legend.answers[node])
    return found
