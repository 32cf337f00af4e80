"""Between which values something that is worked out lies, and whether each of them can come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import TypeGuard

from segrules.language.types import NUMERIC, TEMPORAL, Kind, Type
from segrules.lint.regions.calendar import AS_OF
from segrules.lint.regions.domain import domain_of
from segrules.lint.regions.ends import (
    NOUGHT,
    UNKNOWN,
    Extent,
    can_be_nought,
    either,
    goes_on,
    has_one,
    is_from_nought,
    limited,
    minus,
    point_of,
    rounded,
    sum_of,
)
from segrules.lint.regions.grounds import grounds
from segrules.lint.regions.subjects import CASTS, References, is_own, is_written, own_value, written_value
from segrules.program.nodes import Aggregate, Call, Expression, Field, Reference, Statistic, walk
from segrules.program.program import Computed, Program

_ONE = Fraction(1)
_LEAST_SHARE = Fraction(1, 10**9)
"""That of one row in a table that is as large as they come."""

_PARTS_OF_DAYS = {"month": 12, "quarter": 4, "weekday": 7, "day": 31}
_ONE_OF_THEM = frozenset("min max mean median mode first last quantile".split())
_DAYS, _MONTHS, _LETTERS = 500_000, 16_000, 1_000_000
"""So far from a day that is not near an end of the calendar there surely are others; so long a text surely can be."""


class Extents:
    """Works out extents, on days when parameters have these values; of what it does not know it says nothing."""

    def __init__(self, program: Program, references: References) -> None:
        self._program = program
        self.references = references
        self._known: dict[Expression, Extent] = {}

    def of_subject(self, node: Expression) -> Extent:
        """Return the extent of what is asked about, without ends that rounding might pass.

        That of a column of the row has the places of its axis for ends.
        """
        if isinstance(node, Field) and is_own(node) and self._program.definition(node.row.table, node.name) is None:
            column = self._program.table(node.row.table).column(node.name)
            own = domain_of(self._program, column, [self.references])
            return Extent(own.low, own.high, node.type.kind is not Kind.LIST, node.type.nullable)
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
            return point_of(written_value(self._program, node, self.references))
        match node:
            case Field():
                return self._column(node)
            case Aggregate():
                return self._of_rows(node)
            case Statistic():
                return self._statistic(node)
            case Call(function="+" | "-" | "*" | "/"):
                return self._arithmetic(node)
            case Call():
                return self._call(node)
            case _:
                return UNKNOWN

    def _column(self, field: Field) -> Extent:
        definition = self._program.definition(field.row.table, field.name)
        if isinstance(definition, Computed):
            return replace(self.of(definition.value), can_lack=False)
        if definition is not None:
            return UNKNOWN
        stored = self._program.table(field.row.table).column(field.name)
        if field.type.kind not in NUMERIC:
            is_all = field.type.kind is not Kind.LIST and stored.minimum is stored.maximum is None
            return Extent(is_all=is_all, can_lack=field.type.nullable)
        ends = domain_of(self._program, stored, [self.references])
        unit = 10**stored.type.places
        low, high = ends.low, ends.high
        if field.type.kind is not Kind.NUMBER:
            low, high = None if low is None else Fraction(ceil(low)), None if high is None else Fraction(floor(high))
        low, high = (None if end is None else end / unit for end in (low, high))
        return Extent(low, high, True, field.type.nullable)

    def _of_rows(self, node: Aggregate | Statistic) -> Extent:
        """Return the extent of an aggregate; a filter on what is aggregated leaves out some of its values."""
        if node.value is None:
            return _of_rows(node.function, node.type, node.type, UNKNOWN)
        found = _of_rows(node.function, node.type, node.value.type, self._part(node.value))
        if node.where is None or not set(self._read(node.where)) & set(self._read(node.value)):
            return found
        return replace(found, is_all=False)

    def _read(self, node: Expression) -> Iterator[tuple[str, str]]:
        """Yield the tables and names of the columns that an expression reads, and that what it reads is made of."""
        for one in walk(node):
            if isinstance(one, Field):
                definition = self._program.definition(one.row.table, one.name)
                yield one.row.table, one.name
                if isinstance(definition, Computed):
                    yield from self._read(definition.value)

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
                return Extent(NOUGHT, _ONE, False, lacks)
            case _:
                return replace(self._of_rows(node), can_lack=False)

    def _arithmetic(self, node: Call) -> Extent:
        left, right = node.arguments
        one, other = self._part(left), self._part(right)
        is_apart = not grounds(self._program, left) & grounds(self._program, right)
        lacks = one.can_lack or other.can_lack
        if node.function == "-":
            other = replace(other, low=minus(other.high), high=minus(other.low))
        if node.function in ("+", "-"):
            is_all = one.is_all and other.is_all and is_apart
            return Extent(sum_of(one.low, other.low), sum_of(one.high, other.high), is_all, lacks)
        is_above = is_from_nought(one) and is_from_nought(other)
        low = NOUGHT if is_above else None
        if node.function == "*":
            high = one.high * other.high if is_above and one.high is not None and other.high is not None else None
            is_all = is_apart and (self._is_multiple(node, left, right) or self._is_multiple(node, right, left))
            return Extent(low, high, is_all, lacks)
        return Extent(low, None, is_apart and self._is_share(left, right), lacks or can_be_nought(self._uncast(right)))

    def _is_multiple(self, node: Call, endless: Expression, factor: Expression) -> bool:
        """Whether every number comes out because the factor may be one, and the other any of the same places."""
        is_same = (endless.type.kind, endless.type.places) == (node.type.kind, node.type.places)
        some = self._part(endless)
        return is_same and some.is_all and goes_on(some) and has_one(self._uncast(factor))

    def _is_share(self, left: Expression, right: Expression) -> bool:
        """Whether every number comes out: what is divided is any and the divisor may be one, or both are endless."""
        part, whole = self._uncast(left), self._uncast(right)
        if not (part.is_all and goes_on(part) and has_one(whole)):
            return False
        return self._part(left).is_all or goes_on(whole)

    def _uncast(self, node: Expression) -> Extent:
        """Return the extent of what becomes a number of another type, which then has gaps."""
        return self._uncast(node.arguments[0]) if _is_cast(node) else self._part(node)

    def _part(self, node: Expression) -> Extent:
        """Return the extent of what something else is made of."""
        found = self.of(node)
        return found if found.within is None else replace(found, is_all=False, within=None)

    def _call(self, node: Call) -> Extent:
        """Return the extent of what a function gives: of one that is not known well it is not all."""
        function, arguments = node.function, node.arguments
        every = [self._part(one) for one in arguments]
        first, lacks = every[0] if every else UNKNOWN, any(one.can_lack for one in every)
        match function:
            case _ if function in CASTS:
                return _cast(node, first)
            case "clip" | "max" | "min":
                return limited(function, every, lacks=lacks)
            case "if":
                return either(every[1:])
            case "coalesce":
                found = either(every)
                is_first = (found.low, found.high) == (first.low, first.high) and arguments[0].type.values is None
                return replace(found, is_all=first.is_all and is_first, can_lack=all(one.can_lack for one in every))
            case "months_between" | "days_between":
                within = _MONTHS if function == "months_between" else _DAYS
                return Extent(is_all=self._are_any_days(*arguments), can_lack=lacks, within=within)
            case "length":
                is_any = first.is_endless and arguments[0].type.values is None
                return Extent(NOUGHT, None, is_any, lacks, _LETTERS)
            case "abs":
                return Extent(NOUGHT, None, first.is_endless, lacks)
            case "round" | "round_even" | "floor" | "ceil" if len(arguments) == 1:
                return self._rounded(function, arguments[0], first)
            case "month" | "quarter" | "weekday" | "day":
                return Extent(_ONE, Fraction(_PARTS_OF_DAYS[function]), first.is_endless, lacks)
            case _:
                return UNKNOWN

    def _are_any_days(self, one: Expression, other: Expression) -> bool:
        """Whether two days surely can lie any distance apart that is not too far."""
        if grounds(self._program, one) & grounds(self._program, other):
            return False
        columns = [isinstance(day, Field) and self.of(day).is_endless for day in (one, other)]
        return any(columns) and all(
            is_any or self._is_usual(day) for is_any, day in zip(columns, (one, other), strict=True)
        )

    def _is_usual(self, day: Expression) -> bool:
        """Whether it is the day of the evaluation, or one that is far from the ends of the calendar."""
        if isinstance(day, Reference) and day.name == AS_OF:
            return True
        value = written_value(self._program, day, self.references) if is_written(day) else None
        return isinstance(value, date) and _DAYS < value.toordinal() < date.max.toordinal() - _DAYS

    def _rounded(self, function: str, argument: Expression, value: Extent) -> Extent:
        """Return the extent of whole numbers; ends that are worked out are exact only if they are whole."""
        is_exact = isinstance(argument, Field) and own_value(self._program, argument) is None
        low, high = (
            rounded(function, end) if is_exact or end is None or end.denominator == 1 else None
            for end in (value.low, value.high)
        )
        is_known = (low is None, high is None) == (value.low is None, value.high is None)
        return Extent(low, high, value.is_all and is_known, value.can_lack)


def _is_cast(node: Expression) -> TypeGuard[Call]:
    return isinstance(node, Call) and node.function in CASTS


def _cast(node: Call, value: Extent) -> Extent:
    """Return the extent of a number of another type, which has gaps, or of the day of a moment."""
    if node.type.kind in TEMPORAL:
        return Extent(is_all=value.is_endless, can_lack=value.can_lack)
    is_same = (node.type.kind, node.type.places) == (node.arguments[0].type.kind, node.arguments[0].type.places)
    return replace(value, is_all=value.is_all and is_same)


def _of_rows(function: str, kind: Type, of: Type, value: Extent) -> Extent:
    """Return the extent of an aggregate of values of a type: of no rows, most are missing."""
    match function:
        case "count":
            return Extent(NOUGHT, None, is_all=True)
        case "count_distinct":
            return Extent(NOUGHT, None)
        case "share":
            return Extent(NOUGHT, _ONE, True, True)
        case "sum":
            low = NOUGHT if is_from_nought(value) else None
            return Extent(low, None, value.is_all and goes_on(value), value.can_lack)
        case _ if function in _ONE_OF_THEM:
            # The median of whole numbers has gaps; their mean has none.
            is_any = kind.kind in NUMERIC | TEMPORAL and (function == "mean" or kind.kind is of.kind)
            return Extent(value.low, value.high, value.is_all and is_any, True)
        case "stdev":
            return Extent(NOUGHT, None, value.is_all and value.high is None and of.kind is Kind.NUMBER, True)
        case _:
            return UNKNOWN
