"""What of a rule is not as it would have to be: its conditions that would have to turn out otherwise, nearest first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from segrules.explain.conditions import condition, outcome
from segrules.explain.legend import Node
from segrules.explain.margins import margin
from segrules.explain.reading import comparison_of
from segrules.explain.row import RowTrace
from segrules.explain.trace import Condition, Margin
from segrules.program.nodes import Call, Expression

DAYS_OF_A_YEAR = 365.25


class Distance(NamedTuple):
    """How far off something is: conditions without a measure count more than any distance.

    `far` adds what numbers lack as parts of their limits, and what days lack in years.
    """

    unmeasured: int = 0
    far: float = 0.0

    def __add__(self, other: object) -> Distance:
        """Return how far off two things are together."""
        assert isinstance(other, Distance)
        return Distance(self.unmeasured + other.unmeasured, self.far + other.far)


NOWHERE = Distance()
UNMEASURED = Distance(1)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A condition that would have to turn out as `wanted`, or `parts` of which `needed` would have to.

    The nearest part stands first. `wanted` is false under a `not`, and for a rule that would have to fail. The limit of
    the condition's margin is enough if `limit_belongs`. `held` other parts are as wanted already.
    More may be needed than there are parts: `at_least` 3 of 2 is never true.
    """

    condition: Condition
    wanted: bool
    distance: Distance
    needed: int = 1
    parts: tuple[Shortfall, ...] = ()
    held: int = 0
    limit_belongs: bool = True
    expression: Expression | None = field(default=None, compare=False, repr=False)

    @property
    def is_never(self) -> bool:
        """Whether more parts would have to turn out as wanted, and there is none left."""
        return self.condition.together is not None and not self.parts

    @property
    def leaves(self) -> tuple[Shortfall, ...]:
        """The conditions themselves, nearest first."""
        return tuple(leaf for part in self.parts for leaf in part.leaves) if self.parts else (self,)


def shortfall(row: RowTrace, node: Node, *, wanted: bool) -> Shortfall | None:
    """Return what keeps a condition from turning out as wanted, None if it does."""
    if outcome(row, node) is wanted:
        return None
    if floors := _floors(row, node):
        parts = [found for floor in floors if (found := shortfall(row, floor, wanted=wanted))]
        return _together(condition(row, node), parts, wanted, len(parts) if wanted else 1)
    if node.number is not None or node.is_denial:
        return _alone(row, node, wanted)
    if node.together == "not":
        return shortfall(row, node.parts[0], wanted=not wanted)
    parts = [found for part in node.parts if (found := shortfall(row, part, wanted=wanted))]
    held = len(node.parts) - len(parts)
    return _together(_bare(row, node), parts, wanted, _needed(node, held, wanted), held)


def _alone(row: RowTrace, node: Node, wanted: bool) -> Shortfall:
    told = condition(row, node)
    number = node.number if node.number is not None else node.parts[0].number
    assert number is not None
    numbered = row.legend.condition(number)
    if not wanted and told.outcome is True:
        told = replace(told, margin=margin(row, numbered, denied=not node.is_denial))
    return Shortfall(
        told,
        wanted,
        _distance(told.margin),
        limit_belongs=_limit_belongs(numbered.expression, wanted=wanted is not node.is_denial),
        expression=node.expression,
    )


def _limit_belongs(node: Expression, *, wanted: bool) -> bool:
    """Whether a comparison turns out as wanted at its limit."""
    comparison = comparison_of(node)
    strict = isinstance(comparison, Call) and comparison.function in ("<", ">")
    return strict is not wanted


def _bare(row: RowTrace, node: Node) -> Condition:
    """Return several conditions as one, without the parts."""
    return Condition(node.text, outcome(row, node), node.span, node.together)


def _floors(row: RowTrace, node: Node) -> tuple[Node, ...]:
    """Return the floors of a scorecard where a condition is that it qualifies."""
    if node.number is None:
        return ()
    cards = row.legend.scorecards
    return next((card.floors for card in cards if card.qualifies == node.expression and not card.cards), ())


def _needed(node: Node, held: int, wanted: bool) -> int:
    """Return how many more of the parts would have to turn out as wanted; `held` do already."""
    every = len(node.parts)
    if node.together == "at_least" and node.count is not None:
        return (node.count if wanted else every - node.count + 1) - held
    return every - held if (node.together == "and") is wanted else 1


def _together(whole: Condition, parts: list[Shortfall], wanted: bool, needed: int, held: int = 0) -> Shortfall:
    if len(parts) == needed == 1:
        return parts[0]
    if needed == len(parts):  # all of what needs all of its parts again is all of these
        parts = [one for part in parts for one in (part.parts if part.needed == len(part.parts) else (part,))]
        needed = len(parts)
    if needed == 1:  # any one of what needs any one of its parts is any one of these
        parts = [one for part in parts for one in (part.parts if part.needed == 1 and part.parts else (part,))]
    ordered = sorted(parts, key=lambda part: part.distance)
    impossible = Distance(unmeasured=max(0, needed - len(parts)))
    nearest = sum((part.distance for part in ordered[:needed]), impossible)
    return Shortfall(whole, wanted, nearest, needed, tuple(ordered), held)


def _distance(found: Margin | None) -> Distance:
    """Return how far off a condition is: a part of the limit, or of the value where the limit is 0."""
    if found is None:
        return UNMEASURED
    amount, limit = float(found.amount), found.limit
    if isinstance(limit, (int, float, Decimal)):
        size = abs(float(limit)) or amount
        return Distance(far=amount / size if size else 0.0)
    return Distance(far=amount / DAYS_OF_A_YEAR)
