"""What a rule is told of each argument of a function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import combinations

from segrules.language.values import Value
from segrules.lint.regions.extents.extent import Extent
from segrules.lint.regions.grounds import grounds
from segrules.lint.regions.subjects import References, is_written, written_value
from segrules.program.nodes import Call, Expression
from segrules.program.program import Program


class Part:
    """An argument: its expression, the extent of its values, and that of what it is before it is cast."""

    def __init__(
        self, program: Program, references: References, node: Expression, extent: Extent, uncast: Extent
    ) -> None:
        self._program = program
        self._references = references
        self.node = node
        self.extent = extent
        self.uncast = uncast

    @cached_property
    def grounds(self) -> frozenset[str]:
        """What its value rests on."""
        return grounds(self._program, self.node)

    @property
    def is_written(self) -> bool:
        """Whether its value is the same for every row."""
        return is_written(self.node)

    @property
    def written(self) -> Value:
        """Its value where that is the same for every row; else, as for one that is missing, None."""
        return written_value(self._program, self.node, self._references) if self.is_written else None


Rule = Callable[[Call, Sequence[Part]], Extent]
"""Gives the extent of what a function gives, of a call and its arguments."""


def are_apart(parts: Sequence[Part]) -> bool:
    """Whether arguments share nothing that they rest on, so that any values of them come together."""
    return not any(one.grounds & other.grounds for one, other in combinations(parts, 2))


def lack(parts: Sequence[Part]) -> bool:
    """Whether one of some arguments surely lacks a value in some row."""
    return any(part.extent.can_lack for part in parts)
