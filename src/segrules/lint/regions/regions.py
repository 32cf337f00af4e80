"""What the rules of a segmentation ask for, each as boxes over the same axes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from segrules.lint.regions.axes import axes_of, axis_subject, is_day
from segrules.lint.regions.axis import Axis, Sort
from segrules.lint.regions.box import Box, TooManyBoxes, met
from segrules.lint.regions.calendar import calendar_of
from segrules.lint.regions.extents.extents import Extents
from segrules.lint.regions.subjects import own_value
from segrules.lint.regions.truth import Truths
from segrules.program.nodes import Call, Constant, Expression
from segrules.program.program import Program, Segmentation

_MOST_BOXES = 4_000
"""Of a segmentation whose rules come to more nothing is told: it would take too long."""


@dataclass(frozen=True, slots=True, eq=False)
class Regions:
    """A segmentation's rules, in file order, as boxes of the rows for which they are true; None is too many of them.

    `rows` are the rows that are asked about: those that the table's `where` keeps, on days when a rule is in force.
    """

    program: Program
    segmentation: Segmentation
    axes: tuple[Axis, ...]
    rows: Sequence[Box]
    rules: tuple[Sequence[Box] | None, ...]
    truths: Truths
    extents: tuple[Extents, ...]

    @property
    def sizes(self) -> list[int]:
        """How many cells each axis has."""
        return [len(axis.cells) for axis in self.axes]


@lru_cache(maxsize=2)
def regions_of(program: Program) -> tuple[Regions, ...]:
    """Return the regions of every segmentation, without those of whose rows nothing can be told."""
    found = (_regions(program, segmentation) for segmentation in program.segmentations)
    return tuple(one for one in found if one is not None)


def _regions(program: Program, segmentation: Segmentation) -> Regions | None:
    where = program.table(program.entity).where
    asked = [list(_asked(program, rule.when)) for rule in segmentation.rules]
    every = list(dict.fromkeys(chain(*asked, _asked(program, where) if where is not None else ())))
    about_days = [condition for condition in every if is_day(axis_subject(program, condition))]
    read = [[rule.when, *([where] if where is not None else [])] for rule in segmentation.rules]
    calendar = calendar_of(program, segmentation.rules, read, about_days)
    extents = tuple(Extents(program, day.references) for day in calendar.days)
    axes, numbers = axes_of(program, every, calendar, extents)
    truths = Truths(program, axes, numbers, calendar.days)
    on_days = _on_days(axes, calendar.asked)
    try:
        rows = met([on_days] if on_days is not None else [], truths.where(where, True) if where is not None else [{}])
    except TooManyBoxes:
        return None
    rules: list[Sequence[Box] | None] = []
    for rule, in_force in zip(segmentation.rules, calendar.in_force, strict=True):
        days = _on_days(axes, in_force)
        try:
            asked_about = met([days] if days is not None else [], rows)
            rules.append(truths.plain(met(asked_about, truths.where(rule.when, True))))
        except TooManyBoxes:
            rules.append(None)
    if sum(len(boxes or ()) for boxes in rules) > _MOST_BOXES:
        return None
    return Regions(program, segmentation, axes, rows, tuple(rules), truths, extents)


def _asked(program: Program, condition: Expression) -> Iterator[Expression]:
    """Yield the conditions that one is made of, those of a metric that is one too."""
    match condition:
        case Constant():
            pass
        case (
            Call(function="and" | "or" | "not" | "if", arguments=parts)
            | Call(function="at_least", arguments=(_, *parts))
        ):
            for part in parts:
                yield from _asked(program, part)
        case _:
            value = own_value(program, condition)
            yield from [condition] if value is None else _asked(program, value)


def _on_days(axes: Sequence[Axis], cells: int) -> Box | None:
    """Return the box of some days, None if they are none."""
    number = next((number for number, axis in enumerate(axes) if axis.sort is Sort.DAY), None)
    if number is None or cells == axes[number].every:
        return {}
    return {number: cells} if cells else None
