"""Every statistic across the rows of the entity, each declared once: what it takes, what it gives, what it means.

Besides these, most aggregates can be taken over rows of the entity: they take and give what they do over rows below.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import Enum
from functools import cache

from segrules.language import types
from segrules.language.functions import ORDERED, AggregateFunction, aggregates
from segrules.language.types import NUMERIC, Kind, Type
from segrules.language.values import Value

MAX_TILES = 1_000_000
SHARE_UNITS = 10**9
"""A share of `quantile` is taken to nine places, so that the values it lies between are found in whole numbers."""


class Amount(Enum):
    """A number beside the value, the same for every row; the value is how a reader of rules says it."""

    TILES = "a whole number from 1 to 1_000_000"
    SHARE = "a share from 0 to 1"


@dataclass(frozen=True, slots=True)
class StatisticFunction:
    """A statistic. `accepts` are kinds of values; where it holds texts, they must be ordered.

    `of_group` says that it is the same for every row of a group, `descending` that it takes that word.
    """

    name: str
    accepts: frozenset[Kind]
    result: Type
    doc: str
    example: str
    amount: Amount | None = None
    of_group: bool = False
    descending: bool = True

    @property
    def signature(self) -> str:
        """How the statistic is called: `ntile(n, x over …)`."""
        arguments = {None: "x", Amount.TILES: "n, x", Amount.SHARE: "x, share"}[self.amount]
        return f"{self.name}({arguments} over …)"


_PLACED = ORDERED | {Kind.STRING}

_STATISTICS = (
    StatisticFunction(
        "rank",
        _PLACED,
        types.INTEGER,
        "1 plus the number of rows before this one; equal values share the first of their places: 1 2 2 4.",
        "rank(revenue descending over all)",
    ),
    StatisticFunction(
        "dense_rank",
        _PLACED,
        types.INTEGER,
        "1 plus the number of different values before this one: 1 2 2 3.",
        "dense_rank(revenue descending over region)",
    ),
    StatisticFunction(
        "row_number",
        _PLACED,
        types.INTEGER,
        "The row's own place: 1 2 3 4; equal values stand in the order of the key.",
        "row_number(revenue descending over region)",
    ),
    StatisticFunction(
        "percentile",
        _PLACED,
        types.NUMBER,
        "The share of rows at or below this one, above 0 and up to 1.",
        "percentile(revenue over region)",
    ),
    StatisticFunction(
        "ntile",
        _PLACED,
        types.INTEGER,
        "The row's tile, 1 to n, when the rows are cut into n of equal size, the first ones larger by one row if need "
        "be; equal values stand in the order of the key.",
        "ntile(4, revenue over all)",
        Amount.TILES,
    ),
    StatisticFunction(
        "qcut",
        _PLACED,
        types.INTEGER,
        "1 plus the number of inner n-quantiles below the value, so 1 to n; equal values stand in one tile.",
        "qcut(5, revenue over all)",
        Amount.TILES,
    ),
    StatisticFunction(
        "quantile",
        NUMERIC,
        types.NUMBER,
        "The value below which a share of the rows lies, between two values in proportion, the same for all rows of "
        "a group.",
        "quantile(revenue, 80% over all)",
        Amount.SHARE,
        of_group=True,
        descending=False,
    ),
    StatisticFunction(
        "cumulative_share",
        NUMERIC,
        types.NUMBER,
        "The sum of all values at or above this one over the sum of all; missing where a value of the group is "
        "negative.",
        "cumulative_share(revenue over all)",
        descending=False,
    ),
    StatisticFunction(
        "zscore",
        NUMERIC,
        types.NUMBER,
        "How many standard deviations (the sample's) the value lies above the mean.",
        "zscore(revenue over region)",
        descending=False,
    ),
)

_ACROSS_ROWS = frozenset(
    "count count_distinct sum mean min max median stdev any all mode share".split()
)  # `first`, `last` and `list` are about rows below only


@cache
def statistics() -> dict[str, StatisticFunction]:
    """Return the statistics, by name."""
    return {function.name: function for function in _STATISTICS}


@cache
def aggregates_across_rows() -> dict[str, AggregateFunction]:
    """Return the aggregates that can be taken over rows of the entity, by name."""
    return {name: function for name, function in aggregates().items() if name in _ACROSS_ROWS}


def tiles(value: Value) -> int | None:
    """Return a number of tiles, or None where the value is none."""
    whole = value if isinstance(value, int) and not isinstance(value, bool) else None
    return whole if whole is not None and 1 <= whole <= MAX_TILES else None


def share_units(value: Value) -> int | None:
    """Return a share in units of its last place, or None where the value is no share."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not 0 <= value <= 1:
        return None
    return int((Decimal(str(value)) * SHARE_UNITS).to_integral_value(ROUND_HALF_EVEN))


def is_place(function: str) -> bool:
    """Whether a statistic is a row's own, so that a row that takes no part has none."""
    return function in statistics() and not statistics()[function].of_group
