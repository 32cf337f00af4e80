"""Order columns into few steps: everything that is ready at once goes into one, joins wait until they can be shared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from segrules.plan.columns import Brought, Definition, Gathered, Key, Surveyed
from segrules.plan.steps import Decision, Extend, Gather, LookUp, Pick, Step, Survey
from segrules.program.nodes import Aggregate, Expression, Field, Statistic, children, walk
from segrules.program.program import Program

_SURVEY = "~survey"
"""Stands in a way where a table would, which has another name."""


@dataclass(frozen=True, slots=True)
class _Way:
    """What the columns of one step have in common: a table, and what they are fetched from."""

    table: str
    fetched: tuple[str, ...] = ()
    aggregates: bool = False


def scheduled(definitions: Mapping[Key, Definition], program: Program) -> tuple[Step, ...]:
    """Return steps that give every column, each after what it reads."""
    pending = dict(definitions)
    steps = []
    while pending:
        ready = {key: one for key, one in pending.items() if not any(read in pending for read in _reads(key, one))}
        way = _next(_by_way(ready), _by_way(pending))
        found = {key: one for key, one in ready.items() if _way(key, one) == way}
        steps.append(_step(way, found, program))
        for key in found:
            del pending[key]
    return tuple(steps)


def _by_way(definitions: Mapping[Key, Definition]) -> dict[_Way, int]:
    counted: dict[_Way, int] = {}
    for key, definition in definitions.items():
        way = _way(key, definition)
        counted[way] = counted.get(way, 0) + 1
    return counted


def _next(ready: Mapping[_Way, int], pending: Mapping[_Way, int]) -> _Way:
    """Choose what costs nothing first, then what need not be done twice, ways up before ways down."""
    return min(ready, key=lambda way: (bool(way.fetched), ready[way] < pending[way], way.aggregates))


def _way(key: Key, definition: Definition) -> _Way:
    match definition:
        case Brought():
            return _Way(key[0], (definition.relation,))
        case Gathered():
            return _Way(key[0], (definition.below, *definition.by), aggregates=True)
        case Surveyed():
            return _Way(key[0], (_SURVEY, *definition.over), aggregates=True)
        case _:
            return _Way(key[0])


def _reads(key: Key, definition: Definition) -> Iterator[Key]:
    table = key[0]
    match definition:
        case Brought():
            yield definition.above, definition.column
        case Gathered():
            yield from ((definition.below, name) for name in definition.by)
            yield from (one for part in children(definition.aggregate) for one in _fields(definition.below, part))
        case Surveyed():
            yield from ((table, name) for name in definition.over)
            yield from (one for part in children(definition.statistic) for one in _fields(table, part))
        case Decision():
            yield from ((table, name) for _, name in definition.rules)
        case Pick():
            yield table, definition.place
        case _:
            yield from _fields(table, definition)


def _fields(table: str, node: Expression) -> Iterator[Key]:
    return ((table, one.name) for one in walk(node) if isinstance(one, Field))


def _step(way: _Way, found: Mapping[Key, Definition], program: Program) -> Step:
    first = next(iter(found.values()))
    named = tuple((name, definition) for (_, name), definition in found.items())
    match first:
        case Brought():
            relation = program.table(way.table).relation(first.relation)
            columns = tuple((name, one.column) for name, one in named if isinstance(one, Brought))
            return LookUp(way.table, relation.by, first.above, program.table(first.above).key, columns)
        case Gathered():
            aggregates = tuple((name, one.aggregate) for name, one in named if isinstance(one, Gathered))
            return Gather(way.table, program.table(way.table).key, first.below, first.by, aggregates)
        case Surveyed():
            statistics = tuple((name, one.statistic) for name, one in named if isinstance(one, Surveyed))
            return Survey(way.table, program.table(way.table).key, first.over, statistics)
        case _:
            return Extend(way.table, tuple((name, _worked_out(one)) for name, one in named))


def _worked_out(definition: Definition) -> Expression | Decision | Pick:
    assert not isinstance(definition, Brought | Gathered | Surveyed | Aggregate | Statistic)
    return definition
