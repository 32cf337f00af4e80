"""The columns from which the reason of a rule that matched is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from segrules.plan.logic import conjunction, is_true, negation
from segrules.plan.steps import Told
from segrules.program.nodes import Constant, Expression, Field
from segrules.program.telling import Part, parts, values_seen

if TYPE_CHECKING:
    from segrules.plan.columns import Columns


def told(columns: Columns, name: str, when: Expression) -> tuple[Told, ...]:
    """Return what can be told of a rule that matched, in order; `name` begins the names of the columns for it."""
    telling = _Telling(columns, name)
    found: list[Told] = []
    for part in parts(when):
        found.append(telling.told(part, found))
    return tuple(found)


def stored(columns: Columns, name: str, expression: Expression) -> Expression:
    """Return the column that has the value of an expression of the entity's row, which is added if need be.

    What is the same for every row stays a constant.
    """
    lowered = columns.lower(columns.program.entity, expression)
    if isinstance(lowered, Constant | Field):
        return lowered
    return columns.named(columns.program.entity, name, lambda: lowered)


@dataclass(frozen=True, slots=True)
class _Telling:
    columns: Columns
    name: str

    def told(self, part: Part, before: list[Told]) -> Told:
        """Return a part, which is told once."""
        name = f"{self.name}.{len(before)}"
        span = part.condition.span
        seen = values_seen(part.condition, denied=part.denied)
        again = [one.shown for one in before if (one.condition, one.denied) == (part.condition, part.denied)]
        outcomes = [self._came_out(*one) for one in part.within]
        return Told(
            part.condition,
            part.denied,
            shown=stored(self.columns, name, conjunction([*outcomes, *map(negation, again)], span)),
            seen=seen,
            values=tuple(stored(self.columns, f"{name}={place}", value) for place, value in enumerate(seen)),
        )

    def _came_out(self, condition: Expression, wanted: bool) -> Expression:
        lowered = self.columns.lower(self.columns.program.entity, condition)
        return is_true(lowered if wanted else negation(lowered))
