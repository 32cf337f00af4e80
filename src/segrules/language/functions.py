"""Every function that an author can call, each declared once: what it takes, what it gives, what it means.

A parameter accepts a set of kinds. Arguments of different numeric kinds are first brought to one (`Function.unify`).
Unless `doc` says otherwise, a function of a missing value is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from segrules.language import types
from segrules.language.types import NUMERIC, TEMPORAL, Kind, Type

ANY = frozenset(Kind) - {Kind.DURATION, Kind.UNKNOWN, Kind.MISSING}
SCALAR = ANY - {Kind.LIST}
ORDERED = NUMERIC | TEMPORAL
TEXT = frozenset({Kind.STRING})
TRUTH = frozenset({Kind.BOOLEAN})
LISTS = frozenset({Kind.LIST})

Result = Callable[[Sequence[Type]], Type]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a function; `places` says that it is a written whole number from 0 to 18."""

    name: str
    accepts: frozenset[Kind]
    places: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function of values of one row.

    `unify` brings all arguments to one type first; `rest` says that the last parameter may be repeated. `example` is
    an expression and its value as printed.
    """

    name: str
    parameters: tuple[Parameter, ...]
    result: Result
    doc: str
    example: tuple[str, str]
    unify: bool = False
    rest: bool = False

    @property
    def signature(self) -> str:
        """How the function is called: `clip(x, low, high)`."""
        return _signature(self.name, [parameter.name for parameter in self.parameters], self.rest)


@dataclass(frozen=True, slots=True)
class AggregateFunction:
    """A function of the rows below a row. `value` is what it accepts, None where it takes none or may go without."""

    name: str
    accepts: frozenset[Kind]
    result: Result
    no_rows: str
    doc: str
    example: str
    value_optional: bool = False
    by: bool = False


def _signature(name: str, parameters: Sequence[str], rest: bool) -> str:
    return f"{name}({', '.join(parameters)}{', …' if rest else ''})"


def _always(result: Type) -> Result:
    def give(arguments: Sequence[Type]) -> Type:
        return result.maybe_missing(any(argument.nullable for argument in arguments))

    return give


def _first(arguments: Sequence[Type]) -> Type:
    return arguments[0].maybe_missing(any(argument.nullable for argument in arguments))


def _coalesced(arguments: Sequence[Type]) -> Type:
    return arguments[0].maybe_missing(all(argument.nullable for argument in arguments))


def _maybe(result: Type) -> Result:
    return lambda _: result.maybe_missing()


def _maybe_same(arguments: Sequence[Type]) -> Type:
    return arguments[0].maybe_missing()


def _number(name: str = "x") -> Parameter:
    return Parameter(name, NUMERIC)


_PLACES = Parameter("places", frozenset({Kind.INTEGER}), places=True, optional=True)


def _rounding(name: str, doc: str, example: tuple[str, str]) -> Function:
    """`round` and its kin: an integer without places, else the argument's own kind (a decimal with so many places)."""
    return Function(name, (_number(), _PLACES), _first, doc, example)


_FUNCTIONS = (
    Function("abs", (_number(),), _maybe_same, "The size of a number, without its sign.", ("abs(-3)", "3")),
    _rounding("ceil", "The next whole number at or above, or with `places` the next such decimal.", ("ceil(2.1)", "3")),
    _rounding("floor", "The next whole number at or below, or with `places` such a decimal.", ("floor(2.9)", "2")),
    _rounding(
        "round",
        "The nearest whole number, or with `places` so many places; halves go away from zero.",
        ("round(2.5)", "3"),
    ),
    _rounding("round_even", "As `round`, but halves go to the even neighbour.", ("round_even(2.5)", "2")),
    Function(
        "clip",
        (_number(), _number("low"), _number("high")),
        _first,
        "`x`, but at least `low` and at most `high`: `max(low, min(x, high))`.",
        ("clip(12, 0, 10)", "10"),
        unify=True,
    ),
    Function(
        "coalesce",
        (Parameter("a", ANY), Parameter("b", ANY)),
        _coalesced,
        "The first of its arguments that is present; missing only if all are.",
        ("coalesce(missing, 2)", "2"),
        unify=True,
        rest=True,
    ),
    Function(
        "date",
        (Parameter("x", TEMPORAL),),
        _always(types.DATE),
        "The day of a datetime.",
        ("date(2026-01-31T12:50)", "2026-01-31"),
    ),
    Function(
        "day",
        (Parameter("x", TEMPORAL),),
        _always(types.INTEGER),
        "The day of the month, 1 to 31.",
        ("day(2026-01-31)", "31"),
    ),
    Function(
        "days_between",
        (Parameter("a", TEMPORAL), Parameter("b", TEMPORAL)),
        _always(types.INTEGER),
        "Whole days from a to b, of 24 hours on two datetimes; swapping a and b changes the sign only.",
        ("days_between(2026-01-31, 2026-03-01)", "29"),
        unify=True,
    ),
    Function(
        "length",
        (Parameter("x", TEXT | LISTS),),
        _always(types.INTEGER),
        "How many characters (code points) a text has, or members a list.",
        ("length('Bonn')", "4"),
    ),
    Function(
        "lower", (Parameter("x", TEXT),), _always(types.STRING), "A text in small letters.", ("lower('ABC')", "'abc'")
    ),
    Function(
        "max",
        (Parameter("a", ORDERED), Parameter("b", ORDERED)),
        _first,
        "The largest of its arguments; missing if one is.",
        ("max(2, 3)", "3"),
        unify=True,
        rest=True,
    ),
    Function(
        "min",
        (Parameter("a", ORDERED), Parameter("b", ORDERED)),
        _first,
        "The smallest of its arguments; missing if one is.",
        ("min(2, 3)", "2"),
        unify=True,
        rest=True,
    ),
    Function(
        "month", (Parameter("x", TEMPORAL),), _always(types.INTEGER), "The month, 1 to 12.", ("month(2026-01-31)", "1")
    ),
    Function(
        "months_between",
        (Parameter("a", TEMPORAL), Parameter("b", TEMPORAL)),
        _always(types.INTEGER),
        "The most months that can be added to a without passing b; swapping a and b changes the sign only.",
        ("months_between(2026-01-31, 2026-02-28)", "1"),
        unify=True,
    ),
    Function(
        "quarter",
        (Parameter("x", TEMPORAL),),
        _always(types.INTEGER),
        "The quarter of the year, 1 to 4.",
        ("quarter(2026-05-01)", "2"),
    ),
    Function(
        "sqrt",
        (_number(),),
        _maybe(types.NUMBER),
        "The square root; missing for a negative number.",
        ("sqrt(9)", "3"),
    ),
    Function(
        "trim",
        (Parameter("x", TEXT),),
        _always(types.STRING),
        "A text without blanks, tabs and line ends at its ends.",
        ("trim('  a ')", "'a'"),
    ),
    Function("upper", (Parameter("x", TEXT),), _always(types.STRING), "A text in capitals.", ("upper('abc')", "'ABC'")),
    Function(
        "weekday",
        (Parameter("x", TEMPORAL),),
        _always(types.INTEGER),
        "The day of the week, Monday 1, Sunday 7.",
        ("weekday(2026-01-31)", "6"),
    ),
    Function("year", (Parameter("x", TEMPORAL),), _always(types.INTEGER), "The year.", ("year(2026-01-31)", "2026")),
)

_AGGREGATES = (
    AggregateFunction(
        "count",
        ANY,
        lambda _: types.INTEGER.present(),
        "0",
        "How many rows there are, or, with a value, how many rows have it.",
        "count(deals)",
        value_optional=True,
    ),
    AggregateFunction(
        "count_distinct",
        SCALAR,
        lambda _: types.INTEGER.present(),
        "0",
        "How many different values there are; missing ones are not counted.",
        "count_distinct(deals.sku)",
    ),
    AggregateFunction(
        "sum",
        NUMERIC,
        _maybe_same,
        "0",
        "The sum. It keeps its type: sums of integers and decimals are exact.",
        "sum(deals.amount)",
    ),
    AggregateFunction(
        "mean", NUMERIC, _maybe(types.NUMBER), "missing", "The sum over the count, a number.", "mean(deals.amount)"
    ),
    AggregateFunction("min", ORDERED, _maybe_same, "missing", "The smallest value.", "min(deals.closed_on)"),
    AggregateFunction("max", ORDERED, _maybe_same, "missing", "The largest value.", "max(deals.closed_on)"),
    AggregateFunction(
        "median",
        NUMERIC,
        _maybe(types.NUMBER),
        "missing",
        "The middle value, or the mean of the two in the middle, a number.",
        "median(deals.amount)",
    ),
    AggregateFunction(
        "stdev",
        NUMERIC,
        _maybe(types.NUMBER),
        "missing",
        "The sample's standard deviation, from two values up, a number.",
        "stdev(deals.amount)",
    ),
    AggregateFunction(
        "any",
        TRUTH,
        lambda _: types.BOOLEAN,
        "false",
        "Whether the condition is true for some row: a three-valued `or`.",
        "any(deals.amount > 500)",
    ),
    AggregateFunction(
        "all",
        TRUTH,
        lambda _: types.BOOLEAN,
        "true",
        "Whether the condition is true for every row: a three-valued `and`.",
        "all(deals.amount > 500)",
    ),
    AggregateFunction(
        "first",
        ANY,
        _maybe_same,
        "missing",
        "The value of the row that stands first by `by`; ties go by the table's key, without one by the "
        "smallest value.",
        "first(deals.amount by deals.closed_on)",
        by=True,
    ),
    AggregateFunction(
        "last",
        ANY,
        _maybe_same,
        "missing",
        "The value of the row that stands last by `by`; ties go by the table's key, without one by the largest value.",
        "last(deals.amount by deals.closed_on)",
        by=True,
    ),
    AggregateFunction(
        "mode", SCALAR, _maybe_same, "missing", "The most frequent value; of several the smallest.", "mode(deals.sku)"
    ),
    AggregateFunction(
        "share",
        TRUTH,
        _maybe(types.NUMBER),
        "missing",
        "Rows where the condition is true over rows where it is true or false, a number.",
        "share(deals.amount > 500)",
    ),
    AggregateFunction(
        "list",
        SCALAR,
        lambda arguments: types.list_of(arguments[0].present()).present(),
        "an empty list",
        "Every value, in ascending order.",
        "list(deals.sku)",
    ),
)


@cache
def functions() -> dict[str, Function]:
    """Return the functions of one row, by name."""
    return {function.name: function for function in _FUNCTIONS}


@cache
def aggregates() -> dict[str, AggregateFunction]:
    """Return the aggregates, by name."""
    return {function.name: function for function in _AGGREGATES}
