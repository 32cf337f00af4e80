"""From a program and a day to a plan of what its statistics compare: of every row its groups and its values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from segrules.plan.columns import Columns, Fold
from segrules.plan.schedule import scheduled
from segrules.plan.sharing import shared
from segrules.plan.steps import Plan
from segrules.program.nodes import Among
from segrules.program.populations import statistics_of
from segrules.program.program import Program


@dataclass(frozen=True, slots=True)
class Compared:
    """What statistics compare rows by, and the columns that hold it; `where` is true of the rows that take part."""

    among: Among
    value: str
    over: tuple[str, ...]
    where: str | None


def plan_population(program: Program, as_of: date, fold: Fold) -> tuple[Plan, tuple[Compared, ...]]:
    """Return the steps that work out what all statistics of a program compare, and where they put it."""
    columns = Columns(program, as_of, fold)
    compared = []
    for number, among in enumerate(dict.fromkeys(one.among for one in statistics_of(program)), start=1):
        value, over, where = among
        for group in over:
            columns.read(program.entity, group.name, group.span)
        put = {f"value {number}": value} | ({f"where {number}": where} if where is not None else {})
        for name, expression in put.items():
            columns.define(program.entity, name, columns.lower(program.entity, expression))
        groups = tuple(group.name for group in over)
        compared.append(Compared(among, f"value {number}", groups, f"where {number}" if where is not None else None))
    names = [name for one in compared for name in (one.value, *one.over, one.where) if name is not None]
    key = program.table(program.entity).key
    made = Plan(
        program.entity, scheduled(shared(columns.definitions), program), tuple(dict.fromkeys((*key, *names)))
    )  # fmt: skip
    return made, tuple(compared)
