"""The axes of a segmentation: one for each thing that its conditions ask about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from segrules.language.values import Value
from segrules.lint.regions.axis import Axis, Domain, Sort, answers_axis, axis_of
from segrules.lint.regions.calendar import AS_OF, Calendar, parameters_read
from segrules.lint.regions.domain import domain_of
from segrules.lint.regions.extents.extents import Extents
from segrules.lint.regions.numbers import Scale, scale_of
from segrules.lint.regions.subjects import is_own, own_value, subject_of, written_parts, written_value
from segrules.program.nodes import Expression, Field, Reference
from segrules.program.program import Program, Segmentation


def axes_of(
    program: Program, conditions: Iterable[Expression], calendar: Calendar, extents: Sequence[Extents]
) -> tuple[tuple[Axis, ...], dict[Expression, int]]:
    """Return the axes of conditions, and for each condition the number of the one that it asks about."""
    subjects = {condition: axis_subject(program, condition) for condition in conditions}
    references = [day.references for day in calendar.days]
    compared: dict[Expression, dict[Value, None]] = {}
    for condition, subject in subjects.items():
        values = compared.setdefault(subject, {})
        for part in written_parts(condition):
            values |= dict.fromkeys(written_value(program, part, one) for one in references)
    axes = [calendar.axis] if calendar.axis is not None else []
    numbers: dict[Expression, int] = {}
    for subject, values in compared.items():
        if is_day(subject):
            numbers[subject] = 0
            continue
        numbers[subject] = len(axes)
        is_open = subjects.get(subject) == subject and not isinstance(subject, Field)
        axes.append(_open(subject) if is_open else _axis(program, subject, list(values), extents))
    return tuple(axes), {condition: numbers[subject] for condition, subject in subjects.items()}


def _open(subject: Expression) -> Axis:
    return axis_of(subject, Sort.OPEN, (), Domain())


def _axis(program: Program, subject: Expression, compared: list[Value], extents: Sequence[Extents]) -> Axis:
    if (segmentation := _segmentation(program, subject)) is not None:
        found = answers_axis(subject, segmentation)
        assert found is not None
        return found
    if isinstance(subject, Field) and is_own(subject) and own_value(program, subject) is None:
        columns = program.table(subject.row.table).columns
        column = next((one for one in columns if one.name == subject.name), None)
        if column is not None:
            return axis_of(
                subject, Sort.COLUMN, compared, domain_of(program, column, [one.references for one in extents])
            )
    return axis_of(subject, Sort.MEASURE, compared, _domain(subject, extents))


def _domain(subject: Expression, extents: Sequence[Extents]) -> Domain:
    """Return the places between which the values of something worked out lie, whatever the day is."""
    scale = scale_of(subject.type)
    if scale is None or scale.steps:
        return Domain()
    known = [one.of_subject(subject) for one in extents]
    lows, highs = [one.low for one in known], [one.high for one in known]
    return Domain(_end(scale, lows, min), _end(scale, highs, max))


def _end(
    scale: Scale, ends: Sequence[Fraction | None], widest: Callable[[Iterable[Fraction]], Fraction]
) -> Fraction | None:
    known = [scale.place(end) for end in ends if end is not None]
    return widest(known) if known and len(known) == len(ends) else None


def axis_subject(program: Program, condition: Expression) -> Expression:
    """Return what a condition asks about; itself where that can be no axis."""
    subject = subject_of(program, condition)
    if is_day(subject):
        dated = {one.name for one in program.parameters if one.dated}
        return condition if dated & parameters_read(program, [condition]) else subject
    if (segmentation := _segmentation(program, subject)) is not None:
        return condition if answers_axis(subject, segmentation) is None else subject
    return subject


def is_day(subject: Expression) -> bool:
    """Whether the day of the evaluation is asked for."""
    return isinstance(subject, Reference) and subject.name == AS_OF


def _segmentation(program: Program, subject: Expression) -> Segmentation | None:
    if not isinstance(subject, Field) or not is_own(subject):
        return None
    found = program.definition(subject.row.table, subject.name)
    return found if isinstance(found, Segmentation) else None
