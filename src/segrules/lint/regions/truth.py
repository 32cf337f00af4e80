"""Of which rows a condition is true, and of which it is false; unknown is what is left."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import TypeGuard

from segrules.lint.regions.axis import Axis, Cell, Sort
from segrules.lint.regions.box import MOST_BOXES, Box, TooManyBoxes, joined, met
from segrules.lint.regions.calendar import Days
from segrules.lint.regions.subjects import ORDERED, References, own_value, value_at, written_value
from segrules.program.nodes import Call, Constant, Expression
from segrules.program.program import Program

_NOWHERE: list[Box] = []
_EVERYWHERE: list[Box] = [{}]


class Truths:
    """Says where conditions are true and false, in boxes over some axes."""

    def __init__(
        self,
        program: Program,
        axes: Sequence[Axis],
        numbers: Mapping[Expression, int],
        days: Sequence[Days],
    ) -> None:
        """Take the axes, with the number of the one that each condition asks about."""
        self._program = program
        self._axes = axes
        self._numbers = numbers
        self._days = days
        self._day = next((number for number, axis in enumerate(axes) if axis.sort is Sort.DAY), -1)
        self._known: dict[tuple[Expression, bool], list[Box]] = {}

    def where(self, condition: Expression, truth: bool) -> list[Box]:
        """Return where a condition is true, or false; raise `TooManyBoxes` if that cannot be said in few of them."""
        key = (condition, truth)
        if key not in self._known:
            found = self.plain(self._where(condition, truth))
            if len(found) > MOST_BOXES:
                raise TooManyBoxes
            self._known[key] = found
        return self._known[key]

    def plain(self, boxes: Iterable[Box]) -> list[Box]:
        """Return boxes without the axes of which every cell belongs."""
        return [{axis: cells for axis, cells in box.items() if cells != self._axes[axis].every} for box in boxes]

    def _where(self, condition: Expression, truth: bool) -> list[Box]:
        match condition:
            case Constant(value=value):
                return _EVERYWHERE if value is truth else _NOWHERE
            case Call(function="not", arguments=(denied,)):
                return self.where(denied, not truth)
            case Call(function="and" | "or" as function, arguments=parts):
                return self._all(parts, truth) if (function == "and") is truth else self._any(parts, truth)
            case Call(function="at_least", arguments=(count, *parts)):
                return joined(box for days in self._days for box in self._at_least(count, parts, truth, days))
            case Call(function="if", arguments=(asked, then, otherwise)):
                kept = met(self.where(asked, True), self.where(then, truth))
                return joined([*kept, *met(self.where(asked, False), self.where(otherwise, truth))])
        inner = own_value(self._program, condition)
        if inner is not None:
            return self.where(inner, truth)
        return self._asked(condition, truth)

    def _all(self, parts: Sequence[Expression], truth: bool) -> list[Box]:
        found = _EVERYWHERE
        for part in parts:
            found = met(found, self.where(part, truth))
            if len(found) > MOST_BOXES:
                raise TooManyBoxes
        return found

    def _any(self, parts: Sequence[Expression], truth: bool) -> list[Box]:
        return joined(box for part in parts for box in self.where(part, truth))

    def _at_least(self, count: Expression, parts: Sequence[Expression], truth: bool, days: Days) -> Sequence[Box]:
        number = written_value(self._program, count, days.references)
        if not isinstance(number, int):
            return _NOWHERE
        found = self._so_many(number if truth else len(parts) - number + 1, parts, truth)
        on_days = self._box(self._day, days.cells, -1)
        return met([on_days], found) if on_days is not None else _NOWHERE

    def _so_many(self, count: int, parts: Sequence[Expression], truth: bool) -> list[Box]:
        """Return where at least so many parts are true, or false."""
        found: list[list[Box]] = [
            _EVERYWHERE,
            *([_NOWHERE] * min(max(count, 0), len(parts) + 1)),
        ]  # where at least 0, 1, 2, … are
        for part in parts:
            boxes = self.where(part, truth)
            fewer = [joined([*met(boxes, less), *as_many]) for less, as_many in pairwise(found)]
            if any(len(some) > MOST_BOXES for some in fewer):
                raise TooManyBoxes
            found = [_EVERYWHERE, *fewer]
        return found[-1]

    # One condition

    def axis_of(self, condition: Expression) -> int | None:
        """Return the number of the axis that a condition asks about, None if it is made of others."""
        return self._numbers.get(condition)

    def _asked(self, condition: Expression, truth: bool) -> list[Box]:
        number = self._numbers[condition]
        axis = self._axes[number]
        found: dict[int, int] = {}
        for days in self._days:
            cells = self._cells(condition, axis, truth, days.references)
            found[cells] = found.get(cells, 0) | days.cells
        return joined(box for cells, on in found.items() if (box := self._box(number, cells, on)) is not None)

    def _box(self, number: int, cells: int, days: int) -> Box | None:
        box: dict[int, int] = {}
        for axis, some in ((number, cells), (self._day, days)):
            if axis >= 0:
                every = self._axes[axis].every
                box[axis] = box.get(axis, every) & some
        if not all(box.values()):
            return None
        return {axis: some for axis, some in box.items() if some != self._axes[axis].every}

    def _cells(self, condition: Expression, axis: Axis, truth: bool, references: References) -> int:
        if axis.sort is Sort.OPEN:
            return _bits(axis.cells, lambda cell: cell.value is truth)

        def is_so(one: Expression, cell: Cell, wanted: bool = True) -> bool:
            values = cell.value if isinstance(cell.value, frozenset) else (cell.value,)
            found = [value_at(self._program, one, axis.subject, value, references) for value in values]
            return all(value is wanted for value in found)

        if axis.scale is None or not _is_ordered(condition):
            return _bits(axis.cells, lambda cell: is_so(condition, cell, truth))
        found = _compared(condition, axis.cells[: axis.present.bit_length()], is_so)
        found = found if truth else axis.present & ~found
        return found | axis.missing if axis.missing and is_so(condition, axis.cells[-1], truth) else found


def conjuncts(when: Expression) -> Iterator[Expression]:
    """Yield the conditions that must all be true for one to be."""
    if isinstance(when, Call) and when.function == "and":
        for part in when.arguments:
            yield from conjuncts(part)
    else:
        yield when


def _is_ordered(condition: Expression) -> TypeGuard[Call]:
    """Whether a condition asks for order, of values that are all there."""
    if not isinstance(condition, Call) or condition.function not in ORDERED:
        return False
    return not any(isinstance(one, Constant) and one.value is None for one in condition.arguments)


def _bits(cells: Sequence[Cell], belongs: Callable[[Cell], bool]) -> int:
    return sum(1 << number for number, cell in enumerate(cells) if belongs(cell))


def _compared(call: Call, cells: Sequence[Cell], is_so: Callable[[Expression, Cell], bool]) -> int:
    """Return in which of the cells, which stand in order, a comparison with values that are there is true."""
    first, *others = call.arguments

    def side(function: str, other: Expression) -> int:
        return _on_one_side(replace(call, function=function, arguments=(first, other)), cells, is_so)

    match call.function:
        case "between":
            return side(">=", others[0]) & side("<=", others[1])
        case "=" | "in":
            return reduce(or_, (side(">=", other) & side("<=", other) for other in others), 0)
        case "!=":
            return ((1 << len(cells)) - 1) & ~(side(">=", others[0]) & side("<=", others[0]))
        case function:
            return side(function, others[0])


def _on_one_side(call: Call, cells: Sequence[Cell], is_so: Callable[[Expression, Cell], bool]) -> int:
    """Return where a comparison is true that is true up to a cell, or from one on."""
    every = (1 << len(cells)) - 1
    if not cells or is_so(call, cells[0]) == is_so(call, cells[-1]):
        return every if cells and is_so(call, cells[0]) else 0
    upward = is_so(call, cells[-1])
    at = bisect_left(cells, True, key=lambda cell: is_so(call, cell) is upward)
    return every & ~((1 << at) - 1) if upward else (1 << at) - 1
