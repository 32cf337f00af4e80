"""Why a row is not in a segment, as text: a sentence, then what is lacking, rule by rule, the nearest first."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from segrules.explain.enough_text import enough_lines
from segrules.explain.names import Names, listed
from segrules.explain.shortfall import Shortfall
from segrules.explain.shown import margin_text, quoted
from segrules.explain.trace import Margin, Seen
from segrules.language.formatting import text_of
from segrules.meaning.decisions import Outcome
from segrules.program.program import HitPolicy
from segrules.program.sensitivity import HIDDEN, hidden_note

if TYPE_CHECKING:
    from segrules.explain.why_not import Miss, NearRule, Obstacle, WhyNot

_BOUNDS = {(True, True): "at least", (True, False): "above", (False, True): "at most", (False, False): "below"}
_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}


def render(answer: WhyNot, *, width: int) -> str:
    """Return the text of an answer, wrapped to `width` columns."""
    parts = [list(_miss(answer, miss)) for miss in answer.misses]
    lines = [line for number, part in enumerate(parts) for line in ([""] if number else []) + part]
    if answer.hidden and any(HIDDEN in line for line in lines):
        lines += ["", hidden_note(answer.hidden)]
    return "\n".join(_wrapped(lines, width)) + "\n"


def _wrapped(lines: Sequence[str], width: int) -> Iterator[str]:
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        folded = textwrap.wrap(
            line, width, subsequent_indent=indent + "    ", break_long_words=False, break_on_hyphens=False
        )
        yield from folded or [""]


def _miss(answer: WhyNot, miss: Miss) -> Iterator[str]:
    yield _sentence(answer, miss)
    if miss.is_certain:
        return
    told: set[str] = set()
    for near in miss.rules:
        yield from ("", *_rule(answer, miss, near, told))
    if miss.in_the_way:
        yield from ("", f"{miss.segment} is the default, for rows that no rule matches")
        for one in miss.in_the_way:
            yield from _obstacle(answer, one, f"{_matched(one)}, and", told)
    if miss.enough:
        yield from ("", *enough_lines(miss.enough))


# The sentence


def _sentence(answer: WhyNot, miss: Miss) -> str:
    """Return who it is, where it is instead, and the nearest thing that is missing."""
    who = " ".join(text_of(value) for _, value in answer.key)
    where = f"({miss.segmentation.name}, as of {answer.as_of.isoformat()})"
    if miss.is_certain:
        by = f" by {listed(miss.given_by)}" if miss.given_by else ", the default"
        return f"{who} is {miss.segment}{by} {where}"
    if miss.is_there:
        lacking = _lacking(miss.decision.missing, answer.names)
        return f"{who} is {miss.segment}, provisionally {where}: {lacking}"
    instead = listed(miss.assigned) or ("in conflict" if miss.decision.conflict else "in no segment")
    nearest = _nearest(miss, answer.names)
    return f"{who} is {instead}, not {miss.segment} {where}" + (f": {nearest}" if nearest else "")


def _nearest(miss: Miss, names: Names) -> str:
    near = miss.rules[0] if miss.rules else None
    if near is None or (miss.in_the_way and not near.in_force):
        return _first(miss.in_the_way)
    if not near.in_force:
        return _not_in_force(near)
    if near.lacks is None:
        return _reason(miss, near.in_the_way[0])
    return _told(near.lacks.leaves[0], names)


def _first(obstacles: Sequence[Obstacle]) -> str:
    return _matched(obstacles[0]) if obstacles else ""


def _reason(miss: Miss, obstacle: Obstacle) -> str:
    """Return why another rule is in the way."""
    matched = obstacle.outcome is Outcome.MATCHED
    if miss.segmentation.hit_policy in (HitPolicy.FIRST, HitPolicy.PRIORITY):
        taken = "taken already by" if matched else "perhaps taken by"
        return f"{taken} {obstacle.rule.segment}, which stands higher"
    return f"a conflict with {obstacle.rule.id}" if matched else f"perhaps a conflict with {obstacle.rule.id}"


def _matched(obstacle: Obstacle) -> str:
    return f"{obstacle.rule.id} {'matched' if obstacle.outcome is Outcome.MATCHED else 'may match'}"


# Rules


def _rule(answer: WhyNot, miss: Miss, near: NearRule, told: set[str]) -> Iterator[str]:
    """Yield what a rule lacks and what is in its way; `told` are the rules in the way that were told already."""
    yield f"{near.rule.id}  ({answer.place(near.rule.span)})"
    if not near.in_force:
        yield f"  {_not_in_force(near)}"
        return
    if near.lacks:
        yield from _shortfall(near.lacks, "  ", answer.names, top=True)
    for one in near.in_the_way:
        yield from _obstacle(answer, one, f"{_reason(miss, one)}; {one.rule.id}", told)


def _not_in_force(near: NearRule) -> str:
    rule = near.rule
    since = f" from {rule.valid_from.isoformat()}" if rule.valid_from else ""
    until = f" until {rule.valid_until.isoformat()}" if rule.valid_until else ""
    return f"{rule.id} is in force{since}{until} only"


def _obstacle(answer: WhyNot, one: Obstacle, head: str, told: set[str]) -> Iterator[str]:
    again = one.rule.id in told
    yield f"  {head} would have to fail{' too' if again else ''}  ({answer.place(one.rule.span)})"
    if not again:
        told.add(one.rule.id)
        yield from _shortfall(one.to_fail, "      ", answer.names, top=True)


# Conditions


def _shortfall(one: Shortfall, indent: str, names: Names, *, top: bool = False) -> Iterator[str]:
    if not one.parts:
        yield f"{indent}{one.condition.text}: {_told(one, names)}"
        return
    inner = indent
    if not (top and one.needed == len(one.parts)):
        yield f"{indent}{_how_many(one)}"
        inner = indent + "  "
    for part in one.parts:
        yield from _shortfall(part, inner, names)


def _how_many(group: Shortfall) -> str:
    end = "of these" if group.wanted else "of these would have to fail"
    if group.needed > len(group.parts):
        return f"{_NUMBERS.get(group.needed, str(group.needed))} {end}, and there are fewer"
    if group.needed == len(group.parts):
        return f"all {end}"
    more = " more" if group.held and group.wanted else ""
    return f"any {_NUMBERS.get(group.needed, str(group.needed))}{more} {end}"


def _told(one: Shortfall, names: Names) -> str:
    """Return what a condition saw, and what would be enough."""
    condition = one.condition
    if one.is_never:
        return "more are asked for than there are"
    if condition.outcome is None:
        return _lacking(condition.missing, names)
    read = {dated.parameter for dated in condition.dated}
    values = [seen for seen in condition.seen if seen.text not in read and seen.value is not None]
    if values and condition.margin:
        return f"{_seen(values[0])}, {_enough(one, condition.margin)}"
    told = ", ".join(map(_seen, values))
    if one.wanted:
        return told or "it is not so"
    return f"{told}, and would have to be otherwise" if told else "it would have to be otherwise"


def _seen(seen: Seen) -> str:
    value = quoted(seen.value, seen.unit)
    return f"{seen.text} is {f'({value})' if isinstance(seen.value, tuple) and seen.value else value}"


def _enough(one: Shortfall, margin: Margin) -> str:
    """Return by how much a value is short of its limit or over it, or else what it would have to be."""
    if not margin.amount or not one.wanted:
        return f"and would have to be {_BOUNDS[margin.short, one.limit_belongs]} {quoted(margin.limit, margin.unit)}"
    beyond = "" if one.limit_belongs else f", and has to be {_BOUNDS[margin.short, False]} it"
    return margin_text(margin, limit=True) + beyond


def _lacking(missing: Sequence[str], names: Names) -> str:
    return names.lacking(missing) or "something is missing"
