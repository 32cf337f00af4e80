"""What a segmentation's rules make of a row: how they turned out, what is possible, which of the unknown ones matter.

A rule that is unknown might turn out true. It is enough to take unknown rules one at a time or, where two can be in
conflict, in pairs: more of them together lead to no further answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from segrules.language import types
from segrules.language.values import Value
from segrules.plan.logic import (
    at_least,
    boolean,
    choice,
    conjunction,
    disjunction,
    is_missing,
    is_true,
    may_be_true,
    negation,
    truth,
)
from segrules.plan.steps import Decision, Pick
from segrules.program.nodes import Constant, Expression
from segrules.program.program import HitPolicy, Rule, Segmentation

if TYPE_CHECKING:
    from segrules.plan.columns import Columns

CONFLICTING = (HitPolicy.UNIQUE, HitPolicy.ANY)
"""The hit policies under which rules can be in conflict."""

_RANKED = (HitPolicy.FIRST, HitPolicy.PRIORITY)


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule in force, the column that says how it turned out, and what can be said of that."""

    rule: Rule
    column: str
    outcome: Expression

    @property
    def true(self) -> Expression:
        """Whether it matched."""
        return is_true(self.outcome)

    @property
    def possible(self) -> Expression:
        """Whether it matched or might have."""
        return may_be_true(self.outcome)

    @property
    def unknown(self) -> Expression:
        """Whether it is unknown."""
        return is_missing(self.outcome)


def tried(columns: Columns, segmentation: Segmentation) -> tuple[Tried, ...]:
    """Return the rules in force, in file order."""
    found = []
    for number, rule in enumerate(segmentation.rules):
        if rule.in_force(columns.as_of):
            name = f"~{segmentation.name}.{number}"
            found.append(Tried(rule, name, columns.named(columns.program.entity, name, partial(_condition, rule))))
    return tuple(found)


def _condition(rule: Rule) -> Expression:
    return rule.when


def decision(columns: Columns, segmentation: Segmentation, place: bool = False) -> Decision:
    """Return what assigns the segment, or says which place decides."""
    rules = tuple((one.rule, one.column) for one in _asked(tried(columns, segmentation), segmentation))
    return Decision(segmentation, rules, place)


def picked(
    columns: Columns, segmentation: Segmentation, kind: types.Type, value: Callable[[Rule | None], Value]
) -> Pick:
    """Return what belongs to the rule that decides, or, for None, to no rule at all; missing in a conflict."""
    place = columns.place(segmentation)
    rules = [one.rule for one in _asked(tried(columns, segmentation), segmentation)]
    return Pick(place.name, tuple(value(rule) for rule in (*rules, None)), kind)


def _asked(rules: Sequence[Tried], segmentation: Segmentation) -> list[Tried]:
    """Return rules in the order in which they are asked: under `priority` by segment, else as they stand."""
    places = {rule.id: place for place, rule in enumerate(segmentation.ranked(one.rule for one in rules))}
    return sorted(rules, key=lambda one: places[one.rule.id])


class Judgement:
    """What the rules of a segmentation say together; everything it gives is an expression of the entity's row."""

    def __init__(self, columns: Columns, segmentation: Segmentation) -> None:
        self.segmentation = segmentation
        self.span = segmentation.span
        self.tried = tried(columns, segmentation)
        self._columns = columns
        self._default = segmentation.default or ()
        self._ranked = segmentation.hit_policy in _RANKED
        asked = _asked(self.tried, segmentation)
        self._numbers = numbered_answers(segmentation)
        self._positions = {one.rule.id: position for position, one in enumerate(asked)}

    # --- possible answers --------------------------------------------------------------------------------------------

    def possible(self, segment: str) -> Expression:
        """Return whether the row may get a segment; not under `collect`."""
        default = [self._nothing_true()] if segment in self._default else []
        if self._ranked:
            ways = [conjunction([one.possible, self._stands("<=", one.rule)], self.span) for one in self._of(segment)]
            return disjunction([*ways, *default], self.span)
        alone = [self._nothing_true(), disjunction([one.possible for one in self._of(segment)], self.span)]
        agreed = [negation(self.conflict()), self._true(segment)]
        ways = [conjunction(alone, self.span), conjunction(agreed, self.span)]
        return disjunction([*ways, *default], self.span)

    def possible_none(self) -> Expression:
        """Return whether the row may stay without a segment, other than by a conflict."""
        return truth(False, self.span) if self._default else self._nothing_true()

    def possible_conflict(self) -> Expression:
        """Return whether the row may get a conflict."""
        return self._column(
            "perhaps in conflict", lambda: self._two([[one.possible for one in group] for group in self._rivals])
        )

    def conflict(self) -> Expression:
        """Return whether the row has a conflict."""
        return self._column("in conflict", lambda: self._two([[one.true for one in group] for group in self._rivals]))

    def has(self, segment: str) -> Expression:
        """Return whether a segment is collected: true of every possible answer, false of none, else unknown."""
        if segment not in self._default:
            return disjunction([one.outcome for one in self._of(segment)], self.span)
        others = [one.possible for one in self.tried if one.rule.segment != segment]
        nothing_else = conjunction([self._nothing_true(), negation(disjunction(others, self.span))], self.span)
        always = disjunction([self._true(segment), nothing_else], self.span)
        ever = disjunction([*(one.possible for one in self._of(segment)), self._nothing_true()], self.span)
        return choice(always, truth(True, self.span), choice(ever, truth(None, self.span), truth(False, self.span)))

    def perhaps_also(self, segment: str) -> Expression:
        """Return whether a segment that is not collected may be."""
        given = conjunction([self._nothing_true(), truth(segment in self._default, self.span)], self.span)
        absent = [negation(self._true(segment)), negation(given)]
        return conjunction([disjunction([one.unknown for one in self._of(segment)], self.span), *absent], self.span)

    # --- single rules ------------------------------------------------------------------------------------------------

    def decides(self, one: Tried) -> Expression:
        """Return whether a rule made the assignment, or the conflict."""
        match self.segmentation.hit_policy:
            case HitPolicy.FIRST:
                return conjunction([one.true, self._stands("=", one.rule)], self.span)
            case HitPolicy.PRIORITY:
                return conjunction([one.true, negation(self._is_not(one.rule))], self.span)
            case _:
                return one.true

    def matters(self, one: Tried) -> Expression:
        """Return whether a rule is unknown, and true would change the answer or could make a conflict."""
        segment = one.rule.segment
        match self.segmentation.hit_policy:
            case HitPolicy.FIRST | HitPolicy.PRIORITY:
                changes = conjunction([self._stands("<", one.rule), self._is_not(one.rule)], self.span)
            case HitPolicy.COLLECT:
                replaced = conjunction(
                    [self._nothing_true(), truth({segment} != {*self._default}, self.span)], self.span
                )
                added = conjunction([negation(self._nothing_true()), negation(self._true(segment))], self.span)
                changes = disjunction([replaced, added], self.span)
            case HitPolicy.UNIQUE | HitPolicy.ANY:
                changes = conjunction([negation(self.conflict()), self._disturbs(one)], self.span)
        return conjunction([one.unknown, changes], self.span)

    def _disturbs(self, one: Tried) -> Expression:
        """Return whether an unknown rule that may be in conflict with others changes the answer if it is true."""
        own = next(group for group in self._rivals if one in group)
        clashes = [negation(self._nothing_true()), negation(disjunction([each.true for each in own], self.span))]
        differs = disjunction([self._is_not(one.rule), self.possible_conflict()], self.span)
        replaces = [self._nothing_true(), differs]
        return disjunction([conjunction(clashes, self.span), conjunction(replaces, self.span)], self.span)

    # --- parts -------------------------------------------------------------------------------------------------------

    def _of(self, segment: str) -> list[Tried]:
        return [one for one in self.tried if one.rule.segment == segment]

    def _true(self, segment: str) -> Expression:
        return self._column(f"true {segment}", lambda: disjunction([one.true for one in self._of(segment)], self.span))

    def _nothing_true(self) -> Expression:
        if self._ranked:
            return self._place_is("=", self._places)
        return self._column("nothing true", lambda: negation(disjunction([one.true for one in self.tried], self.span)))

    def _column(self, mark: str, expression: Callable[[], Expression]) -> Expression:
        """Return as a column what many others read, so that they stay small."""
        return self._columns.named(self._columns.program.entity, f"~{self.segmentation.name} {mark}", expression)

    @cached_property
    def _rivals(self) -> list[list[Tried]]:
        """The rules of which two that match are in conflict, those together that are not."""
        match self.segmentation.hit_policy:
            case HitPolicy.UNIQUE:
                return [[one] for one in self.tried]
            case HitPolicy.ANY:
                return list(_by_answer(self.tried).values())
            case _:
                return []

    def _two(self, groups: Sequence[Sequence[Expression]]) -> Expression:
        return at_least(2, [disjunction(group, self.span) for group in groups], self.span)

    @property
    def _places(self) -> int:
        return len(self.tried)

    def _stands(self, operator: str, rule: Rule) -> Expression:
        """Return how a rule stands to the place that decides; `<` is above it."""
        position = self._positions[rule.id]
        if operator == "<=" and position == 0:
            return truth(True, self.span)
        return self._place_is({"<": ">", "<=": ">=", "=": "="}[operator], position)

    def _place_is(self, operator: str, position: int) -> Expression:
        place = self._columns.place(self.segmentation)
        return boolean(operator, place, self._constant(position, types.INTEGER))

    def _is_not(self, rule: Rule) -> Expression:
        """Return whether what a rule gives is another answer than the assigned one."""
        if self.segmentation.outputs:
            assigned = self._columns.answer(self.segmentation)
            given = self._constant(self._numbers[_answer(rule)], assigned.type)
        else:
            assigned = self._columns.read(self._columns.program.entity, self.segmentation.name, self.span)
            given = self._constant(rule.segment, assigned.type)
        return may_be_true(boolean("!=", assigned, given))

    def _constant(self, value: Value, kind: types.Type) -> Constant:
        return Constant(value, kind.present(), self.span)


Answer = tuple[str, tuple[Value, ...]]
"""A segment with its outputs."""


def _answer(rule: Rule) -> Answer:
    return rule.segment, rule.outputs


def _by_answer(rules: Sequence[Tried]) -> dict[Answer, list[Tried]]:
    found: dict[Answer, list[Tried]] = {}
    for one in rules:
        found.setdefault(_answer(one.rule), []).append(one)
    return found


def numbered_answers(segmentation: Segmentation) -> dict[Answer, int]:
    """Return a number for every answer that rules, or the default, give outside `collect`."""
    given = [_answer(rule) for rule in segmentation.rules]
    return {answer: number for number, answer in enumerate(dict.fromkeys([*given, *_by_default(segmentation)]))}


def _by_default(segmentation: Segmentation) -> list[Answer]:
    return [(segment, (None,) * len(segmentation.outputs)) for segment in segmentation.default or ()]


def answer_of(segmentation: Segmentation, rule: Rule | None) -> Answer | None:
    """Return what a rule, or for None the default, gives; None without a default."""
    return _answer(rule) if rule else next(iter(_by_default(segmentation)), None)


def comparable(columns: Columns, segmentation: Segmentation, answer: str | None) -> Expression:
    """Return what a comparison asks: whether an answer is possible; None is no segment, and a conflict.

    Under `collect` it is whether a segment is collected, unknown where it may be.
    """
    name = f"~{segmentation.name}~" if answer is None else f"~{segmentation.name}={answer}"

    def expression() -> Expression:
        judgement = Judgement(columns, segmentation)
        if segmentation.hit_policy is HitPolicy.COLLECT:
            assert answer is not None
            return judgement.has(answer)
        if answer is None:
            return disjunction([judgement.possible_none(), judgement.possible_conflict()], segmentation.span)
        return judgement.possible(answer)

    return columns.named(columns.program.entity, name, expression)
