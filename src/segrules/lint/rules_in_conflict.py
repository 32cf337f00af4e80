"""SR625: rows that match several rules where only one may: under `unique`, and under `any` if these do not agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.lint.regions.overlaps import Overlap, overlaps_of
from segrules.lint.regions.regions import Regions, regions_of
from segrules.lint.regions.words import row_text, rule_name, witness_of
from segrules.program.program import HitPolicy, Program

_LABELS = 5


def rules_in_conflict(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each rule that is in conflict with some above it."""
    for regions in regions_of(program):
        if regions.segmentation.hit_policy in (HitPolicy.UNIQUE, HitPolicy.ANY):
            conflicts = [overlap for overlap in overlaps_of(regions) if _is_conflict(regions, overlap)]
            for _, found in groupby(conflicts, key=lambda overlap: overlap.second):
                yield _diagnostic(regions, list(found))


def _is_conflict(regions: Regions, overlap: Overlap) -> bool:
    rules = regions.segmentation.rules
    one, other = rules[overlap.first], rules[overlap.second]
    unique = regions.segmentation.hit_policy is HitPolicy.UNIQUE
    return unique or (one.segment, one.outputs) != (other.segment, other.outputs)


def _diagnostic(regions: Regions, found: Sequence[Overlap]) -> Diagnostic:
    rules = regions.segmentation.rules
    first, second = rules[found[0].first], rules[found[0].second]
    row = row_text(regions, witness_of(regions, found[0].box))
    names = f"`{rule_name(regions, first)}` and `{rule_name(regions, second)}`"
    more = f", and so with {len(found) - 1} more" if len(found) > 1 else ""
    return told(
        catalogue.RULES_IN_CONFLICT,
        f"{row} matches both {names}{more}: a conflict gives no segment",
        second.span,
        "in conflict",
        "ask for less in one of them, or let the order decide: `hit_policy: first`",
        tuple(Label(rules[one.first].span, "matches the same rows") for one in found[:_LABELS]),
    )
