"""SR627: a tier that asks for less of something than a lower one does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.diagnostics.source import Span
from segrules.lint.regions.axis import Axis, Sort
from segrules.lint.regions.covered import covered_rules
from segrules.lint.regions.regions import Regions, regions_of
from segrules.lint.regions.words import name_of, rule_name
from segrules.program.conditions import atoms
from segrules.program.program import HitPolicy, Program, Rule


@dataclass(frozen=True, slots=True)
class _Threshold:
    """Where a rule begins on an axis, by the number of the cell: from there up, or down."""

    cell: int
    upward: bool


def tier_thresholds(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each rule, and what it asks about, where the next lower tier asks for more."""
    for regions in regions_of(program):
        segmentation = regions.segmentation
        if not segmentation.ordered or segmentation.hit_policy is not HitPolicy.FIRST:
            continue
        covered = {one.rule for one in covered_rules(regions)}
        standing = [number for number, boxes in enumerate(regions.rules) if boxes and number not in covered]
        for number, axis in enumerate(regions.axes):
            if axis.scale is not None and axis.sort is not Sort.DAY:
                yield from _on_axis(regions, number, standing)


def _on_axis(regions: Regions, number: int, standing: list[int]) -> Iterator[Diagnostic]:
    """Compare each rule with the next one of another tier that has a threshold on the axis."""
    rules = regions.segmentation.rules
    asking = [(rules[one], found) for one in standing if (found := _thresholds(regions, one, number))]
    for place, (rule, thresholds) in enumerate(asking):
        lower = next(((one, found) for one, found in asking[place + 1 :] if one.segment != rule.segment), None)
        if lower is not None and any(
            _asks_less(one, other) for day, one in thresholds for on, other in lower[1] if day & on
        ):
            yield _diagnostic(regions, number, rule, lower[0], upward=thresholds[0][1].upward)


def _thresholds(regions: Regions, rule: int, number: int) -> list[tuple[int, _Threshold]]:
    """Return where a rule begins on an axis, with the days on which it does; nothing if there are two ways into it."""
    day = next((place for place, one in enumerate(regions.axes) if one.sort is Sort.DAY), -1)
    found: list[tuple[int, _Threshold]] = []
    for box in regions.rules[rule] or ():
        days = box.get(day, -1)
        threshold = _threshold(regions.axes[number], box.get(number, -1))
        if threshold is None or any(days & others for others, _ in found):
            return []
        found.append((days, threshold))
    return found


def _threshold(axis: Axis, cells: int) -> _Threshold | None:
    """Return where cells begin that go on to one end of an axis, but are not all of it."""
    cells &= axis.every
    if cells & axis.missing or cells == axis.present:
        return None
    low, high = (cells & -cells).bit_length() - 1, cells.bit_length() - 1
    if cells == axis.present & ~((1 << low) - 1):
        return _Threshold(low, upward=True)
    return _Threshold(high, upward=False) if cells == (1 << high + 1) - 1 else None


def _asks_less(higher: _Threshold, lower: _Threshold) -> bool:
    if higher.upward != lower.upward:
        return False
    return higher.cell < lower.cell if higher.upward else higher.cell > lower.cell


def _diagnostic(regions: Regions, number: int, rule: Rule, lower: Rule, *, upward: bool) -> Diagnostic:
    name, other, what = (
        rule_name(regions, rule),
        rule_name(regions, lower),
        name_of(regions.program, regions.axes[number]),
    )
    less, more = ("asks for less", "asks for more") if upward else ("allows more", "allows less")
    return told(
        catalogue.TIER_THRESHOLDS,
        f"`{name}` stands above `{other}`, and {less} of `{what}`",
        _span(regions, rule, number),
        less,
        "exchange the two, if they were mixed up",
        (Label(_span(regions, lower, number), more),),
    )


def _span(regions: Regions, rule: Rule, number: int) -> Span:
    """Return where a rule asks about an axis."""
    return next((one.span for one in atoms(rule.when) if regions.truths.axis_of(one) == number), rule.span)
