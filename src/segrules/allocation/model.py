"""A choice as a solver takes it: columns from 0 to 1, what each gains, and sums that have a limit.

Solvers count in doubles. Numbers are brought into their range in such a way that whatever truly fits still fits; so the
best that a solver finds is no less than the truth, and what it chooses is looked at again in whole units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, gcd, ldexp

from segrules.allocation.books import Books

_EXACT_BITS = 50
"""Whole numbers of so many bits, and sums of them, are exact in doubles."""

_HANDY_BITS = 20
"""Numbers of about so many bits suit the tolerances of solvers."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Columns with their factors, which together are at most `most`."""

    columns: Sequence[int]
    factors: Sequence[float]
    most: float


@dataclass(frozen=True, slots=True)
class Model:
    """Candidates to choose from: column by column their `numbers`, and what they gain in units of `gain_unit`.

    `pots` are the sums over rows, `bonds` those within a row: what needs what, and what goes with what.
    """

    numbers: Sequence[int]
    gains: Sequence[float]
    gain_unit: float
    pots: Sequence[Sum]
    bonds: Sequence[Sum]

    @property
    def most(self) -> float:
        """What no choice can gain more than, whatever binds it."""
        return sum(gain for gain in self.gains if gain > 0)

    def units(self, gain: float) -> int:
        """Return a sum of gains, of which doubles leave a little doubt, in units; not less than it is."""
        return floor(gain * self.gain_unit + max(1e-6, abs(gain) * self.gain_unit * 1e-9))


def model_of(books: Books, numbers: Sequence[int]) -> Model:
    """Return the choice among some candidates, of what is left."""
    worths = [books.candidates[number].worth for number in numbers]
    unit = gcd(*worths) or 1
    scale = max(1.0, max(map(abs, worths), default=0) / unit / 2**_HANDY_BITS)
    gains = [worth / unit / scale for worth in worths]
    return Model(numbers, gains, unit * scale, _pots(books, numbers), _bonds(books, numbers))


def independent(model: Model) -> list[list[int]]:
    """Return the candidates in parts, by their first, that can be chosen among apart: no sum binds two of them."""
    leads = list(range(len(model.numbers)))

    def leader(column: int) -> int:
        while leads[column] != column:
            leads[column] = column = leads[leads[column]]
        return column

    for one in (*model.pots, *model.bonds):
        for column in one.columns[1:]:
            leads[leader(column)] = leader(one.columns[0])
    parts: dict[int, list[int]] = defaultdict(list)
    for column, number in enumerate(model.numbers):
        parts[leader(column)].append(number)
    return list(parts.values())


def covers_of(books: Books, model: Model, chosen: Sequence[int]) -> list[Sum]:
    """Return for each pot that is overdrawn by chosen columns, counted in whole units, that they are not all chosen."""
    over = _overdrawn(books, {column: model.numbers[column] for column in chosen})
    return [Sum(list(takes), (1.0,) * len(takes), len(takes) - 1.0) for _, takes in over]


def _pots(books: Books, numbers: Sequence[int]) -> list[Sum]:
    """Return the sums of the pots that cannot give everyone what they take."""
    return [_pot(takes, left) for left, takes in _overdrawn(books, dict(enumerate(numbers)))]


def _overdrawn(books: Books, numbers: Mapping[int, int]) -> list[tuple[int, dict[int, int]]]:
    """Return what is left in each pot that cannot give all candidates what they take, and what that is, by column."""
    drawn: dict[int, dict[int, int]] = defaultdict(dict)
    for column, number in numbers.items():
        for pot, takes in books.draws(number):
            if takes:
                drawn[pot][column] = takes
    return [(books.left[pot], takes) for pot, takes in drawn.items() if sum(takes.values()) > books.left[pot]]


def _pot(takes: Mapping[int, int], left: int) -> Sum:
    """Return what is taken from a pot; what is too long for doubles is rounded down, and so is what is left."""
    common = gcd(*takes.values())
    longest = max(left, *takes.values()) // common
    cut = max(0, longest.bit_length() - _EXACT_BITS)
    whole = [number // common >> cut for number in takes.values()]
    shift = min(0, _HANDY_BITS - max(whole).bit_length())
    return Sum(list(takes), [ldexp(one, shift) for one in whole], ldexp(left // common >> cut, shift))


def _bonds(books: Books, numbers: Sequence[int]) -> list[Sum]:
    columns = {number: column for column, number in enumerate(numbers)}
    found = []
    for column, number in enumerate(numbers):
        found += [Sum((column, columns[need]), (1.0, -1.0), 0.0) for need in books.needs[number] if need in columns]
        rivals = [columns[rival] for rival in books.rivals[number] if rival in columns]
        if rivals and column < min(rivals):
            found.append(Sum((column, *rivals), (1.0,) * (len(rivals) + 1), 1.0))
    return found
