"""The books: what is granted and what is left in each pot, in whole units, so that nothing is ever given twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from segrules.allocation.problem import Problem
from segrules.meaning.sharing import Sizes


class Books:
    """What is granted so far of a problem. Candidates are numbered as they stand in it, and so are pots with an end.

    `needs` are the candidates of the same row without which one is not granted, `rivals` those of the same row that are
    not granted beside it. `purses` and `seats` are the pots of its money and its place, None where there is no end of
    it, and `left` is what is in each pot.
    """

    def __init__(self, problem: Problem) -> None:
        """Open the books: nothing is granted yet."""
        self.candidates = problem.candidates
        self.granted: set[int] = set()
        self.left: list[int] = []
        self._pots: dict[tuple[str, str, str], int] = {}
        found = [(one, problem.pots[one.treatment]) for one in self.candidates]
        self.purses = [self._pot("money", one.treatment, one.money, pots.money) for one, pots in found]
        self.seats = [self._pot("places", one.treatment, one.place, pots.places) for one, pots in found]
        self.needs: list[list[int]] = []
        self.rivals: list[list[int]] = []
        for _, row in groupby(enumerate(self.candidates), key=lambda numbered: numbered[1].row):
            self._enter_row(problem, {one.treatment: number for number, one in row})

    def _pot(self, kind: str, treatment: str, name: str, sizes: Sizes) -> int | None:
        if sizes is None:
            return None
        number = self._pots.setdefault((kind, treatment, name), len(self._pots))
        if number == len(self.left):
            self.left.append(sizes.get(name, 0) if isinstance(sizes, Mapping) else sizes)
        return number

    def _enter_row(self, problem: Problem, row: Mapping[str, int]) -> None:
        for treatment in row:
            self.needs.append([row[name] for name in problem.requires.get(treatment, ())])
            beside = [name for name in problem.rivals.get(treatment, ()) if name in row]
            self.rivals.append([row[name] for name in beside])

    def draws(self, number: int) -> Iterator[tuple[int, int]]:
        """Yield the pots that a candidate takes from, and how much."""
        for pot, takes in ((self.purses[number], self.candidates[number].asked), (self.seats[number], 1)):
            if pot is not None:
                yield pot, takes

    def fits(self, number: int) -> bool:
        """Whether there is enough left for a candidate."""
        return all(takes <= self.left[pot] for pot, takes in self.draws(number))

    def money_left(self, number: int) -> int | None:
        """Return what is left of the money of a candidate, if it is not enough."""
        return self._short(self.purses[number], self.candidates[number].asked)

    def places_left(self, number: int) -> int | None:
        """Return how many places are left for a candidate, if there are not enough."""
        return self._short(self.seats[number], 1)

    def _short(self, pot: int | None, takes: int) -> int | None:
        return None if pot is None or takes <= self.left[pot] else self.left[pot]

    def grant(self, number: int) -> None:
        """Grant a candidate with all that it needs, if there is enough and no rival is granted.

        Candidates of one row are of different treatments, and so take from different pots.
        """
        wanted = {number, *self.needs[number]} - self.granted
        rivals = {rival for each in wanted for rival in self.rivals[each]}
        free = rivals.isdisjoint(wanted) and rivals.isdisjoint(self.granted)
        if free and all(map(self.fits, wanted)):
            self._take(wanted, 1)
            self.granted |= wanted

    def take_back(self, numbers: Iterable[int]) -> None:
        """Take grants back."""
        taken = set(numbers)
        self._take(taken, -1)
        self.granted -= taken

    def _take(self, numbers: Iterable[int], sign: int) -> None:
        for number in numbers:
            for pot, takes in self.draws(number):
                self.left[pot] -= sign * takes

    @property
    def worth(self) -> int:
        """What the grants are worth together."""
        return sum(self.candidates[number].worth for number in self.granted)
