from __future__ import annotations

from itertools import product

import pytest

from segrules.meaning.logic import Truth, at_least, conjunction, disjunction, negation

TRUTHS: list[Truth] = [True, False, None]
T, F, U = True, False, None


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, T, T), (T, F, F, T), (T, U, U, T),
        (F, T, F, T), (F, F, F, F), (F, U, F, U),
        (U, T, U, T), (U, F, F, U), (U, U, U, U),
    ],
)  # fmt: skip
def test_and_and_or_are_kleenes(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    assert conjunction([left, right]) is both
    assert disjunction([left, right]) is either


def test_not_of_unknown_is_unknown() -> None:
    assert [negation(truth) for truth in TRUTHS] == [False, True, None]


@pytest.mark.parametrize("count", [-1, 0, 1, 2, 3, 4])
@pytest.mark.parametrize("truths", list(product(TRUTHS, repeat=3)))
def test_at_least_is_known_when_all_ways_to_go_agree(count: int, truths: tuple[Truth, ...]) -> None:
    ways = product(*([truth] if truth is not None else [True, False] for truth in truths))
    outcomes = {way.count(True) >= count for way in ways}
    assert at_least(count, *truths) is (outcomes.pop() if len(outcomes) == 1 else None)


def test_at_least_a_missing_number_is_unknown() -> None:
    assert at_least(None, True, True) is None
