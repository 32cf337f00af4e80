"""Treatments: what each gives and to whom, how they combine, and who gets nothing whatever the rules say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segrules.checker import treatment_messages as messages
from segrules.checker.expressions import type_of
from segrules.checker.formulas import check_formula, check_sentence, check_when
from segrules.checker.segmentations import check_validity
from segrules.checker.sharing import (
    check_budget,
    check_limit,
    check_ranks,
    check_shared_number,
)
from segrules.checker.tables import words
from segrules.checker.treatment_order import check_circles
from segrules.checker.world import World
from segrules.checker.worths import allocation_of, check_worth
from segrules.document.ruleset import RulesetText
from segrules.document.treatment_text import AmountText, GroupText, TreatmentText
from segrules.document.written import Entry, Sentence, Word
from segrules.language import types
from segrules.language.constants import read_constant, refuse_constant
from segrules.language.types import NUMERIC, Kind
from segrules.language.values import MAX_PLACES
from segrules.program.nodes import Call, Constant, Expression
from segrules.program.program import Hole
from segrules.program.treatments import KINDS, Allocation, Amount, Attribute, Group, Stacking, Treatment

PLACES = 2
"""To how many places an amount is rounded that does not say it."""


def check_treatments(world: World, ruleset: RulesetText) -> tuple[Treatment, ...]:
    """Return the treatments in file order, without the units of their amounts."""
    kinds = [*KINDS, *(word.value for word in ruleset.kinds)]
    written: dict[str, TreatmentText] = {}
    for one in ruleset.treatments:
        first = written.setdefault(one.treatment.value, one)
        if first is not one:
            name = one.treatment
            world.report(messages.repeated_treatment(name.span, name.value, first.treatment.span))
        if one.kind.value not in kinds and one.kind.value not in ruleset.unread:
            world.report(messages.unknown_kind(one.kind.span, one.kind.value, kinds))
    groups = {entry.name.value: entry.value for entry in ruleset.groups}
    checking = _Checking(world, groups, written, allocation_of(ruleset))
    treatments = tuple(checking.treatment(one) for one in written.values())
    check_circles(world, written)
    return treatments


def check_groups(world: World, ruleset: RulesetText) -> tuple[Group, ...]:
    """Return the groups of treatments."""
    return tuple(_group(world, entry) for entry in ruleset.groups)


def _group(world: World, entry: Entry[GroupText]) -> Group:
    written = entry.value
    cap = check_shared_number(world, written.cap, "cap") if written.cap else None
    title = written.title.value if written.title else None
    return Group(entry.name.value, Stacking(written.stacking.value), entry.name.span, cap, title)


def check_suppress(world: World, ruleset: RulesetText) -> Expression | None:
    """Return the condition of who gets nothing."""
    return check_when(world, ruleset.suppress, world.entity) if ruleset.suppress is not None else None


@dataclass(frozen=True, slots=True)
class _Checking:
    """Checks treatments one by one, among the groups and treatments that there are."""

    world: World
    groups: Mapping[str, GroupText]
    written: Mapping[str, TreatmentText]
    allocation: Allocation

    def treatment(self, written: TreatmentText) -> Treatment:
        valid_from, valid_until = check_validity(self.world, written.valid)
        self._check_amount_is_there(written)
        return Treatment(
            written.treatment.value, written.kind.value, check_when(self.world, written.when, self.world.entity),
            written.treatment.span, self._amount(written.amount) if written.amount else None,
            tuple(self._attributes(written.attributes)), valid_from, valid_until, self._group(written.group),
            check_budget(self.world, written.budget) if written.budget else None,
            check_limit(self.world, written.limit) if written.limit else None,
            check_ranks(self.world, written) if self.allocation is Allocation.GREEDY else (),
            check_shared_number(self.world, written.holdout, "holdout") if written.holdout else None,
            self._named(written.requires, "requires"), self._named(written.excludes, "excludes"),
            check_worth(self.world, written, self.groups, self.allocation),
            written.owner.value if written.owner else None, written.channel.value if written.channel else None,
            written.title.value if written.title else None,
        )  # fmt: skip

    def _amount(self, written: AmountText) -> Amount | None:
        value = check_formula(self.world, written.value, self.world.entity)
        if value.type.kind not in NUMERIC:
            if value.type.kind is not Kind.UNKNOWN:
                self.world.report(messages.amount_type(value.span, value.type))
            return None
        places = self._places(written)
        rounded = Constant(places, types.INTEGER.present(), value.span)
        exact = types.decimal(max(self._places(one.amount) for one in self.written.values() if one.amount))
        return Amount(Call("to_amount", (value, rounded), exact.maybe_missing(), value.span), places)

    def _places(self, written: AmountText) -> int:
        if written.places is None:
            return PLACES
        found = read_constant(written.places.passage)
        if found is not None and isinstance(found[0], int) and 0 <= found[0] <= MAX_PLACES:
            return found[0]
        self.world.report(messages.wrong_places(written.places.span))
        return PLACES

    def _attributes(self, written: Sequence[Entry[Sentence]]) -> list[tuple[str, Attribute]]:
        found = ((entry.name.value, self._attribute(entry.value)) for entry in written)
        return [(name, attribute) for name, attribute in found if attribute is not None]

    def _attribute(self, written: Sentence) -> Attribute | None:
        """Return a constant, the value of the one hole that a text is, or a text with holes."""
        if "{" in written.value or "}" in written.value:
            template = check_sentence(self.world, written, self.world.entity)
            match template:
                case (Hole(expression=expression, format=None),):
                    return expression
                case _:
                    return template
        if refused := refuse_constant(written.passage):
            self.world.report(refused)
            return None
        found = read_constant(written.passage)
        value = written.value if found is None else found[0]
        return Constant(value, type_of(value), written.span)

    def _group(self, word: Word | None) -> str | None:
        if word is not None and word.value not in self.groups:
            self.world.report(messages.unknown_group(word.span, word.value, list(self.groups)))
            return None
        return word.value if word is not None else None

    def _check_amount_is_there(self, written: TreatmentText) -> None:
        name = written.treatment
        if written.amount is None and written.budget is not None:
            self.world.report(messages.amount_needed(name.span, name.value, "its budget", written.budget.span))
        group = self.groups.get(written.group.value) if written.group else None
        if written.amount is None and group is not None and Stacking(group.stacking.value) in self._of_amounts:
            what = f"`stacking: {group.stacking.value}` of its group"
            self.world.report(messages.amount_needed(name.span, name.value, what, group.stacking.span))

    @property
    def _of_amounts(self) -> frozenset[Stacking]:
        """How groups combine that go by amounts: not what is best, where grants are chosen for their value."""
        best = {Stacking.BEST} if self.allocation is Allocation.GREEDY else frozenset[Stacking]()
        return frozenset({Stacking.CAPPED_SUM, *best})

    def _named(self, written: Word | tuple[Word, ...] | None, key: str) -> tuple[str, ...]:
        for word in words(written):
            if word.value not in self.written:
                others = [name for name in self.written if name != word.value]
                self.world.report(messages.unknown_treatment(word.span, word.value, key, others))
        return tuple(dict.fromkeys(word.value for word in words(written)))
