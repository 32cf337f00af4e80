"""Grants that are chosen for their total value, against all sets of grants that there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from segrules.allocation import allocate as allocating
from segrules.allocation import solver
from segrules.allocation.allocate import allocate
from segrules.allocation.problem import Allocated, Candidate, Problem
from segrules.meaning.sharing import Pots, Sizes
from tests.properties.generators.cases import Case
from tests.properties.generators.treatments import treatment_cases
from tests.properties.test_allocation import (
    assert_every_row_that_may_be_eligible_has_one_status,
    assert_totals_are_the_sums_of_the_rows,
)
from tests.properties.test_treatments import interpreter_of, result_of

TREATMENTS = ("a", "b", "c")
AT_ONCE = {"presolve": "off", "ipm_iteration_limit": 0, "simplex_iteration_limit": 0, "time_limit": 0.0}
"""Options with which a solver gives up before it has begun."""

NAMES = st.sampled_from(["x", "y"])
SIZES = st.one_of(st.none(), st.integers(0, 40), st.dictionaries(NAMES, st.integers(0, 20)))
COUNTS = st.one_of(st.none(), st.integers(0, 5), st.dictionaries(NAMES, st.integers(0, 3)))
Named = dict[str, tuple[str, ...]]
BONDS: st.SearchStrategy[tuple[Named, Named]] = st.sampled_from([
    ({}, {}),
    ({"b": ("a",)}, {}),
    ({"b": ("a",), "c": ("b", "a")}, {}),
    ({"a": ("c",), "b": ("c",)}, {}),
    ({}, {"a": ("b",), "b": ("a",)}),
    ({}, {"a": ("b", "c"), "b": ("a", "c"), "c": ("a", "b")}),
    ({"c": ("a",)}, {"a": ("b",), "b": ("a",)}),
])  # fmt: skip
"""What requires what, and what goes without what."""


@st.composite
def problems(draw: st.DrawFn, rows: int = 4, scale: int = 1) -> Problem:
    requires, rivals = draw(BONDS)
    worths, amounts = st.integers(-5, 12), st.integers(0, 15)
    candidates = []
    for row in range(draw(st.integers(0, rows))):
        there = draw(st.sampled_from([TREATMENTS, TREATMENTS, ("a",), ("a", "b"), ("c",)]))
        for treatment in there:
            if all(name in there for name in requires.get(treatment, ())):
                worth, asked = draw(worths), draw(amounts) * scale
                candidates.append(Candidate(row, treatment, worth, asked, draw(NAMES), draw(NAMES)))
    pots = {name: Pots(_larger(draw(SIZES), scale), draw(COUNTS)) for name in TREATMENTS}
    return Problem(candidates, pots, requires, rivals)


def _larger(sizes: Sizes, scale: int) -> Sizes:
    if isinstance(sizes, Mapping):
        return {name: size * scale for name, size in sizes.items()}
    return None if sizes is None else sizes * scale


def may_be(problem: Problem, granted: Sequence[Candidate]) -> bool:
    """Whether nothing that is shared out is exceeded, and requirements and rivals are as they must be."""
    money: Counter[tuple[str, str]] = Counter()
    places: Counter[tuple[str, str]] = Counter()
    there = {(one.row, one.treatment) for one in granted}
    for one in granted:
        money[one.treatment, one.money] += one.asked
        places[one.treatment, one.place] += 1
        if not all((one.row, name) in there for name in problem.requires.get(one.treatment, ())):
            return False
        if any((one.row, name) in there for name in problem.rivals.get(one.treatment, ())):
            return False
    return all(spent <= _size(problem.pots[name].money, pot, spent) for (name, pot), spent in money.items()) and all(
        taken <= _size(problem.pots[name].places, pot, taken) for (name, pot), taken in places.items()
    )


def _size(sizes: Sizes, pot: str, unlimited: int) -> int:
    return unlimited if sizes is None else sizes.get(pot, 0) if isinstance(sizes, Mapping) else sizes


def all_sets(candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    return chain.from_iterable(combinations(candidates, size) for size in range(len(candidates) + 1))


def best_of(problem: Problem) -> int:
    sets = all_sets(problem.candidates)
    return max(sum(one.worth for one in granted) for granted in sets if may_be(problem, granted))


def granted_of(problem: Problem, allocated: Allocated) -> list[Candidate]:
    return [one for one, choice in zip(problem.candidates, allocated.choices, strict=True) if choice.is_granted]


def check(problem: Problem, allocated: Allocated) -> None:
    granted = granted_of(problem, allocated)
    assert may_be(problem, granted)
    assert allocated.worth == sum(one.worth for one in granted)
    assert allocated.worth <= allocated.bound


@given(problems())
def test_no_set_of_grants_is_worth_more(problem: Problem) -> None:
    allocated = allocate(problem)
    check(problem, allocated)
    assert (allocated.worth, allocated.bound) == (best_of(problem),) * 2


@st.composite
def near_ties(draw: st.DrawFn) -> Problem:
    """Large amounts that are all but alike, of which a budget holds some number, to the last unit or two."""
    base = draw(st.sampled_from([10**6, 10**7, 10**8, 10**9]))
    over = draw(st.lists(st.integers(0, 2), min_size=3, max_size=7))
    worths = st.integers(1, 9).map(lambda value: value * 10**6)
    candidates = [Candidate(row, "a", draw(worths), base + more) for row, more in enumerate(over)]
    held = draw(st.integers(1, len(over) - 1))
    return Problem(candidates, {"a": Pots(held * base + draw(st.integers(0, 2)))}, {}, {})


@pytest.mark.parametrize(
    ("base", "worths", "over", "total", "best"),
    [
        (1_000_000, (9, 4, 9, 7), (0, 0, 1, 2), 3_000_000, 18),
        (100_000_000, (8, 3, 9, 5, 8), (2, 1, 2, 2, 2), 400_000_001, 25),
    ],
)
def test_what_exceeds_a_budget_by_a_cent_is_not_taken_to_fit(
    base: int, worths: Sequence[int], over: Sequence[int], total: int, best: int
) -> None:
    candidates = [
        Candidate(row, "a", worth, base + more) for row, (worth, more) in enumerate(zip(worths, over, strict=True))
    ]
    allocated = allocate(Problem(candidates, {"a": Pots(total)}, {}, {}))
    assert (allocated.worth, allocated.bound) == (best, best)


@given(near_ties())
def test_no_set_of_amounts_that_differ_by_cents_is_worth_more(problem: Problem) -> None:
    allocated = allocate(problem)
    check(problem, allocated)
    assert (allocated.worth, allocated.bound) == (best_of(problem),) * 2


@given(problems(rows=12), st.sampled_from([1, 3, 10]))
def test_what_is_not_chosen_as_a_whole_is_within_the_bound(problem: Problem, close: int) -> None:
    """Most candidates of large problems are decided by the solution in parts."""
    with pytest.MonkeyPatch.context() as patch:
        whole = allocate(problem)
        patch.setattr(allocating, "AT_THE_MARGIN", close)
        parted = allocate(problem)
    check(problem, parted)
    assert parted.worth <= whole.worth <= parted.bound


def test_what_no_sum_binds_together_is_chosen_apart_and_as_a_whole() -> None:
    """Each region has a knapsack of its own: ten of them are small, all together they are many."""
    names = [str(number) for number in range(10)]
    candidates = [Candidate(row, "a", 3 + row % 7, 2 + row % 5, names[row % 10]) for row in range(120)]
    problem = Problem(candidates, {"a": Pots(dict.fromkeys(names, 11))}, {}, {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(allocating, "AT_THE_MARGIN", 12)
        allocated = allocate(problem)
    check(problem, allocated)
    apart = [replace(problem, candidates=[one for one in candidates if one.money == name]) for name in names]
    assert allocated.worth == allocated.bound == sum(allocate(one).worth for one in apart)


def test_what_pays_once_others_have_brought_what_it_needs_is_granted_too() -> None:
    """`x` alone does not make up for the two that it needs; once `y` has brought one of them, it does."""
    worths = {"n1": -3, "n2": -4, "x": 6, "y": 5}
    requires = {"x": ("n1", "n2"), "y": ("n1",)}
    candidates = [Candidate(0, name, worth) for name, worth in worths.items()]
    problem = Problem(candidates, dict.fromkeys(worths, Pots(None, None)), requires, {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(allocating, "_choose", lambda *_: 0)
        assert allocate(problem).worth == sum(worths.values())


@given(problems(rows=12), st.sampled_from([1, 1_000]))
def test_where_a_solver_gives_up_what_pays_and_fits_is_granted_all_the_same(problem: Problem, close: int) -> None:
    ready = solver._solver
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(allocating, "AT_THE_MARGIN", close)
        patch.setattr(solver, "_solver", lambda **options: ready(**options | AT_ONCE))
        allocated = allocate(problem)
    check(problem, allocated)
    assert_refusals_are_true(problem, allocated)
    assert allocate(problem).worth <= allocated.bound


@given(problems(rows=3, scale=10**20 + 7))
def test_amounts_beyond_doubles_never_overdraw(problem: Problem) -> None:
    check(problem, allocate(problem))


@given(problems(rows=12))
def test_a_refusal_has_a_true_reason(problem: Problem) -> None:
    assert_refusals_are_true(problem, allocate(problem))


def assert_refusals_are_true(problem: Problem, allocated: Allocated) -> None:
    granted = granted_of(problem, allocated)
    there = {(one.row, one.treatment) for one in granted}
    for one, choice in zip(problem.candidates, allocated.choices, strict=True):
        if choice.is_granted:
            continue
        if choice.rival is not None:
            assert choice.rival in problem.rivals[one.treatment]
            assert (one.row, choice.rival) in there
        elif choice.lacking is not None:
            assert choice.lacking in problem.requires[one.treatment]
            assert (one.row, choice.lacking) not in there
        elif choice.money_left is not None or choice.places_left is not None:
            pots = problem.pots[one.treatment]
            of_money = [each for each in granted if (each.treatment, each.money) == (one.treatment, one.money)]
            of_places = [each for each in granted if (each.treatment, each.place) == (one.treatment, one.place)]
            if choice.money_left is not None:
                assert choice.money_left < one.asked
                assert choice.money_left == _size(pots.money, one.money, 0) - sum(each.asked for each in of_money)
            if choice.places_left is not None:
                assert choice.places_left == _size(pots.places, one.place, 0) - len(of_places) == 0
        else:
            assert one.worth <= 0


@settings(max_examples=20)
@given(problems(rows=12))
def test_the_same_choice_is_made_every_time(problem: Problem) -> None:
    assert allocate(problem) == allocate(replace(problem))


@given(treatment_cases(optimised=True) | treatment_cases(optimised=True, scarce=True))
def test_of_a_ruleset_the_total_is_that_of_the_grants_and_nothing_is_exceeded(case: Case) -> None:
    result, known = result_of(case), interpreter_of(case)
    table = [dict(row) for row in result.treatments.iter_rows(named=True)]
    assert_every_row_that_may_be_eligible_has_one_status(known, table)
    assert_totals_are_the_sums_of_the_rows(result, table)
    counts, allocation = result.summary.treatments, result.summary.allocation
    assert all(0 <= pot.left <= pot.total for one in counts.values() for pot in one.budget.values())
    values = [one.value for one in counts.values() if one.value is not None]
    assert (allocation is None) == (not values)
    if allocation is not None:
        assert allocation.value == sum(values) <= allocation.bound
        assert allocation.gap == 0, "so few are chosen among as a whole"
    event(f"something is refused: {any(one.refused for one in counts.values())}")
