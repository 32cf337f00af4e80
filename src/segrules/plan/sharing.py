"""Calls that stand in several places become columns of their own, so that each is worked out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from segrules.plan.columns import Definition, Gathered, Key, Surveyed
from segrules.program.nodes import Aggregate, Call, Expression, Field, Row, Scope, Statistic, children


def shared(definitions: Mapping[Key, Definition]) -> dict[Key, Definition]:
    """Return the same columns, and one for each call that more than one place needs."""
    places: dict[str, Counter[Expression]] = {}
    for table, expression in _expressions(definitions):
        _count(expression, places.setdefault(table, Counter()))
    names = {
        (table, call): f"~{number}"
        for table, counted in places.items()
        for number, call in enumerate((call for call, times in counted.items() if times > 1), start=1)
    }
    sharing = _Sharing(names)
    found = {key: sharing.definition(key[0], definition) for key, definition in definitions.items()}
    return {(table, name): sharing.inside(table, call) for (table, call), name in names.items()} | found


def _expressions(definitions: Mapping[Key, Definition]) -> Iterator[tuple[str, Expression]]:
    """Give every expression with the table whose rows it is worked out for."""
    for (table, _), definition in definitions.items():
        match definition:
            case Gathered(aggregate=aggregate, below=below):
                yield from ((below, part) for part in children(aggregate))
            case Surveyed(statistic=statistic):
                yield from ((table, part) for part in children(statistic))
            case Call():
                yield table, definition
            case _:
                pass


def _count(node: Expression, places: Counter[Expression]) -> None:
    """Count a call; what is inside it is counted only the first time, for then it is worked out once."""
    if isinstance(node, Call):
        places[node] += 1
        if places[node] == 1:
            for argument in node.arguments:
                _count(argument, places)


class _Sharing:
    """Puts columns in the place of calls."""

    def __init__(self, names: Mapping[tuple[str, Expression], str]) -> None:
        self._names = names

    def definition(self, table: str, definition: Definition) -> Definition:
        match definition:
            case Gathered(aggregate=aggregate, below=below):
                return replace(definition, aggregate=self._aggregate(below, aggregate))
            case Surveyed(statistic=statistic):
                return replace(definition, statistic=self._statistic(table, statistic))
            case Call():
                return self._seen(table, definition)
            case _:
                return definition

    def _aggregate(self, below: str, node: Aggregate) -> Aggregate:
        value, where, by = (part and self._seen(below, part) for part in (node.value, node.where, node.by))
        return replace(node, value=value, where=where, by=by)

    def _statistic(self, table: str, node: Statistic) -> Statistic:
        where = node.where and self._seen(table, node.where)
        return replace(node, value=self._seen(table, node.value), where=where)

    def _seen(self, table: str, node: Expression) -> Expression:
        if not isinstance(node, Call):
            return node
        name = self._names.get((table, node))
        return (
            self.inside(table, node) if name is None else Field(Row(Scope.ROW, (), table), name, node.type, node.span)
        )

    def inside(self, table: str, node: Expression) -> Expression:
        """Return a call with columns in the place of its arguments, but not of itself."""
        assert isinstance(node, Call)
        return replace(node, arguments=tuple(self._seen(table, argument) for argument in node.arguments))
