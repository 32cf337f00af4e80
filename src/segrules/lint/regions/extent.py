"""Between which values something that is worked out lies, and whether each of them can come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from segrules.language.types import NUMERIC, TEMPORAL, Kind
from segrules.lint.regions.domain import domain_of
from segrules.lint.regions.grounds import grounds
from segrules.lint.regions.subjects import CASTS, References, is_written, own_value, written_value
from segrules.program.nodes import Aggregate, Call, Expression, Field, Statistic
from segrules.program.program import Computed, Program


@dataclass(frozen=True, slots=True)
class Extent:
    """The ends, None where none is known; `is_all` says that every value of the type between can come out.

    `can_lack` says that for some rows none comes out.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    is_all: bool = False
    can_lack: bool = False


_UNKNOWN = Extent()
_NOUGHT, _ONE = Fraction(0), Fraction(1)
_LEAST_SHARE = Fraction(1, 10**9)
"""That of one row in a table that is as large as they come."""

_PARTS_OF_DAYS = {"month": 12, "quarter": 4, "weekday": 7, "day": 31}
_ONE_OF_THEM = frozenset("min max mean median mode first last quantile".split())


class Extents:
    """Works out extents, on days when parameters have these values; of what it does not know it says nothing."""

    def __init__(self, program: Program, references: References) -> None:
        self._program = program
        self.references = references
        self._known: dict[Expression, Extent] = {}

    def of_subject(self, node: Expression) -> Extent:
        """Return the extent of what is asked about, without ends that rounding might pass."""
        found = self.of(node)
        ends = (found.low, found.high)
        if node.type.kind is Kind.NUMBER and any(end is not None and end.denominator != 1 for end in ends):
            return found if isinstance(node, Statistic) else replace(found, low=None, high=None, is_all=False)
        return found

    def of(self, node: Expression) -> Extent:
        """Return the extent of an expression."""
        if node not in self._known:
            self._known[node] = self._of(node)
        return self._known[node]

    def _of(self, node: Expression) -> Extent:
        if (value := own_value(self._program, node)) is not None:
            return self.of(value)
        if is_written(node):
            return _point(written_value(self._program, node, self.references))
        match node:
            case Field():
                return self._column(node)
            case Aggregate(function=function, value=value):
                return _of_rows(function, node.type.kind, self.of(value) if value else _UNKNOWN)
            case Statistic():
                return self._statistic(node)
            case Call(function="+" | "-" | "*" | "/" as function, arguments=(left, right)):
                return self._arithmetic(function, left, right)
            case Call():
                return self._call(node)
            case _:
                return _UNKNOWN

    def _column(self, field: Field) -> Extent:
        definition = self._program.definition(field.row.table, field.name)
        if isinstance(definition, Computed):
            return replace(self.of(definition.value), can_lack=False)
        if definition is not None:
            return _UNKNOWN
        stored = self._program.table(field.row.table).column(field.name)
        ends = domain_of(self._program, stored, [self.references])
        unit = 10**stored.type.places
        low, high = (
            None if end is None or field.type.kind not in NUMERIC else end / unit for end in (ends.low, ends.high)
        )
        return Extent(low, high, field.type.kind is not Kind.LIST, field.type.nullable)

    def _statistic(self, node: Statistic) -> Extent:
        value = self.of(node.value)
        lacks = value.can_lack or node.where is not None
        match node.function:
            case "percentile":
                return Extent(_LEAST_SHARE, _ONE, True, lacks)
            case "rank" | "dense_rank" | "row_number":
                return Extent(_ONE, None, True, lacks)
            case "ntile" | "qcut" if node.amount is not None:
                return Extent(_ONE, self.of(node.amount).high, True, lacks)
            case "zscore":
                return Extent(None, None, True, lacks)
            case "cumulative_share":
                return Extent(_NOUGHT, _ONE, False, lacks)
            case function:
                return replace(_of_rows(function, node.type.kind, value), can_lack=False)

    def _arithmetic(self, function: str, left: Expression, right: Expression) -> Extent:
        one, other = self.of(left), self.of(right)
        apart = not grounds(self._program, left) & grounds(self._program, right)
        is_all = one.is_all and other.is_all and apart
        lacks = one.can_lack or other.can_lack
        if function == "-":
            other = replace(other, low=_minus(other.high), high=_minus(other.low))
        if function in ("+", "-"):
            return Extent(_sum(one.low, other.low), _sum(one.high, other.high), is_all, lacks)
        is_above = _is_from_nought(one) and _is_from_nought(other)
        if function == "*":
            both = None if one.high is None or other.high is None else one.high * other.high
            is_all = is_all and any(
                _is_endless(some) and _has_one(factor) for some, factor in ((one, other), (other, one))
            )
            return Extent(_NOUGHT if is_above else None, both if is_above else None, is_all, lacks)
        is_all = is_all and _is_endless(one)
        return Extent(_NOUGHT if is_above else None, None, is_all, lacks or _can_be_nought(other))

    def _call(self, node: Call) -> Extent:
        function, arguments = node.function, node.arguments
        every = [self.of(one) for one in arguments]
        lacks = any(one.can_lack for one in every)
        match function:
            case _ if function in CASTS:
                return every[0]
            case "clip" | "max" | "min":
                return _limited(function, every, [is_written(one) for one in arguments], lacks=lacks)
            case "if":
                return replace(_either(every[1:]), is_all=False, can_lack=lacks)
            case "coalesce":
                return replace(_either(every), is_all=every[0].is_all, can_lack=all(one.can_lack for one in every))
            case "months_between" | "days_between":
                apart = not grounds(self._program, arguments[0]) & grounds(self._program, arguments[1])
                return Extent(is_all=apart and any(self._is_column(one) for one in arguments), can_lack=lacks)
            case "abs" | "length":
                return Extent(_NOUGHT, None, every[0].is_all and every[0].low is every[0].high is None, lacks)
            case "round" | "round_even" | "floor" | "ceil":
                low, high = (
                    end if end is None or end.denominator == 1 else None for end in (every[0].low, every[0].high)
                )
                return Extent(low, high, every[0].is_all and node.type.kind is Kind.INTEGER, lacks)
            case "month" | "quarter" | "weekday" | "day":
                return Extent(_ONE, Fraction(_PARTS_OF_DAYS[function]), every[0].is_all, lacks)
            case _:
                return replace(_UNKNOWN, can_lack=lacks)

    def _is_column(self, node: Expression) -> bool:
        return isinstance(node, Field) and node.type.kind in TEMPORAL and self.of(node).is_all


def _point(value: object) -> Extent:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return _UNKNOWN
    return Extent(Fraction(value), Fraction(value), is_all=True)


def _of_rows(function: str, kind: Kind, value: Extent) -> Extent:
    """Return the extent of an aggregate: of no rows, most are missing."""
    match function:
        case "count":
            return Extent(_NOUGHT, None, is_all=True)
        case "count_distinct":
            return Extent(_NOUGHT, None)
        case "share":
            return Extent(_NOUGHT, _ONE, True, True)
        case "sum":
            low = _NOUGHT if _is_from_nought(value) else None
            return Extent(low, None, value.is_all and _is_endless(value), value.can_lack)
        case _ if function in _ONE_OF_THEM:
            return Extent(value.low, value.high, value.is_all and kind in NUMERIC | TEMPORAL, True)
        case "stdev":
            return Extent(_NOUGHT, None, value.is_all and value.high is None, True)
        case _:
            return _UNKNOWN


def _limited(function: str, every: Sequence[Extent], written: Sequence[bool], *, lacks: bool) -> Extent:
    """Return the extent of `max`, `min` and `clip`, which is both; it is all values if only one is not written."""
    is_all = every[0].is_all and all(written[1:])
    if function == "clip":
        value, lowest, highest = every
        from_low = _limited("max", [value, lowest], [True, True], lacks=False)
        limited = _limited("min", [from_low, highest], [True, True], lacks=False)
        return replace(limited, is_all=is_all, can_lack=lacks)
    lows, highs = [one.low for one in every], [one.high for one in every]
    if function == "max":
        low = max((one for one in lows if one is not None), default=None)
        return Extent(low, _of_all(highs, max), is_all, lacks)
    return Extent(_of_all(lows, min), min((one for one in highs if one is not None), default=None), is_all, lacks)


def _either(every: Sequence[Extent]) -> Extent:
    return Extent(_of_all([one.low for one in every], min), _of_all([one.high for one in every], max))


def _of_all(ends: Sequence[Fraction | None], choose: Callable[[list[Fraction]], Fraction]) -> Fraction | None:
    known = [end for end in ends if end is not None]
    return choose(known) if known and len(known) == len(ends) else None


def _sum(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _minus(end: Fraction | None) -> Fraction | None:
    return None if end is None else -end


def _is_from_nought(extent: Extent) -> bool:
    return extent.low is not None and extent.low >= 0


def _is_endless(extent: Extent) -> bool:
    """Whether an extent goes on upwards, from nought or from nowhere."""
    return extent.high is None and extent.low in (None, _NOUGHT)


def _has_one(extent: Extent) -> bool:
    return (extent.low is None or extent.low <= 1) and (extent.high is None or extent.high >= 1)


def _can_be_nought(extent: Extent) -> bool:
    """Whether nought surely can come out."""
    below = extent.low is None or extent.low <= 0
    return extent.is_all and below and (extent.high is None or extent.high >= 0)
