"""Parameters with values by day: which one holds on the day of an evaluation, and what needs one before the first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from segrules.program.expressions import expressions
from segrules.program.nodes import Reference, walk
from segrules.program.program import Parameter, Program, Since


def value_on(parameter: Parameter, day: date) -> Since | None:
    """Return the value with the latest day not after that one, or None before the first."""
    return next((since for since in reversed(parameter.dated) if since.day <= day), None)


@lru_cache(maxsize=64)
def on_day(program: Program, day: date) -> Program:
    """Return the program with the parameter values of a day: itself if no parameter has values by day."""
    if not any(parameter.dated for parameter in program.parameters):
        return program
    return replace(program, parameters=tuple(_chosen(parameter, day) for parameter in program.parameters))


def _chosen(parameter: Parameter, day: date) -> Parameter:
    if not parameter.dated:
        return parameter
    since = value_on(parameter, day)
    return replace(parameter, value=since.value if since else None, since=since)


@lru_cache(maxsize=64)
def lacking(program: Program, day: date) -> tuple[tuple[Parameter, Reference], ...]:
    """Return the parameters without a value yet that something worked out on that day reads, each with where.

    Rules that are not in force are not worked out.
    """
    without = {one.name: one for one in program.parameters if one.dated and value_on(one, day) is None}
    readers: dict[str, Reference] = {}
    for one in expressions(program) if without else ():
        for node in walk(one.expression) if one.in_force(day) else ():
            if isinstance(node, Reference) and node.name in without:
                readers.setdefault(node.name, node)
    return tuple((without[name], reader) for name, reader in readers.items())
