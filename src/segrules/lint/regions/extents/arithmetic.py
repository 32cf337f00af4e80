"""The extents of sums, differences, products and quotients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from segrules.lint.regions.extents.extent import (
    NOUGHT,
    Extent,
    can_be_nought,
    goes_on,
    has_one,
    in_type,
    is_from_nought,
    minus,
    sum_of,
)
from segrules.lint.regions.extents.part import Part, are_apart, lack
from segrules.program.nodes import Call


def added(call: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of a sum: no two values add up to less than their lows, nor to more than their highs.

    Every sum between comes out where any two values come together.
    """
    one, other = (part.extent for part in parts)
    is_all = one.is_all and other.is_all and are_apart(parts)
    exact = Extent(sum_of(one.low, other.low), sum_of(one.high, other.high), is_all, lack(parts))
    return in_type(call.type, exact)


def subtracted(call: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of a difference, which is the sum with the other sign of what is taken away."""
    one, other = (part.extent for part in parts)
    is_all = one.is_all and other.is_all and are_apart(parts)
    exact = Extent(sum_of(one.low, minus(other.high)), sum_of(one.high, minus(other.low)), is_all, lack(parts))
    return in_type(call.type, exact)


def negated(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of a number with the other sign: its ends change places."""
    (one,) = (part.extent for part in parts)
    return replace(one, low=minus(one.high), high=minus(one.low))


def multiplied(call: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of a product. Its ends are known only of factors that are not below nought.

    Every number comes out because one factor may be one, and the other any of the same type.
    """
    left, right = parts
    low, high = _from_nought(left, right), None
    if low is not None and left.extent.high is not None and right.extent.high is not None:
        high = left.extent.high * right.extent.high
    is_all = are_apart(parts) and (_is_multiple(call, left, right) or _is_multiple(call, right, left))
    return in_type(call.type, Extent(low, high, is_all, lack(parts)))


def divided(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of a quotient, which there is none of by nought.

    A small divisor makes it as large as it likes. Every number comes out because what is divided is any and the divisor
    may be one, or both go on without end.
    """
    left, right = parts
    return Extent(
        _from_nought(left, right),
        None,
        are_apart(parts) and _is_share(left, right),
        lack(parts) or can_be_nought(right.uncast),
    )


def _from_nought(*parts: Part) -> Fraction | None:
    return NOUGHT if all(is_from_nought(part.extent) for part in parts) else None


def _is_multiple(call: Call, endless: Part, factor: Part) -> bool:
    kind = endless.node.type
    is_same = (kind.kind, kind.places) == (call.type.kind, call.type.places)
    return is_same and endless.extent.is_all and goes_on(endless.extent) and has_one(factor.uncast)


def _is_share(left: Part, right: Part) -> bool:
    part, whole = left.uncast, right.uncast
    if not (part.is_all and goes_on(part) and has_one(whole)):
        return False
    return left.extent.is_all or goes_on(whole)
