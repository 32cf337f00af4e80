"""The statistics of a program: what it needs all rows of the entity for."""

from __future__ import annotations

from functools import lru_cache

from segrules.program.expressions import expressions
from segrules.program.nodes import Statistic, walk
from segrules.program.program import Program


@lru_cache(maxsize=64)
def statistics_of(program: Program) -> tuple[Statistic, ...]:
    """Return the different statistics of a program, in the order of `expressions`."""
    found = (node for one in expressions(program) for node in walk(one.expression) if isinstance(node, Statistic))
    return tuple(dict.fromkeys(found))
