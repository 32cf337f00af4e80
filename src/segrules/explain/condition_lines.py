"""What a condition saw, as lines: `csat >= 4: no, csat is 2, 2 short`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from segrules.explain.names import Names
from segrules.explain.outline import Item
from segrules.explain.shown import dated_text, margin_text, quoted, seen_text
from segrules.explain.trace import Condition, Margin, Seen

_ANSWERS = {True: "yes", False: "no", None: "unknown"}
_GROUPS = {"and": "all of these", "or": "any of these", "not": "not"}
_YEAR = 365.25
_LONG = 25


@dataclass(slots=True)
class ConditionLines:
    """Makes lines of the conditions of one rule, and tells a value once; `names` says what things are called."""

    names: Names
    _told: set[str] = field(default_factory=set)

    def items(self, condition: Condition) -> tuple[Item, ...]:
        """Return the lines of a rule's condition; parts that must all hold stand side by side."""
        if condition.together == "and":
            return self._parts(condition)
        return (self._item(condition, matters=True),)

    def _parts(self, condition: Condition) -> tuple[Item, ...]:
        mattering = telling(condition)
        return tuple(self._item(part, matters=part in mattering) for part in condition.parts)

    def _item(self, condition: Condition, *, matters: bool) -> Item:
        lines = self if matters else ConditionLines(self.names)  # what is folded away was not told yet
        if condition.together:
            return Item(_group(condition), condition.span, lines._parts(condition), matters=matters)  # noqa: SLF001
        return Item(lines.line(condition), condition.span, matters=matters)

    def line(self, condition: Condition) -> str:
        """Return how a condition turned out, and why."""
        return f"{condition.text}: {', '.join([_ANSWERS[condition.outcome], *self._reasons(condition)])}"

    def brief(self, condition: Condition) -> str:
        """Return why a condition failed, without repeating what it asks where its margin says that."""
        named = len(condition.seen) < 2 or _limit(condition) is not None
        margin = condition.margin and margin_text(condition.margin, limit=named)
        told = "; ".join(self._values(condition, repeats=not margin))
        if margin and told:
            return "; ".join([f"{told}, {margin}", *map(dated_text, condition.dated)])
        if itself := next((seen for seen in condition.seen if _is_itself(seen, condition)), None):
            return f"{itself.text} is {quoted(itself.value)}"
        return f"{condition.text} is asked" + (f", and {told}" if told else "")

    def _reasons(self, condition: Condition) -> Iterator[str]:
        for told in self._values(condition):
            yield from self._once(told)
        margin = condition.margin
        if margin and (told := margin_text(margin, limit=_limit(condition) is not None or _is_day(margin))):
            yield told
        for dated in condition.dated:
            yield from self._once(dated_text(dated))
        if condition.missing:
            yield from self._once(self.names.lacking(condition.missing))

    def _values(self, condition: Condition, *, repeats: bool = True) -> list[str]:
        """Return what a condition saw, but what is told otherwise: the limit of a margin, parameters with their day.

        A long name that the condition begins with is not repeated, if the condition stands before it.
        """
        left_out = {one.parameter for one in condition.dated}
        limit = _limit(condition)
        told = [seen for seen in condition.seen if seen is not limit and seen.text not in left_out]
        return [
            seen_text(seen, self.names, it=repeats and len(seen.text) >= _LONG and condition.text.startswith(seen.text))
            for seen in told
            if _says_more(seen, condition)
        ]

    def _once(self, told: str) -> Iterator[str]:
        if told not in self._told:
            self._told.add(told)
            yield told


def telling(condition: Condition) -> tuple[Condition, ...]:
    """Return the parts of a condition that made its outcome: the false ones of an `and` that is false, and so on."""
    if condition.together == "not":
        return condition.parts
    return tuple(part for part in condition.parts if part.outcome is condition.outcome) or condition.parts


def nearest(condition: Condition) -> tuple[Condition, int]:
    """Return the condition that failed by least, and how many failed; those without a measure come last."""
    failed = _leaves(condition)
    return min(failed, key=distance), len(failed)


def _leaves(condition: Condition) -> list[Condition]:
    if not condition.together:
        return [condition]
    return [leaf for part in telling(condition) for leaf in _leaves(part)]


def distance(condition: Condition) -> tuple[bool, float]:
    """Return how far a condition is from holding: as a part of its limit, or in years."""
    margin = condition.margin
    if margin is None:
        return True, 0.0
    if isinstance(margin.limit, int | float | Decimal) and margin.limit:
        return False, abs(float(margin.amount) / float(margin.limit))
    return False, float(margin.amount) / (_YEAR if _is_day(margin) else 1)


def _group(condition: Condition) -> str:
    name = _GROUPS.get(str(condition.together), f"{condition.together} of these {len(condition.parts)}")
    return f"{name}: {_ANSWERS[condition.outcome]}"


def _limit(condition: Condition) -> Seen | None:
    """Return the value that the margin names as the limit, if it is one that was seen and there is no more to say."""
    margin = condition.margin
    if margin is None or not margin.amount or len(condition.seen) < 2:
        return None
    limits = (seen for seen in condition.seen if seen.value == margin.limit)
    return next((seen for seen in limits if seen.among is None and seen.rows is None), None)


def _is_day(margin: Margin) -> bool:
    return isinstance(margin.limit, date)


def _is_itself(seen: Seen, condition: Condition) -> bool:
    return isinstance(seen.value, bool) and condition.text in (seen.text, f"not {seen.text}")


def _says_more(seen: Seen, condition: Condition) -> bool:
    """Whether a value says more than the condition with its outcome: `opted_out: yes` and `tier = 'gold': yes` do."""
    if seen.possible:
        return True
    if seen.value is None:
        return False
    return not _is_itself(seen, condition) and condition.text != f"{seen.text} = {quoted(seen.value)}"
