"""Boxes: for each axis that matters, the cells that belong; what is left of one when others are taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from math import prod
from operator import or_

Box = Mapping[int, int]
"""Of each axis, by its number, a bit for each cell that belongs. Of an axis that is not named every cell does."""


MOST_BOXES = 256
"""A condition that comes to more is not compared."""

_MOST_JOINED = 64


class TooManyBoxes(Exception):
    """A question takes more steps than it is worth."""


class Budget:
    """How many steps may be taken."""

    def __init__(self, steps: int) -> None:
        self.spent = 0
        self._steps = steps

    def spend(self) -> None:
        """Take a step, or raise `TooManyBoxes`."""
        self.spent += 1
        if self.spent > self._steps:
            raise TooManyBoxes


def meet(one: Box, other: Box) -> Box | None:
    """Return what belongs to both boxes, None if nothing does."""
    found = dict(one)
    for axis, cells in other.items():
        kept = found.get(axis, cells) & cells
        if not kept:
            return None
        found[axis] = kept
    return found


def met(ones: Iterable[Box], others: Sequence[Box]) -> list[Box]:
    """Return what belongs to one of some boxes and to one of others."""
    return joined(box for one in ones for other in others if (box := meet(one, other)) is not None)


def joined(boxes: Iterable[Box]) -> list[Box]:
    """Return fewer boxes for the same: two that differ on one axis are one, and what lies in another goes.

    More than `_MOST_JOINED` are left as they are.
    """
    given = list(boxes)
    if len(given) > _MOST_JOINED:
        return given
    found: list[Box] = []
    for box in given:
        while other := next((one for one in found if _joins(one, box) is not None), None):
            found.remove(other)
            box = _joins(other, box) or box
        found.append(box)
    return found


def _joins(one: Box, other: Box) -> Box | None:
    """Return the one box that two together are, None if they are not."""
    if lies_in(other, one):
        return one
    if lies_in(one, other):
        return other
    if one.keys() != other.keys():
        return None
    apart = [axis for axis, cells in one.items() if other[axis] != cells]
    return {**one, apart[0]: one[apart[0]] | other[apart[0]]} if len(apart) == 1 else None


def lies_in(inner: Box, outer: Box) -> bool:
    """Whether all of a box belongs to another; an axis is not named where every cell belongs."""
    return all(axis in inner and not inner[axis] & ~cells for axis, cells in outer.items())


def largest_last(boxes: Iterable[tuple[int, Box]], sizes: Sequence[int]) -> list[tuple[int, Box]]:
    """Return numbered boxes in the order in which `Cover` is quickest: those that hold most of all cells last."""
    return sorted(boxes, key=lambda one: prod(cells.bit_count() / sizes[axis] for axis, cells in one[1].items()))


def cells_of(cells: int) -> Iterator[int]:
    """Yield the numbers of the cells that belong, in ascending order."""
    while cells:
        lowest = cells & -cells
        yield lowest.bit_length() - 1
        cells ^= lowest


class Cover:
    """Boxes that are asked which of them touch or hold another; sets of them are numbers with a bit for each.

    Where several would do the last is taken first: see `largest_last`.
    """

    def __init__(self, boxes: Sequence[Box], sizes: Sequence[int]) -> None:
        """Take boxes over axes of so many cells."""
        self.boxes = boxes
        self.all = (1 << len(boxes)) - 1
        self._every = [(1 << size) - 1 for size in sizes]
        self._of: dict[int, dict[int, int]] = {axis: {} for box in boxes for axis in box}
        for number, box in enumerate(boxes):
            for axis, cells in box.items():
                self._of[axis][cells] = self._of[axis].get(cells, 0) | 1 << number
        self._free = {axis: self.all & ~reduce(or_, cells.values(), 0) for axis, cells in self._of.items()}
        self._known: dict[tuple[int, int, bool], int] = {}

    def _asked(self, axis: int, cells: int, *, held: bool) -> int:
        """Return the boxes that all of some cells of an axis belong to, or any."""
        key = (axis, cells, held)
        if key not in self._known:
            some = self._of[axis].items()
            found = (boxes for own, boxes in some if (not cells & ~own if held else cells & own))
            self._known[key] = reduce(or_, found, self._free[axis])
        return self._known[key]

    def touching(self, box: Box, among: int = -1) -> int:
        """Return the boxes that have something in common with a box."""
        found = self.all & among
        for axis, cells in box.items():
            if axis in self._of and found:
                found &= self._asked(axis, cells, held=False)
        return found

    def holding(self, box: Box, among: int = -1) -> int:
        """Return the boxes that all of a box belongs to."""
        found = self.all & among
        for axis in self._of:
            if found:
                found &= self._asked(axis, box.get(axis, self._every[axis]), held=True)
        return found

    def outside(self, box: Box, budget: Budget, among: int = -1) -> Iterator[Box]:
        """Yield boxes that together are what of a box belongs to none of these, none of them twice."""
        pending: list[tuple[Box, int]] = [(box, among)]
        while pending:
            budget.spend()
            left, candidates = pending.pop()
            touching = self.touching(left, candidates)
            if not touching:
                yield left
            elif not self.holding(left, touching):
                cover = self.boxes[touching.bit_length() - 1]
                pending += [(piece, touching) for piece in self._pieces(left, cover)]

    def _pieces(self, box: Box, cover: Box) -> Iterator[Box]:
        """Yield what of a box is outside of a cover: axis by axis what lies beyond it there, and not before."""
        inside = dict(box)
        for axis, cells in cover.items():
            here = inside.get(axis, self._every[axis])
            if beyond := here & ~cells:
                yield {**inside, axis: beyond}
            inside[axis] = here & cells

    def covers(self, boxes: Iterable[Box], budget: Budget, among: int = -1) -> bool:
        """Whether all of some boxes belongs to these together."""
        return all(next(self.outside(box, budget, among), None) is None for box in boxes)
