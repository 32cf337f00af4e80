"""Messages about calls of functions and aggregates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from segrules.checker.type_messages import described
from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, replacement, told
from segrules.diagnostics.listing import counted
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest
from segrules.language.types import Type


def unknown_function(span: Span, name: str, candidates: Iterable[str]) -> Diagnostic:
    """`summ(…)`."""
    known = sorted(candidates)
    near = nearest(name, known)
    way_out = f"did you mean `{near}`?" if near else "the language reference lists the functions"
    fix = replacement(f"write `{near}`", span, near) if near else None
    return told(
        catalogue.UNKNOWN_FUNCTION, f"there is no function `{name}`", span, "unknown function", way_out, fix=fix
    )


def other_function(span: Span, name: str, meant: str) -> Diagnostic:
    """`average(…)`: a function that has another name here."""
    return told(
        catalogue.UNKNOWN_FUNCTION,
        f"there is no function `{name}`",
        span,
        "unknown function",
        f"write `{meant}`",
        fix=replacement(f"write `{meant}`", span, meant),
    )


def name_is_not_function(span: Span, name: str) -> Diagnostic:
    """`revenue(…)`: a column or metric with a bracket behind it."""
    return told(
        catalogue.UNKNOWN_FUNCTION,
        f"`{name}` is a name, not a function",
        span,
        "called like a function",
        f"write `{name}` without the bracket, or an operator between them",
    )


def wrong_count(span: Span, signature: str, given: int) -> Diagnostic:
    """Too few or too many arguments."""
    return told(
        catalogue.WRONG_ARGUMENTS,
        f"`{signature}` does not take {counted(given, 'value')}",
        span,
        "",
        f"call it as `{signature}`",
    )


def wrong_argument(span: Span, signature: str, parameter: str, wanted: str, given: Type) -> Diagnostic:
    """An argument of the wrong sort."""
    return told(
        catalogue.WRONG_ARGUMENTS,
        f"`{parameter}` of `{signature}` is {wanted}",
        span,
        f"this is {described(given)}",
        f"pass {wanted}",
    )


def part_not_taken(span: Span, function: str, part: str) -> Diagnostic:
    """`where`, `by` or `descending` in a function that has no use for it."""
    return told(
        catalogue.WRONG_ARGUMENTS, f"`{function}` takes no `{part}`", span, "not understood here", f"leave out `{part}`"
    )


def by_needed(span: Span, function: str, example: str) -> Diagnostic:
    """`first` and `last` without an order."""
    return told(
        catalogue.WRONG_ARGUMENTS,
        f"`{function}` does not say by what the rows stand in order",
        span,
        "`by` is missing",
        f"add `by` and a column, as in `{example}`",
    )


def nothing_to_aggregate(span: Span, function: str, tables: Sequence[str], across: str | None) -> Diagnostic:
    """`sum(revenue_12m)`; `across` is the entity where all its rows may be meant."""
    ways = [f"name a column of a table below, as in `{function}({tables[0]}.…)`"] if tables else []
    ways += [f"add `over all` to take all rows of `{across}`, as in `{function}(… over all)`"] if across else []
    return told(
        catalogue.NOTHING_TO_AGGREGATE,
        f"`{function}` works on the rows below a row, and none is named",
        span,
        "one value only",
        ", or ".join(ways) or "no table belongs to this one, so there is nothing to aggregate",
    )


def ambiguous_path(span: Span, name: str, ways: Sequence[str]) -> Diagnostic:
    """A table that can be reached in several ways."""
    shown = " or ".join(f"`{way}`" for way in ways)
    return told(
        catalogue.AMBIGUOUS_PATH,
        f"there are several ways to `{name}`",
        span,
        "which way?",
        f"write the steps: {shown}; or name a way with `as:` beside `by`",
    )


def nested_aggregate(span: Span, function: str) -> Diagnostic:
    """An aggregate inside an aggregate."""
    return told(
        catalogue.MIXED_AGGREGATE,
        f"`{function}` stands inside another aggregate",
        span,
        "the inner one",
        "make the inner one a `derived` column of its table, or a metric",
    )
