"""Messages about columns that are `actionable`."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, replacement, told
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest
from segrules.language.types import Kind, Type


def misplaced(span: Span, column: str, why: str, declared: Span) -> Diagnostic:
    """`actionable` on a key, on a column of a table that is not the entity."""
    return told(
        catalogue.ACTIONABLE_PLACE,
        f"`{column}` cannot be changed for an explanation: {why}",
        span,
        "",
        "leave `actionable` out here",
        (Label(declared, "the column"),),
    )


def wrong_type(span: Span, column: str, given: Type, declared: Span) -> Diagnostic:
    """`actionable` on a text without `values`, on a list, on a date."""
    if given.kind is Kind.STRING:
        message = f"`{column}` can be any text, so that nobody can try what it might change to"
        way_out = "list what it can be: `values: [...]`, or leave `actionable` out"
    else:
        message = f"`{column}` is a {given}, and only numbers, texts with `values` and booleans can be actionable"
        way_out = "leave `actionable` out"
    return told(
        catalogue.ACTIONABLE_TYPE, message, span, "", way_out, (Label(declared, f"a column of type `{given}`"),)
    )


def step_needed(span: Span, column: str) -> Diagnostic:
    """A double without a step."""
    return told(
        catalogue.ACTIONABLE_STEP,
        f"`{column}` is a number, which has no smallest change of its own",
        span,
        "no `step`",
        "say what change is worth making: `actionable: {step: 0.1}`",
    )


def wrong_step(span: Span, column: str) -> Diagnostic:
    """A step of 0, a negative one, one that is worked out."""
    return told(
        catalogue.ACTIONABLE_STEP,
        f"the step of `{column}` is the smallest change worth making, a written number above 0",
        span,
        "",
        "write a number such as `1`; `direction: down` is for what can only become less",
    )


def step_too_small(span: Span, column: str, given: Type) -> Diagnostic:
    """A step between two values that the column can have."""
    smallest = "1" if given.kind is Kind.INTEGER else format(10**-given.places, f".{given.places}f")
    return told(
        catalogue.ACTIONABLE_STEP,
        f"`{column}` is of type `{given}`, and such a step leads to values that it cannot have",
        span,
        "",
        f"write `{smallest}`, or a multiple of it",
    )


def empty_range(span: Span, other: Span) -> Diagnostic:
    """`min` above `max`."""
    return told(
        catalogue.ACTIONABLE_RANGE,
        "nothing lies between the lowest and the highest value that can be reached",
        span,
        "",
        "the lowest comes first: `{min: 0, max: 10}`",
        (Label(other, "the other end"),),
    )


def unknown_value(span: Span, value: str, column: str, known: Sequence[str]) -> Diagnostic:
    """`to` names a value that the column cannot have."""
    near = nearest(value, known)
    listed = ", ".join(f"`{one}`" for one in known)
    return told(
        catalogue.ACTIONABLE_VALUE,
        f"`{column}` is never '{value}'",
        span,
        "",
        f"did you mean `{near}`?" if near else f"its values are {listed}",
        fix=replacement(f"write `{near}`", span, near) if near else None,
    )


def repeated_value(span: Span, value: str) -> Diagnostic:
    """A value that `to` lists twice."""
    return told(catalogue.ACTIONABLE_VALUE, f"'{value}' is listed twice", span, "", "list each value once")
