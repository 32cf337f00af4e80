"""Axes: what conditions ask about, cut into cells between which none of them tells a difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from segrules.language.types import Kind, Type
from segrules.language.values import Value
from segrules.lint.regions.numbers import Scale, count_of, friendly, scale_of, stretches
from segrules.meaning.comparisons import NO_SEGMENT, Operand
from segrules.program.nodes import Expression
from segrules.program.program import HitPolicy, Segmentation

_MOST_ANSWERS = 5
"""Of more answers not every set is a cell; it is that, to be the answer as long as something is missing."""


class Sort(StrEnum):
    """What an axis is about."""

    COLUMN = "column"
    DAY = "day"
    MEASURE = "measure"
    ANSWER = "answer"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Cell:
    """A sort of value: one that stands for all, and how many they are, None for no end.

    On the axis of a segmentation it is a set of answers, of which the row may get each.
    """

    value: Operand | frozenset[Operand]
    count: int | None = 1


@dataclass(frozen=True, slots=True)
class Axis:
    """What is asked about, and its cells: lowest first where there is an order, a missing value last.

    What is `OPEN` is a condition of which nothing is known but that it is true, false or unknown.
    """

    subject: Expression
    sort: Sort
    cells: tuple[Cell, ...]
    scale: Scale | None = None

    @property
    def every(self) -> int:
        """All cells."""
        return (1 << len(self.cells)) - 1

    @property
    def missing(self) -> int:
        """The cell of missing values, 0 if there is none."""
        return 1 << (len(self.cells) - 1) if self.cells and self.cells[-1].value is None else 0

    @property
    def present(self) -> int:
        """The cells of values that are there."""
        return self.every & ~self.missing


@dataclass(frozen=True, slots=True)
class Domain:
    """What values there can be: from `low` to `high`, as places of the scale."""

    low: Fraction | None = None
    high: Fraction | None = None


def axis_of(subject: Expression, sort: Sort, compared: Iterable[Value], domain: Domain) -> Axis:
    """Return the axis of something that is compared with these values."""
    kind, scale = subject.type, scale_of(subject.type)
    known = [value for value in compared if value is not None]
    cells = list(_boolean_or_text(kind, known) if scale is None else _ordered(scale, known, domain))
    if kind.nullable and sort is not Sort.DAY:
        cells.append(Cell(None))
    return Axis(subject, sort, tuple(cells), scale)


def _ordered(scale: Scale, compared: Iterable[Value], domain: Domain) -> Iterator[Cell]:
    cuts = {cut for value in compared for cut in _cuts(scale, value)}
    for stretch in stretches(scale, cuts, domain.low, domain.high):
        value = friendly(scale, stretch)
        if not stretch.is_open or scale.place(value) not in (stretch.low, stretch.high):
            yield Cell(value, count_of(scale, stretch))


def _cuts(scale: Scale, value: Value) -> Iterator[Fraction]:
    if isinstance(value, tuple):
        for member in value:
            if member is not None:
                yield from _cuts(scale, member)
    elif scale.has(value):
        at = scale.place(value)
        yield from {at, at + scale.width(value)}


def _boolean_or_text(kind: Type, compared: Iterable[Value]) -> Iterator[Cell]:
    if kind.kind is Kind.BOOLEAN:
        yield from (Cell(False), Cell(True))
    elif kind.values is not None:
        yield from map(Cell, kind.values)
    else:
        named = list(
            dict.fromkeys(one for value in compared for one in (value if isinstance(value, tuple) else (value,)))
        )
        yield from (Cell(one) for one in named if one is not None)
        yield Cell(_unnamed(named), None)


def _unnamed(named: Iterable[Value]) -> str:
    taken = set(named)
    return next(text for number in range(len(taken) + 1) if (text := f"other{number or ''}") not in taken)


def answers_axis(subject: Expression, segmentation: Segmentation) -> Axis | None:
    """Return the axis of what a segmentation says of the row; None if there are too many sets of answers."""
    answers: tuple[Operand, ...] = (*segmentation.segments, NO_SEGMENT)
    if segmentation.hit_policy is HitPolicy.COLLECT:
        return None
    sizes = range(1, 2)
    if any(rule.when.type.nullable for rule in segmentation.rules):
        if len(answers) > _MOST_ANSWERS:
            return None
        sizes = range(1, len(answers) + 1)
    cells = [Cell(frozenset(some)) for size in sizes for some in combinations(answers, size)]
    return Axis(subject, Sort.ANSWER, tuple(cells))
