"""Whether a list of the row has a member: nothing is known of such a condition, but that lists can have any."""

from __future__ import annotations

from dataclasses import dataclass

from segrules.language.values import Value
from segrules.lint.regions.axis import Axis, Sort
from segrules.lint.regions.subjects import is_own
from segrules.program.nodes import Call, Constant, Field
from segrules.program.program import Program


@dataclass(frozen=True, slots=True)
class Member:
    """A value that a stored list may have."""

    value: Value
    members: Field


def member_of(program: Program, axis: Axis) -> Member | None:
    """Return the member that an axis asks for, None if it asks for anything else."""
    match axis.subject:
        case Call(function="in_list", arguments=(Constant(value=value), Field() as members)) if axis.sort is Sort.OPEN:
            stored = is_own(members) and program.definition(members.row.table, members.name) is None
            return Member(value, members) if stored else None
        case _:
            return None
