"""A plan as text, one step a paragraph; for people and for tests."""

from __future__ import annotations

from segrules.language.formatting import text_of
from segrules.plan.steps import Decision, Extend, Gather, LookUp, Pick, Plan, Step, Survey
from segrules.program.nodes import Expression
from segrules.program.printer import print_expression


def print_plan(plan: Plan) -> str:
    """Return a plan as text."""
    steps = [line for step in plan.steps for line in _step(step)]
    return "\n".join([*steps, f"give {plan.entity}: {', '.join(plan.columns)}"]) + "\n"


def _step(step: Step) -> list[str]:
    match step:
        case Extend():
            head = f"extend {step.table}"
            columns = [(name, _worked_out(one)) for name, one in step.columns]
        case LookUp():
            head = f"look up {step.table} {_pairs(step.by, step.above, step.key)}"
            columns = [(name, f"{step.above}.{column}") for name, column in step.columns]
        case Gather():
            head = f"gather {step.table} {_pairs(step.key, step.below, step.by)}"
            columns = [(name, print_expression(one)) for name, one in step.aggregates]
        case Survey():
            head = f"survey {step.table} over {', '.join(step.over) or 'all'}"
            columns = [(name, print_expression(one)) for name, one in step.statistics]
    return [head, *(f"  {name} := {text}" for name, text in columns)]


def _pairs(own: tuple[str, ...], other: str, others: tuple[str, ...]) -> str:
    return "where " + " and ".join(f"{one} = {other}.{two}" for one, two in zip(own, others, strict=True))


def _worked_out(one: Expression | Decision | Pick) -> str:
    if isinstance(one, Pick):
        return f"one of {', '.join(text_of(value) for value in one.values)} by {one.place}"
    if not isinstance(one, Decision):
        return print_expression(one)
    rules = ", ".join(f"{rule.segment} if {column}" for rule, column in one.rules)
    default = f", else {', '.join(one.segmentation.default)}" if one.segmentation.default else ""
    return f"{'place' if one.place else one.segmentation.hit_policy} of {rules}{default}"
