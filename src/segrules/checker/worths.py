"""What treatments are worth: what grants are chosen for under `allocation: optimise`, where nobody is ranked."""

from __future__ import annotations

from collections.abc import Mapping

from segrules.checker import worth_messages as messages
from segrules.checker.formulas import check_formula
from segrules.checker.world import World
from segrules.document.ruleset import RulesetText
from segrules.document.treatment_text import GroupText, TreatmentText
from segrules.language import types
from segrules.language.types import NUMERIC, Kind
from segrules.program.nodes import Call
from segrules.program.treatments import WORTH_PLACES, Allocation, Stacking, Worth


def allocation_of(ruleset: RulesetText) -> Allocation:
    """Return how budgets and limits are shared out."""
    return Allocation.GREEDY if ruleset.allocation is None else Allocation(ruleset.allocation.value)


def check_worth(
    world: World, written: TreatmentText, groups: Mapping[str, GroupText], allocation: Allocation
) -> Worth | None:
    """Return what a treatment is worth; what is shared out, or competes in its group, needs it to be chosen."""
    name = written.treatment
    if allocation is Allocation.GREEDY:
        if written.value is not None:
            world.report(messages.value_without_use(written.value.span, name.value))
        return None
    _refuse_ranking(world, written)
    if written.value is None:
        group = groups.get(written.group.value) if written.group else None
        best = group is not None and Stacking(group.stacking.value) is Stacking.BEST
        needs = written.budget or written.limit or (group.stacking if group is not None and best else None)
        if needs is not None:
            world.report(messages.value_needed(name.span, name.value, needs.span))
        return None
    value = check_formula(world, written.value, world.entity)
    if value.type.kind not in NUMERIC:
        if value.type.kind is not Kind.UNKNOWN:
            world.report(messages.value_type(value.span, value.type))
        return None
    return Worth(Call("to_worth", (value,), types.decimal(WORTH_PLACES).maybe_missing(), value.span))


def _refuse_ranking(world: World, written: TreatmentText) -> None:
    """Report a ranking, and parts of amounts, which no set of grants can be chosen by."""
    for shared in (written.budget, written.limit):
        if shared is not None and shared.rank_by is not None:
            ranks = shared.rank_by if isinstance(shared.rank_by, tuple) else (shared.rank_by,)
            world.report(messages.ranking_without_use(ranks[0].span.to(ranks[-1].span)))
    partial = written.budget.partial if written.budget is not None else None
    if partial is not None and partial.value:
        world.report(messages.part_without_use(partial.span))
