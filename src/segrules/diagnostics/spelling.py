"""The nearest right word to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache


def distance(left: str, right: str) -> int:
    """Return how many letters must be added, dropped, changed or swapped with a neighbour to make one the other.

    This is the optimal string alignment distance (Damerau-Levenshtein where no part is edited twice).
    """
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        current = [i]
        for j, b in enumerate(right, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1]


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that `word` was most likely meant to be, or None if none is near.

    Case, blanks and underscores are looked through; a third of the letters, at least one and at most three,
    may be wrong. Of equally near ones the first in the alphabet is taken.
    """
    return _nearest(word, frozenset(candidates))


@lru_cache(maxsize=256)
def _nearest(word: str, candidates: frozenset[str]) -> str | None:
    """Return the nearest candidate; the same slip among the same names is often made more than once."""
    allowed = max(1, min(3, len(word) // 3))
    folded = _folded(word)
    near = [one for one in candidates if one != word and abs(len(_folded(one)) - len(folded)) <= allowed]
    found = [(distance(folded, _folded(candidate)), candidate) for candidate in near]
    return min(((steps, candidate) for steps, candidate in found if steps <= allowed), default=(0, None))[1]


def _folded(word: str) -> str:
    return word.casefold().replace(" ", "_").replace("-", "_")
