"""What a column that is actionable can be changed to in one row: numbers in steps, or other values one by one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import ceil, floor

from segrules.explain.possible_values import ANYTHING, Possible, Range
from segrules.language.types import NUMERIC, Kind, Type
from segrules.language.values import MAX_DIGITS, MAX_INTEGER, MIN_INTEGER, Value
from segrules.meaning.arithmetic import WORKING_DIGITS
from segrules.program.nodes import Expression
from segrules.program.program import Actionable, Column

Evaluate = Callable[[Expression], Value]

MAX_DOUBLE = sys.float_info.max

FARTHEST = 10**15
"""The most steps that are looked at; of a double, all of these are different."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that a column of a row can be changed to, by whole numbers from `low` to `high` but 0.

    Those of a number are steps from the present value, down if negative. One that is missing is filled, and its first
    step leads to `origin`: the lowest value, the highest if it can only go down, 0 where there is none. Other values
    are counted from 1.
    """

    column: str
    present: Value
    low: int
    high: int
    type: Type
    origin: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    others: tuple[Value, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether the values are numbers in steps."""
        return not self.others

    def value(self, place: int) -> Value:
        """Return the value at a place."""
        if place == 0:
            return self.present
        if self.others:
            return self.others[place - 1]
        steps = place if self.present is not None else place - 1 if place > 0 else place + 1  # the first fills it
        with localcontext(prec=WORKING_DIGITS):
            return _typed(self.type, self.origin + steps * self.step)

    def between(self, near: int, far: int) -> Possible:
        """Return what the column may be between two places on one side."""
        if self.others:
            return frozenset(self.others[near - 1 : far])
        ends = (self.value(near), self.value(far))
        return frozenset(ends[:1]) if near == far else Range(min(ends), max(ends))  # type: ignore[type-var]

    @property
    def anywhere(self) -> Possible:
        """What the column may be, changed or not."""
        if self.others:
            return frozenset({self.present, *self.others})
        if self.present is None:
            return ANYTHING
        ends = [self.present, *(self.value(far) for _, far in self.sides)]
        return Range(min(ends), max(ends))  # type: ignore[type-var]

    def cost(self, place: int) -> int:
        """Return what a change counts: its number of steps, and 1 where there are none."""
        return abs(place) if self.is_number else 1

    @property
    def sides(self) -> tuple[tuple[int, int], ...]:
        """The ranges of places on either side of the present value, each from the nearest to the farthest."""
        up = (max(self.low, 1), self.high)
        down = (min(self.high, -1), self.low)
        return (*([up] if up[0] <= up[1] else []), *([down] if down[0] >= down[1] else []))


def choices(column: Column, present: Value, constant: Evaluate) -> Choices:
    """Return what a column can be changed to; `constant` works out its bounds."""
    actionable = column.actionable
    assert actionable is not None
    if column.type.kind in NUMERIC:
        return _steps_of(column, actionable, present, constant)
    others = tuple(value for value in actionable.to or column.type.values or (True, False) if value != present)
    return Choices(column.name, present, 1, len(others), column.type, others=others)


def _steps_of(column: Column, actionable: Actionable, present: Value, constant: Evaluate) -> Choices:
    lows, highs = (
        [_exact(value) for bound in bounds if bound is not None and (value := constant(bound)) is not None]
        for bounds in ((column.minimum, actionable.minimum), (column.maximum, actionable.maximum))
    )
    up, down = actionable.direction != "down", actionable.direction != "up"
    if present is None and up and down and (lows or highs):
        up, down = bool(lows), not lows
    filled = (max(lows) if up and lows else min(highs) if down and highs else Decimal(0)) if present is None else None
    origin, step = _exact(present) if filled is None else filled, _exact(actionable.step)
    least, most = _limits(column.type)
    with localcontext(prec=WORKING_DIGITS):
        low = ceil((max([*lows, least]) - origin) / step) - (present is None)
        high = floor((min([*highs, most]) - origin) / step) + (present is None)
    low, high = low if down else max(low, 1), high if up else min(high, -1)
    return Choices(column.name, present, max(low, -FARTHEST), min(high, FARTHEST), column.type, origin, step)


def _limits(kind: Type) -> tuple[Decimal, Decimal]:
    """Return the least and the largest number of a type."""
    match kind.kind:
        case Kind.INTEGER:
            return Decimal(MIN_INTEGER), Decimal(MAX_INTEGER)
        case Kind.DECIMAL:
            with localcontext(prec=WORKING_DIGITS):
                most = (Decimal(10) ** MAX_DIGITS - 1).scaleb(-kind.places)
                return most.copy_negate(), most
        case _:
            return Decimal(repr(-MAX_DOUBLE)), Decimal(repr(MAX_DOUBLE))


def _exact(value: Value) -> Decimal:
    """Return a number as it is written: a double by its shortest spelling."""
    assert isinstance(value, (int, float, Decimal))
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _typed(kind: Type, number: Decimal) -> Value:
    match kind.kind:
        case Kind.INTEGER:
            return int(number)
        case Kind.DECIMAL:
            return number.quantize(Decimal(1).scaleb(-kind.places))
        case _:
            return float(number)
