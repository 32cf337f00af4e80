"""SR626: ranges that overlap, so that only the order of the rules decides.

Thresholds from the top down overlap by intent, and so does an exception above what it is one of. Two rules that ask for
ranges with both ends of the very same things, and have a part of them in common, look as if each row were to be in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.diagnostics.listing import listed
from segrules.lint.regions.box import Box, Cover, cells_of, lies_in, meet
from segrules.lint.regions.overlaps import Overlap, overlaps_of
from segrules.lint.regions.regions import Regions, regions_of
from segrules.lint.regions.subjects import is_written
from segrules.lint.regions.truth import conjuncts
from segrules.lint.regions.words import name_of, row_text, rule_name, witness_of
from segrules.program.nodes import Call
from segrules.program.program import HitPolicy, Program, Rule

_MOST_CELLS = 10_000
_BOTH_ENDS = frozenset({"between", "=", "in"})


def overlapping_ranges(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each segmentation under `first` with ranges that overlap in part."""
    for regions in regions_of(program):
        if regions.segmentation.hit_policy is HitPolicy.FIRST:
            ranges = [_ranges(regions, *one) for one in zip(regions.segmentation.rules, regions.rules, strict=True)]
            if any(ranges):
                overlaps = [one for one in overlaps_of(regions) if _in_part(regions, ranges, one)]
                if overlaps:
                    yield _diagnostic(regions, overlaps[0])


def _in_part(regions: Regions, ranges: Sequence[frozenset[int]], overlap: Overlap) -> bool:
    if not ranges[overlap.first] or ranges[overlap.first] != ranges[overlap.second]:
        return False
    (one,), (other,) = regions.rules[overlap.first] or (), regions.rules[overlap.second] or ()
    return not lies_in(one, other) and not lies_in(other, one)


def _ranges(regions: Regions, rule: Rule, boxes: Sequence[Box] | None) -> frozenset[int]:
    """Return the axes of which a rule asks for a range with both ends; none if it asks for one end of anything."""
    ends: dict[int, set[str]] = {}
    for part in conjuncts(rule.when):
        number = regions.truths.axis_of(part)
        if number is None:
            return frozenset()
        if regions.axes[number].scale is not None and isinstance(part, Call):
            ends.setdefault(number, set()).update(_ends(part))
    return (
        frozenset(ends)
        if boxes and len(boxes) == 1 and all(len(found) == 2 for found in ends.values())
        else frozenset()
    )


def _ends(call: Call) -> set[str]:
    """Return which ends a comparison gives a range."""
    if call.function in _BOTH_ENDS:
        return {"low", "high"}
    if call.function not in ("<", "<=", ">", ">="):
        return set()
    return {"low" if call.function.startswith(">") != is_written(call.arguments[0]) else "high"}


def _diagnostic(regions: Regions, overlap: Overlap) -> Diagnostic:
    rules = regions.segmentation.rules
    first, second = rules[overlap.first], rules[overlap.second]
    row = row_text(regions, witness_of(regions, overlap.box))
    names = f"`{rule_name(regions, first)}` and `{rule_name(regions, second)}`"
    count = _counted(regions)
    message = f"{row} matches both {names}, and only their order decides"
    if count is not None:
        message = f"{count} match more than one rule of `{regions.segmentation.name}`, and only their order decides"
    return told(
        catalogue.OVERLAPPING_RANGES,
        message,
        regions.segmentation.span,
        "" if count is None else f"{row} matches {names}",
        "let each range end where the next one begins, or ask for thresholds only, the highest first",
        (Label(first.span, "takes some rows"), Label(second.span, "asks for them, too")),
    )


def _counted(regions: Regions) -> str | None:
    """Return how many of all combinations of values are in several rules; None where there is no end of them."""
    counts = [cell.count for axis in regions.axes for cell in axis.cells if cell.value is not None]
    every = [[1 << cell for cell in cells_of(axis.present)] for axis in regions.axes]
    if any(count is None for count in counts) or prod(map(len, every)) > _MOST_CELLS:
        return None
    cover = Cover([box for rule in regions.rules for box in rule or ()], regions.sizes)
    owners = [number for number, rule in enumerate(regions.rules) for _ in rule or ()]
    total = several = 0
    for cells in product(*every):
        box = dict(enumerate(cells))
        if not any(meet(box, rows) is not None for rows in regions.rows):
            continue
        values = prod(regions.axes[number].cells[cell.bit_length() - 1].count or 0 for number, cell in box.items())
        total += values
        several += values if len({owners[one] for one in cells_of(cover.touching(box))}) > 1 else 0
    names = listed(name_of(regions.program, axis) for axis in regions.axes)
    return (
        f"{several:,} of {total:,} combinations of {names}"
        if len(every) > 1
        else f"{several:,} of {total:,} values of {names}"
    )
