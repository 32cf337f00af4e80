"""What is known of what each function gives: one line a name, as in `segrules.meaning.functions`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from segrules.lint.regions.extents import arithmetic, chosen, conditions, days, rounding
from segrules.lint.regions.extents.extent import NOUGHT, UNKNOWN, Extent, in_type
from segrules.lint.regions.extents.part import Part, Rule
from segrules.program.nodes import Call

_LETTERS = 1_000_000
"""So long a text surely can be."""


def _anything(_: Call, __: Sequence[Part]) -> Extent:
    """Say nothing, which is always so."""
    return UNKNOWN


def _cast(call: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of a number of another type, which is as large, but leaves gaps between those of its own."""
    (part,) = parts
    is_same = (call.type.kind, call.type.places) == (part.node.type.kind, part.node.type.places)
    return in_type(call.type, replace(part.extent, is_all=part.extent.is_all and is_same))


def _size(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of a number without its sign: of any number it is any that is not below nought."""
    value = parts[0].extent
    return Extent(NOUGHT, None, value.is_endless, value.can_lack)


def _root(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of a square root, which is none below nought; which doubles are one is not looked at."""
    return Extent(NOUGHT, can_lack=parts[0].extent.can_lack)


def _length(_: Call, parts: Sequence[Part]) -> Extent:
    """Return the extent of the length of a text; texts that are declared have lengths of their own."""
    text = parts[0].extent
    return Extent(NOUGHT, None, text.is_endless and parts[0].node.type.values is None, text.can_lack, _LETTERS)


FUNCTIONS: dict[str, Rule] = {
    "and": conditions.joined,
    "or": conditions.joined,
    "not": conditions.denied,
    "at_least": _anything,  # more may be asked for than there are
    "=": conditions.compared,
    "!=": conditions.compared,
    "<": conditions.compared,
    "<=": conditions.compared,
    ">": conditions.compared,
    ">=": conditions.compared,
    "between": conditions.compared,
    "in": conditions.compared,
    "in_list": conditions.compared,
    "contains_text": _anything,  # no text is looked into
    "starts_with": _anything,
    "ends_with": _anything,
    "like": _anything,
    "is_missing": conditions.is_there,
    "is_present": conditions.is_there,
    "in_last": conditions.in_a_time,
    "in_next": conditions.in_a_time,
    "if": chosen.if_else,
    "+": arithmetic.added,
    "-": arithmetic.subtracted,
    "*": arithmetic.multiplied,
    "/": arithmetic.divided,
    "negate": arithmetic.negated,
    "to_number": _cast,
    "to_decimal": _cast,
    "to_date": days.day_of,
    "to_amount": _anything,  # what treatments give is compared with nothing
    "to_worth": _anything,
    "add_duration": _anything,  # of days no ends are known
    "subtract_duration": _anything,
    "abs": _size,
    "ceil": rounding.whole,
    "clip": chosen.clipped,
    "coalesce": chosen.coalesced,
    "date": days.day_of,
    "day": days.part_of_a_day(31),
    "days_between": days.days_between,
    "floor": rounding.whole,
    "length": _length,
    "lower": _anything,  # of texts no ends are known
    "max": chosen.limited,
    "min": chosen.limited,
    "month": days.part_of_a_day(12),
    "months_between": days.months_between,
    "quarter": days.part_of_a_day(4),
    "round": rounding.whole,
    "round_even": rounding.whole,
    "sqrt": _root,
    "trim": _anything,
    "upper": _anything,
    "weekday": days.part_of_a_day(7),
    "year": _anything,  # the first and the last there are say nothing to anyone
}
"""The rule of each function. What is new is decided on here; `_anything` is a decision too."""
