"""How conditions turned out over all rows, in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import and_, or_

import polars as pl

from segrules.plan.logic import constant
from segrules.plan.steps import Plan
from segrules.program.conditions import Condition
from segrules.program.nodes import Expression, Field


def counts(plan: Plan, frame: pl.DataFrame) -> Iterator[tuple[Condition, dict[str, int]]]:
    """Yield, for each condition, in how many rows it `passed`, `failed`, was `unknown`, and `decided` the assignment.

    It decided where a rule that did so tells it.
    """
    decided = _decided(plan)
    asked: dict[str, pl.Expr] = {}
    for condition, column in plan.conditions:
        asked[f"{condition.name} passed"] = pl.col(column).sum()
        asked[f"{condition.name} unknown"] = pl.col(column).null_count()
        asked[f"{condition.name} decided"] = reduce(or_, decided[condition.expression]).sum()
    found = frame.lazy().select(pl.len(), **asked).collect(engine="in-memory").row(0, named=True)
    for condition, _ in plan.conditions:
        passed, unknown, decisive = (found[f"{condition.name} {what}"] for what in ("passed", "unknown", "decided"))
        failed = found["len"] - passed - unknown
        yield condition, {"passed": passed, "failed": failed, "unknown": unknown, "decided": decisive}


def _decided(plan: Plan) -> dict[Expression, list[pl.Expr]]:
    """Return, by condition, whether each rule that it stands in decided and tells it."""
    found: dict[Expression, list[pl.Expr]] = {condition.expression: [] for condition, _ in plan.conditions}
    for explained in plan.explained:
        deciding = dict(explained.deciding)
        for rule, told in explained.told:
            for one in told:
                found[one.condition].append(reduce(and_, [pl.col(deciding[rule]), *_truth(one.shown)]))
    return found


def _truth(shown: Expression) -> list[pl.Expr]:
    """Return what has to be true for a part to be told: nothing for one that always is."""
    if isinstance(shown, Field):
        return [pl.col(shown.name)]
    return [] if constant(shown) is True else [pl.lit(False)]
