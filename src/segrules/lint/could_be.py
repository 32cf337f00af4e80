"""What a condition can be where something is known of a segmentation's answer, and everything else is open."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from segrules.program.nodes import Answers, Call, Constant, Expression, Field, Scope
from segrules.program.program import Computed, HitPolicy, Program, Segmentation

Truths = frozenset[bool]
"""What a condition can be, unknown left aside."""

_OPEN: Truths = frozenset({True, False})

_ORDERINGS: Mapping[str, Callable[[int, int], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one segmentation's answer: segments that it is or has, and segments that it is not or lacks."""

    segmentation: Segmentation
    inside: frozenset[str]
    outside: frozenset[str]


def only(segmentation: Segmentation, *segments: str) -> Case:
    """Return the case of rows with these segments and no others; without any, of rows with no segment."""
    inside = frozenset(segments)
    return Case(segmentation, inside, frozenset(segmentation.segments) - inside)


def could_be(program: Program, when: Expression, case: Case | None = None) -> Truths:
    """Return what a condition of the entity can be in a case."""
    match when:
        case Constant(value=bool() as truth):
            return frozenset({truth})
        case Call(function="not", arguments=(negated,)):
            return frozenset(not one for one in could_be(program, negated, case))
        case Call(function="and" | "or" | "at_least" as function, arguments=arguments):
            return _counted(program, function, arguments, case)
        case Answers(segmentation=Field() as field, comparison=Call() as comparison):
            return _compared(field, comparison, case) if case and is_answer(program, field, case) else _OPEN
        case Field() if isinstance(computed := own_definition(program, when), Computed):
            return could_be(program, computed.value, case)
        case _:
            return _OPEN


def contradicts(program: Program, whens: Iterable[Expression]) -> str | None:
    """Return a segmentation with no answer for which all conditions can be true, "" if none can be anyway."""
    conditions = tuple(whens)
    if not _together(program, conditions, None):
        return ""
    for segmentation in program.segmentations:
        for cases in _partitions(segmentation):
            if not any(_together(program, conditions, case) for case in cases):
                return segmentation.name
    return None


def is_answer(program: Program, field: Field, case: Case) -> bool:
    """Whether a field is the row's own answer of the segmentation of a case."""
    return own_definition(program, field) is case.segmentation


def own_definition(program: Program, field: Field) -> object:
    """Return what works out a field of the entity's own row, None if it is stored or of another row."""
    if field.row.path or field.row.scope is not Scope.ROW or field.row.table != program.entity:
        return None
    return program.definition(program.entity, field.name)


def _together(program: Program, conditions: Iterable[Expression], case: Case | None) -> bool:
    return all(True in could_be(program, condition, case) for condition in conditions)


def _partitions(segmentation: Segmentation) -> Iterator[list[Case]]:
    """Yield sets of cases, one case of each of which holds for every row."""
    if segmentation.hit_policy is not HitPolicy.COLLECT:
        yield [only(segmentation), *(only(segmentation, segment) for segment in segmentation.segments)]
        return
    for segment in segmentation.segments:
        member, nobody = frozenset({segment}), frozenset[str]()
        yield [Case(segmentation, member, nobody), Case(segmentation, nobody, member)]


def _counted(program: Program, function: str, arguments: tuple[Expression, ...], case: Case | None) -> Truths:
    """Return what `and`, `or` and `at_least` can be: at least so many of their parts are true, or too many false."""
    least = {"and": len(arguments), "or": 1}.get(function)
    if least is None:
        number, *rest = arguments
        if not isinstance(number, Constant) or not isinstance(number.value, int):
            return _OPEN
        least, arguments = number.value, tuple(rest)
    truths = [could_be(program, part, case) for part in arguments]
    can_be_true = sum(True in part for part in truths) >= least
    can_be_false = sum(False in part for part in truths) > len(truths) - least
    return frozenset([truth for truth, can in ((True, can_be_true), (False, can_be_false)) if can])


def _compared(field: Field, comparison: Call, case: Case) -> Truths:
    if case.segmentation.hit_policy is HitPolicy.COLLECT:
        return _contains(field, comparison, case)
    answered, *others = comparison.arguments
    written = [other.value for other in others if isinstance(other, Constant)]
    places = {segment: place for place, segment in enumerate(case.segmentation.segments)}
    if answered != field or len(written) != len(others) or not all(value in places for value in written):
        return _OPEN
    answer = next((places[segment] for segment in case.inside), -1)
    return _placed(comparison.function, answer, [places[str(value)] for value in written])


def _contains(field: Field, comparison: Call, case: Case) -> Truths:
    match comparison:
        case Call(function="in_list", arguments=(Constant(value=segment), read)) if read == field:
            known = {True: case.inside, False: case.outside}
            return frozenset([truth for truth, segments in known.items() if segment in segments]) or _OPEN
        case _:
            return _OPEN


def _placed(function: str, answer: int, others: list[int]) -> Truths:
    """Return what a comparison of places among the segments is; no segment has the place -1."""
    if function in ("=", "in"):
        return frozenset({answer in others})
    if function == "!=":
        return frozenset({answer not in others})
    if function == "between":
        low, high = others
        return frozenset({low <= answer <= high})
    return frozenset({_ORDERINGS[function](answer, others[0])}) if function in _ORDERINGS else _OPEN
