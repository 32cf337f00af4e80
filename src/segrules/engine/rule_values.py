"""The values that rules tell in reasons: in the holes of a `because`, or behind conditions that made it match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from segrules.engine.styles import Style, style_of_hole, style_of_value
from segrules.explain import reasons as wording
from segrules.plan.steps import Explained, Told
from segrules.program.nodes import Expression, Field
from segrules.program.program import Hole, Program, Rule
from segrules.program.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A value that is told: of what, the column or the constant that it is, and how it is written."""

    of: Expression
    value: Expression
    style: Style


class RuleValues:
    """What the rules of a segmentation may tell; of a sensitive value no more than whether it is there."""

    def __init__(self, program: Program, explained: Explained, sensitivity: Sensitivity) -> None:
        """Take a segmentation of a program, and where a plan puts what its decisions are explained by."""
        self._shares = wording.shares(program)
        self._sensitivity = sensitivity
        self._rules = [rule for rule, _ in explained.deciding]
        self._told = dict(explained.told)
        self._holes = dict(explained.holes)

    def conditions(self, rule: Rule) -> Sequence[Told]:
        """Return the conditions of a rule that may be told."""
        return self._told[rule]

    def all_columns(self) -> Iterator[tuple[Field, Style]]:
        """Yield every column whose values may be told, and how they are written."""
        for rule in self._rules:
            yield from self.columns(rule, None)

    def columns(self, rule: Rule, told: Sequence[Told] | None) -> Iterator[tuple[Field, Style]]:
        """Yield the columns whose values a rule tells of which these conditions are told; None for any."""
        for one in self._of(rule, told):
            if isinstance(one.value, Field) and not self.hides(one):
                yield one.value, one.style

    def _of(self, rule: Rule, told: Sequence[Told] | None) -> Iterator[RuleValue]:
        if rule.because is None:
            for one in self._told[rule] if told is None else told:
                yield from self.seen(one)
        for place, piece in enumerate(rule.because or ()):
            if isinstance(piece, Hole):
                yield self.hole(rule, place, piece)

    def hole(self, rule: Rule, place: int, hole: Hole) -> RuleValue:
        """Return the value of a hole, which stands at a place of the rule's `because`."""
        value = self._holes[rule, place]
        return RuleValue(hole.expression, value, style_of_hole(hole.format, value.type))

    def seen(self, told: Told) -> Iterator[RuleValue]:
        """Yield the values that a condition saw."""
        for seen, value in zip(told.seen, told.values, strict=True):
            yield RuleValue(seen, value, style_of_value(percent=seen in self._shares))

    def hides(self, value: RuleValue) -> bool:
        """Return whether a value is hidden."""
        return self._sensitivity.hides(value.of)
