"""Messages about how money and places are shared out: totals and counts, rankings, and what they are parted by."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.checker.type_messages import described
from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Label, replacement, told
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest
from segrules.language.types import Kind, Type


def rank_needed(span: Span, name: str) -> Diagnostic:
    """A budget without `rank_by`."""
    return told(
        catalogue.RANK_NEEDED,
        f"`{name}` does not say who comes first",
        span,
        "no `rank_by`",
        "add it, such as `rank_by: revenue descending`",
    )


def two_rankings(span: Span, name: str, first: Span) -> Diagnostic:
    """A budget by one ranking and a limit by another."""
    return told(
        catalogue.TWO_RANKINGS,
        f"the budget and the limit of `{name}` go down one ranking",
        span,
        "another ranking",
        "say `rank_by` in one of them only",
        (Label(first, "the ranking of the other"),),
    )


def no_order(span: Span, given: Type) -> Diagnostic:
    """`rank_by: region`."""
    way_out = "rank by a number, a date, or true and false"
    if given.kind is Kind.STRING:
        way_out = "declare its `values` with `ordered: true`, make the segmentation `ordered`, or rank by a number"
    return told(
        catalogue.RANK_TYPE, f"{described(given)} has no order to rank by", span, described(given), way_out
    )  # fmt: skip


def per_parts_nothing(span: Span, name: str, given: str) -> Diagnostic:
    """`per: specialisms`."""
    return told(
        catalogue.SHARED_PER,
        f"`per` cannot part the rows by `{name}`",
        span,
        given,
        "name a column, a metric or a segmentation that has one text, whole number, date or truth a row",
    )


def per_needed(span: Span) -> Diagnostic:
    """`total: {EMEA: 300_000}` without `per`."""
    return told(
        catalogue.SHARED_PER,
        "amounts by name need `per`: it says what the names are values of",
        span,
        "values of what?",
        "add it, such as `per: region`, or write one number",
    )


def no_such_value(span: Span, text: str, per: str, values: Sequence[str]) -> Diagnostic:
    """`total: {EMAE: 300_000}`."""
    near = nearest(text, values)
    listed = ", ".join(f"`{value}`" for value in values[:12])
    return told(
        catalogue.SHARED_PER,
        f"`{per}` is never `{text}`",
        span,
        "not one of its values",
        f"did you mean `{near}`?" if near else f"use one of {listed}",
        fix=replacement(f"write `{near}`", span, near) if near else None,
    )


def wrong_number(span: Span, key: str, wanted: str, label: str) -> Diagnostic:
    """`count: 2.5`, `total: -1`."""
    return told(catalogue.SHARED_NUMBER, f"`{key}` is {wanted}", span, label, f"write {wanted}")


def share_without_sign(span: Span, key: str, written: str) -> Diagnostic:
    """`holdout: 10`."""
    return told(
        catalogue.SHARED_NUMBER,
        f"`{key}` is a share from 0% to 100%",
        span,
        "more than all",
        f"write `{written}%`",
        fix=replacement(f"write `{written}%`", span, f"{written}%"),
    )


def other_unit(span: Span, key: str, name: str, unit: str | None, found: str | None, amount: Span) -> Diagnostic:
    """`amount: {…, unit: USD}` and a total in EUR."""
    return told(
        catalogue.UNITS_MIXED,
        f"`{key}` is {_in(found)}, and the amounts of `{name}` are {_in(unit)}",
        span,
        _in(found),
        f"give it in `{unit}`" if unit else f"say `unit: {found}` in the amount",
        (Label(amount, _in(unit)),),
    )


def _in(unit: str | None) -> str:
    return f"in `{unit}`" if unit else "without a unit"


def needs_no_word(span: Span, word: str) -> Diagnostic:
    """`rank_by: revenue ascending`."""
    return told(
        catalogue.RANK_TYPE,
        "a ranking begins with the smallest, unless it says `descending`",
        span,
        "not needed",
        f"leave out `{word}`",
        fix=replacement(f"leave out `{word}`", span, "", Applicability.SAFE),
    )


def mixed_group(span: Span, name: str, group: str, unit: str | None, other: str | None) -> Diagnostic:
    """Two treatments of a group with a cap, one in USD and one in days."""
    return told(
        catalogue.UNITS_MIXED,
        f"the amount of `{name}` is {_in(unit)}, and others of the group `{group}` are {_in(other)}",
        span,
        _in(unit),
        "give all amounts of the group in one unit",
    )
