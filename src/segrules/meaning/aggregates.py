"""What each aggregate means: one line a name, from the rows that `where` left to one value."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from segrules.language.types import NUMBER, Type
from segrules.language.values import Value
from segrules.meaning import arithmetic, logic
from segrules.meaning.comparisons import place
from segrules.program.nodes import Aggregate


class Below(NamedTuple):
    """A row that is aggregated: what `value` and `by` are there, and its key."""

    value: Value
    by: Value
    key: tuple[Value, ...]


_NOTHING = Below(None, None, ())


def _count(node: Aggregate, rows: Sequence[Below]) -> int:
    return len(rows) if node.value is None else len(_present(rows))


def _sum(node: Aggregate, rows: Sequence[Below]) -> Value:
    values = _present(rows)
    return None if rows and not values else arithmetic.total(node.type, values)


def _mean(node: Aggregate, rows: Sequence[Below]) -> float | None:
    return _mean_of(_type(node), _present(rows))


def _mean_of(kind: Type, values: Sequence[Any]) -> float | None:
    total = arithmetic.total(kind, values)
    return None if total is None or not values else float(total) / len(values)


def _median(_: Aggregate, rows: Sequence[Below]) -> float | None:
    values = sorted(float(value) for value in _present(rows))
    return middle(*(values[at] for at in ((len(values) - 1) // 2, len(values) // 2))) if values else None


def middle(low: float, high: float) -> float | None:
    """Return what lies halfway between two values, which of equal ones is their own, however large."""
    return low if low == high else _finite((low + high) / 2)


def _stdev(node: Aggregate, rows: Sequence[Below]) -> float | None:
    values = _present(rows)
    mean = _mean_of(_type(node), values)
    if mean is None or len(values) < 2:
        return None
    deviations = [float(value) - mean for value in values]
    squares = arithmetic.total(NUMBER, [deviation * deviation for deviation in deviations])
    return None if squares is None else math.sqrt(squares / (len(values) - 1))


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


def _mode(_: Aggregate, rows: Sequence[Below]) -> Value:
    counts = Counter(_present(rows))
    most = max(counts.values(), default=0)
    return min((value for value, count in counts.items() if count == most), default=None)


def _share(_: Aggregate, rows: Sequence[Below]) -> float | None:
    values = _present(rows)
    return sum(values) / len(values) if values else None


def _smallest(_: Aggregate, rows: Sequence[Below]) -> Value:
    return min(_present(rows), default=None)


def _largest(_: Aggregate, rows: Sequence[Below]) -> Value:
    return max(_present(rows), default=None)


def _first(node: Aggregate, rows: Sequence[Below]) -> Value:
    return min(_placed(rows), key=lambda row: _order(node, row), default=_NOTHING).value


def _last(node: Aggregate, rows: Sequence[Below]) -> Value:
    return max(_placed(rows), key=lambda row: _order(node, row), default=_NOTHING).value


def _placed(rows: Sequence[Below]) -> list[Below]:
    return [row for row in rows if row.value is not None and row.by is not None]


def _order(node: Aggregate, row: Below) -> tuple[Any, ...]:
    assert node.by is not None
    return (place(node.by.type, row.by), *([_sortable(part) for part in row.key] or [_sortable(row.value)]))


def _sortable(value: Any) -> Any:
    """Return what a value is ordered by: a list member by member, a missing one first."""
    return [(member is not None, member) for member in value] if isinstance(value, tuple) else value


def _present(rows: Sequence[Below]) -> list[Any]:
    return [row.value for row in rows if row.value is not None]


def _type(node: Aggregate) -> Type:
    assert node.value is not None
    return node.value.type


AGGREGATES: dict[str, Callable[[Aggregate, Sequence[Below]], Value]] = {
    "count": _count,
    "count_distinct": lambda _, rows: len(set(_present(rows))),
    "sum": _sum,
    "mean": _mean,
    "min": _smallest,
    "max": _largest,
    "median": _median,
    "stdev": _stdev,
    "any": lambda _, rows: logic.disjunction(row.value for row in rows),  # type: ignore[misc]
    "all": lambda _, rows: logic.conjunction(row.value for row in rows),  # type: ignore[misc]
    "first": _first,
    "last": _last,
    "mode": _mode,
    "share": _share,
    "list": lambda _, rows: tuple(sorted(_present(rows))),
}
