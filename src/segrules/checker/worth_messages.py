"""Messages about what treatments are worth, and about what has no use where grants are chosen for it."""

from __future__ import annotations

from segrules.checker.type_messages import described
from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.diagnostics.source import Span
from segrules.language.types import Type


def value_needed(span: Span, name: str, needs: Span) -> Diagnostic:
    """A budget, a limit or a group that takes the best, of a treatment without `value`, under `optimise`."""
    return told(
        catalogue.VALUE_NEEDED,
        f"`{name}` has no `value`, by which `allocation: optimise` chooses who gets it",
        span,
        "no value",
        "add what it is worth to give it to a row, such as `value: 0.2 * revenue`",
        (Label(needs, "needs a value"),),
    )


def value_without_use(span: Span, name: str) -> Diagnostic:
    """`value` without `allocation: optimise`."""
    return told(
        catalogue.VALUE_WITHOUT_USE,
        f"the `value` of `{name}` decides nothing: budgets and limits go down a ranking",
        span,
        "not used",
        "say `allocation: optimise` at the top of the ruleset, or leave it out",
    )


def value_type(span: Span, given: Type) -> Diagnostic:
    """`value: region`."""
    return told(
        catalogue.TYPE_MISMATCH, "a value is a number", span, f"this is {described(given)}", "use a number there"
    )


def ranking_without_use(span: Span) -> Diagnostic:
    """`rank_by` under `allocation: optimise`."""
    return told(
        catalogue.RANKING_WITHOUT_USE,
        "nobody is ranked under `allocation: optimise`: grants are chosen for their total value",
        span,
        "not used",
        "leave out `rank_by`; what should come first needs a higher `value`",
    )


def part_without_use(span: Span) -> Diagnostic:
    """`partial: true` under `allocation: optimise`."""
    return told(
        catalogue.RANKING_WITHOUT_USE,
        "nobody gets a part under `allocation: optimise`: a grant is chosen whole, or not at all",
        span,
        "not used",
        "leave out `partial`",
    )


def mixed_values(span: Span, name: str, unit: str | None, other: str | None, first: Span) -> Diagnostic:
    """Values in USD and values in points, which are added up."""
    return told(
        catalogue.UNITS_MIXED,
        f"the value of `{name}` is {_in(unit)}, and others are {_in(other)}: they are added up",
        span,
        _in(unit),
        "give all values in one unit",
        (Label(first, _in(other)),),
    )


def _in(unit: str | None) -> str:
    return f"in `{unit}`" if unit else "without a unit"
