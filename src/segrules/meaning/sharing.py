"""How money and places are shared out down a ranking, in whole units of the last place of the amounts.

The first in line that does not fit ends the pot from which its money comes. Who gets no place takes no money, and who
gets no money takes no place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Sizes = int | Mapping[str, int] | None
"""What is in each pot: the same in all, or by the name of a pot and nothing in others; None is no end of it."""


@dataclass(frozen=True, slots=True)
class Pots:
    """The pots of money and of places that a treatment is paid from; a part of an amount is a multiple of `step`."""

    money: Sizes = None
    places: Sizes = None
    partial: bool = False
    step: int = 1


@dataclass(frozen=True, slots=True)
class Claim:
    """A row in line: what it asks for, and the names of the pots that its money and its place come from."""

    asked: int = 0
    money: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """What a row in line gets; it is refused if `given` is None.

    `rank` is its place among those who share its pot: that of the money, or if there is no budget that of the places.
    `enough_money` and `enough_places` are what all down to this row ask for, where that is more than there is.
    """

    rank: int
    given: int | None
    enough_money: int | None
    enough_places: int | None


@dataclass(slots=True)
class _Pot:
    size: int | None
    in_line: int = 0
    asked: int = 0
    taken: int = 0
    ended: bool = False

    def ask(self, asked: int) -> None:
        self.in_line += 1
        self.asked += asked

    def fits(self, asked: int) -> bool:
        return not self.ended and (self.size is None or self.taken + asked <= self.size)

    @property
    def enough(self) -> int | None:
        return self.asked if self.size is not None and self.asked > self.size else None


def share_out(pots: Pots, line: Sequence[Claim]) -> list[Share]:
    """Return what each row gets of those in line, the first of the ranking first."""
    money: dict[str, _Pot] = {}
    places: dict[str, _Pot] = {}
    shares = []
    for claim in line:
        purse = money.setdefault(claim.money, _Pot(_size(pots.money, claim.money)))
        seats = places.setdefault(claim.place, _Pot(_size(pots.places, claim.place)))
        purse.ask(claim.asked)
        seats.ask(1)
        given = _given(claim.asked, purse, seats, pots)
        rank = seats.in_line if pots.money is None else purse.in_line
        shares.append(Share(rank, given, purse.enough, seats.enough))
    return shares


def _size(sizes: Sizes, pot: str) -> int | None:
    return sizes.get(pot, 0) if isinstance(sizes, Mapping) else sizes


def _given(asked: int, purse: _Pot, seats: _Pot, pots: Pots) -> int | None:
    """Return what a row gets, and take it and a place."""
    if not seats.fits(1):
        return None
    given: int | None = asked
    if not purse.fits(asked):
        given = _part(purse, pots) or None
        purse.ended = True
    if given is not None:
        purse.taken += given
        seats.taken += 1
    return given


def _part(purse: _Pot, pots: Pots) -> int:
    """Return what is left for the first that does not fit."""
    if purse.ended or purse.size is None or not pots.partial:
        return 0
    return (purse.size - purse.taken) // pots.step * pots.step
