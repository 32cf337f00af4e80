"""Rules that others, which are asked before them, leave nothing to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from segrules.lint.regions.box import Box, Budget, Cover, TooManyBoxes, cells_of, largest_last
from segrules.lint.regions.regions import Regions

STEPS, STEPS_OF_ONE = 10_000, 500
"""So many steps all rules of a segmentation are worth, and one of them."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A rule that can never win, and those that take its rows, by their places in the file.

    None of `by` could be left out. `is_same` says that there is one, which asks for the very same rows.
    """

    rule: int
    by: tuple[int, ...]
    is_same: bool


@lru_cache(maxsize=4)
def covered_rules(regions: Regions) -> tuple[Covered, ...]:
    """Return the rules that can never win, in the order in which they are asked."""
    return tuple(_covered_rules(regions))


def _covered_rules(regions: Regions) -> Iterator[Covered]:
    places = {id(rule): place for place, rule in enumerate(regions.segmentation.rules)}
    order = [places[id(rule)] for rule in regions.segmentation.ranked(regions.segmentation.rules)]
    search, above = _Search(regions, order), 0
    for number in order:
        if by := search.covering(number, above):
            yield Covered(number, by, len(by) == 1 and search.takes(search.of(number), by[0]))
        above |= search.of(number)


class _Search:
    """Asks which rules together take all rows of another; they stand in the order in which they are asked."""

    def __init__(self, regions: Regions, order: Sequence[int]) -> None:
        self._rules = regions.rules
        self._order = order
        boxes = largest_last(((number, box) for number in order for box in self._boxes(number)), regions.sizes)
        self._owners = [number for number, _ in boxes]
        self._cover = Cover([box for _, box in boxes], regions.sizes)
        self._of = dict.fromkeys(order, 0)
        for place, owner in enumerate(self._owners):
            self._of[owner] |= 1 << place
        self._left = STEPS

    def _boxes(self, number: int) -> Sequence[Box]:
        return self._rules[number] or ()

    def of(self, number: int) -> int:
        """Return the boxes of a rule, as a bit for each."""
        return self._of[number]

    def takes(self, among: int, number: int) -> bool:
        """Whether some boxes together are all rows of a rule, as far as the steps go."""
        budget = Budget(min(self._left, STEPS_OF_ONE))
        try:
            return self._cover.covers(self._boxes(number), budget, among)
        except TooManyBoxes:
            return False
        finally:
            self._left -= budget.spent

    def covering(self, number: int, above: int) -> tuple[int, ...]:
        """Return the rules that leave nothing to another, as few as can be; none if they leave something."""
        if not self._boxes(number) or not self.takes(above, number):
            return ()
        boxes = [cells_of(self._cover.touching(box, above)) for box in self._boxes(number)]
        touching = sorted({self._owners[place] for places in boxes for place in places}, key=self._order.index)
        if (one := next((one for one in touching if self.takes(self.of(one), number)), None)) is not None:
            return (one,)
        kept = list(touching)
        for one in touching:
            rest = [other for other in kept if other != one]
            if self.takes(reduce(or_, map(self.of, rest), 0), number):
                kept = rest
        return tuple(sorted(kept))
