"""What the rules of a segmentation ask for, each as boxes over the same axes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from segrules.language.values import Value
from segrules.lint.regions.axis import Axis, Domain, Sort, answers_axis, axis_of
from segrules.lint.regions.box import Box, TooManyBoxes, met
from segrules.lint.regions.calendar import AS_OF, Calendar, calendar_of, parameters_read
from segrules.lint.regions.domain import domain_of
from segrules.lint.regions.extent import extent_of
from segrules.lint.regions.numbers import Scale, scale_of
from segrules.lint.regions.subjects import References, is_own, own_value, subject_of, written_parts, written_value
from segrules.lint.regions.truth import Truths
from segrules.program.nodes import Call, Constant, Expression, Field, Reference
from segrules.program.program import Program, Segmentation


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
    references: tuple[References, ...]

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
    subjects = {condition: _subject(program, condition) for condition in every}
    about_days = [condition for condition, subject in subjects.items() if _is_day(subject)]
    calendar = calendar_of(program, segmentation.rules, asked, about_days)
    axes, numbers = _axes(program, subjects, calendar)
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
    references = tuple(day.references for day in calendar.days)
    return Regions(program, segmentation, axes, rows, tuple(rules), truths, references)


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


def _subject(program: Program, condition: Expression) -> Expression:
    """Return what a condition asks about; itself where that can be no axis."""
    subject = subject_of(program, condition)
    if _is_day(subject):
        dated = {one.name for one in program.parameters if one.dated}
        return condition if dated & parameters_read(program, [condition]) else subject
    if (segmentation := _segmentation(program, subject)) is not None:
        return condition if answers_axis(subject, segmentation) is None else subject
    return subject


def _is_day(subject: Expression) -> bool:
    return isinstance(subject, Reference) and subject.name == AS_OF


def _segmentation(program: Program, subject: Expression) -> Segmentation | None:
    if not isinstance(subject, Field) or not is_own(subject):
        return None
    found = program.definition(subject.row.table, subject.name)
    return found if isinstance(found, Segmentation) else None


def _on_days(axes: Sequence[Axis], cells: int) -> Box | None:
    """Return the box of some days, None if they are none."""
    number = next((number for number, axis in enumerate(axes) if axis.sort is Sort.DAY), None)
    if number is None or cells == axes[number].every:
        return {}
    return {number: cells} if cells else None


# Axes


def _axes(
    program: Program, subjects: dict[Expression, Expression], calendar: Calendar
) -> tuple[tuple[Axis, ...], dict[Expression, int]]:
    """Return the axes, and for each condition the number of the one that it asks about."""
    references = [day.references for day in calendar.days]
    compared: dict[Expression, dict[Value, None]] = {}
    for condition, subject in subjects.items():
        values = compared.setdefault(subject, {})
        for part in written_parts(condition):
            values |= dict.fromkeys(written_value(program, part, one) for one in references)
    axes = [calendar.axis] if calendar.axis is not None else []
    numbers: dict[Expression, int] = {}
    for subject, values in compared.items():
        if _is_day(subject):
            numbers[subject] = 0
            continue
        numbers[subject] = len(axes)
        is_open = subjects.get(subject) == subject and not isinstance(subject, Field)
        axes.append(_axis(program, subject, list(values), references, is_open=is_open))
    return tuple(axes), {condition: numbers[subject] for condition, subject in subjects.items()}


def _axis(
    program: Program, subject: Expression, compared: list[Value], references: Sequence[References], *, is_open: bool
) -> Axis:
    if is_open:
        return axis_of(subject, Sort.OPEN, (), Domain())
    if (segmentation := _segmentation(program, subject)) is not None:
        found = answers_axis(subject, segmentation)
        assert found is not None
        return found
    if isinstance(subject, Field) and is_own(subject) and own_value(program, subject) is None:
        columns = program.table(subject.row.table).columns
        column = next((one for one in columns if one.name == subject.name), None)
        if column is not None:
            return axis_of(subject, Sort.COLUMN, compared, domain_of(program, column, references))
    return axis_of(subject, Sort.MEASURE, compared, _domain(program, subject, references))


def _domain(program: Program, subject: Expression, references: Sequence[References]) -> Domain:
    """Return the places between which the values of something worked out lie, whatever the day is."""
    scale = scale_of(subject.type)
    extents = [extent_of(program, subject, one) for one in references]
    if scale is None or scale.steps:
        return Domain()
    lows, highs = [one.low for one in extents], [one.high for one in extents]
    return Domain(_end(scale, lows, min), _end(scale, highs, max))


def _end(
    scale: Scale, ends: Sequence[Fraction | None], widest: Callable[[Iterable[Fraction]], Fraction]
) -> Fraction | None:
    known = [scale.place(end) for end in ends if end is not None]
    return widest(known) if known and len(known) == len(ends) else None
