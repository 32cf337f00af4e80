"""The reason of an assignment in one short sentence: what it is, for one row, and how its parts are worded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from segrules.explain import wording
from segrules.explain.shown import shown
from segrules.explain.units import PERCENT, compared_units
from segrules.language.formatting import text_of
from segrules.language.values import Value
from segrules.meaning.decisions import Certainty, Decision
from segrules.program.conditions import conditions
from segrules.program.nodes import Call, Expression
from segrules.program.program import CONFLICT, NO_SEGMENT, HitPolicy, Hole, Program, Rule, Segmentation
from segrules.program.telling import values_seen

NO_RULE = "no rule matched"
IN_CONFLICT = "in conflict: "
NEXT_RULE = "; "
NEXT_CONDITION = " and "
MORE = " more"
MOST = 3
"""So many conditions, segments and missing columns are told; then how many more there are."""

ValueOf = Callable[[Expression], Value]
"""Gives the value of an expression at a row."""

_ANSWERS = {NO_SEGMENT: "no segment", CONFLICT: "a conflict"}


def reason(program: Program, segmentation: Segmentation, decision: Decision, value: ValueOf) -> str:
    """Return why a row is assigned what it is: the author's `because`, otherwise the conditions that made it so.

    `value` gives the values of the row's conditions, of what they compare, and of what stands in a `because`.
    """
    deciding = [rule for rule in segmentation.rules if rule.id in decision.rules]
    texts = [_of_rule(program, rule, value) for rule in deciding]
    if decision.conflict:
        named = (because_of(rule) + text for rule, text in zip(deciding, texts, strict=True))
        told = IN_CONFLICT + NEXT_RULE.join(named)
    else:
        told = NEXT_RULE.join(texts) if texts else NO_RULE
    if decision.certainty is Certainty.CERTAIN:
        return told
    return NEXT_RULE.join([told, doubt(_others(segmentation, decision), decision.missing)])


def _of_rule(program: Program, rule: Rule, value: ValueOf) -> str:
    if rule.because is not None:
        holes = ((part, value(part.expression)) if isinstance(part, Hole) else part for part in rule.because)
        return "".join(hole if isinstance(hole, str) else text_of(hole[1], hole[0].format) for hole in holes)
    told = dict.fromkeys(told_conditions(rule.when, value))
    texts = []
    before: set[tuple[Expression, ...]] = set()
    for condition, denied in list(told)[:MOST]:
        seen = values_seen(condition, denied=denied)
        told_now = seen if seen not in before else ()
        values = [value_text(value(one), percent=one in shares(program)) for one in told_now]
        texts.append(condition_text(condition, denied=denied) + in_brackets(values))
        before.add(seen)
    if not texts:  # as of `at_least` nought
        return wording.written(rule.when)
    return NEXT_CONDITION.join([*texts, *([f"{len(told) - MOST}{MORE}"] if len(told) > MOST else [])])


def told_conditions(when: Expression, value: ValueOf) -> Iterator[tuple[Expression, bool]]:
    """Yield the atomic conditions that made a condition true, each with whether it is its denial that did."""
    yield from _told(when, True, value)


def _told(node: Expression, wanted: bool, value: ValueOf) -> Iterator[tuple[Expression, bool]]:
    match node:
        case Call(function="not", arguments=(inner,)):
            yield from _told(inner, not wanted, value)
        case Call(function="and" | "or", arguments=parts) | Call(function="at_least", arguments=(_, *parts)):
            for part in parts:
                if value(part) is wanted:
                    yield from _told(part, wanted, value)
        case _:
            yield node, not wanted


def _others(segmentation: Segmentation, decision: Decision) -> list[str]:
    """Return the possible answers other than the assigned one."""
    if segmentation.hit_policy is HitPolicy.COLLECT:
        return list(decision.possible)
    assigned = CONFLICT if decision.conflict else decision.segment or NO_SEGMENT
    return [name for name in decision.possible if name != assigned]


# The wording


def because_of(rule: Rule) -> str:
    """Return what stands before the reason of a rule that is in conflict with others."""
    return f"{rule.id} because "


def condition_text(condition: Expression, *, denied: bool) -> str:
    """Return a condition, or its denial, as it is written."""
    return wording.denied(condition) if denied else wording.written(condition)


def value_text(value: Value, *, percent: bool) -> str:
    """Return a value that a condition saw, a share as a `percent`: here values become part of a reason."""
    return shown(value, PERCENT if percent else None)


@lru_cache(maxsize=64)
def shares(program: Program) -> frozenset[Expression]:
    """Return what conditions of rules compare with percentages, as which its values then read best."""
    units = compared_units(program, [one.expression for one in conditions(program)])
    return frozenset(one for one, unit in units.items() if unit == PERCENT)


def in_brackets(values: Sequence[str]) -> str:
    """Return the values that a condition saw, behind it; nothing if there is none to tell."""
    return f" ({NEXT_CONDITION.join(values)})" if values else ""


def doubt(possible: Sequence[str], missing: Sequence[str]) -> str:
    """Return what is said where an assignment is provisional: what else is possible, and what is missing to tell."""
    names = [_ANSWERS.get(name, name) for name in possible]
    may_be = f"could also be {_listed(names, 'or')}" if names else "could come out otherwise"
    lacking = f", as {_listed(missing, 'and')} {'is' if len(missing) == 1 else 'are'} missing" if missing else ""
    return may_be + lacking


def _listed(names: Sequence[str], link: str) -> str:
    if len(names) > MOST:
        return f"{', '.join(names[:MOST])} {link} {len(names) - MOST}{MORE}"
    *first, last = names
    return f"{', '.join(first)} {link} {last}" if first else last
