"""Edges that must go up from one to the next: as written, and with parameters on each day of their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from segrules.checker import parameter_messages, segmentation_messages
from segrules.checker.world import World
from segrules.language.formatting import literal
from segrules.language.values import Value
from segrules.program.dated import value_on
from segrules.program.nodes import Constant, Expression, Reference
from segrules.program.program import Parameter


def check_ascending(world: World, edges: Sequence[Expression | None]) -> None:
    """Report each edge that is not above the one before; what has to be worked out is passed over."""
    reported: set[int] = set()
    for day in _days(world, edges):
        known = [
            (at, edge, value)
            for at, edge in enumerate(edges)
            if edge is not None and (value := _value(world, edge, day)) is not None
        ]
        for (_, before, low), (at, edge, high) in pairwise(known):
            if at in reported or low < high:  # type: ignore[operator]
                continue
            reported.add(at)
            if day is None:
                world.report(segmentation_messages.bands_not_ascending(edge.span, before.span))
            else:
                values = (literal(low), literal(high))
                world.report(parameter_messages.bands_not_ascending_on(edge.span, before.span, day, values))


def _days(world: World, edges: Sequence[Expression | None]) -> Iterator[date | None]:
    """Yield no day, for what is the same on all of them, then each on which a value begins to hold."""
    yield None
    dated = (parameter for edge in edges if (parameter := _parameter(world, edge)))
    yield from sorted({since.day for parameter in dated for since in parameter.dated})


def _value(world: World, edge: Expression, day: date | None) -> Value:
    if isinstance(edge, Constant):
        return edge.value
    parameter = _parameter(world, edge)
    if parameter is None:
        return None
    if not parameter.dated:
        return parameter.value
    since = value_on(parameter, day) if day else None
    return since.value if since else None


def _parameter(world: World, edge: Expression | None) -> Parameter | None:
    return world.parameters.get(edge.name) if isinstance(edge, Reference) else None
