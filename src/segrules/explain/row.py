"""The trace of one row: outcomes and values, to which the legend says what they are of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from segrules.backends.scalar.blame import blame
from segrules.backends.scalar.interpreter import Interpreter
from segrules.explain.build.legend import legend_of
from segrules.explain.legend import Legend
from segrules.explain.reading import CASTS
from segrules.language.values import Value
from segrules.meaning.decisions import Decision
from segrules.meaning.functions import MEANINGS
from segrules.meaning.tables import Key, RowAt
from segrules.program.nodes import Call, Constant, Expression
from segrules.program.sensitivity import HIDDEN

Lacking = Callable[[Expression], frozenset[str]]
"""Gives what an expression without a value lacks: columns, or expressions that have none."""


@dataclass(frozen=True, slots=True)
class RowTrace:
    """What decided one row: its key, the decision of each segmentation, and the values of `legend.expressions`.

    `hidden` names the sensitive columns on whose account some of them are `HIDDEN`.
    """

    legend: Legend
    key: Key
    decisions: tuple[Decision, ...]
    values: tuple[Value, ...]
    lacking: Lacking = field(compare=False, repr=False)
    hidden: tuple[str, ...] = ()

    def value(self, node: Expression) -> Value:
        """Return the value of an expression of the legend."""
        place = self.legend.places.get(node)
        return self.legend.constants[node] if place is None else self.values[place]

    def operand(self, node: Expression) -> Value:
        """Return the value of an operand of a condition as the condition takes it: a constant, or cast."""
        match node:
            case Constant():
                return node.value
            case Call(function=function, arguments=(inner,)) if function in CASTS:
                found = self.operand(inner)
                return found if found is HIDDEN else MEANINGS[function](node, [found])
            case _:
                return self.value(node)

    def decision(self, segmentation: str) -> Decision:
        """Return what a segmentation says of the row."""
        names = [one.segmentation.name for one in self.legend.segmentations]
        return self.decisions[names.index(segmentation)]


def trace_row(known: Interpreter, row: RowAt) -> RowTrace:
    """Return the trace of a row of the entity, filled by the scalar interpreter."""
    legend = legend_of(known.program, known.as_of)
    return RowTrace(
        legend,
        known.tables.key(row),
        tuple(known.decide(one.segmentation.name, row) for one in legend.segmentations),
        tuple(known.evaluate(expression, row) for expression in legend.expressions),
        lambda node: blame(known, node, row),
    )
