"""What a function takes, in the words of a reader of rules."""

from __future__ import annotations

from segrules.language import types
from segrules.language.types import Kind


def wanted(accepts: frozenset[Kind]) -> str:
    """Return a set of kinds as a reader of rules says it."""
    if accepts == types.NUMERIC:
        return "a number"
    if accepts == types.TEMPORAL:
        return "a date"
    if accepts == types.NUMERIC | types.TEMPORAL:
        return "a number or a date"
    if accepts == {Kind.STRING, Kind.LIST}:
        return "a text or a list"
    if accepts == {Kind.BOOLEAN}:
        return "a condition"
    return "a text" if accepts == {Kind.STRING} else "a single value"
