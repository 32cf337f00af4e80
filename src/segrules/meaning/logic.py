"""Kleene's logic: true, false, and None for unknown."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Return false if one is false, else unknown if one is unknown, else true."""
    found = set(truths)
    return False if False in found else None if None in found else True


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Return true if one is true, else unknown if one is unknown, else false."""
    found = set(truths)
    return True if True in found else None if None in found else False


def negation(truth: Truth) -> Truth:
    """Return the opposite; of unknown, unknown."""
    return None if truth is None else not truth


def at_least(count: int | None, *truths: Truth) -> Truth:
    """Return true when `count` are true, false when so many can no longer be, else unknown."""
    if count is None:
        return None
    true, unknown = truths.count(True), truths.count(None)
    return True if true >= count else None if true + unknown >= count else False
