"""Messages about treatments: their kinds, groups and amounts, and what they require and exclude."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.checker.type_messages import described
from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, replacement, told
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest
from segrules.language.types import Type


def unknown_kind(span: Span, kind: str, kinds: Sequence[str]) -> Diagnostic:
    """`kind: trainning`."""
    near = nearest(kind, kinds)
    listed = ", ".join(f"`{one}`" for one in kinds)
    way_out = f"did you mean `{near}`?" if near else f"use one of {listed}, or declare it: `kinds: [{kind}]`"
    fix = replacement(f"write `{near}`", span, near) if near else None
    return told(catalogue.UNKNOWN_KIND, f"there is no kind of treatment `{kind}`", span, "unknown", way_out, fix=fix)


def repeated_treatment(span: Span, name: str, first: Span) -> Diagnostic:
    """Two treatments of one name."""
    return told(
        catalogue.REPEATED_TREATMENT,
        f"two treatments are called `{name}`",
        span,
        "the second",
        "give one of them another name",
        (Label(first, "the first"),),
    )


def unknown_treatment(span: Span, name: str, key: str, names: Sequence[str]) -> Diagnostic:
    """`requires: bootcmap`."""
    near = nearest(name, names)
    way_out = f"did you mean `{near}`?" if near else f"`{key}` names treatments of this ruleset"
    fix = replacement(f"write `{near}`", span, near) if near else None
    return told(catalogue.UNKNOWN_TREATMENT, f"there is no treatment `{name}`", span, "unknown", way_out, fix=fix)


def circle(key: str, names: Sequence[str], spans: Sequence[Span]) -> Diagnostic:
    """`a` requires `b`, and `b` requires `a`; the names end with the first."""
    if len(names) == 2:
        way_out = f"take `{names[0]}` out of its own `{key}`"
        return told(catalogue.TREATMENT_CYCLE, f"`{names[0]}` {key} itself", spans[0], "", way_out)
    verb = {"requires": "require", "excludes": "exclude"}[key]
    way = " -> ".join(f"`{name}`" for name in names)
    return told(
        catalogue.TREATMENT_CYCLE,
        f"treatments {verb} each other in a circle: {way}",
        spans[0],
        "the circle begins here",
        f"take one of them out of `{key}`",
        [Label(span, "goes on here") for span in spans[1:]],
    )


def requires_excluded(span: Span, name: str, other: str, excludes: Span, excluder: str) -> Diagnostic:
    """`{treatment: a, requires: b, excludes: b}`."""
    return told(
        catalogue.REQUIRES_EXCLUDED,
        f"`{name}` requires `{other}`, and one of them excludes the other: nobody can get `{name}`",
        span,
        f"needs `{other}`",
        "take it out of one of the two",
        (Label(excludes, f"what `{excluder}` excludes"),),
    )


def unknown_group(span: Span, name: str, groups: Sequence[str]) -> Diagnostic:
    """`group: princing`."""
    near = nearest(name, groups)
    declare = f"declare it: `groups: {{{name}: {{stacking: first}}}}`"
    fix = replacement(f"write `{near}`", span, near) if near else None
    return told(
        catalogue.UNKNOWN_GROUP,
        f"there is no group `{name}`",
        span,
        "unknown",
        f"did you mean `{near}`?" if near else declare,
        fix=fix,
    )


def amount_needed(span: Span, name: str, what: str, needs: Span) -> Diagnostic:
    """A budget, or a group that takes the best, of a treatment without an amount."""
    return told(
        catalogue.AMOUNT_NEEDED,
        f"`{name}` has no `amount`, and {what} needs one",
        span,
        "no amount",
        "add it, such as `amount: {value: 500, unit: USD}`",
        (Label(needs, "needs an amount"),),
    )


def wrong_places(span: Span) -> Diagnostic:
    """`places: 2.5`."""
    message = "`places` is a whole number from 0 to 18, written out"
    return told(catalogue.AMOUNT_PLACES, message, span, "no such number", "write how many decimal places, such as `2`")


def amount_type(span: Span, given: Type) -> Diagnostic:
    """`amount: {value: region}`."""
    return told(
        catalogue.TYPE_MISMATCH, "an amount is a number", span, f"this is {described(given)}", "use a number there"
    )
