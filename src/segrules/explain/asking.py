"""Ask why a row is not in a segment: the one arrow from a row's trace to the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from segrules.explain.enough import Enough
from segrules.explain.legend import RuleEntry, SegmentationEntry
from segrules.explain.names import names_of
from segrules.explain.read import folder_of
from segrules.explain.row import RowTrace
from segrules.explain.shortfall import Distance, shortfall
from segrules.explain.wanted import Wanted
from segrules.explain.why_not import Miss, NearRule, Obstacle, WhyNot
from segrules.meaning.decisions import Decision, Outcome
from segrules.program.program import HitPolicy, Rule, Segmentation

Search = Callable[[Miss], Enough | None]
"""Finds what would be enough for a row to be in the segment that it misses."""


def why_not(row: RowTrace, wanted: Iterable[Wanted], search: Search) -> WhyNot:
    """Return why a row is not in some segments."""
    program = row.legend.program
    key = tuple(zip(program.table(program.entity).key, row.key, strict=True))
    misses = (_miss(row, one) for one in wanted)
    found = tuple(miss if miss.is_certain else replace(miss, enough=search(miss)) for miss in misses)
    return WhyNot(names_of(program), key, row.legend.as_of, found, folder_of(program.span.source.name), row.hidden)


def _miss(row: RowTrace, wanted: Wanted) -> Miss:
    decision = row.decision(wanted.segmentation)
    entry = next(one for one in row.legend.segmentations if one.segmentation.name == wanted.segmentation)
    giving = [one for one in entry.rules if one.rule.segment == wanted.segment]
    rules = sorted((_near(row, entry, decision, one) for one in giving), key=_nearness)
    by_default = wanted.segment in (entry.segmentation.default or ())
    others = [one for one in entry.rules if one.rule.segment != wanted.segment] if by_default else []
    return Miss(entry.segmentation, wanted.segment, decision, tuple(rules), _obstacles(row, decision, others))


def _nearness(near: NearRule) -> tuple[bool, Distance]:
    """Return what rules are ordered by: those in force come first."""
    return not near.in_force, near.distance


def _near(row: RowTrace, entry: SegmentationEntry, decision: Decision, giving: RuleEntry) -> NearRule:
    outcome = _outcome(decision, giving.rule)
    if outcome is Outcome.NOT_IN_FORCE:
        return NearRule(giving.rule, outcome, None, ())
    others = [one for one in entry.rules if _goes_before(entry.segmentation, one.rule, giving.rule)]
    lacks = shortfall(row, giving.when, wanted=True)
    return NearRule(giving.rule, outcome, lacks, _obstacles(row, decision, others))


def _goes_before(segmentation: Segmentation, other: Rule, rule: Rule) -> bool:
    """Whether a rule does not give its segment where another one matches too."""
    match segmentation.hit_policy:
        case HitPolicy.FIRST:
            ids = [one.id for one in segmentation.rules]
            return ids.index(other.id) < ids.index(rule.id) and other.segment != rule.segment
        case HitPolicy.PRIORITY:
            return segmentation.priority.index(other.segment) < segmentation.priority.index(rule.segment)
        case HitPolicy.UNIQUE:
            return other is not rule
        case HitPolicy.ANY:
            return (other.segment, other.outputs) != (rule.segment, rule.outputs)
        case HitPolicy.COLLECT:
            return False


def _obstacles(row: RowTrace, decision: Decision, others: Iterable[RuleEntry]) -> tuple[Obstacle, ...]:
    """Return those of some rules that matched or may match."""
    found = []
    for entry in others:
        outcome = _outcome(decision, entry.rule)
        if outcome in (Outcome.MATCHED, Outcome.UNKNOWN):
            to_fail = shortfall(row, entry.when, wanted=False)
            assert to_fail is not None
            found.append(Obstacle(entry.rule, outcome, to_fail))
    return tuple(found)


def _outcome(decision: Decision, rule: Rule) -> Outcome:
    return next(tried.outcome for tried in decision.outcomes if tried.rule.id == rule.id)
