"""Rows that several rules take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    found: list[Overlap] = []
    for overlap in _overlaps(regions):
        if len(found) == _MOST:
            break
        found.append(overlap)
    return found


def _overlaps(regions: Regions) -> Iterator[Overlap]:
    known = claims(regions)
    owners = [number for number, rule in enumerate(regions.rules) for _ in rule or ()]
    cover = Cover([box for rule in regions.rules for box in rule or ()], regions.sizes)
    above = 0
    for second, rule in enumerate(regions.rules):
        common: dict[int, Box] = {}
        for box in rule or ():
            for other in cells_of(cover.touching(box, above)):
                both = meet(box, cover.boxes[other])
                if both is not None and are_apart(known, both):
                    common[owners[other]] = min(common.get(owners[other], both), both, key=len)
        yield from (Overlap(first, second, common[first]) for first in sorted(common))
        above |= sum(1 << number for number, owner in enumerate(owners) if owner == second)
