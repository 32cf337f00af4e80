"""Messages about segmentations and their rules."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest


def duplicate_rule(span: Span, rule: str, first: Span) -> Diagnostic:
    """Two rules with one id."""
    return told(
        catalogue.DUPLICATE_RULE,
        f"two rules are called `{rule}`",
        span,
        "the second",
        "give one of them another `id`",
        (Label(first, "the first"),),
    )


def not_in_priority(span: Span, segment: str, listed: Span) -> Diagnostic:
    """A segment that `priority` does not name."""
    return told(
        catalogue.PRIORITY_LIST,
        f"`priority` does not name '{segment}'",
        span,
        "this rule could never win",
        f"add '{segment}' to `priority` where it stands in rank",
        (Label(listed, "the list"),),
    )


def priority_unknown(span: Span, segment: str, segments: Sequence[str]) -> Diagnostic:
    """A segment in `priority` that no rule gives."""
    near = nearest(segment, segments)
    return told(
        catalogue.PRIORITY_LIST,
        f"no rule gives '{segment}'",
        span,
        "not a segment of this segmentation",
        f"did you mean '{near}'?" if near else "take it out, or add a rule for it",
    )


def priority_twice(span: Span, segment: str) -> Diagnostic:
    """A segment that stands twice in `priority`."""
    return told(
        catalogue.PRIORITY_LIST, f"'{segment}' stands twice in `priority`", span, "the second", "name each segment once"
    )


def ordered_collect(span: Span, name: str) -> Diagnostic:
    """`ordered` with `collect`."""
    return told(
        catalogue.ORDER_OF_LIST,
        f"`{name}` gives a list of segments, and a list has no order",
        span,
        "",
        "leave out `ordered`, or use another `hit_policy`",
    )


def bands_not_ascending(span: Span, first: Span) -> Diagnostic:
    """Bands whose numbers do not go up."""
    return told(
        catalogue.BANDS_NOT_ASCENDING,
        "the bands' numbers must go up from one to the next",
        span,
        "not above the one before",
        "put the bands in order, lowest first",
        (Label(first, "the one before"),),
    )


def default_shape(span: Span, collect: bool) -> Diagnostic:
    """A list for one segment, or one segment for a list."""
    if collect:
        return told(
            catalogue.DEFAULT_SHAPE,
            "under `collect` the default is a list",
            span,
            "",
            "write it in brackets, as in `[other]`",
        )
    return told(
        catalogue.DEFAULT_SHAPE,
        "the default is one segment",
        span,
        "a list of several",
        "name one segment, or use `hit_policy: collect`",
    )


def never_in_force(span: Span) -> Diagnostic:
    """`until` before `from`."""
    return told(
        catalogue.VALIDITY,
        "`until` lies before `from`: it is never in force",
        span,
        "",
        "correct one of the two days",
    )
