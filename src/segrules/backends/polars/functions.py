"""How each function is written in Polars: one line a name, for the core calls and for the functions of the language."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

import polars as pl

from segrules.backends.polars import arithmetic, dates
from segrules.backends.polars.dtypes import as_text, converted, literal
from segrules.backends.polars.lists import among_values, in_column
from segrules.backends.polars.rounding import AWAY, DOWN, EVEN, UP, Rounding, rounded, to_amount, to_worth
from segrules.language.like import like_regex
from segrules.language.types import Kind, Type
from segrules.language.values import Duration
from segrules.program.nodes import Call, Constant

_BLANKS = " \t\n\r\f\v"


@dataclass(frozen=True, slots=True)
class Application:
    """A call, its arguments as Polars expressions, and whether its result surely belongs to its type."""

    node: Call
    arguments: Sequence[pl.Expr]
    safe: bool

    @property
    def types(self) -> list[Type]:
        """The types of the arguments."""
        return [argument.type for argument in self.node.arguments]

    def constant(self, position: int) -> Any:
        """Return the value of an argument that is written, else None."""
        argument = self.node.arguments[position]
        return argument.value if isinstance(argument, Constant) else None

    def converted(self, start: int = 0) -> list[pl.Expr]:
        """Return the arguments from one on, each in the form of the result."""
        given = zip(self.arguments[start:], self.types[start:], strict=True)
        return [converted(argument, kind, self.node.type) for argument, kind in given]


Builder = Callable[[Application], pl.Expr]
Comparison = Callable[[pl.Expr, pl.Expr], pl.Expr]


# --- logic -----------------------------------------------------------------------------------------------------------


def _at_least(call: Application) -> pl.Expr:
    count, *conditions = call.arguments
    true = pl.sum_horizontal(conditions)
    if not any(kind.nullable for kind in call.types):
        return true >= count
    perhaps = pl.sum_horizontal(condition.fill_null(True) for condition in conditions)
    return pl.when(true >= count).then(True).when(perhaps < count).then(False)


def _if(call: Application) -> pl.Expr:
    condition = call.arguments[0]
    then, otherwise = call.converted(1)
    chosen = pl.when(condition).then(then)
    return chosen.when(~condition).then(otherwise) if call.types[0].nullable else chosen.otherwise(otherwise)


# --- comparisons -----------------------------------------------------------------------------------------------------


def _compared(operate: Comparison, mirrored: Comparison) -> Builder:
    return lambda call: _pair(call, 0, 1, operate, mirrored)


def _pair(call: Application, first: int, second: int, operate: Comparison, mirrored: Comparison) -> pl.Expr:
    """Return two arguments compared; a written value stands right, for left of a column Polars can fail."""
    left, right = _alike(call, first, second)
    return operate(left, right) if call.constant(first) is None else mirrored(right, left)


def _alike(call: Application, first: int, second: int) -> tuple[pl.Expr, pl.Expr]:
    """Return two arguments of one kind in one form: texts of different declared values become texts without."""
    left, right = call.types[first], call.types[second]
    if left.values == right.values:
        return call.arguments[first], call.arguments[second]
    if call.constant(second) in (left.values or ()):
        return call.arguments[first], literal(call.constant(second), left)
    if call.constant(first) in (right.values or ()):
        return literal(call.constant(first), right), call.arguments[second]
    return as_text(call.arguments[first], left), as_text(call.arguments[second], right)


def _between(call: Application) -> pl.Expr:
    return _pair(call, 0, 1, operator.ge, operator.le) & _pair(call, 0, 2, operator.le, operator.ge)


def _in(call: Application) -> pl.Expr:
    options = range(1, len(call.arguments))
    values = [call.constant(position) for position in options]
    if None not in values:
        return _among(call, values)
    return reduce(or_, (_pair(call, 0, position, operator.eq, operator.eq) for position in options))


def _among(call: Application, values: Sequence[Any]) -> pl.Expr:
    kind = call.types[0]
    if kind.values is None or set(values) <= set(kind.values):
        return among_values(call.arguments[0], kind, values)
    return among_values(as_text(call.arguments[0], kind), _PLAIN, values)


_PLAIN = Type(Kind.STRING)


def _in_list(call: Application) -> pl.Expr:
    if call.constant(1) is not None:
        return _among(call, call.constant(1))
    (item, members), (own, of_list) = call.arguments, call.types
    assert of_list.item is not None
    if own.values != of_list.item.values:
        if call.constant(0) in (of_list.item.values or ()):
            item = literal(call.constant(0), of_list.item)
        else:
            item, members = as_text(item, own), members.cast(pl.List(pl.String()))
    return in_column(item, members, of_list.item.nullable)


# --- texts -----------------------------------------------------------------------------------------------------------


def _text(function: Callable[..., pl.Expr]) -> Builder:
    def build(call: Application) -> pl.Expr:
        return function(*(as_text(one, kind) for one, kind in zip(call.arguments, call.types, strict=True)))

    return build


def _length(call: Application) -> pl.Expr:
    [value], [kind] = call.arguments, call.types
    length = value.list.len() if kind.kind is Kind.LIST else as_text(value, kind).str.len_chars()
    return length.cast(pl.Int64())


# --- dates -----------------------------------------------------------------------------------------------------------


def _moved(sign: int) -> Builder:
    return lambda call: dates.moved(call.arguments[0], call.types[0], call.constant(1), sign)


def _window(later: int) -> Builder:
    """Return the builder of a window that ends at `as_of`, or, if `later`, begins there."""

    def build(call: Application) -> pl.Expr:
        day, as_of, _ = call.arguments
        duration: Duration = call.constant(2)
        moved = dates.moved(as_of, call.types[1], duration, 1 if later else -1)
        other = literal(pl.select(moved).item(), call.types[1])  # at once: Polars fails with it over frames in chunks
        return dates.window(day, as_of, other) if later else dates.window(day, other, as_of)

    return build


def _part(part: Callable[[pl.Expr], pl.Expr]) -> Builder:
    return lambda call: part(call.arguments[0]).cast(pl.Int64())


# --- numbers ---------------------------------------------------------------------------------------------------------


def _added(operate: arithmetic.Operation) -> Builder:
    return lambda call: arithmetic.added(operate, call.node.type, call.arguments[0], call.arguments[1], call.safe)


def _rounded(way: Rounding) -> Builder:
    def build(call: Application) -> pl.Expr:
        places = call.constant(1) if len(call.arguments) > 1 else None
        return rounded(way, call.arguments[0], call.types[0], call.node.type, places)

    return build


def _to_date(call: Application) -> pl.Expr:
    return call.arguments[0].dt.date() if call.types[0].kind is Kind.DATETIME else call.arguments[0]


def _extreme(choose: Callable[[Sequence[pl.Expr]], pl.Expr]) -> Builder:
    """Return the builder of the smallest or largest of the arguments, missing if one is."""

    def build(call: Application) -> pl.Expr:
        nullable = [one for one, kind in zip(call.arguments, call.types, strict=True) if kind.nullable]
        found = choose(call.arguments)
        return pl.when(reduce(and_, (one.is_not_null() for one in nullable))).then(found) if nullable else found

    return build


def _clip(call: Application) -> pl.Expr:
    """`max(low, min(x, high))`; where the bounds are written and in order, that is what Polars does."""
    low, high = call.constant(1), call.constant(2)
    if low is not None and high is not None and low <= high:
        return call.arguments[0].clip(call.arguments[1], call.arguments[2])
    return _extreme(_clipped)(call)


def _clipped(arguments: Sequence[pl.Expr]) -> pl.Expr:
    number, low, high = arguments
    return pl.max_horizontal(low, pl.min_horizontal(number, high))


_CORE: dict[str, Builder] = {
    "and": lambda call: reduce(and_, call.arguments),
    "or": lambda call: reduce(or_, call.arguments),
    "not": lambda call: ~call.arguments[0],
    "at_least": _at_least,
    "=": _compared(operator.eq, operator.eq),
    "!=": _compared(operator.ne, operator.ne),
    "<": _compared(operator.lt, operator.gt),
    "<=": _compared(operator.le, operator.ge),
    ">": _compared(operator.gt, operator.lt),
    ">=": _compared(operator.ge, operator.le),
    "between": _between,
    "in": _in,
    "in_list": _in_list,
    "contains_text": _text(lambda text, part: text.str.contains(part, literal=True)),
    "starts_with": _text(lambda text, part: text.str.starts_with(part)),
    "ends_with": _text(lambda text, part: text.str.ends_with(part)),
    "like": lambda call: as_text(call.arguments[0], call.types[0]).str.contains(like_regex(call.constant(1))),
    "is_missing": lambda call: call.arguments[0].is_null(),
    "is_present": lambda call: call.arguments[0].is_not_null(),
    "if": _if,
    "in_last": _window(later=False),
    "in_next": _window(later=True),
    "+": _added(operator.add),
    "-": _added(operator.sub),
    "*": lambda call: arithmetic.multiplied(call.node.type, call.arguments[0], call.arguments[1], call.safe),
    "/": lambda call: arithmetic.divided(call.arguments[0], call.arguments[1], call.safe),
    "negate": lambda call: arithmetic.negated(call.node.type, call.arguments[0], call.safe),
    "to_number": lambda call: call.arguments[0].cast(pl.Float64()),
    "to_decimal": lambda call: arithmetic.to_decimal(call.arguments[0], call.types[0], call.node.type, call.safe),
    "to_date": _to_date,
    "to_amount": lambda call: to_amount(call.arguments[0], call.types[0], call.node.type, call.constant(1)),
    "to_worth": lambda call: to_worth(call.arguments[0], call.types[0], call.node.type),
    "add_duration": _moved(1),
    "subtract_duration": _moved(-1),
}

_FUNCTIONS: dict[str, Builder] = {
    "abs": lambda call: arithmetic.absolute(call.node.type, call.arguments[0], call.safe),
    "ceil": _rounded(UP),
    "clip": _clip,
    "coalesce": lambda call: pl.coalesce(*call.converted()),
    "date": _to_date,
    "day": _part(lambda moment: moment.dt.day()),
    "days_between": lambda call: dates.days_between(*call.arguments),
    "floor": _rounded(DOWN),
    "length": _length,
    "lower": _text(lambda text: text.str.to_lowercase()),
    "max": _extreme(pl.max_horizontal),
    "min": _extreme(pl.min_horizontal),
    "month": _part(lambda moment: moment.dt.month()),
    "months_between": lambda call: dates.months_between(call.arguments[0], call.arguments[1], call.types[0]),
    "quarter": _part(lambda moment: moment.dt.quarter()),
    "round": _rounded(AWAY),
    "round_even": _rounded(EVEN),
    "sqrt": lambda call: arithmetic.square_root(call.arguments[0]),
    "trim": _text(lambda text: text.str.strip_chars(_BLANKS)),
    "upper": _text(lambda text: text.str.to_uppercase()),
    "weekday": _part(lambda moment: moment.dt.weekday()),
    "year": _part(lambda moment: moment.dt.year()),
}

BUILDERS = _CORE | _FUNCTIONS
