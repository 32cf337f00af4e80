"""The statistics of a program: what it needs all rows of the entity for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from segrules.program.nodes import Expression, Statistic, walk
from segrules.program.program import Hole, Program
from segrules.program.treatments import treatment_expressions


@lru_cache(maxsize=64)
def statistics_of(program: Program) -> tuple[Statistic, ...]:
    """Return the different statistics of a program, in the order in which they first stand in it."""
    found = (node for expression in _expressions(program) for node in walk(expression) if isinstance(node, Statistic))
    return tuple(dict.fromkeys(found))


def _expressions(program: Program) -> Iterator[Expression]:
    yield from (computed.value for computed in program.computed)
    for segmentation in program.segmentations:
        for rule in segmentation.rules:
            yield rule.when
            yield from (part.expression for part in rule.because or () if isinstance(part, Hole))
    yield from treatment_expressions(program)
