"""The reason of an assignment in one short sentence: what it is, for one row, and how its parts are worded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.reasons import render
from segrules.explain import wording
from segrules.explain.shown import shown
from segrules.language.values import Value
from segrules.meaning.decisions import Certainty, Decision
from segrules.meaning.tables import RowAt
from segrules.program.nodes import Call, Expression
from segrules.program.program import CONFLICT, NO_SEGMENT, HitPolicy, Rule, Segmentation
from segrules.program.telling import values_seen

NO_RULE = "no rule matched"
IN_CONFLICT = "in conflict: "
NEXT_RULE = "; "
NEXT_CONDITION = " and "
MORE = " more"
MOST = 3
"""So many conditions, segments and missing columns are told; then how many more there are."""

_ANSWERS = {NO_SEGMENT: "no segment", CONFLICT: "a conflict"}


def reason(known: Interpreter, segmentation: Segmentation, row: RowAt) -> str:
    """Return why a row is assigned what it is: the author's `because`, otherwise the conditions that made it so."""
    decision = known.decide(segmentation.name, row)
    deciding = [rule for rule in segmentation.rules if rule.id in decision.rules]
    if decision.conflict:
        texts = [because_of(rule) + _of_rule(known, rule, row) for rule in deciding]
        told = IN_CONFLICT + NEXT_RULE.join(texts)
    else:
        told = NEXT_RULE.join(_of_rule(known, rule, row) for rule in deciding) if deciding else NO_RULE
    if decision.certainty is Certainty.CERTAIN:
        return told
    return told + doubt(_others(segmentation, decision), decision.missing)


def _of_rule(known: Interpreter, rule: Rule, row: RowAt) -> str:
    if rule.because is not None:
        return render(known, rule.because, row)
    told = dict.fromkeys(told_conditions(known, rule.when, row))
    texts = []
    known_values: set[tuple[Expression, ...]] = set()
    for condition, denied in list(told)[:MOST]:
        seen = values_seen(condition, denied=denied)
        values = [value_text(known.evaluate(one, row)) for one in seen if seen not in known_values]
        texts.append(condition_text(condition, denied=denied) + in_brackets(values))
        known_values.add(seen)
    if not texts:  # as of `at_least` nought
        return wording.written(rule.when)
    return NEXT_CONDITION.join([*texts, *([f"{len(told) - MOST}{MORE}"] if len(told) > MOST else [])])


def told_conditions(known: Interpreter, when: Expression, row: RowAt) -> Iterator[tuple[Expression, bool]]:
    """Yield the atomic conditions that made a condition true at a row, each with whether it is its denial that did."""
    yield from _told(known, when, True, row)


def _told(known: Interpreter, node: Expression, wanted: bool, row: RowAt) -> Iterator[tuple[Expression, bool]]:
    match node:
        case Call(function="not", arguments=(inner,)):
            yield from _told(known, inner, not wanted, row)
        case Call(function="and" | "or", arguments=parts) | Call(function="at_least", arguments=(_, *parts)):
            for part in parts:
                if known.evaluate(part, row) is wanted:
                    yield from _told(known, part, wanted, row)
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


def value_text(value: Value) -> str:
    """Return a value that a condition saw: the place where values of rows become part of a reason."""
    return shown(value)


def in_brackets(values: Sequence[str]) -> str:
    """Return the values that a condition saw, behind it; nothing if there is none to tell."""
    return f" ({NEXT_CONDITION.join(values)})" if values else ""


def doubt(possible: Sequence[str], missing: Sequence[str]) -> str:
    """Return what is said where an assignment is provisional: what else is possible, and what is missing to tell."""
    names = [_ANSWERS.get(name, name) for name in possible]
    may_be = f"could also be {_listed(names, 'or')}" if names else "could come out otherwise"
    lacking = f", as {_listed(missing, 'and')} {'is' if len(missing) == 1 else 'are'} missing" if missing else ""
    return f"{NEXT_RULE}{may_be}{lacking}"


def _listed(names: Sequence[str], link: str) -> str:
    if len(names) > MOST:
        return f"{', '.join(names[:MOST])} {link} {len(names) - MOST}{MORE}"
    *first, last = names
    return f"{', '.join(first)} {link} {last}" if first else last
