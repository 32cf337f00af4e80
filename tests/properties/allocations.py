"""What is shared out among rows: what was declared, what the table says, and a search through all sets of grants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from functools import cmp_to_key, partial
from itertools import product

from segrules.backends.scalar.interpreter import Interpreter
from segrules.language.formatting import text_of
from segrules.meaning.comparisons import place
from segrules.meaning.tables import RowAt
from segrules.meaning.treatments import exact
from segrules.program.nodes import Field
from segrules.program.treatments import Shares, Treatment
from tests.support.treatments import Row

Sizes = Mapping[str, Decimal]
"""What there is in a pot, by the pot's name."""

Amounts = list[Decimal | None]
"""What rows get, 0 where there are no amounts; None is refused."""


@dataclass(frozen=True)
class Claimant:
    """A row in line: what it asks for, whose money and whose places it takes, and what the table says of it."""

    asked: Decimal
    money: str
    place: str
    told: Row

    @property
    def given(self) -> Decimal | None:
        """What it gets, as in `Amounts`."""
        if self.told["status"] not in ("granted", "reduced"):
            return None
        amount = self.told["amount"]
        assert amount is None or isinstance(amount, Decimal)
        return amount or Decimal(0)


@dataclass(frozen=True)
class Line:
    """The rows in line for a treatment, in the declared order, and what there is to share out."""

    treatment: Treatment
    claimants: Sequence[Claimant]
    money: Sizes
    places: Sizes

    @property
    def is_contested(self) -> bool:
        """Whether somebody gets less than it asks for."""
        return any(one.given is None or one.given < one.asked for one in self.claimants)

    def searched(self) -> Amounts:
        """Return what rows get in the first of all sets of grants that the declaration allows.

        Of two sets the one comes first that has the first row in line in which they differ.
        """
        sets = product((True, False), repeat=len(self.claimants))
        return next(amounts for granted in sets if (amounts := self._allowed(granted)) is not None)

    def _allowed(self, granted: Sequence[bool]) -> Amounts | None:
        """Return the amounts of a set of grants; None if money or places do not go round, or somebody is passed over.

        Who has a place and no money is the end of the money.
        """
        amounts: Amounts = []
        for at, is_granted in enumerate(granted):
            has_place = self._has_place(granted, at)
            amount = self._amount(granted, at) if is_granted and has_place else None
            if is_granted and amount is None:
                return None
            if not is_granted and has_place and self._goes_on(granted, at):
                return None
            amounts.append(amount)
        return amounts

    def _has_place(self, granted: Sequence[bool], at: int) -> bool:
        pot = self.claimants[at].place
        return sum(granted[before] for before in range(at) if self.claimants[before].place == pot) < self.places[pot]

    def _goes_on(self, granted: Sequence[bool], at: int) -> bool:
        """Whether somebody behind takes of the same money."""
        pot = self.claimants[at].money
        return any(granted[behind] for behind in range(at + 1, len(granted)) if self.claimants[behind].money == pot)

    def _amount(self, granted: Sequence[bool], at: int) -> Decimal | None:
        """Return the amount of a grant; only the last of the money may be a part."""
        one = self.claimants[at]
        before = (other for other, is_granted in zip(self.claimants[:at], granted[:at], strict=True) if is_granted)
        left = self.money[one.money] - sum(other.asked for other in before if other.money == one.money)
        if one.asked <= left:
            return one.asked
        budget, amount = self.treatment.budget, self.treatment.amount
        assert budget is not None
        assert amount is not None
        if not budget.partial or self._goes_on(granted, at):
            return None
        return left.quantize(Decimal(1).scaleb(-amount.places), ROUND_FLOOR) or None


def lines(known: Interpreter, table: Sequence[Row]) -> Iterator[Line]:
    """Yield the lines of all treatments that are shared out, with what the table of treatments says of their rows."""
    program = known.program
    key = program.table(program.entity).key
    rows = [RowAt(program.entity, index) for index in range(len(known.tables.rows(program.entity)))]
    at = {known.tables.key(row): row for row in rows}
    for treatment in program.treatments:
        if treatment.is_shared_out:
            found = [one for one in table if one["treatment"] == treatment.name and one["rank"] is not None]
            told = {at[tuple(one[name] for name in key)]: one for one in found}
            yield _line(known, treatment, told)


def _line(known: Interpreter, treatment: Treatment, told: dict[RowAt, Row]) -> Line:
    budget, limit = treatment.budget, treatment.limit
    ordered = sorted(told, key=cmp_to_key(partial(_compared, known, treatment)))
    claimants = [
        Claimant(
            _asked(known, treatment, row),
            _pot(known, budget.per if budget else None, row),
            _pot(known, limit.per if limit else None, row),
            told[row],
        )
        for row in ordered
    ]
    money, places = budget.total if budget else None, limit.count if limit else None
    return Line(treatment, claimants, _sizes(known, money), _sizes(known, places))


def _compared(known: Interpreter, treatment: Treatment, one: RowAt, other: RowAt) -> int:
    """Return on which side of another a row stands: by ranks, those without a value last, and then by key."""
    for rank in treatment.ranks:
        left, right = (known.evaluate(rank.value, row) for row in (one, other))
        if left is None and right is None:
            continue
        if left is None or right is None:
            return 1 if left is None else -1
        places = place(rank.value.type, left), place(rank.value.type, right)
        if places[0] != places[1]:
            return 1 if (places[0] > places[1]) != rank.descending else -1
    keys = known.tables.key(one), known.tables.key(other)
    return 1 if keys[0] > keys[1] else -1


def _asked(known: Interpreter, treatment: Treatment, row: RowAt) -> Decimal:
    asked = known.evaluate(treatment.amount.value, row) if treatment.amount else Decimal(0)
    assert isinstance(asked, Decimal)
    return asked


def _pot(known: Interpreter, per: Field | None, row: RowAt) -> str:
    return "" if per is None else text_of(known.evaluate(per, row))


def _sizes(known: Interpreter, shares: Shares | None) -> Sizes:
    """Return what there is in pots: no end of it where nothing is declared, nothing where others are named."""
    if isinstance(shares, tuple):
        named = {name: exact(known.program, known.as_of, share) for name, share in shares}
        return defaultdict(Decimal, named)
    same = Decimal("Infinity") if shares is None else exact(known.program, known.as_of, shares)
    return defaultdict(lambda: same)
