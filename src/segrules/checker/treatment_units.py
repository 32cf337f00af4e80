"""The units of treatments: amounts take theirs, and what is shared out or capped is in the unit of the amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from segrules.checker import sharing_messages, unit_messages, worth_messages
from segrules.checker.unit_rules import OPEN, PLAIN, Sort, Unit, fit, together
from segrules.checker.units import Units
from segrules.checker.world import World
from segrules.document.treatment_text import TreatmentText
from segrules.document.written import Text
from segrules.program.expressions import expressions_of
from segrules.program.nodes import Expression
from segrules.program.treatments import Allocation, Amount, Group, Stacking, Treatment


def with_units(
    world: World,
    units: Units,
    treatments: Sequence[Treatment],
    groups: Sequence[Group],
    written: Sequence[TreatmentText],
    allocation: Allocation,
) -> tuple[Treatment, ...]:
    """Return treatments with the units of their amounts, and report what does not fit."""
    declared = {one.treatment.value: one.amount.unit for one in written if one.amount and one.amount.unit}
    checking = _Units(world, units, declared)
    found = tuple(checking.treatment(one) for one in treatments)
    for group in groups:
        if group.stacking is Stacking.CAPPED_SUM or (group.stacking, allocation) == (Stacking.BEST, Allocation.GREEDY):
            checking.group(group, [one for one in found if one.group == group.name])
    return checking.worths(found)


@dataclass(frozen=True, slots=True)
class _Units:
    world: World
    units: Units
    declared: Mapping[str, Text]

    def treatment(self, treatment: Treatment) -> Treatment:
        for expression in expressions_of(treatment):
            self.units.of(expression)
        if treatment.amount is None:
            return treatment
        own = self._of_amount(treatment.name, treatment.amount)
        amount = replace(treatment.amount, unit=own.name if own.sort is Sort.NAMED else None)
        total = treatment.budget.total if treatment.budget else ()
        for share in [one for _, one in total] if isinstance(total, tuple) else [total]:
            self._compare(share, "total", own, treatment.name, amount)
        return replace(treatment, amount=amount)

    def _of_amount(self, name: str, amount: Amount) -> Unit:
        """Return the unit of an amount: the declared one, which a value without unit takes."""
        found = self.units.of(amount.value)
        declared = self.declared.get(name)
        if declared is None:
            return found
        own = Unit(Sort.NAMED, declared.value, declared.span)
        if found.sort in (Sort.NAMED, Sort.COUNTED) and not fit(own, found):
            self.world.report(unit_messages.other_unit(declared.span, name, own, found, amount.value.span))
        return own

    def _compare(self, number: Expression, key: str, own: Unit, name: str, amount: Amount) -> None:
        found = self.units.of(number)
        if not fit(own, found):
            self.world.report(
                sharing_messages.other_unit(number.span, key, name, own.name, found.name, amount.value.span)
            )

    def worths(self, treatments: Sequence[Treatment]) -> tuple[Treatment, ...]:
        """Return treatments with the one unit of what they are worth, which is added up."""
        found = [(one, one.worth, self.units.of(one.worth.value)) for one in treatments if one.worth is not None]
        first = together(unit for _, _, unit in found)
        firmest = next((worth.value.span for _, worth, unit in found if unit is first), None)
        for one, worth, unit in found:
            if firmest is not None and not fit(first, unit):
                span = worth.value.span
                self.world.report(worth_messages.mixed_values(span, one.name, unit.name, first.name, firmest))
        name = first.name if first.sort is Sort.NAMED else None
        return tuple(replace(one, worth=replace(one.worth, unit=name)) if one.worth else one for one in treatments)

    def group(self, group: Group, members: Sequence[Treatment]) -> None:
        """Check that amounts that are compared, or added up to a cap, have one unit."""
        known = [(one.name, one.amount) for one in members if one.amount is not None]
        first = next((Unit(Sort.NAMED, amount.unit) for _, amount in known if amount.unit), None)
        for name, amount in known:
            own = Unit(Sort.NAMED, amount.unit) if amount.unit else PLAIN
            if first is not None and not fit(first, own):
                self.world.report(
                    sharing_messages.mixed_group(amount.value.span, name, group.name, amount.unit, first.name)
                )  # fmt: skip
        if group.cap is not None and known and not fit(first or OPEN, found := self.units.of(group.cap)):
            name, amount = known[0]
            unit = first.name if first else None
            self.world.report(
                sharing_messages.other_unit(group.cap.span, "cap", name, unit, found.name, amount.value.span)
            )
