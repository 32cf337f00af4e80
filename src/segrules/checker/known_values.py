"""What a number that is the same for every row is known to be, before anything is worked out."""

from __future__ import annotations

from segrules.checker.world import World
from segrules.language.values import Value
from segrules.program.nodes import Constant, Expression, Reference


def known_values(world: World, node: Expression) -> list[Value]:
    """Return what a number is, or can be on some day: one that is written or a parameter, but nothing worked out."""
    if isinstance(node, Reference) and (parameter := world.parameters.get(node.name)):
        return [since.value for since in parameter.dated] or [parameter.value]
    return [node.value] if isinstance(node, Constant) else []
