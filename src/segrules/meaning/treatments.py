"""What becomes of a row and a treatment: the statuses, what each is for, and amounts in whole units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from segrules.language.values import Value
from segrules.meaning.arithmetic import WORKING_DIGITS
from segrules.meaning.constants import constant_value
from segrules.meaning.sharing import Pots, Sizes
from segrules.program.nodes import Expression
from segrules.program.program import Program
from segrules.program.treatments import Shares, Treatment


class Status(StrEnum):
    """What becomes of a row that is eligible for a treatment, or perhaps is."""

    GRANTED = "granted"
    REDUCED = "reduced"
    REFUSED = "refused"
    OUTRANKED = "outranked"
    HELD_OUT = "held_out"
    UNKNOWN = "unknown"
    ELIGIBLE = "eligible"
    """Of one record alone: in the running for what is shared out among all rows."""


class Cause(StrEnum):
    """What made a status what it is."""

    ELIGIBLE = "eligible"
    """Nothing stands against it: granted."""
    CAP = "cap"
    """What its group's cap leaves: reduced, or outranked by what fills it."""
    IN_LINE = "in line"
    """What becomes of it hangs on other rows: eligible."""
    SHARED_OUT = "shared out"
    """What others leave of a budget or limit: reduced or refused."""
    NOT_CHOSEN = "not chosen"
    """The grants that are chosen for their total value leave too little for it, or it is worth nothing: refused."""
    REQUIREMENT = "requirement"
    """The row does not get what it requires: refused."""
    EXCLUDED = "excluded"
    """Another treatment excludes it: outranked."""
    GROUP = "group"
    """Another treatment of the group is taken: outranked."""
    CONTROL = "control"
    """The row is in the control group: held out."""
    MISSING = "missing"
    """Its condition is unknown, or its amount or its part of the rows is missing: unknown."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row and one treatment.

    `asked` is the amount that it was eligible for and `amount` what it gets, both missing without an amount, `amount`
    also where it gets nothing. `other` is the treatment that outranks it, or that it requires and does not get. `rank`
    is its place among those who share a budget, or without one a limit, and `cutoff` that of the last who gets
    something, 0 if nobody does. `enough_money` and `enough_places` would have been enough. `worth` is what it would be
    worth to give it, where grants are chosen for that, and `money_left` and `places_left` what they leave, if that is
    not enough. `missing` names what is not known.
    """

    status: Status
    cause: Cause
    asked: Decimal | None = None
    amount: Decimal | None = None
    other: str | None = None
    rank: int | None = None
    cutoff: int | None = None
    enough_money: Decimal | None = None
    enough_places: int | None = None
    worth: Decimal | None = None
    money_left: Decimal | None = None
    places_left: int | None = None
    missing: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether the row gets the treatment."""
        return self.status in (Status.GRANTED, Status.REDUCED)


def amount_places(program: Program) -> int:
    """Return how many places the amounts of a program's treatments are worked out with."""
    return max((one.amount.value.type.places for one in program.treatments if one.amount), default=0)


def to_units(amount: Decimal, places: int) -> int:
    """Return an exact number in units of that place; what is beyond it is left out."""
    with localcontext(prec=WORKING_DIGITS):
        return int(amount.scaleb(places).to_integral_value(ROUND_FLOOR))


def from_units(units: int, places: int) -> Decimal:
    """Return a number of units of that place."""
    with localcontext(prec=WORKING_DIGITS):
        return Decimal(units).scaleb(-places)


def step_of(program: Program, treatment: Treatment) -> int:
    """Return the smallest part of an amount of a treatment, in units."""
    own = treatment.amount.places if treatment.amount else 0
    step: int = 10 ** (amount_places(program) - own)
    return step


def pots_of(program: Program, as_of: date, treatment: Treatment) -> Pots:
    """Return what there is to share out of a treatment, in units."""
    budget, limit, places = treatment.budget, treatment.limit, amount_places(program)

    def size(shares: Shares, scale: int) -> Sizes:
        if isinstance(shares, tuple):
            return {name: to_units(exact(program, as_of, share), scale) for name, share in shares}
        return to_units(exact(program, as_of, shares), scale)

    return Pots(
        size(budget.total, places) if budget else None,
        size(limit.count, 0) if limit else None,
        partial=budget is not None and budget.partial,
        step=step_of(program, treatment),
    )


def caps_of(program: Program, as_of: date) -> Mapping[str, int]:
    """Return the caps of the groups that have one, in units."""
    places = amount_places(program)
    return {one.name: to_units(exact(program, as_of, one.cap), places) for one in program.groups if one.cap}


def share_held_out(program: Program, as_of: date, treatment: Treatment) -> Fraction | None:
    """Return the share of rows in the control group of a treatment, None if it has none."""
    return None if treatment.holdout is None else Fraction(exact(program, as_of, treatment.holdout))


def exact(program: Program, as_of: date, node: Expression) -> Decimal:
    """Return a constant number as an exact one; a double counts by its shortest spelling."""
    value: Value = constant_value(program, as_of, node)
    assert isinstance(value, (int, float, Decimal)), "what is shared out was looked at before"
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
