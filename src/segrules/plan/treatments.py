"""From a program and a day to a plan of its treatments: of every row what makes it eligible, and for how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from segrules.language.types import Type
from segrules.plan.blame import of_treatment
from segrules.plan.columns import Columns, Fold
from segrules.plan.schedule import scheduled
from segrules.plan.sharing import shared
from segrules.plan.steps import Plan
from segrules.program.nodes import Constant, Expression, Field
from segrules.program.program import Program
from segrules.program.treatments import Treatment


@dataclass(frozen=True, slots=True)
class TreatmentColumns:
    """Where a plan puts what it works out for a treatment in force: columns of the entity.

    `when` is the condition, `amount` what a row asks for, `worth` what it is worth to give it; `money` and
    `place` part the rows for the budget and the limit; `ranks` order them.
    """

    treatment: Treatment
    when: str
    amount: str | None
    worth: str | None
    money: str | None
    place: str | None
    ranks: tuple[str, ...]

    @property
    def needed(self) -> tuple[str | None, ...]:
        """What must not be missing where a row is eligible."""
        return self.amount, self.worth, self.money, self.place


@dataclass(frozen=True, slots=True)
class TreatmentTexts:
    """Where a plan puts what is told of a treatment.

    `attributes` are values that are not constant and the holes of texts, by the attribute's name and the place in its
    text, and `missing` the names of what is not known, each with the boolean column that says where.
    """

    treatment: Treatment
    attributes: tuple[tuple[tuple[str, int], str, Type], ...]
    missing: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Treated:
    """The treatments in force, in file order; `suppress` is the column of who gets nothing."""

    treatments: tuple[TreatmentColumns, ...]
    suppress: str | None


@lru_cache(maxsize=64)
def plan_treatments(program: Program, as_of: date, fold: Fold) -> tuple[Plan, Treated]:
    """Return the steps that work out who is eligible for what, and where they put it."""
    columns = Columns(program, as_of, fold)
    suppress = None if program.suppress is None else _column(columns, "~suppress", program.suppress)
    found = tuple(_treatment(columns, one) for one in program.treatments if one.in_force(as_of))
    key = program.table(program.entity).key
    named = (name for one in found for name in (one.when, *one.needed, *one.ranks))
    wanted = [name for name in (*key, suppress, *named) if name is not None]
    return _plan(columns, wanted), Treated(found, suppress)


@lru_cache(maxsize=64)
def plan_treatment_texts(program: Program, as_of: date, fold: Fold) -> tuple[Plan, tuple[TreatmentTexts, ...]]:
    """Return the steps that work out what is told of treatments, and where they put it."""
    columns = Columns(program, as_of, fold)
    found = tuple(_texts(columns, one) for one in program.treatments if one.in_force(as_of))
    of_attributes = [name for one in found for _, name, _ in one.attributes]
    wanted = [*of_attributes, *(name for one in found for _, name in one.missing)]
    return _plan(columns, [*program.table(program.entity).key, *wanted]), found


def _plan(columns: Columns, wanted: Sequence[str]) -> Plan:
    steps = scheduled(shared(columns.definitions), columns.program)
    return Plan(columns.program.entity, steps, tuple(dict.fromkeys(wanted)))


def _column(columns: Columns, name: str, expression: Expression) -> str:
    entity = columns.program.entity
    columns.define(entity, name, columns.lower(entity, expression))
    return name


def _treatment(columns: Columns, treatment: Treatment) -> TreatmentColumns:
    def column(mark: str, expression: Expression) -> str:
        return _column(columns, f"~treatment {treatment.name}:{mark}", expression)

    budget, limit = treatment.budget, treatment.limit
    return TreatmentColumns(
        treatment,
        column("when", treatment.when),
        column("amount", treatment.amount.value) if treatment.amount else None,
        column("worth", treatment.worth.value) if treatment.worth else None,
        _read(columns, budget.per if budget else None),
        _read(columns, limit.per if limit else None),
        tuple(column(f"rank {number}", rank.value) for number, rank in enumerate(treatment.ranks)),
    )


def _read(columns: Columns, per: Field | None) -> str | None:
    return None if per is None else columns.read(columns.program.entity, per.name, per.span).name


def _texts(columns: Columns, treatment: Treatment) -> TreatmentTexts:
    mark = f"~treatment {treatment.name}"
    holes = [(of, expression) for of, expression in _holes(treatment)]
    attributes = tuple(
        (of, _column(columns, f"{mark}:attribute {number}", expression), expression.type)
        for number, (of, expression) in enumerate(holes)
    )
    faults = of_treatment(columns, treatment)
    missing = tuple((name, _column(columns, f"{mark}:missing {name}", fault)) for name, fault in sorted(faults.items()))
    return TreatmentTexts(treatment, attributes, missing)


def _holes(treatment: Treatment) -> Iterator[tuple[tuple[str, int], Expression]]:
    for name, attribute in treatment.attributes:
        if isinstance(attribute, tuple):
            yield from (((name, at), part.expression) for at, part in enumerate(attribute) if not isinstance(part, str))
        elif not isinstance(attribute, Constant):
            yield (name, 0), attribute
