"""Which expressions are shares of a whole, so that a comparison with 40 was meant as 40%."""

from __future__ import annotations

from dataclasses import replace

from segrules.checker.world import World
from segrules.program.nodes import Aggregate, Call, Constant, Expression, Field, Statistic
from segrules.program.program import Computed


def is_proportion(world: World, node: Expression) -> bool:
    """Whether a value certainly is a part of one: a `share`, a part of a sum over that sum, a column up to 1."""
    match node:
        case Call("to_number" | "to_decimal", (inner,)):
            return is_proportion(world, inner)
        case Aggregate("share") | Statistic("share" | "percentile" | "cumulative_share"):
            return True
        case Call("/", (part, whole)):
            return _is_part(_bare(part), _bare(whole))
        case Field():
            definition = world.finished.get((node.row.table, node.name))
            if isinstance(definition, Computed):
                return is_proportion(world, definition.value)
            return _ends_at_one(world, node)
        case _:
            return False


def _bare(node: Expression) -> Expression:
    return node.arguments[0] if isinstance(node, Call) and node.function == "to_number" else node


def _is_part(part: Expression, whole: Expression) -> bool:
    if not isinstance(part, Aggregate) or not isinstance(whole, Aggregate) or part.where is None:
        return False
    return part.function in ("sum", "count") and replace(part, where=None) == whole


def _ends_at_one(world: World, node: Field) -> bool:
    stored = {column.name: column for column in world.tables[node.row.table].columns}
    maximum = stored[node.name].maximum if node.name in stored else None
    return isinstance(maximum, Constant) and maximum.value == 1
