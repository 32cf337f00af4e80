"""On which axes rows can be spoken of: where each cell is that of some row, whatever it has on the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from segrules.lint.regions.axis import Axis, Sort
from segrules.lint.regions.box import Box
from segrules.lint.regions.calendar import AS_OF
from segrules.lint.regions.grounds import grounds
from segrules.lint.regions.members import member_of
from segrules.lint.regions.regions import Regions
from segrules.program.nodes import Field

_MOST_CHOICES = 8


@dataclass(frozen=True, slots=True)
class Claim:
    """What can be said of rows on an axis: the cells that rows have there, and what these rest on."""

    cells: int
    grounds: frozenset[str]


def claims(regions: Regions) -> Mapping[int, Claim]:
    """Return the axes on which rows can be spoken of, by number."""
    lists = Counter(member.members for axis in regions.axes if (member := member_of(regions.program, axis)) is not None)
    paths = Counter(axis.subject.row.path for axis in regions.axes if isinstance(axis.subject, Field))
    found = {number: _claim(regions, axis, lists, paths) for number, axis in enumerate(regions.axes)}
    return {number: claim for number, claim in found.items() if claim is not None}


def _claim(
    regions: Regions, axis: Axis, lists: Mapping[Field, int], paths: Mapping[tuple[str, ...], int]
) -> Claim | None:
    program, subject = regions.program, axis.subject
    if axis.sort is Sort.DAY:
        return Claim(axis.every, frozenset())
    if (member := member_of(program, axis)) is not None:
        # A list has any members together; whether it has one is unknown of all that are asked for, if it is missing.
        alone = lists[member.members] == 1 and member.members.type.nullable
        return Claim(axis.every if alone else axis.present, frozenset({f"{member.members.name} {member.value}"}))
    if axis.sort in (Sort.OPEN, Sort.ANSWER):
        return None
    extents = [extents.of_subject(subject) for extents in regions.extents]
    if not all(extent.is_all for extent in extents) or len({(one.low, one.high) for one in extents}) > 1:
        return None
    if any(extent.within is not None and not _are_within(axis, extent.within) for extent in extents):
        return None
    # Where there is no row above, all that would be read of it is missing, and not one thing alone.
    is_shared = isinstance(subject, Field) and bool(subject.row.path) and paths[subject.row.path] > 1
    missing = axis.missing if all(extent.can_lack for extent in extents) and not is_shared else 0
    return Claim(axis.present | missing, grounds(program, subject) - {AS_OF})


def _are_within(axis: Axis, most: int) -> bool:
    return all(abs(cell.value) <= most for cell in axis.cells if isinstance(cell.value, int))


def choices(known: Mapping[int, Claim]) -> Sequence[frozenset[int]]:
    """Return sets of axes that share no grounds, so that rows have any cells on them together; each axis is in one."""
    clashing = [
        one for one in known if any(other != one and known[one].grounds & known[other].grounds for other in known)
    ]
    found = [_with(known, [first]) for first in (clashing[:_MOST_CHOICES] or [-1])]
    return list(dict.fromkeys(found))


def _with(known: Mapping[int, Claim], first: Iterable[int]) -> frozenset[int]:
    chosen = [one for one in first if one in known]
    for number, claim in known.items():
        if number not in chosen and not any(claim.grounds & known[one].grounds for one in chosen):
            chosen.append(number)
    return frozenset(chosen)


def are_apart(known: Mapping[int, Claim], box: Box) -> bool:
    """Whether there surely are rows in a box: on each axis that matters, and on these together."""
    if not all(axis in known and known[axis].cells & cells for axis, cells in box.items()):
        return False
    axes = list(box)
    return not any(
        known[one].grounds & known[other].grounds for place, one in enumerate(axes) for other in axes[place + 1 :]
    )


def leaves_all(regions: Regions, box: Box, axes: frozenset[int]) -> bool:
    """Whether a box, where it asks for something of other axes, leaves rows with any of its cells on some axes.

    What it asks for there rests on other grounds.
    """
    others = [number for number in box if number not in axes]
    return not _grounds_of(regions, axes) & _grounds_of(regions, others)


def _grounds_of(regions: Regions, axes: Iterable[int]) -> frozenset[str]:
    found = (grounds(regions.program, regions.axes[number].subject) for number in axes)
    return frozenset().union(*found) - {AS_OF}


def projected(box: Box, axes: frozenset[int]) -> Box:
    """Return a box without what it says of other axes."""
    return {axis: cells for axis, cells in box.items() if axis in axes}
