"""The extents of what is one of several values: the largest, the smallest, the first, the one that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from segrules.lint.regions.extents.extent import Extent
from segrules.lint.regions.extents.part import Part, lack
from segrules.program.nodes import Call

_Choice = Callable[[list[Fraction]], Fraction]


def limited(call: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of `max` or `min`."""
    choose = {"max": _largest, "min": _smallest}[call.function]
    return replace(choose([part.extent for part in parts]), can_lack=lack(parts))


def clipped(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of `clip`, which is `max` of the low end and `min` of the high end and the value."""
    value, low, high = (part.extent for part in parts)
    return replace(_largest([_smallest([value, high]), low]), can_lack=lack(parts))


def _largest(every: Sequence[Extent]) -> Extent:
    """Return the extent of the largest: it is none below any low end, and none above all that they can be."""
    lows = [one.low for one in every if one.low is not None]
    return Extent(max(lows, default=None), _of_all([one.high for one in every], max), _are_all(every))


def _smallest(every: Sequence[Extent]) -> Extent:
    highs = [one.high for one in every if one.high is not None]
    return Extent(_of_all([one.low for one in every], min), min(highs, default=None), _are_all(every))


def _are_all(every: Sequence[Extent]) -> bool:
    """Whether every value between the ends comes out: all others than the first are one value each, which cuts it."""
    return all(one.is_all for one in every) and all(one.low == one.high is not None for one in every[1:])


def if_else(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of one of two values: ends that hold for both, and what lies between may not come out."""
    return _either([part.extent for part in parts[1:]])


def coalesced(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of the first value that is there, which lacks one where all do.

    What the first gives comes out, and that is all if the others are not beyond it; a text of others may be.
    """
    every = [part.extent for part in parts]
    first, found = every[0], _either(every)
    is_first = (found.low, found.high) == (first.low, first.high) and parts[0].node.type.values is None
    return replace(found, is_all=first.is_all and is_first, can_lack=all(one.can_lack for one in every))


def _either(every: Sequence[Extent]) -> Extent:
    return Extent(_of_all([one.low for one in every], min), _of_all([one.high for one in every], max))


def _of_all(ends: Sequence[Fraction | None], choose: _Choice) -> Fraction | None:
    """Return the end of all, None if one has none."""
    known = [end for end in ends if end is not None]
    return choose(known) if known and len(known) == len(ends) else None
