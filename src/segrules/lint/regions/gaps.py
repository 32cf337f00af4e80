"""Rows that no rule takes: with all values there, and for want of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from segrules.lint.regions.box import (
    Box,
    Budget,
    Cover,
    TooManyBoxes,
    cells_of,
    largest_last,
    lies_in,
    meet,
    met,
)
from segrules.lint.regions.claims import Claim, choices, claims, leaves_all, projected
from segrules.lint.regions.regions import Regions

STEPS = 8_000
"""So many steps the question is worth."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows that no rule takes; with `lacks`, the number of an axis, because they have no value there."""

    box: Box
    lacks: int | None = None


@dataclass(frozen=True, slots=True)
class Gaps:
    """Rows that surely are in no rule, first those that lack nothing, then those that lack something.

    `shown` and `shown_missing` are one of each, as large as it can be. If `is_closed` a row that lacks nothing surely
    is in some rule.
    """

    found: tuple[Gap, ...] = ()
    shown: Gap | None = None
    shown_missing: Gap | None = None
    is_closed: bool = False


def gaps_of(regions: Regions, most: int | None = None) -> Gaps:
    """Return the rows that no rule takes, as far as that can be told; of each kind `most` boxes, if that is given."""
    if None in regions.rules:
        return Gaps()
    known = claims(regions)
    searches = [_Search(regions, axes, known) for axes in choices(known)]
    present = _found(islice(((search, gap) for search in searches for gap in search.present()), most))
    missing = _found(islice(((search, gap) for search in searches for gap in search.missing()), most))
    found = {(frozenset(gap.box.items()), gap.lacks): gap for _, gap in (*present, *missing)}
    return Gaps(tuple(found.values()), _shown(present), _shown(missing), _is_closed(regions))


def _found(gaps: Iterator[tuple[_Search, Gap]]) -> list[tuple[_Search, Gap]]:
    """Return the gaps, of very many those that are found in so many steps."""
    found: list[tuple[_Search, Gap]] = []
    with suppress(TooManyBoxes):
        found.extend(gaps)  # what came before the steps ran out is kept
    return found


def _is_closed(regions: Regions) -> bool:
    cover = _cover((box for rule in regions.rules for box in rule or ()), regions)
    there = {number: axis.present for number, axis in enumerate(regions.axes) if axis.missing}
    try:
        return cover.covers(met(regions.rows, [there]), Budget(STEPS))
    except TooManyBoxes:
        return False


def _cover(boxes: Iterable[Box], regions: Regions) -> Cover:
    return Cover([box for _, box in largest_last(enumerate(boxes), regions.sizes)], regions.sizes)


def _shown(found: Sequence[tuple[_Search, Gap]]) -> Gap | None:
    """Return the gap that takes fewest words, as large as it can be."""
    return min((search.widened(gap) for search, gap in found), key=lambda gap: len(gap.box), default=None)


class _Search:
    """Looks for gaps on some axes: those that are there whatever the row has on the others."""

    def __init__(self, regions: Regions, axes: frozenset[int], known: Mapping[int, Claim]) -> None:
        self._axes = {number: regions.axes[number] for number in sorted(axes)}
        self._known = known
        self._budget = Budget(STEPS)
        self._cover = _cover((projected(box, axes) for rule in regions.rules for box in rule or ()), regions)
        there = {
            number: known[number].cells for number, axis in self._axes.items() if known[number].cells != axis.every
        }
        asked = [projected(box, axes) for box in regions.rows if leaves_all(regions, box, axes)]
        self._rows = met([there], asked)

    def present(self) -> Iterator[Gap]:
        """Yield the gaps of rows that lack nothing."""
        there = {number: axis.present for number, axis in self._axes.items() if axis.missing}
        for row in self._rows:
            if (box := meet(row, there)) is not None:
                yield from map(Gap, self._cover.outside(box, self._budget))

    def missing(self) -> Iterator[Gap]:
        """Yield the gaps of rows that lack one value, with which a rule would take them."""
        for number, axis in self._axes.items():
            lacking = {number: axis.missing & self._known[number].cells}
            for row in self._rows if lacking[number] else ():
                if (box := meet(row, lacking)) is not None:
                    yield from (Gap({**one, **lacking}, number) for one in self._completed(box, number))

    def _completed(self, box: Box, number: int) -> Iterator[Box]:
        for gap in self._cover.outside(box, self._budget):
            with_value = {**gap, number: self._axes[number].present}
            for cover in cells_of(self._cover.touching(with_value)):
                self._budget.spend()
                if (found := meet(with_value, self._cover.boxes[cover])) is not None:
                    yield found

    def widened(self, gap: Gap) -> Gap:
        """Return a gap without what makes no difference in it."""
        box = dict(gap.box)
        for number in gap.box:
            for cells in (self._axes[number].every, self._axes[number].present):
                wider = {**box, number: cells}
                if number != gap.lacks and self._is_gap(wider):
                    box = wider
                    break
        there = {number: self._axes[number].present for number in box}
        return Gap(
            {number: cells for number, cells in box.items() if cells & there[number] != there[number]}, gap.lacks
        )

    def _is_gap(self, box: Box) -> bool:
        box = {number: cells for number, cells in box.items() if cells != self._axes[number].every}
        return not self._cover.touching(box) and any(lies_in(box, row) for row in self._rows)
