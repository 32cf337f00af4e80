"""What each statistic means: one line a name, from a group of rows and one of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from segrules.language.statistics import SHARE_UNITS, share_units, tiles
from segrules.language.types import NUMBER, Kind
from segrules.language.values import MAX_DIGITS, Value
from segrules.meaning import arithmetic
from segrules.meaning.aggregates import AGGREGATES, Below, middle
from segrules.meaning.comparisons import place
from segrules.meaning.population import Group, Member
from segrules.program.nodes import Aggregate, Statistic


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a row stands among those that take part, of which there are `count`.

    `before` are the rows with a value that comes before its own, `different` how many different values these have.
    `equal` are those with its own value, itself included; `first` of these have a key that comes before its own.
    """

    count: int
    before: int
    different: int
    equal: int
    first: int


def standing(group: Group, member: Member, *, descending: bool) -> Standing:
    """Return where a row of a group stands; its value is present."""
    value = place(group.kind, member.value)
    low, high = bisect_left(group.places, value), bisect_right(group.places, value)
    count = len(group.places)
    smaller = bisect_left(group.different, value)
    return Standing(
        count=count,
        before=count - high if descending else low,
        different=len(group.different) - smaller - 1 if descending else smaller,
        equal=high - low,
        first=bisect_left(group.keyed, (value, member.key)) - low,
    )


def value_among(node: Statistic, amount: Value, group: Group, member: Member | None) -> Value:
    """Return a statistic of a group that has `member` in it, or of a row that takes no part."""
    if node.function in AGGREGATES:
        found: Value = _aggregate(node, node.function, group)
        return found
    if node.function in _OF_GROUP:
        return _OF_GROUP[node.function](group, amount)
    if member is None or member.value is None:
        return None
    if node.function in _OF_VALUES:
        return _OF_VALUES[node.function](node, group, member)
    count = tiles(amount)
    if node.amount is not None and count is None:
        return None
    return PLACES[node.function](standing(group, member, descending=node.descending), count or 1)


def _aggregate(node: Statistic, function: str, group: Group) -> Any:
    """Return an aggregate of the rows of a group, which is worked out once, and from what is known of it if it can."""
    if group.is_exchanged and (quick := _quick(function, group)) is not None:
        return quick(group)
    kind = node.type if function == node.function else NUMBER
    if (function, kind) not in group.known:
        same = Aggregate(function, (), node.value, None, None, kind, node.span)
        rows = [Below(member.value, None, member.key) for member in group.members]
        group.known[function, kind] = AGGREGATES[function](same, rows)
    return group.known[function, kind]


# Aggregates of a group of which one row was exchanged: the same as of its rows, without looking at each of them


def _quick(function: str, group: Group) -> Callable[[Group], Value] | None:
    if group.kind.kind is Kind.LIST:
        return (lambda found: found.present) if function == "count" else None
    if function in ("sum", "mean") and group.kind.kind is Kind.NUMBER:
        return None
    return _QUICK.get(function)


def _sum(group: Group) -> Value:
    return None if group.size and not group.present else arithmetic.fitting(group.kind, _total(group))


def _total(group: Group) -> Any:
    return group.total if group.present else arithmetic.zero(group.kind)


def _mean(group: Group) -> float | None:
    total = arithmetic.fitting(group.kind, _total(group))
    return float(total) / group.present if group.present and total is not None else None


def _median(group: Group) -> float | None:
    count = group.present
    if not count:
        return None
    return middle(*(float(group.places[at]) for at in ((count - 1) // 2, count // 2)))


def _true(group: Group) -> int:
    return group.present - bisect_left(group.places, True)


def _any(group: Group) -> bool | None:
    return True if _true(group) else None if group.present < group.size else False


def _all(group: Group) -> bool | None:
    return False if _true(group) < group.present else None if group.present < group.size else True


_QUICK: dict[str, Callable[[Group], Value]] = {
    "count": lambda group: group.present,
    "count_distinct": lambda group: len(group.different),
    "sum": _sum,
    "mean": _mean,
    "min": lambda group: group.places[0] if group.present else None,
    "max": lambda group: group.places[-1] if group.present else None,
    "median": _median,
    "any": _any,
    "all": _all,
    "share": lambda group: _true(group) / group.present if group.present else None,
}


# The place of a row


def ntile(before: int, count: int, number: int) -> int:
    """Return the tile of the row that has so many before it: sizes differ by one at most, the larger come first."""
    size, larger = divmod(count, number)
    cut = larger * (size + 1)
    return 1 + (before // (size + 1) if before < cut else larger + (before - cut) // size)


def qcut(before: int, count: int, number: int) -> int:
    """Return 1 plus the number of inner quantiles below a value.

    The k-th of n lies `(count - 1) k / n` steps above the smallest value: a value lies above it if more rows than that
    come before it.
    """
    return max(1, -(-before * number // (count - 1))) if before else 1


PLACES: dict[str, Callable[[Standing, int], Value]] = {
    "rank": lambda at, _: at.before + 1,
    "dense_rank": lambda at, _: at.different + 1,
    "row_number": lambda at, _: at.before + at.first + 1,
    "percentile": lambda at, _: (at.before + at.equal) / at.count,
    "ntile": lambda at, number: ntile(at.before + at.first, at.count, number),
    "qcut": lambda at, number: qcut(at.before, at.count, number),
}


# Quantiles


def quantile(group: Group, share: int | None) -> float | None:
    """Return the value that lies a share of the way from the smallest to the largest, counted in rows."""
    ordered = group.places
    if share is None or not ordered:
        return None
    low, rest = divmod((len(ordered) - 1) * share, SHARE_UNITS)
    value = float(ordered[low])
    if not rest:
        return value
    return _finite(value + rest / SHARE_UNITS * (float(ordered[low + 1]) - value))


_OF_GROUP: dict[str, Callable[[Group, Value], Value]] = {
    "quantile": lambda group, amount: quantile(group, share_units(amount)),
}


def _finite(number: float) -> float | None:
    found = arithmetic.fitting(NUMBER, number)
    return None if found is None else float(found)


# The value itself


def _zscore(node: Statistic, group: Group, member: Member) -> Value:
    mean, spread = (_aggregate(node, function, group) for function in ("mean", "stdev"))
    assert isinstance(member.value, int | float | Decimal)
    distance = None if mean is None else _finite(float(member.value) - mean)
    return None if distance is None or spread is None else arithmetic.divided(NUMBER, distance, spread)


def _cumulative_share(_: Statistic, group: Group, member: Member) -> Value:
    """Return the share; doubles are added from the largest down, exact numbers in units of their last place."""
    whole = group.sum_from(group.places[0])
    if group.places[0] < 0 or not whole or not _fits(group, whole):
        return None
    return float(group.sum_from(member.value)) / float(whole)


def _fits(group: Group, total: Any) -> bool:
    if group.kind.kind is Kind.DECIMAL:
        return bool(total < 10**MAX_DIGITS)
    return arithmetic.fitting(group.kind, total) is not None


_OF_VALUES: dict[str, Callable[[Statistic, Group, Member], Value]] = {
    "cumulative_share": _cumulative_share,
    "zscore": _zscore,
}
