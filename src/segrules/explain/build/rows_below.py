"""What is told of aggregates and statistics: the expressions that count their rows, and the days that they look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from segrules.explain.build.gathering import Gathering
from segrules.explain.legend import Compared, RowsBelow
from segrules.explain.wording import written
from segrules.language import types
from segrules.language.values import Duration, Value
from segrules.meaning.calendar import earlier, later
from segrules.plan.logic import conjunction, constant, disjunction, is_missing
from segrules.program.nodes import Aggregate, Call, Expression, Field, Scope, Statistic, walk

_COUNT = types.INTEGER.present()
_DAY = Duration(days=1)

_Static = Callable[[Expression], Value]
"""Gives the value of an expression that is the same for every row, and None for any other."""


def within(gathering: Gathering, node: Expression) -> tuple[tuple[RowsBelow, ...], tuple[Compared, ...]]:
    """Return what is told of the aggregates and the statistics in an expression."""
    found = dict.fromkeys(walk(node))
    return (
        tuple(rows_below(gathering, one) for one in found if isinstance(one, Aggregate)),
        tuple(compared(gathering, one) for one in found if isinstance(one, Statistic)),
    )


def rows_below(gathering: Gathering, node: Aggregate) -> RowsBelow:
    """Take in an aggregate and the counts of its rows, and return them with its window."""
    found = _counted(node, gathering.static)
    gathering.need(node, found.rows, found.kept, found.unknown, found.missing)
    return found


def compared(gathering: Gathering, node: Statistic) -> Compared:
    """Take in a statistic, the count of the rows that it compares and what makes their group, and return them."""
    group_type = _COUNT.maybe_missing(any(name.type.nullable for name in node.over))
    rows = replace(node, function="count", amount=None, descending=False, type=group_type)
    gathering.need(node, rows, *node.over)
    return Compared(node, written(node), rows)


def _counted(node: Aggregate, static: _Static) -> RowsBelow:
    """Return the counts of an aggregate, and its window."""
    lacking = disjunction([is_missing(part) for part in (node.value, node.by) if part is not None], node.span)
    kept = [node.where] if node.where is not None else []
    first, last = _window(node.where, static) if node.where is not None else (None, None)
    return RowsBelow(
        node,
        written(node),
        _count(node, None),
        _count(node, node.where) if node.where is not None else None,
        _if_any(node, is_missing(node.where)) if node.where is not None else None,
        _if_any(node, conjunction([lacking, *kept], node.span)),
        first,
        last,
    )


def _if_any(node: Aggregate, where: Expression) -> Aggregate | None:
    return None if constant(where) is False else _count(node, where)


def _count(node: Aggregate, where: Expression | None) -> Aggregate:
    return replace(node, function="count", value=None, by=None, where=where, type=_COUNT)


# The window: what the parts of a `where` that must all hold say of one date

_Days = tuple[date | None, date | None]


def _window(where: Expression, static: _Static) -> _Days:
    """Return the first and the last day that a condition leaves to the one date that it is about."""
    found: dict[Expression, list[_Days]] = {}
    for part in _parts(where):
        if isinstance(part, Call) and part.arguments and _is_date_below(part.arguments[0]):
            found.setdefault(part.arguments[0], []).append(_bounds(part, static))
    if len(found) != 1:
        return None, None
    [bounds] = found.values()
    first = max((first for first, _ in bounds if first), default=None)
    last = min((last for _, last in bounds if last), default=None)
    return (first, last) if first is None or last is None or first <= last else (None, None)


def _parts(where: Expression) -> Iterator[Expression]:
    if isinstance(where, Call) and where.function == "and":
        for part in where.arguments:
            yield from _parts(part)
    else:
        yield where


def _is_date_below(node: Expression) -> bool:
    if isinstance(node, Call) and node.function == "to_date":
        [node] = node.arguments
    return isinstance(node, Field) and node.row.scope is Scope.CHILD and node.type.kind in types.TEMPORAL


def _bounds(part: Call, static: _Static) -> _Days:
    """Return the days from and until which a comparison is true; a moment that is no day bounds nothing."""
    match part.function, [static(other) for other in part.arguments[1:]]:
        case "in_last", [date() as day, Duration() as stretch]:
            return _after(earlier(day, stretch)), day
        case "in_next", [date() as day, Duration() as stretch]:
            return _after(day), later(day, stretch)
        case _, [*days] if not all(type(day) is date for day in days):
            return None, None
        case "between", [date() as first, date() as last]:
            return first, last
        case "=", [date() as day]:
            return day, day
        case ">=", [date() as day]:
            return day, None
        case ">", [date() as day]:
            return _after(day), None
        case "<=", [date() as day]:
            return None, day
        case "<", [date() as day]:
            return None, earlier(day, _DAY)
        case _:
            return None, None


def _after(day: date | None) -> date | None:
    return day and later(day, _DAY)
