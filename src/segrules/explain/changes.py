"""What would change it: the smallest sets of changes to actionable columns that bring a row into a segment.

For each set of columns, those with fewer first, the ranges of their values are halved, the nearest first, as long as
the row may get the segment somewhere in them (`possible` never says no too often). What is found is decided by the
interpreter, on the row as it would be, before it is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import combinations, count, product
from math import isqrt

from segrules.explain.choices import Choices, choices
from segrules.explain.influence import Influence
from segrules.explain.possible import Possibilities
from segrules.language.values import Value
from segrules.meaning.decisions import Certainty
from segrules.program.program import HitPolicy, Segmentation
from segrules.program.sensitivity import HIDDEN

MOST_COLUMNS = 3
"""How many columns are changed at once at the most."""

MOST_SETS = 3
"""How many sets of changes are offered at the most."""

MOST_LOOKS = 2_000
"""How often it is looked whether some ranges of a set of columns hold anything, before that set is given up."""

MOST_LOOKS_OF_ALL = 10_000
"""How often, for all sets."""

Place = tuple[int, int]
"""A range of places of one column's choices: the nearest to the present value, and the farthest."""

Box = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Another value for a column: `steps` away, or 1 where there are no steps; `present` None is filled.

    Where they are hidden, there are 0 steps.
    """

    column: str
    present: Value
    value: Value
    steps: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The smallest sets of changes, fewest columns first, then fewest steps; no part of a set would be enough.

    `columns` are the actionable ones that have a say. `is_complete` is false where the search was given up, so that
    there may be other sets, or smaller ones.
    """

    sets: tuple[tuple[Change, ...], ...]
    columns: tuple[str, ...]
    is_complete: bool


class GivenUp(Exception):
    """A set of columns was looked at often enough."""


@dataclass(slots=True)
class Goal:
    """A segment that a row is to get, and how often it was looked for, in this set of columns and in all before."""

    around: Influence
    segmentation: Segmentation
    segment: str
    looks: int = 0
    before: int = 0
    is_complete: bool = True

    def is_possible(self, moved: Sequence[Choices], box: Box) -> bool:
        """Whether the row may get the segment somewhere in a box."""
        self.looks += 1
        if self.looks > MOST_LOOKS or self.before + self.looks > MOST_LOOKS_OF_ALL:
            raise GivenUp
        moving = {one.column: one.between(*places) for one, places in zip(moved, box, strict=True)}
        return Possibilities(self.around, moving).may_get(self.segmentation, self.segment)

    def is_reached(self, values: Mapping[str, Value]) -> bool:
        """Whether the row gets the segment for certain with other values, by the interpreter."""
        row = self.around.row
        changed = self.around.known.exchanged(row, values)
        if changed.keeps(row.table, row.index) is not True:
            return False
        decision = changed.decide(self.segmentation.name, row)
        if self.segmentation.hit_policy is HitPolicy.COLLECT:
            return all(self.segment in answer.segments for answer in decision.answers)
        return decision.certainty is Certainty.CERTAIN and decision.segment == self.segment


def movable(around: Influence, segmentation: Segmentation) -> list[Choices]:
    """Return what the actionable columns that have a say in a segmentation can be changed to."""
    table = around.program.table(around.program.entity)
    read = frozenset[str]().union(*(around.reads(rule.when) for rule in segmentation.rules))
    stirring = around.stirs(segmentation)
    found = [
        choices(column, around.known.tables.stored(around.row, column.name), around.value)
        for column in table.columns
        if column.actionable is not None and column.name in read - stirring
    ]
    return [one for one in found if one.sides]


def find_changes(goal: Goal, every: Sequence[Choices]) -> Changes:
    """Return the smallest sets of changes, among some columns, by which a row gets a segment."""
    found: list[tuple[Change, ...]] = []
    for size in range(1, MOST_COLUMNS + 1):
        if len(found) < MOST_SETS:
            found += sorted(_of_size(goal, every, size, tuple(found)), key=_steps)
    return Changes(tuple(found[:MOST_SETS]), tuple(one.column for one in every), goal.is_complete)


def without_values(changes: Changes, columns: Collection[str]) -> Changes:
    """Return changes with the values of some columns hidden."""
    if not columns:
        return changes
    hidden = [[_hidden(one) if one.column in columns else one for one in together] for together in changes.sets]
    return replace(changes, sets=tuple(map(tuple, hidden)))


def _hidden(change: Change) -> Change:
    return Change(change.column, None if change.present is None else HIDDEN, HIDDEN, 0)


def _steps(changes: Sequence[Change]) -> int:
    return sum(change.steps for change in changes)


def _of_size(
    goal: Goal, every: Sequence[Choices], size: int, smaller: Sequence[tuple[Change, ...]]
) -> Iterator[tuple[Change, ...]]:
    """Yield the smallest changes of each set of so many columns that has not a smaller one in it."""
    enough = [{change.column for change in changes} for changes in smaller]
    for moved in combinations(every, size):
        if any(columns <= {one.column for one in moved} for columns in enough):
            continue
        places = _searched(goal, moved)
        if places is None:
            continue
        changes = tuple(
            Change(one.column, one.present, one.value(place), one.cost(place))
            for one, place in zip(moved, places, strict=True)
        )
        if not any(goal.is_reached(_values(part)) for part in _parts(changes)):
            yield changes


def _parts(changes: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    for size in range(1, len(changes)):
        yield from combinations(changes, size)


def _values(changes: Sequence[Change]) -> dict[str, Value]:
    return {change.column: change.value for change in changes}


# One set of columns


def _searched(goal: Goal, moved: Sequence[Choices]) -> tuple[int, ...] | None:
    """Return the nearest places of a set of columns, None too if the search was given up."""
    goal.before, goal.looks = goal.before + goal.looks, 0
    try:
        return _nearest(goal, moved)
    except GivenUp:
        goal.is_complete = False
        return None


def _nearest(goal: Goal, moved: Sequence[Choices]) -> tuple[int, ...] | None:
    """Return the places with the fewest steps at which the row gets the segment, all columns changed; None for none."""
    order = count()
    waiting: list[tuple[int, int, int, Box, bool]] = []

    def wait(box: Box, *, is_found: bool = False) -> None:
        least = sum(one.cost(near) for one, (near, _) in zip(moved, box, strict=True))
        extent = max(abs(far - near) for near, far in box)
        heappush(waiting, (least, extent, next(order), box, is_found))

    for box in product(*(one.sides for one in moved)):
        wait(box)
    while waiting:
        *_, box, is_found = heappop(waiting)
        if is_found:
            return tuple(near for near, _ in box)
        tighter = _tightened(goal, moved, box)
        if tighter is None:
            continue
        corner = tuple((near, near) for near, _ in tighter)
        if goal.is_possible(moved, corner) and goal.is_reached(_at(moved, corner)):
            wait(corner, is_found=True)
        else:
            for half in _halves(tighter):
                wait(half)
    return None


def _at(moved: Sequence[Choices], corner: Box) -> dict[str, Value]:
    return {one.column: one.value(near) for one, (near, _) in zip(moved, corner, strict=True)}


def _tightened(goal: Goal, moved: Sequence[Choices], box: Box) -> Box | None:
    """Return a box without what is nearer than anything that may be found in it, None if there is nothing in it."""
    if not goal.is_possible(moved, box):
        return None
    for index, one in enumerate(moved):
        if one.is_number:
            box = _with(box, index, (_first(goal, moved, box, index), box[index][1]))
    return box


def _first(goal: Goal, moved: Sequence[Choices], box: Box, index: int) -> int:
    """Return the nearest place of one column of a box that may be in anything that is found there."""
    near, far = box[index]
    sign = 1 if near > 0 else -1
    return sign * _least(
        abs(near), abs(far), lambda extent: goal.is_possible(moved, _with(box, index, (near, sign * extent)))
    )


def _with(box: Box, index: int, place: Place) -> Box:
    return (*box[:index], place, *box[index + 1 :])


def _least(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the least number for which something holds that holds for every larger one, and for `high`."""
    reach, first = low, low
    while reach < high and not holds(reach):
        low, reach = reach + 1, min(high, reach + 2 * (reach - first) + 1)
    while low < reach:
        middle = (low + reach) // 2
        low, reach = (low, middle) if holds(middle) else (middle + 1, reach)
    return low


def _halves(box: Box) -> list[Box]:
    """Return the two parts of a box, parted where it is widest: in the middle, or nearer to the present if far."""
    index = max(range(len(box)), key=lambda one: abs(box[one][1] - box[one][0]))
    near, far = box[index]
    if near == far:
        return []
    sign, low, high = (1 if near > 0 else -1), abs(near), abs(far)
    middle = isqrt(low * high) if high > 4 * low else (low + high) // 2
    parts = ((sign * low, sign * middle), (sign * (middle + 1), sign * high))
    return [_with(box, index, part) for part in parts]
