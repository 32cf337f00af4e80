"""Treatments of a typed program: who is eligible for what, how treatments combine, how money and places are shared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from segrules.diagnostics.source import Span
from segrules.program.nodes import Expression, Field

if TYPE_CHECKING:
    from segrules.program.program import Program, Template

KINDS = ("incentive", "training", "marketing_support", "pricing", "support", "communication", "access")
"""The kinds of treatments that every ruleset has."""


WORTH_PLACES = 6
"""The decimal places to which what a treatment is worth is rounded, halves away from zero."""


class Allocation(StrEnum):
    """How budgets and limits are shared out."""

    GREEDY = "greedy"
    """Down a ranking, treatment by treatment."""
    OPTIMISE = "optimise"
    """To the grants with the highest total value, of all treatments at once."""


class Stacking(StrEnum):
    """How the treatments of a group combine, in file order."""

    ALL = "all"
    FIRST = "first"
    BEST = "best"
    CAPPED_SUM = "capped_sum"


@dataclass(frozen=True, slots=True)
class Group:
    """A group of treatments; `cap` is constant, and there under `capped_sum` only."""

    name: str
    stacking: Stacking
    span: Span = field(compare=False, repr=False)
    cap: Expression | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """How much a row gets: exact, not below 0, rounded to `places`.

    The amounts of all treatments of a program have one type, that of the most places, so that they can be added.
    """

    value: Expression
    places: int
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Worth:
    """What it is worth to give a treatment to a row: exact, with the places of its type, perhaps below 0."""

    value: Expression
    unit: str | None = None


Shares = Expression | tuple[tuple[str, Expression], ...]
"""A constant number, for each value of `per` if there is one; or the numbers of some values, others having none."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Money that is shared out. `per` is a field of the row, each value of which has money of its own."""

    total: Shares
    span: Span = field(compare=False, repr=False)
    per: Field | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """Places that are given out, as money is."""

    count: Shares
    span: Span = field(compare=False, repr=False)
    per: Field | None = None


@dataclass(frozen=True, slots=True)
class Rank:
    """What rows are ranked by: the smallest first, or the largest; those without a value come last."""

    value: Expression
    descending: bool = False


Attribute: TypeAlias = "Expression | Template"
"""A value, or a text with holes."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """A treatment. It is in force from `valid_from` until `valid_until`, both days included.

    `ranks` order the rows for the budget and the limit, the first of them first, equal rows by their key. `holdout`
    is a constant share. `requires` and `excludes` name other treatments. What has a `worth` is chosen for it, and is
    there under `Allocation.OPTIMISE` only; there are then no ranks.
    """

    name: str
    kind: str
    when: Expression
    span: Span = field(compare=False, repr=False)
    amount: Amount | None = None
    attributes: tuple[tuple[str, Attribute], ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    group: str | None = None
    budget: Budget | None = None
    limit: Limit | None = None
    ranks: tuple[Rank, ...] = ()
    holdout: Expression | None = None
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    worth: Worth | None = None
    owner: str | None = None
    channel: str | None = None
    title: str | None = None

    def in_force(self, as_of: date) -> bool:
        """Whether the treatment is given on that day."""
        after_start = self.valid_from is None or self.valid_from <= as_of
        return after_start and (self.valid_until is None or as_of <= self.valid_until)

    @property
    def needed(self) -> tuple[Expression, ...]:
        """What must not be missing where a row is eligible: the amount, the value, and what parts the rows."""
        numbers = (one.value for one in (self.amount, self.worth) if one is not None)
        parts = (one.per for one in (self.budget, self.limit) if one is not None)
        return (*numbers, *(part for part in parts if part is not None))

    @property
    def is_shared_out(self) -> bool:
        """Whether there is only so much of it, so that rows are ranked."""
        return self.budget is not None or self.limit is not None


def requirements_first(treatments: Sequence[Treatment]) -> tuple[Treatment, ...]:
    """Return treatments in file order, but each after those that it requires."""
    return _in_order(treatments, lambda one: one.requires)


def excluders_first(treatments: Sequence[Treatment]) -> tuple[Treatment, ...]:
    """Return treatments in file order, but each after those that exclude it."""
    return _in_order(treatments, lambda one: [other.name for other in treatments if one.name in other.excludes])


def chosen_requirements(treatments: Sequence[Treatment]) -> dict[str, tuple[str, ...]]:
    """Return, for each treatment that is chosen for its value, all others like it that it requires, directly or not."""
    named = {one.name: one for one in treatments}
    found: dict[str, tuple[str, ...]] = {}
    for one in requirements_first(treatments):
        required = [named[name] for name in one.requires if name in named]
        reached = [*(other.name for other in required if other.worth), *(n for o in required for n in found[o.name])]
        found[one.name] = tuple(dict.fromkeys(reached))
    return {name: names for name, names in found.items() if named[name].worth}


def _in_order(treatments: Sequence[Treatment], before: Callable[[Treatment], Collection[str]]) -> tuple[Treatment, ...]:
    """Return treatments in order; what is not among them need not be waited for."""
    pending = {one.name: one for one in treatments}
    ordered = []
    while pending:
        following = next(one for one in pending.values() if not pending.keys() & set(before(one)))
        ordered.append(pending.pop(following.name))
    return tuple(ordered)


def numbers_of(treatment: Treatment) -> Iterator[tuple[str, Expression]]:
    """Yield the numbers of a treatment that are the same for every row, each with its key."""
    budget, limit = treatment.budget, treatment.limit
    for key, shares in (("total", budget.total if budget else ()), ("count", limit.count if limit else ())):
        yield from ((key, one) for one in ([share for _, share in shares] if isinstance(shares, tuple) else [shares]))
    if treatment.holdout is not None:
        yield "holdout", treatment.holdout


def shared_numbers(program: Program, day: date) -> Iterator[tuple[str, Expression]]:
    """Yield the totals, counts, caps and holdouts that count on a day, each with its key."""
    yield from (("cap", group.cap) for group in program.groups if group.cap is not None)
    for treatment in program.treatments:
        if treatment.in_force(day):
            yield from numbers_of(treatment)
