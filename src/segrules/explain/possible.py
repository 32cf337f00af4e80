"""What an expression may come to when some columns of the row move within ranges: never too little, perhaps too much.

Where all columns stand still it is the interpreter's own value. Every function that only rises or falls with each of
its arguments is worked out at the ends of their ranges, by the interpreter's own meaning of it, rounding included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from segrules.explain.influence import Influence
from segrules.language.types import Kind
from segrules.meaning import logic
from segrules.meaning.comparisons import NO_SEGMENT, Operand
from segrules.meaning.functions import MEANINGS
from segrules.meaning.logic import Truth
from segrules.program.nodes import Answers, Call, Expression, Field, Scope
from segrules.program.program import Computed, HitPolicy, Rule, Segmentation

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

_ANY_TRUTH: Truths = frozenset({True, False, None})
_EITHER: Truths = frozenset({True, False})
_COMPARISONS = frozenset({"<", "<=", ">", ">="})
_RISE_OR_FALL = frozenset(
    "+ - * negate to_number to_decimal round round_even floor ceil min max clip sqrt".split()
)  # fmt: skip
_STRICT = _RISE_OR_FALL | _COMPARISONS | {"/", "abs", "=", "!="}


@dataclass(slots=True)
class Possibilities:
    """What may come of a row whose columns `moving` may have any of some values."""

    around: Influence
    moving: Mapping[str, Possible]
    _known: dict[Expression, Possible] = field(default_factory=dict)
    _columns: dict[str, Possible] = field(default_factory=dict)
    _outcomes: dict[str, tuple[tuple[Rule, Truths], ...]] = field(default_factory=dict)

    def of(self, node: Expression) -> Possible:
        """Return what an expression at the row may come to."""
        if self.around.reads(node).isdisjoint(self.moving):
            return frozenset({self.around.value(node)})
        if node not in self._known:
            self._known[node] = self._of(node)
        return self._known[node]

    def truths(self, node: Expression) -> Truths:
        """Return how a condition may turn out."""
        return _truths(self.of(node))

    def outcomes(self, segmentation: Segmentation) -> tuple[tuple[Rule, Truths], ...]:
        """Return how the rules in force may turn out, in the order in which they are asked."""
        if segmentation.name not in self._outcomes:
            rules = [rule for rule in segmentation.rules if rule.in_force(self.around.as_of)]
            self._outcomes[segmentation.name] = tuple(
                (rule, self.truths(rule.when)) for rule in segmentation.ranked(rules)
            )
        return self._outcomes[segmentation.name]

    def may_get(self, segmentation: Segmentation, segment: str) -> bool:
        """Whether the row may get a segment for certain; true where that cannot be told."""
        outcomes = self.outcomes(segmentation)
        others = [truths for rule, truths in outcomes if rule.segment != segment]
        by_default = segment in (segmentation.default or ()) and all(False in truths for truths in others)
        return by_default or any(
            rule.segment == segment and True in truths and self._unhindered(segmentation, outcomes, place)
            for place, (rule, truths) in enumerate(outcomes)
        )

    def _unhindered(self, segmentation: Segmentation, outcomes: Sequence[tuple[Rule, Truths]], place: int) -> bool:
        """Whether the rules that would keep a row from getting what one gives may all fail."""
        rule = outcomes[place][0]
        match segmentation.hit_policy:
            case HitPolicy.COLLECT:
                return True
            case HitPolicy.FIRST | HitPolicy.PRIORITY:
                others = [one for one in outcomes[:place] if one[0].segment != rule.segment]
            case HitPolicy.UNIQUE:
                others = [*outcomes[:place], *outcomes[place + 1 :]]
            case HitPolicy.ANY:
                others = [one for one in outcomes if one[0].segment != rule.segment]
        return all(False in truths for _, truths in others)

    # Expressions

    def _of(self, node: Expression) -> Possible:
        match node:
            case Field() if node.row.scope is Scope.ROW and not node.row.path:
                return self._column(node)
            case Call():
                return self._call(node, [self.of(one) for one in node.arguments])
            case Answers():
                return self._of_every_answer(node, {})
            case _:
                return _anything(node)

    def _column(self, node: Field) -> Possible:
        if node.name not in self._columns:
            self._columns[node.name] = self._worked_out(node)
        return self._columns[node.name]

    def _worked_out(self, node: Field) -> Possible:
        if node.name in self.moving:
            return self.moving[node.name]
        match self.around.definition(node.name):
            case Computed(value=value):
                return self.of(value)
            case Segmentation(hit_policy=policy) as found if policy is not HitPolicy.COLLECT:
                return frozenset(None if one is NO_SEGMENT else one for one in self._answers(found))
            case _:
                return _anything(node)

    def _call(self, node: Call, arguments: Sequence[Possible]) -> Possible:
        match node.function:
            case "and" | "or" | "not" | "at_least":
                return _together(node.function, arguments)
            case "if":
                return _chosen(node, *arguments)
            case "coalesce":
                return _first_present(node, arguments)
        several = _all_values(arguments)
        if several is not None:
            return frozenset(MEANINGS[node.function](node, values) for values in several)
        return _ranged(node, arguments)

    # Segmentations that are read

    def _answers(self, segmentation: Segmentation) -> frozenset[Operand]:
        """Return the segments that a segmentation may give, no segment among them; not under `collect`."""
        found: set[Operand] = set()
        one_by_one = segmentation.hit_policy in (HitPolicy.FIRST, HitPolicy.PRIORITY)
        outcomes = self.outcomes(segmentation)
        for rule, truths in outcomes:
            if truths != {False}:
                found.add(rule.segment)
            if truths == {True} and one_by_one:
                return frozenset(found)
        if not one_by_one and sum(truths != {False} for _, truths in outcomes) > 1:
            found.add(NO_SEGMENT)
        if all(truths != {True} for _, truths in outcomes):
            found.add(segmentation.default[0] if segmentation.default else NO_SEGMENT)
        return frozenset(found)

    def _of_every_answer(self, node: Answers, answered: Mapping[Expression, Possible]) -> Possible:
        definition = self.around.definition(node.segmentation.name)
        if node.segmentation.row.path or node.segmentation.row.scope is not Scope.ROW:
            return _ANY_TRUTH
        assert isinstance(definition, Segmentation)
        if definition.hit_policy is HitPolicy.COLLECT:
            return self._of_list(node, definition)
        answers = self._answers(definition)
        found: set[Operand] = set()
        for answer in answers:
            given = {**answered, node.segmentation: frozenset({answer})}
            found |= _truths(self._compared(node.comparison, given))
        unsure = any(None in truths for _, truths in self.outcomes(definition))
        return frozenset(found | ({None} if unsure and len(answers) > 1 else set()))

    def _compared(self, node: Expression, answered: Mapping[Expression, Possible]) -> Possible:
        if isinstance(node, Answers):
            return self._of_every_answer(node, answered)
        assert isinstance(node, Call)
        return self._call(node, [answered[one] if one in answered else self.of(one) for one in node.arguments])

    def _of_list(self, node: Answers, segmentation: Segmentation) -> Possible:
        """Return whether a segmentation that collects may have a segment: if one of its rules matches."""
        comparison = node.comparison
        if not isinstance(comparison, Call) or comparison.function != "in_list":
            return _ANY_TRUTH
        asked = self.of(comparison.arguments[0])
        if not isinstance(asked, frozenset) or len(asked) != 1 or asked & {None, *(segmentation.default or ())}:
            return _ANY_TRUTH
        giving = [truths for rule, truths in self.outcomes(segmentation) if rule.segment in asked]
        return _together("or", giving) if giving else frozenset({False})


def _anything(node: Expression) -> Possible:
    return _ANY_TRUTH if node.type.kind is Kind.BOOLEAN else ANYTHING


def _truths(found: Possible) -> Truths:
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


def _together(function: str, arguments: Sequence[Possible]) -> Truths:
    """Return how conditions put together may turn out, each for itself."""
    match function:
        case "and":
            return _folded(logic.conjunction, [_truths(one) for one in arguments])
        case "or":
            return _folded(logic.disjunction, [_truths(one) for one in arguments])
        case "not":
            return frozenset(logic.negation(one) for one in _truths(arguments[0]))
        case _:
            return _at_least(arguments[0], [_truths(one) for one in arguments[1:]])


def _folded(fold: Callable[[Iterable[Truth]], Truth], every: Sequence[Truths]) -> Truths:
    found = every[0]
    for one in every[1:]:
        found = frozenset(fold(pair) for pair in product(found, one))
    return found


def _at_least(counts: Possible, every: Sequence[Truths]) -> Truths:
    if not isinstance(counts, frozenset):
        return _ANY_TRUTH
    numbers: set[tuple[int, int]] = {(0, 0)}
    for truths in every:
        numbers = {(true + (one is True), open_ + (one is None)) for true, open_ in numbers for one in truths}
    return frozenset(
        logic.at_least(count, *[True] * true, *[None] * open_)  # type: ignore[arg-type]
        for count in counts
        for true, open_ in numbers
    )


def _chosen(node: Call, condition: Possible, then: Possible, otherwise: Possible) -> Possible:
    parts: list[Possible] = [{True: then, False: otherwise, None: frozenset({None})}[one] for one in _truths(condition)]
    return _joined(node, parts)


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
        return found if len(found) <= MOST_VALUES else _anything(node)
    ends = [_ends(one) for one in parts if one != frozenset()]
    known = [pair for pair in ends if pair is not None]
    if len(known) < len(ends):
        return _anything(node)
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
        return _by_members(ends) if function == "in" else _anything(node)
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
    return _anything(node)


def _corners(node: Call, function: str, ends: Sequence[tuple[Any, Any]]) -> list[Any]:
    return [MEANINGS[function](node, values) for values in product(*ends)]


def _between_corners(node: Call, found: Sequence[Any]) -> Possible:
    return _anything(node) if None in found else Range(min(found), max(found))


def _meeting(left: tuple[Any, Any], right: tuple[Any, Any]) -> Truths:
    """Return whether a value of one range may be equal to one of another."""
    if left[1] < right[0] or right[1] < left[0]:
        return frozenset({False})
    return frozenset({True}) if left[0] == left[1] == right[0] == right[1] else _EITHER


def _by_members(ends: Sequence[Any]) -> Possible:
    """Return whether a value in a range may be one of a list of which some may be missing."""
    if ends[0] is None:
        return _ANY_TRUTH
    parts = [_ANY_TRUTH if pair is None else _meeting(ends[0], pair) for pair in ends[1:]]
    return _folded(logic.disjunction, parts)
