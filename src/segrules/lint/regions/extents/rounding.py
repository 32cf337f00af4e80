"""The extents of numbers that are rounded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor

from segrules.lint.regions.extents.extent import UNKNOWN, Extent, halves_away
from segrules.lint.regions.extents.part import Part
from segrules.program.nodes import Call


def whole(call: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of whole numbers: rounding keeps order, so that ends become ends.

    Every one between comes out, for it is what it is rounded to itself or, at an end, the end is. With `places` nothing
    is known.
    """
    if len(parts) > 1:
        return UNKNOWN
    value = parts[0].extent
    low, high = (None if end is None else Fraction(_ROUNDED[call.function](end)) for end in (value.low, value.high))
    return Extent(low, high, value.is_all, value.can_lack)


_ROUNDED: dict[str, Callable[[Fraction], int]] = {
    "floor": floor,
    "ceil": ceil,
    "round": halves_away,
    "round_even": round,  # the nearest, of two the even one
}
