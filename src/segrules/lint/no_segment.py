"""SR623, SR624 and SR628: rows that no rule takes, in a segmentation without a default."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, told
from segrules.lint.regions.gaps import Gap, gaps_of
from segrules.lint.regions.regions import Regions, regions_of
from segrules.lint.regions.words import name_of, row_text, witness_of
from segrules.program.program import HitPolicy, Program

_LOOKED_AT = 20
"""Of so many gaps one is told: the one that takes fewest words."""


def no_segment(program: Program) -> Iterator[Diagnostic]:
    """Yield what is to be said of each segmentation that leaves rows without a segment.

    That is one diagnostic for rows with all values, one for rows that lack one; and one if it cannot be told whether it
    leaves any.
    """
    for regions in regions_of(program):
        segmentation = regions.segmentation
        if segmentation.hit_policy is HitPolicy.COLLECT or segmentation.default is not None:
            continue
        gaps = gaps_of(regions, _LOOKED_AT)
        if gaps.shown is not None:
            yield _of_values(regions, gaps.shown)
        if gaps.shown_missing is not None:
            yield _of_missing(regions, gaps.shown_missing)
        if gaps.shown is None and gaps.shown_missing is None and not gaps.is_closed:
            yield _of_no_default(regions)


def _of_values(regions: Regions, gap: Gap) -> Diagnostic:
    name = regions.segmentation.name
    return told(
        catalogue.NO_SEGMENT,
        f"{row_text(regions, witness_of(regions, gap.box))} gets no segment of `{name}`",
        regions.segmentation.span,
        "no rule takes it",
        "add a rule or a `default`; if there are no such values, say so by `min`, `max` or `values` of the column",
    )


def _of_missing(regions: Regions, gap: Gap) -> Diagnostic:
    assert gap.lacks is not None
    column = name_of(regions.program, regions.axes[gap.lacks])
    row = row_text(regions, witness_of(regions, gap.box, gap.lacks))
    return told(
        catalogue.NO_SEGMENT_FOR_MISSING,
        f"{row} gets no segment of `{regions.segmentation.name}`",
        regions.segmentation.span,
        "no rule takes it",
        f"add a rule `{column} is missing` or a `default`, or say what missing means: `coalesce({column}, …)`",
    )


def _of_no_default(regions: Regions) -> Diagnostic:
    name = regions.segmentation.name
    return told(
        catalogue.NO_DEFAULT,
        f"`{name}` has no default, and its rules may leave rows without a segment",
        regions.segmentation.span,
        "no default",
        "add a `default`, so that such rows are found by it",
    )
