"""From a program and a day to a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import IntEnum
from functools import lru_cache

from segrules.plan import blame
from segrules.plan.columns import Columns, Fold
from segrules.plan.decisions import Judgement
from segrules.plan.logic import disjunction
from segrules.plan.passed_over import passed_over
from segrules.plan.schedule import scheduled
from segrules.plan.sharing import shared
from segrules.plan.steps import Explained, Plan
from segrules.plan.telling import stored, told
from segrules.program.conditions import Condition, conditions
from segrules.program.nodes import Expression
from segrules.program.program import CONFLICT, NO_SEGMENT, HitPolicy, Hole, Program, Segmentation


class Detail(IntEnum):
    """How much a plan works out; each includes those before it."""

    RESULTS = 0
    """Every metric, scorecard, segmentation and further output."""

    CONDITIONS = 1
    """How every condition of the rules in force turned out."""

    DECISIONS = 2
    """What the decisions of segmentations are explained by, but for what they lack."""

    LACKS = 3
    """What is missing where a decision is not certain: a great deal more work."""


@lru_cache(maxsize=64)
def plan(program: Program, as_of: date, fold: Fold, detail: Detail = Detail.RESULTS) -> Plan:
    """Return the steps that work out a row of the entity.

    Rules that are not in force on `as_of` are left out, and `fold` works out what is constant.
    """
    columns = Columns(program, as_of, fold)
    for name in program.results:
        columns.read(program.entity, name, program.span)
    numbered = tuple(_outcomes(columns)) if detail >= Detail.CONDITIONS else ()
    explained = _all_explained(columns, lacks=detail >= Detail.LACKS) if detail >= Detail.DECISIONS else ()
    names = (*program.table(program.entity).key, *program.results)
    steps = scheduled(shared(columns.definitions), program)
    return Plan(program.entity, steps, names, conditions=numbered, explained=explained)


@lru_cache(maxsize=64)
def plan_of_passed_over(program: Program, as_of: date, fold: Fold) -> Plan:
    """Return the steps that count what the aggregates of a program pass over."""
    columns = Columns(program, as_of, fold)
    for name in program.results:
        columns.read(program.entity, name, program.span)
    found = passed_over(columns)
    return Plan(program.entity, scheduled(shared(columns.definitions), program), (), passed_over=found)


def _outcomes(columns: Columns) -> Iterator[tuple[Condition, str]]:
    entity = columns.program.entity
    for condition in conditions(columns.program):
        if any(rule.in_force(columns.as_of) for _, rule in condition.places):
            name = f"~condition {condition.number}"
            columns.define(entity, name, columns.lower(entity, condition.expression))
            yield condition, name


def _all_explained(columns: Columns, *, lacks: bool) -> tuple[Explained, ...]:
    return tuple(_explained(columns, one, lacks=lacks) for one in columns.program.segmentations)


def _explained(columns: Columns, segmentation: Segmentation, *, lacks: bool) -> Explained:
    entity = columns.program.entity
    judgement = Judgement(columns, segmentation)
    numbered = list(enumerate(judgement.tried))

    def column(mark: str, expression: Expression) -> str:
        name = f"~{segmentation.name}:{mark}"
        columns.define(entity, name, columns.lower(entity, expression))
        return name

    provisional = disjunction([judgement.matters(one) for one in judgement.tried], segmentation.span)
    faults = blame.of_segmentation(columns, segmentation) if lacks else {}
    return Explained(
        segmentation,
        deciding=tuple((one.rule, column(f"decides {i}", judgement.decides(one))) for i, one in numbered),
        conflict=column("conflict", judgement.conflict()),
        provisional=column("provisional", provisional),
        possible=tuple((name, column(f"possible {name}", one)) for name, one in _possible(judgement)),
        missing=tuple((name, column(f"missing {name}", fault)) for name, fault in sorted(faults.items())),
        told=tuple((one.rule, told(columns, f"~{segmentation.name}:told {i}", one.rule.when)) for i, one in numbered),
        holes=tuple(
            ((one.rule, place), stored(columns, f"~{segmentation.name}:hole {i}.{place}", part.expression))
            for i, one in numbered
            for place, part in enumerate(one.rule.because or ())
            if isinstance(part, Hole)
        ),
        outputs=columns.outputs(segmentation).name if segmentation.outputs else None,
    )


def _possible(judgement: Judgement) -> Iterator[tuple[str, Expression]]:
    segmentation = judgement.segmentation
    if segmentation.hit_policy is HitPolicy.COLLECT:
        yield from ((segment, judgement.perhaps_also(segment)) for segment in segmentation.segments)
        return
    yield from ((segment, judgement.possible(segment)) for segment in segmentation.segments)
    yield NO_SEGMENT, judgement.possible_none()
    yield CONFLICT, judgement.possible_conflict()
