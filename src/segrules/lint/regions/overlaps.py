"""Rows that several rules take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from segrules.lint.regions.box import Box, Cover, cells_of, meet
from segrules.lint.regions.claims import are_apart, claims
from segrules.lint.regions.regions import Regions

_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules, by their places in the file, and rows that surely are in both."""

    first: int
    second: int
    box: Box


def overlaps_of(regions: Regions) -> list[Overlap]:
    """Return the pairs of rules that surely have rows in common, with the largest box of these: 2,000 at most."""
    return list(islice(_overlaps(regions), _MOST))


def _overlaps(regions: Regions) -> Iterator[Overlap]:
    known = claims(regions)
    owned = [(number, box) for number, rule in enumerate(regions.rules) for box in rule or ()]
    cover = Cover([box for _, box in owned], regions.sizes)
    for second, rules in groupby(enumerate(owned), key=lambda one: one[1][0]):
        common: dict[int, Box] = {}
        boxes = list(rules)
        above = (1 << boxes[0][0]) - 1
        for _, (_, box) in boxes:
            for other in cells_of(cover.touching(box, above)):
                first, both = owned[other][0], meet(box, owned[other][1])
                if both is not None and are_apart(known, both):
                    common[first] = min(common.get(first, both), both, key=len)
        yield from (Overlap(first, second, common[first]) for first in sorted(common))
