"""From a program and a day to a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from segrules.plan import blame
from segrules.plan.columns import Columns, Fold
from segrules.plan.decisions import Judgement
from segrules.plan.logic import disjunction
from segrules.plan.passed_over import passed_over
from segrules.plan.schedule import scheduled
from segrules.plan.sharing import shared
from segrules.plan.steps import Explained, Plan
from segrules.program.conditions import atoms
from segrules.program.nodes import Expression
from segrules.program.program import CONFLICT, NO_SEGMENT, HitPolicy, Hole, Program, Segmentation


@lru_cache(maxsize=64)
def plan(program: Program, as_of: date, fold: Fold, explained: str | None = None, *, missing: bool = True) -> Plan:
    """Return the steps that work out every metric and segmentation of the entity.

    Rules that are not in force on `as_of` are left out, and `fold` works out what is constant. With `explained`, the
    name of a segmentation, the plan works out only what that one needs, and what its decisions are explained by; what
    they lack is a great deal more work, and left out without `missing`.
    """
    columns = Columns(program, as_of, fold)
    if explained is None:
        wanted = program.results
        for name in wanted:
            columns.read(program.entity, name, program.span)
        parts = None
    else:
        segmentation = program.segmentation(explained)
        wanted = (explained,)
        parts = _explained(columns, segmentation, missing=missing)
    names = (*program.table(program.entity).key, *wanted)
    return Plan(program.entity, scheduled(shared(columns.definitions), program), names, parts)


@lru_cache(maxsize=64)
def plan_of_passed_over(program: Program, as_of: date, fold: Fold) -> Plan:
    """Return the steps that count what the aggregates of a program pass over."""
    columns = Columns(program, as_of, fold)
    for name in program.results:
        columns.read(program.entity, name, program.span)
    found = passed_over(columns)
    return Plan(program.entity, scheduled(shared(columns.definitions), program), (), passed_over=found)


def _explained(columns: Columns, segmentation: Segmentation, *, missing: bool) -> Explained:
    entity = columns.program.entity
    columns.read(entity, segmentation.name, segmentation.span)
    judgement = Judgement(columns, segmentation)
    numbered = list(enumerate(judgement.tried))

    def column(mark: str, expression: Expression) -> str:
        name = f"~{segmentation.name}:{mark}"
        columns.define(entity, name, columns.lower(entity, expression))
        return name

    matters = [(one, judgement.matters(one)) for one in judgement.tried]
    provisional = disjunction([condition for _, condition in matters], segmentation.span)
    faults = blame.of_segmentation(columns, segmentation) if missing else {}
    conditions = list(dict.fromkeys(one for tried in judgement.tried for one in atoms(tried.rule.when)))
    return Explained(
        segmentation,
        truths=tuple((one.rule, one.column) for one in judgement.tried),
        deciding=tuple((one.rule, column(f"decides {i}", judgement.decides(one))) for i, one in numbered),
        unknown=tuple((one.rule, column(f"unknown {i}", matter)) for i, (one, matter) in enumerate(matters)),
        conflict=column("conflict", judgement.conflict()),
        provisional=column("provisional", provisional),
        possible=tuple((name, column(f"possible {name}", one)) for name, one in _possible(judgement)),
        missing=tuple((name, column(f"missing {name}", fault)) for name, fault in sorted(faults.items())),
        conditions=tuple((one, column(f"condition {i}", one)) for i, one in enumerate(conditions)),
        holes=tuple(
            ((one.rule, place), column(f"hole {i}.{place}", part.expression))
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
