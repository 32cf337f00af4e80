"""What has to be known of a row, gathered while a legend is built."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from segrules.backends.scalar.interpreter import Interpreter
from segrules.explain.legend import AnswersAbove
from segrules.explain.reading import is_own, is_static
from segrules.explain.trace import DatedValue
from segrules.explain.units import parameter_unit, unit_of
from segrules.language.values import Value
from segrules.meaning.tables import RowAt, Tables
from segrules.program.nodes import Expression, Field, Reference, Row, Scope, walk
from segrules.program.program import Computed, Program


@dataclass(slots=True)
class Gathering:
    """The expressions of a program whose values are shown, in the order in which they were needed, and what they are.

    `constants` are the values of those that are the same for every row, `units` what they count, `numbers` those of
    conditions, `answers` what is asked of segmentations of rows above.
    """

    program: Program
    as_of: date
    expressions: dict[Expression, None] = field(default_factory=dict)
    constants: dict[Expression, Value] = field(default_factory=dict)
    answers: dict[Field, AnswersAbove] = field(default_factory=dict)
    units: dict[Expression, str] = field(default_factory=dict)
    numbers: dict[Expression, int] = field(default_factory=dict)
    _nowhere: Interpreter = field(init=False)

    def __post_init__(self) -> None:
        self._nowhere = Interpreter(self.program, self.as_of, Tables(self.program, {}))

    def need(self, *nodes: Expression | None) -> None:
        """Take in expressions whose values are shown; what is the same for every row is worked out at once."""
        for node in nodes:
            if node is None:
                continue
            if is_static(node):
                self.static(node)
            else:
                self.expressions.setdefault(node)
            if unit := unit_of(self.program, node):
                self.units.setdefault(node, unit)

    def static(self, node: Expression) -> Value:
        """Return the value of an expression that is the same for every row, None for any other."""
        if not is_static(node):
            return None
        if node not in self.constants:
            self.constants[node] = self._nowhere.evaluate(node, RowAt(self.program.entity, 0))
        return self.constants[node]

    def own(self, computed: Computed) -> Field:
        """Return the field by which a row of the entity has one of its computed columns: the one that a rule reads."""
        read = (node for node in self.expressions if isinstance(node, Field) and is_own(node))
        if found := next((node for node in read if node.name == computed.name), None):
            return found
        own = Field(Row(Scope.ROW, (), self.program.entity), computed.name, computed.type, computed.span)
        self.need(own)
        return own

    def dated(self, node: Expression) -> tuple[DatedValue, ...]:
        """Return the values of the parameters with values by day that an expression reads."""
        read = {one.name for one in walk(node) if isinstance(one, Reference)}
        return tuple(
            DatedValue(one.name, one.value, one.since.day, one.since.span, parameter_unit(one))
            for one in self.program.parameters
            if one.name in read and one.since
        )
