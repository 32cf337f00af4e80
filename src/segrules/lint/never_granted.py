"""SR613: two treatments ask for the very same rows, and one of them always yields to the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.program.nodes import Call, Expression
from segrules.program.program import Program
from segrules.program.treatments import Group, Stacking, Treatment


def never_granted(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each treatment that always yields to another."""
    groups = {group.name: group for group in program.groups}
    excluded = {name for one in program.treatments for name in one.excludes}
    for place, loser in enumerate(program.treatments):
        for at, winner in enumerate(program.treatments):
            # A treatment that requires another, or is excluded itself, may be out of the way.
            if winner is loser or winner.requires or winner.name in excluded or not _same_rows(winner, loser):
                continue
            group = groups[loser.group] if loser.group and loser.group == winner.group and at < place else None
            if loser.name in winner.excludes:
                yield _excluded(loser, winner)
                break
            if group is not None and _wins(program, winner, loser, group):
                yield _outranked(loser, winner, group)
                break


def _same_rows(winner: Treatment, loser: Treatment) -> bool:
    """Whether the winner is in the running wherever the loser is."""
    starts = (winner.valid_from or date.min) <= (loser.valid_from or date.min)
    ends = (winner.valid_until or date.max) >= (loser.valid_until or date.max)
    return winner.when == loser.when and starts and ends and not _may_lack(winner, loser)


def _may_lack(winner: Treatment, loser: Treatment) -> bool:
    """Whether something may be missing that the winner needs and the loser does not: it is then out of the way."""
    needed = [node for node in winner.needed if node not in loser.needed]
    return any(_rounded(node).type.nullable for node in needed)


def _rounded(node: Expression) -> Expression:
    """Return what is rounded to an amount or a value, which is missing hardly ever where that is there."""
    match node:
        case Call(function="to_amount" | "to_worth", arguments=(number, *_)):
            return number
        case _:
            return node


def _wins(program: Program, winner: Treatment, loser: Treatment, group: Group) -> bool:
    """Whether the first of two treatments of a group is always the one that is taken."""
    if group.stacking is Stacking.BEST:
        return winner.amount == loser.amount and not program.is_optimised
    return group.stacking is Stacking.FIRST


def _excluded(loser: Treatment, winner: Treatment) -> Diagnostic:
    cause = f"`{winner.name}` excludes it"
    return _diagnostic(loser, winner, cause, f"ask for other rows, or take `{loser.name}` out of `excludes`")


def _outranked(loser: Treatment, winner: Treatment, group: Group) -> Diagnostic:
    cause = f"`{winner.name}` comes before it in the group `{group.name}`"
    return _diagnostic(loser, winner, cause, "ask for other rows, or take one of the two out of the group")


def _diagnostic(loser: Treatment, winner: Treatment, cause: str, way_out: str) -> Diagnostic:
    return told(
        catalogue.NEVER_GRANTED,
        f"`{loser.name}` is never granted: it asks for the very same rows as `{winner.name}`, and {cause}",
        loser.when.span,
        "the same rows",
        way_out,
        (Label(winner.when.span, f"what `{winner.name}` asks for"),),
    )
