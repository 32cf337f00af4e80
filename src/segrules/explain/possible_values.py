"""What a call may come to where its arguments may have several values: never too little, perhaps too much.

Every function that only rises or falls with each of its arguments is worked out at the ends of their ranges, by the
interpreter's own meaning of it, rounding included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from segrules.language.types import Kind
from segrules.meaning import logic
from segrules.meaning.comparisons import NO_SEGMENT, Operand
from segrules.meaning.functions import MEANINGS
from segrules.meaning.logic import Truth
from segrules.program.nodes import Call, Expression

MOST_VALUES = 64
"""The most different values that are told apart."""


@dataclass(frozen=True, slots=True)
class Range:
    """Anything between two values of one type, both included, and never missing."""

    low: Any
    high: Any


class Anything:
    """Any value, a missing one too."""


ANYTHING = Anything()

Possible = frozenset[Operand] | Range | Anything
Truths = frozenset[Truth]

ANY_TRUTH: Truths = frozenset({True, False, None})
_EITHER: Truths = frozenset({True, False})
_COMPARISONS = frozenset({"<", "<=", ">", ">="})
_RISE_OR_FALL = frozenset(
    "+ - * negate to_number to_decimal round round_even floor ceil min max clip sqrt".split()
)  # fmt: skip
_STRICT = _RISE_OR_FALL | _COMPARISONS | {"/", "abs", "=", "!="}


def called(node: Call, arguments: Sequence[Possible]) -> Possible:
    """Return what a call may come to whose arguments may be any of these, each for itself."""
    match node.function:
        case "and" | "or" | "not" | "at_least":
            return together(node.function, arguments)
        case "if":
            return _chosen(node, *arguments)
        case "coalesce":
            return _first_present(node, arguments)
    several = _all_values(arguments)
    if several is not None:
        return frozenset(MEANINGS[node.function](node, values) for values in several)
    return _ranged(node, arguments)


def anything(node: Expression) -> Possible:
    """Return all that an expression of its type may come to."""
    return ANY_TRUTH if node.type.kind is Kind.BOOLEAN else ANYTHING


def truths_of(found: Possible) -> Truths:
    """Return what a condition may come to."""
    assert isinstance(found, frozenset)
    return found  # type: ignore[return-value]


def _all_values(arguments: Sequence[Possible]) -> list[tuple[Operand, ...]] | None:
    """Return every combination of values, None where there are ranges among them or too many."""
    count = 1
    for one in arguments:
        if not isinstance(one, frozenset):
            return None
        count *= len(one)
    return list(product(*arguments)) if count <= MOST_VALUES else None  # type: ignore[arg-type]


def together(function: str, arguments: Sequence[Possible]) -> Truths:
    """Return how conditions put together may turn out, each for itself."""
    match function:
        case "and":
            return _folded(logic.conjunction, [truths_of(one) for one in arguments])
        case "or":
            return _folded(logic.disjunction, [truths_of(one) for one in arguments])
        case "not":
            return frozenset(logic.negation(one) for one in truths_of(arguments[0]))
        case _:
            return _at_least(arguments[0], [truths_of(one) for one in arguments[1:]])


def _folded(fold: Callable[[Iterable[Truth]], Truth], every: Sequence[Truths]) -> Truths:
    found = every[0]
    for one in every[1:]:
        found = frozenset(fold(pair) for pair in product(found, one))
    return found


def _at_least(counts: Possible, every: Sequence[Truths]) -> Truths:
    if not isinstance(counts, frozenset):
        return ANY_TRUTH
    numbers: set[tuple[int, int]] = {(0, 0)}
    for truths in every:
        numbers = {(true + (one is True), open_ + (one is None)) for true, open_ in numbers for one in truths}
    return frozenset(
        logic.at_least(count, *[True] * true, *[None] * open_)  # type: ignore[arg-type]
        for count in counts
        for true, open_ in numbers
    )


def _chosen(node: Call, condition: Possible, then: Possible, otherwise: Possible) -> Possible:
    parts: dict[Truth, Possible] = {True: then, False: otherwise, None: frozenset({None})}
    return _joined(node, [parts[one] for one in truths_of(condition)])


def _first_present(node: Call, arguments: Sequence[Possible]) -> Possible:
    parts: list[Possible] = []
    for one in arguments:
        parts.append(one - {None} if isinstance(one, frozenset) and one is not arguments[-1] else one)
        if isinstance(one, Range) or (isinstance(one, frozenset) and None not in one):
            break
    return _joined(node, parts)


def _joined(node: Call, parts: Sequence[Possible]) -> Possible:
    """Return what is possible if it is one of several."""
    if all(isinstance(one, frozenset) for one in parts):
        found = frozenset().union(*parts)  # type: ignore[arg-type]
        return found if len(found) <= MOST_VALUES else anything(node)
    ends = [_ends(one) for one in parts if one != frozenset()]
    known = [pair for pair in ends if pair is not None]
    if len(known) < len(ends):
        return anything(node)
    return Range(min(low for low, _ in known), max(high for _, high in known))


# Ranges


def _ends(found: Possible) -> tuple[Any, Any] | None:
    """Return the lowest and the highest value, None where a value may be missing, or none is lower than another."""
    match found:
        case Range(low=low, high=high):
            return low, high
        case frozenset() if found and None not in found and NO_SEGMENT not in found:
            if any(isinstance(value, (str, bool, tuple)) for value in found):
                return None
            return min(found), max(found)  # type: ignore[type-var]
        case _:
            return None


def _ranged(node: Call, arguments: Sequence[Possible]) -> Possible:
    """Return what a call may come to where an argument lies in a range."""
    function = node.function
    if function in ("is_missing", "is_present") and isinstance(arguments[0], Range):
        return frozenset({function == "is_present"})
    if function in _STRICT and frozenset({None}) in arguments:
        return frozenset({None})
    ends = [_ends(one) for one in arguments]
    if None in ends:
        return _by_members(ends) if function == "in" else anything(node)
    known: list[tuple[Any, Any]] = [pair for pair in ends if pair is not None]
    if function in _COMPARISONS:
        return frozenset(_corners(node, function, known))
    if function in ("=", "!="):
        return frozenset(one is (function == "=") for one in _meeting(*known))
    if function == "in":
        return _folded(logic.disjunction, [_meeting(known[0], one) for one in known[1:]])
    if function == "between":
        value, low, high = known
        sides = [_corners(node, ">=", [value, low]), _corners(node, "<=", [value, high])]
        return _folded(logic.conjunction, [frozenset(side) for side in sides])
    if function in _RISE_OR_FALL or (function == "/" and known[1][0] * known[1][1] > 0):
        return _between_corners(node, _corners(node, function, known))
    if function == "abs":
        found = _corners(node, function, known)
        return _between_corners(node, [*found, *([type(known[0][0])(0)] if known[0][0] < 0 < known[0][1] else [])])
    return anything(node)


def _corners(node: Call, function: str, ends: Sequence[tuple[Any, Any]]) -> list[Any]:
    return [MEANINGS[function](node, values) for values in product(*ends)]


def _between_corners(node: Call, found: Sequence[Any]) -> Possible:
    return anything(node) if None in found else Range(min(found), max(found))


def _meeting(left: tuple[Any, Any], right: tuple[Any, Any]) -> Truths:
    """Return whether a value of one range may be equal to one of another."""
    if left[1] < right[0] or right[1] < left[0]:
        return frozenset({False})
    return frozenset({True}) if left[0] == left[1] == right[0] == right[1] else _EITHER


def _by_members(ends: Sequence[Any]) -> Possible:
    """Return whether a value in a range may be one of a list of which some may be missing."""
    if ends[0] is None:
        return ANY_TRUTH
    parts = [ANY_TRUTH if pair is None else _meeting(ends[0], pair) for pair in ends[1:]]
    return _folded(logic.disjunction, parts)
