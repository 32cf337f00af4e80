"""Days as an axis: validities and the values of parameters by day cut it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from segrules.language import types
from segrules.language.values import Value
from segrules.lint.regions.axis import Axis, Domain, Sort, axis_of
from segrules.lint.regions.box import cells_of
from segrules.lint.regions.subjects import References, own_value, written_parts, written_value
from segrules.program.dated import value_on
from segrules.program.nodes import Expression, Reference, walk
from segrules.program.program import Program, Rule

AS_OF = "as_of"


@dataclass(frozen=True, slots=True)
class Days:
    """Days on which all parameters have the same values, as cells of the axis of days (-1 for every day)."""

    cells: int
    references: References


@dataclass(frozen=True, slots=True)
class Calendar:
    """The axis of days, None if every day is the same.

    `days` part it by the values of parameters. On those that are `asked` some rule is in force, and has values for all
    parameters that it reads; `in_force` are the days of each rule. Both are cells of the axis, or -1 for every day.
    """

    axis: Axis | None
    days: tuple[Days, ...]
    asked: int
    in_force: tuple[int, ...]


def calendar_of(
    program: Program, rules: Sequence[Rule], read: Sequence[Iterable[Expression]], about_days: Iterable[Expression]
) -> Calendar:
    """Return the days of rules, with the expressions that each reads, and the conditions that ask for the day."""
    dated = {one.name: one for one in program.parameters if one.dated}
    needed_by = [dated.keys() & parameters_read(program, expressions) for expressions in read]
    names = sorted(set().union(*needed_by))
    cuts = {*_ends(rules), *(since.day for name in names for since in dated[name].dated)}
    asks = list(about_days)
    for condition in asks:
        cuts |= set(_days_in(program, condition))
    if not cuts and not asks:
        return Calendar(None, (Days(-1, references_on(program, None)),), -1, (-1,) * len(rules))
    axis = axis_of(Reference(AS_OF, types.DATE.present(), program.span), Sort.DAY, cuts, Domain())
    days = [cell.value for cell in axis.cells if isinstance(cell.value, date)]
    known = [references_on(program, day) for day in days]
    in_force = tuple(_bits(rule.in_force(day) for day in days) for rule in rules)
    valued = [_bits(all(one[name] is not None for name in needed) for one in known) for needed in needed_by]
    refused = reduce(or_, (force & ~values for force, values in zip(in_force, valued, strict=True)), 0)
    return Calendar(axis, _grouped(known, names), reduce(or_, in_force, 0) & ~refused, in_force)


def _ends(rules: Iterable[Rule]) -> Iterator[date]:
    for rule in rules:
        if rule.valid_from is not None:
            yield rule.valid_from
        if rule.valid_until is not None and rule.valid_until < date.max:
            yield rule.valid_until + timedelta(days=1)


def _days_in(program: Program, condition: Expression) -> Iterator[date]:
    for part in written_parts(condition):
        value = written_value(program, part, references_on(program, None))
        yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, date))


def _grouped(known: Sequence[References], names: Sequence[str]) -> tuple[Days, ...]:
    """Return the days by the values of parameters that they have in common."""
    found: dict[tuple[Value, ...], int] = {}
    for number, references in enumerate(known):
        key = tuple(references[name] for name in names)
        found[key] = found.get(key, 0) | 1 << number
    return tuple(Days(cells, known[next(cells_of(cells))]) for cells in found.values())


def _bits(truths: Iterable[bool]) -> int:
    return sum(1 << number for number, truth in enumerate(truths) if truth)


def references_on(program: Program, day: date | None) -> References:
    """Return the values of parameters on a day; those that go by the day are missing without one."""
    found: dict[str, Value] = {}
    for parameter in program.parameters:
        since = value_on(parameter, day) if parameter.dated and day else None
        found[parameter.name] = since.value if since else None if parameter.dated else parameter.value
    return found


def parameters_read(program: Program, conditions: Iterable[Expression]) -> set[str]:
    """Return the parameters that conditions read, through metrics too."""
    found: set[str] = set()
    seen: set[Expression] = set()
    pending = list(conditions)
    while pending:
        for node in walk(pending.pop()):
            if isinstance(node, Reference):
                found.add(node.name)
            elif node not in seen and (value := own_value(program, node)) is not None:
                seen.add(node)
                pending.append(value)
    return found
