"""The one arrow of this floor: from candidates to who is granted what, for the highest total value that is found.

Of many candidates nearly all are decided by what money and places are worth at the margin. A first solution, in which
grants may be parted, tells that; only rows that are close to the margin are then chosen among as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from segrules.allocation.books import Books
from segrules.allocation.model import Model, covers_of, independent, model_of
from segrules.allocation.problem import Allocated, Choice, Problem
from segrules.allocation.solver import Relaxed, require_solver, solve_relaxed, solve_whole

AT_THE_MARGIN = 1_000
"""How many candidates are chosen among as a whole."""

_MOST_CORRECTIONS = 20
"""How often a choice that overdraws a pot is sent back to the solver."""


def allocate(problem: Problem) -> Allocated:
    """Return what is decided of all candidates: no pot is ever overdrawn, and nothing that pays and fits is left out.

    Raises `NotSupported` where there is no solver.
    """
    require_solver()
    books = Books(problem)
    bound = sum(_choose(books, part) for part in independent(model_of(books, _promising(books))))
    books.take_back(_idle(books))
    _grant_what_pays(books)
    return Allocated(_choices(books), books.worth, max(bound, books.worth))


def _promising(books: Books) -> list[int]:
    """Return who is worth choosing: what is worth something and could be granted alone, and what that needs."""
    together = ((number, *books.needs[number]) for number, one in enumerate(books.candidates) if one.worth > 0)
    return sorted({each for numbers in together if all(map(books.fits, numbers)) for each in numbers})


def _choose(books: Books, numbers: Sequence[int]) -> int:
    """Grant a set of candidates that is the best, or near it, and return what no set is worth more than."""
    if len(numbers) == 1:
        books.grant(numbers[0])  # with nothing that it needs, and enough for all who take from the same pots
        return books.candidates[numbers[0]].worth
    model = model_of(books, numbers)
    if len(numbers) <= AT_THE_MARGIN:
        return _choose_whole(books, model)
    relaxed = solve_relaxed(model)
    close = _closest(books, model, relaxed)
    _grant_chosen(books, model, relaxed.parts, close)
    _choose_whole(books, model_of(books, sorted(close)))
    return model.units(relaxed.bound)


def _choose_whole(books: Books, model: Model) -> int:
    """Grant a choice of whole candidates, and return what none is worth more than.

    Solvers let pots be overdrawn a little. A choice that does so is forbidden, and another one looked for.
    """
    whole = solve_whole(model)
    bound = whole.bound
    for _ in range(_MOST_CORRECTIONS):
        covers = covers_of(books, model, [column for column, part in enumerate(whole.parts) if part > 0.5])
        if not covers:
            break
        model = replace(model, pots=[*model.pots, *covers])
        whole = solve_whole(model)
        bound = min(bound, whole.bound)
    _grant_chosen(books, model, whole.parts, ())
    return model.units(bound)


def _grant_chosen(books: Books, model: Model, parts: Sequence[float], leaving: Collection[int]) -> None:
    """Grant what a solver chose, the surest first; what it gives too much of, as doubles may, is refused."""
    chosen = [(-part, number) for number, part in zip(model.numbers, parts, strict=True) if part > 0.5]
    for _, number in sorted(chosen):
        if number not in leaving:
            books.grant(number)


def _closest(books: Books, model: Model, relaxed: Relaxed) -> set[int]:
    """Return the candidates of the rows in which another decision would lose the least."""
    rows = [books.candidates[number].row for number in model.numbers]
    losses: dict[int, float] = {}
    moves = [*zip(rows, relaxed.costs, strict=True)]
    moves += [(rows[bond.columns[0]], cost) for bond, cost in zip(model.bonds, relaxed.bond_costs, strict=True)]
    for row, cost in moves:
        if cost is not None:
            losses[row] = min(cost, losses.get(row, cost))
    undecided = {row for row, part in zip(rows, relaxed.parts, strict=True) if 1e-6 < part < 1 - 1e-6}
    order = sorted(range(len(rows)), key=lambda at: (rows[at] not in undecided, losses.get(rows[at], 0.0), rows[at]))
    last = rows[order[AT_THE_MARGIN - 1]]
    taken = {rows[at] for at in order[:AT_THE_MARGIN]} - {last}
    return {model.numbers[at] for at in order if rows[at] in taken}


def _idle(books: Books) -> set[int]:
    """Return grants that are worth nothing, and needed by none that is."""
    paying = (number for number in books.granted if books.candidates[number].worth > 0)
    return books.granted - {each for number in paying for each in (number, *books.needs[number])}


def _grant_what_pays(books: Books) -> None:
    """Grant, the most valuable first, what is worth something with all that it lacks, and still fits.

    What one brought with it may make another pay: it goes on until nothing is granted.
    """
    paying = [number for number, one in enumerate(books.candidates) if one.worth > 0]
    in_turn = sorted(paying, key=lambda number: (-books.candidates[number].worth, number))
    before = -1
    while before < len(books.granted):
        before = len(books.granted)
        for number in in_turn:
            lacking = {number, *books.needs[number]} - books.granted
            if sum(books.candidates[each].worth for each in lacking) > 0:
                books.grant(number)


def _choices(books: Books) -> list[Choice]:
    wanted = {need for number, one in enumerate(books.candidates) if one.worth > 0 for need in books.needs[number]}
    return [_choice(books, number, number in wanted) for number in range(len(books.candidates))]


def _choice(books: Books, number: int, is_wanted: bool) -> Choice:
    """Return what was decided of a candidate; `is_wanted` says that something of worth needs it."""
    if number in books.granted:
        return Choice(True)
    for rival in books.rivals[number]:
        if rival in books.granted:
            return Choice(False, rival=books.candidates[rival].treatment)
    if not is_wanted and books.candidates[number].worth <= 0:
        return Choice(False)
    if not books.fits(number):
        return Choice(False, money_left=books.money_left(number), places_left=books.places_left(number))
    lacking = (books.candidates[need].treatment for need in books.needs[number] if need not in books.granted)
    return Choice(False, lacking=next(lacking, None))
