"""Check that only numbers of one unit are added, compared or exchanged: USD is not EUR, and not days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import combinations

from segrules.checker import unit_messages
from segrules.checker.unit_rules import DAYS, MONTHS, OPEN, PLAIN, WRITTEN, Sort, Unit, fit, product, quotient, together
from segrules.checker.world import Key, World
from segrules.document.written import Text
from segrules.language.types import NUMERIC, Type
from segrules.program.expressions import expressions_of
from segrules.program.nodes import Aggregate, Answers, Call, Constant, Expression, Field, Reference, Statistic, children
from segrules.program.program import Computed, Part, Scorecard, Segmentation

_OF_ONE_UNIT = {
    "+": "added to", "-": "taken away from", "=": "compared with", "!=": "compared with", "<": "compared with",
    "<=": "compared with", ">": "compared with", ">=": "compared with", "between": "compared with",
    "in": "compared with", "in_list": "compared with", "coalesce": "put in place of", "clip": "used together with",
    "max": "used together with", "min": "used together with",
}  # fmt: skip
_COMPARE = frozenset({"=", "!=", "<", "<=", ">", ">=", "between", "in", "in_list"})
_KEEP = frozenset("negate abs round round_even floor ceil to_number to_decimal to_amount to_worth".split())
_COUNTED = {"days_between": DAYS, "months_between": MONTHS}
_KEEP_ACROSS_ROWS = frozenset({"sum", "mean", "min", "max", "median", "stdev", "mode", "quantile"})
_PLAIN_OF_ROWS = frozenset({"count", "count_distinct", "share"})


def check_units(world: World, declared: Mapping[Key, Text], scorecards: Sequence[Scorecard]) -> Units:
    """Report units that do not fit, and give every computed column its unit; `declared` are those that are written."""
    units = Units(world)
    points = {column.name for card in scorecards for column in card.columns}
    for table in world.tables.values():
        for column in table.columns:
            for bound in (column.minimum, column.maximum):
                if bound is not None:
                    own = Unit(Sort.NAMED, column.type.unit, column.span) if column.type.unit else OPEN
                    units.compared(own, bound)
        if table.where is not None:
            units.of(table.where)
    for key, definition in world.finished.items():
        if isinstance(definition, Computed) and key[0] == world.entity and key[1] in points:
            units.points(definition)
        elif isinstance(definition, Computed):
            world.finished[key] = units.computed(definition, declared.get(key))
        elif isinstance(definition, Segmentation):
            units.segmentation(definition)
    for scorecard in scorecards:
        units.targets(scorecard)
    return units


@dataclass(slots=True)
class Units:
    """Works out the units of expressions; `known` are those of the computed columns so far."""

    world: World
    known: dict[Key, Unit] = field(default_factory=dict)

    def computed(self, computed: Computed, written: Text | None) -> Computed:
        """Return a computed column with its unit: the declared one, which a value without unit takes."""
        found = self.of(computed.value)
        if written is not None:
            own = Unit(Sort.NAMED, written.value, written.span)
            if found.sort in (Sort.NAMED, Sort.COUNTED) and not fit(own, found):
                self.world.report(
                    unit_messages.other_unit(written.span, computed.name, own, found, computed.value.span)
                )
            found = own
        self.known[computed.table, computed.name] = found
        name = found.name if found.sort is Sort.NAMED else None
        return replace(computed, value=replace(computed.value, type=replace(computed.value.type, unit=name)))

    def points(self, column: Computed) -> None:
        """Check a column of a scorecard; points are plain numbers."""
        self.of(column.value)
        self.known[column.table, column.name] = PLAIN

    def targets(self, scorecard: Scorecard) -> None:
        """Check that values are held against targets of their unit."""
        for term in scorecard.terms:
            if isinstance(term.gives, Part):
                value, target = term.gives.value, term.gives.target
                sides = (value.span, self.of(value)), (target.span, self.of(target))
                if not fit(sides[0][1], sides[1][1]):
                    self.world.report(unit_messages.units_mixed("/", "held against", *sides))

    def segmentation(self, segmentation: Segmentation) -> None:
        """Check the conditions and the reasons of a segmentation's rules."""
        for expression in expressions_of(segmentation):
            self.of(expression)

    def compared(self, own: Unit, bound: Expression) -> None:
        """Check a bound of a column."""
        found = self.of(bound)
        if not fit(own, found):
            self.world.report(unit_messages.bound_unit(bound.span, own, found))

    def of(self, node: Expression) -> Unit:
        """Return the unit of an expression, and report what does not fit inside it."""
        match node:
            case Constant(type=kind):
                return Unit(Sort.NAMED, kind.unit) if kind.unit else WRITTEN
            case Reference(type=kind, name=name):
                declared = self.world.parameters[name].span if kind.unit else None
                return Unit(Sort.NAMED, kind.unit, declared) if kind.unit else OPEN
            case Field():
                return self._of_field(node)
            case Answers(comparison=comparison):
                return self.of(comparison)
            case Aggregate():
                parts = [self.of(part) for part in children(node)]
                return parts[0] if parts and node.value and node.function not in _PLAIN_OF_ROWS else PLAIN
            case Statistic():
                parts = [self.of(part) for part in children(node)]
                return parts[0] if node.function in _KEEP_ACROSS_ROWS else PLAIN
            case Call():
                return self._of_call(node)

    def _of_field(self, node: Field) -> Unit:
        key = (node.row.table, node.name)
        if key in self.known:
            return self.known[key]
        stored = {column.name: column for column in self.world.tables[key[0]].columns}.get(node.name)
        if stored is None or stored.type.unit is None:
            return PLAIN
        return Unit(Sort.NAMED, stored.type.unit, stored.span)

    def _of_call(self, node: Call) -> Unit:
        units = [self.of(argument) for argument in node.arguments]
        match node.function:
            case "*":
                return reduce(product, units)
            case "/":
                return reduce(quotient, units)
            case "if":
                return self._one(node, "given in place of", node.arguments[1:], units[1:])
            case function if function in _OF_ONE_UNIT:
                found = self._one(node, _OF_ONE_UNIT[function], node.arguments, units)
                return PLAIN if function in _COMPARE else found
            case function if function in _KEEP:
                return units[0]
            case function:
                return _COUNTED.get(function, OPEN if function == "sqrt" else PLAIN)

    def _one(self, node: Call, action: str, operands: Sequence[Expression], units: Sequence[Unit]) -> Unit:
        """Return the one unit of several operands, or report the first two that do not fit."""
        if not all(_is_number(operand.type) for operand in operands):
            return PLAIN
        sides: dict[Unit, Expression] = {}
        for unit, operand in zip(units, operands, strict=True):
            sides.setdefault(unit, operand)
        odd = next((pair for pair in combinations(sides, 2) if not fit(*pair)), None)
        if odd is None:
            return together(units)
        left, right = ((sides[unit].span, unit) for unit in odd)
        self.world.report(unit_messages.units_mixed(node.function, action, left, right))
        return OPEN


def _is_number(kind: Type) -> bool:
    return (kind.item or kind).kind in NUMERIC
