"""Hit policies: what rules that matched give, and what they might give as long as some are unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from segrules.language.values import Value
from segrules.meaning.comparisons import NO_SEGMENT, Operand
from segrules.program.program import CONFLICT as CONFLICT_NAME
from segrules.program.program import NO_SEGMENT as NO_SEGMENT_NAME
from segrules.program.program import HitPolicy, Rule, Segmentation


class Outcome(StrEnum):
    """How a rule turned out."""

    MATCHED = "matched"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_IN_FORCE = "not in force"


class Certainty(StrEnum):
    """Whether what is missing could change an assignment."""

    CERTAIN = "certain"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class Tried:
    """A rule and how it turned out."""

    rule: Rule
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """What a row can get: at most one segment, with its outputs, under `collect` any number of them, or a conflict."""

    segments: frozenset[str] = frozenset()
    conflict: bool = False
    outputs: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a segmentation says of a row.

    `segment` is the assigned one, None for no segment and for a conflict and under `collect`, where `segments` lists
    them. `rules` are the ids that made it: all that matched and give the assigned answer (under `first` the first of
    them), in a conflict all that matched. `conflict` repeats those of a conflict. `outcomes` has every rule in file
    order. `possible` names the segments that the row may get, in the segmentation's order, then `(no segment)`,
    `(conflict)`; under `collect` those that may be there besides those assigned. `unknown_rules` matter: taken as true
    they change the answer or could make a conflict. `outputs` are the further ones, all missing without a segment and
    with the default. `missing` are the columns and expressions that the unknown rules lack.

    `answers` are the assigned answer and those that one more rule gives, or a conflict: outside `collect` all possible
    ones, under `collect` enough to see which segments are in all of them and which in none.
    """

    segment: str | None
    segments: tuple[str, ...]
    rules: tuple[str, ...]
    conflict: tuple[str, ...]
    outcomes: tuple[Tried, ...]
    possible: tuple[str, ...]
    unknown_rules: tuple[Rule, ...]
    answers: tuple[Answer, ...]
    outputs: tuple[Value, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def certainty(self) -> Certainty:
        """Whether there is one possible answer."""
        return Certainty.CERTAIN if len(self.answers) == 1 else Certainty.PROVISIONAL


def answer(segmentation: Segmentation, matched: Sequence[Rule]) -> Answer:
    """Return what rules that match give together; they stand in file order."""
    if not matched:
        default = segmentation.default
        return Answer() if default is None else Answer(frozenset(default), outputs=no_outputs(segmentation))
    if segmentation.hit_policy is HitPolicy.COLLECT:
        return Answer(frozenset(rule.segment for rule in matched))
    answers = [_given(rule) for rule in segmentation.ranked(matched)]
    match segmentation.hit_policy:
        case HitPolicy.UNIQUE if len(matched) > 1:
            return Answer(conflict=True)
        case HitPolicy.ANY if len(set(answers)) > 1:
            return Answer(conflict=True)
        case _:
            return answers[0]


def no_outputs(segmentation: Segmentation) -> tuple[Value, ...]:
    """Return the outputs where no rule gives any: all missing."""
    return (None,) * len(segmentation.outputs)


def _given(rule: Rule) -> Answer:
    return Answer(frozenset({rule.segment}), outputs=rule.outputs)


def decide(segmentation: Segmentation, outcomes: Sequence[Tried]) -> Decision:
    """Return the decision that rules lead to; what is missing is left to whoever knows the row."""
    matched = [tried.rule for tried in outcomes if tried.outcome is Outcome.MATCHED]
    assigned = answer(segmentation, matched)
    others = _others(segmentation, outcomes, assigned)
    answers = tuple(dict.fromkeys([assigned, *(other for found in others.values() for other in found)]))
    rules = tuple(rule.id for rule in _deciding(segmentation, matched, assigned))
    segments = _listed(segmentation, matched, assigned)
    collect = segmentation.hit_policy is HitPolicy.COLLECT
    return Decision(
        segment=None if collect or not segments else segments[0],
        segments=segments if collect else (),
        rules=rules,
        conflict=rules if assigned.conflict else (),
        outcomes=tuple(outcomes),
        possible=_possible(segmentation, assigned, answers),
        unknown_rules=tuple(tried.rule for tried in outcomes if others.get(tried.rule.id)),
        answers=answers,
        outputs=assigned.outputs or no_outputs(segmentation),
    )


def _others(segmentation: Segmentation, outcomes: Sequence[Tried], assigned: Answer) -> dict[str, list[Answer]]:
    """Return, by the id of each unknown rule, the answers other than the assigned one that it can lead to.

    It leads there by itself, or, under `unique` and `any`, to a conflict with another unknown one.
    """
    matched = [tried.rule for tried in outcomes if tried.outcome is Outcome.MATCHED]
    unknown = [tried.rule for tried in outcomes if tried.outcome is Outcome.UNKNOWN]
    alone = {rule.id: answer(segmentation, _with(outcomes, rule)) for rule in unknown}
    may_conflict = segmentation.hit_policy in (HitPolicy.UNIQUE, HitPolicy.ANY)
    rivals = [rule for rule in unknown if may_conflict and not alone[rule.id].conflict]
    found = {}
    for rule in unknown:
        led_to = [alone[rule.id]]
        if any(answer(segmentation, [*matched, rule, rival]).conflict for rival in rivals if rival is not rule):
            led_to.append(Answer(conflict=True))
        found[rule.id] = [other for other in led_to if other != assigned]
    return found


def _with(outcomes: Sequence[Tried], further: Rule) -> list[Rule]:
    """Return the rules that match if one more does, in file order."""
    return [tried.rule for tried in outcomes if tried.outcome is Outcome.MATCHED or tried.rule is further]


def _deciding(segmentation: Segmentation, matched: Sequence[Rule], assigned: Answer) -> Sequence[Rule]:
    if assigned.conflict:
        return matched
    if segmentation.hit_policy is HitPolicy.FIRST:
        return matched[:1]
    if segmentation.hit_policy is HitPolicy.COLLECT:
        return matched
    return [rule for rule in matched if _given(rule) == assigned]


def _listed(segmentation: Segmentation, matched: Sequence[Rule], assigned: Answer) -> tuple[str, ...]:
    """Return the assigned segments in file order, or the default as it was written."""
    named = dict.fromkeys(rule.segment for rule in matched) if matched else segmentation.default or ()
    return tuple(segment for segment in named if segment in assigned.segments)


def _possible(segmentation: Segmentation, assigned: Answer, answers: Sequence[Answer]) -> tuple[str, ...]:
    found = {segment for answer in answers for segment in answer.segments}
    if segmentation.hit_policy is HitPolicy.COLLECT:
        return tuple(segment for segment in segmentation.segments if segment in found - assigned.segments)
    named = [segment for segment in segmentation.segments if segment in found]
    none = [NO_SEGMENT_NAME] if Answer() in answers else []
    conflict = [CONFLICT_NAME] if Answer(conflict=True) in answers else []
    return (*named, *none, *conflict)


def operands(segmentation: Segmentation, decision: Decision) -> list[Operand]:
    """Return what a comparison that reads a segmentation is to be asked of: every answer that makes a difference."""
    if segmentation.hit_policy is HitPolicy.COLLECT:
        return [tuple(found.segments) for found in decision.answers]
    return list(dict.fromkeys(next(iter(found.segments), NO_SEGMENT) for found in decision.answers))
