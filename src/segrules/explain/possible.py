"""What the expressions of a row may come to when some of its columns move: never too little, perhaps too much.

Where all that an expression reads stands still, it is the interpreter's own value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from segrules.explain.influence import Influence
from segrules.explain.possible_values import ANY_TRUTH, Possible, Truths, anything, called, together, truths_of
from segrules.meaning.comparisons import NO_SEGMENT, Operand
from segrules.program.nodes import Answers, Call, Expression, Field, Scope
from segrules.program.program import Computed, HitPolicy, Rule, Segmentation


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
        return truths_of(self.of(node))

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
                return called(node, [self.of(one) for one in node.arguments])
            case Answers():
                return self._of_every_answer(node, {})
            case _:
                return anything(node)

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
                return anything(node)

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
            return ANY_TRUTH
        assert isinstance(definition, Segmentation)
        if definition.hit_policy is HitPolicy.COLLECT:
            return self._of_list(node, definition)
        answers = self._answers(definition)
        found: set[Operand] = set()
        for answer in answers:
            given = {**answered, node.segmentation: frozenset({answer})}
            found |= truths_of(self._compared(node.comparison, given))
        unsure = any(None in truths for _, truths in self.outcomes(definition))
        return frozenset(found | ({None} if unsure and len(answers) > 1 else set()))

    def _compared(self, node: Expression, answered: Mapping[Expression, Possible]) -> Possible:
        if isinstance(node, Answers):
            return self._of_every_answer(node, answered)
        assert isinstance(node, Call)
        return called(node, [answered[one] if one in answered else self.of(one) for one in node.arguments])

    def _of_list(self, node: Answers, segmentation: Segmentation) -> Possible:
        """Return whether a segmentation that collects may have a segment: if one of its rules matches."""
        comparison = node.comparison
        if not isinstance(comparison, Call) or comparison.function != "in_list":
            return ANY_TRUTH
        asked = self.of(comparison.arguments[0])
        if not isinstance(asked, frozenset) or len(asked) != 1 or asked & {None, *(segmentation.default or ())}:
            return ANY_TRUTH
        giving = [truths for rule, truths in self.outcomes(segmentation) if rule.segment in asked]
        return together("or", giving) if giving else frozenset({False})
