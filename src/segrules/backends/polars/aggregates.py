"""How each aggregate is written in Polars, over the groups of a group-by: one line a name.

Doubles are added in the order of the rows: as a list, because the sum of a group is not worked out in order. Nothing
may be missing in the list, for then its sum is not either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from segrules.backends.polars.arithmetic import WIDE, finite, in_38_digits, units
from segrules.backends.polars.dtypes import as_text, dtype_of, literal
from segrules.backends.polars.ranges import Range, fits
from segrules.language.types import Kind, Type
from segrules.language.values import Value
from segrules.plan.presence import aggregate_can_be_missing
from segrules.program.nodes import Aggregate

_WRAPPED = 2.0**126
"""So far from its estimate a sum in 128 bits is only if it went round."""


@dataclass(frozen=True, slots=True)
class Group:
    """What an aggregate takes, in the rows of a group.

    `value` is missing also where `where` is not true. `key` are the columns of the table's key. `at_most` is how many
    rows there can be.
    """

    node: Aggregate
    value: pl.Expr
    where: pl.Expr | None
    by: pl.Expr | None
    key: Sequence[pl.Expr]
    range: Range
    at_most: int

    @property
    def kind(self) -> Type:
        """The type of the value."""
        assert self.node.value is not None
        return self.node.value.type

    @property
    def rows(self) -> pl.Expr:
        """How many rows `where` leaves."""
        return pl.len() if self.where is None else self.where.sum()

    @property
    def whole(self) -> bool:
        """Whether every row of the group has a value."""
        return self.where is None and not self.kind.nullable

    @property
    def sums(self) -> Range:
        """The range of sums of the values."""
        return self.range[0] * self.at_most, self.range[1] * self.at_most

    @property
    def present(self) -> pl.Expr:
        """The values that are there."""
        return self.value if self.whole else self.value.drop_nulls()


Builder = Callable[[Group], pl.Expr]


def _count(group: Group) -> pl.Expr:
    return (group.rows if group.node.value is None else group.value.count()).cast(pl.Int64())


def _sum(group: Group) -> pl.Expr:
    total = _total(group)
    if not group.kind.nullable:
        return total
    return pl.when((group.value.count() > 0) | (group.rows == 0)).then(total)


def _total(group: Group) -> pl.Expr:
    safe = fits(group.sums, group.kind)
    match group.kind.kind:
        case Kind.INTEGER:
            return group.value.sum() if safe else group.value.cast(WIDE).sum().cast(pl.Int64(), strict=False)
        case Kind.DECIMAL:
            return group.value.sum() if safe else _decimal_total(group)
        case _:
            return finite(_in_order(group.value, group.whole))


def _decimal_total(group: Group) -> pl.Expr:
    total = units(group.value).sum()
    estimate = units(group.value).cast(pl.Float64()).sum()
    went_round = (estimate - total.cast(pl.Float64())).abs() > _WRAPPED
    return in_38_digits(pl.when(~went_round).then(total), group.kind)


def _in_order(numbers: pl.Expr, whole: bool) -> pl.Expr:
    return (numbers if whole else numbers.fill_null(0.0)).implode().list.sum()


def _mean(group: Group) -> pl.Expr:
    count = group.value.count()
    return pl.when(count > 0).then(_total(group).cast(pl.Float64()) / count.cast(pl.Float64()))


def _median(group: Group) -> pl.Expr:
    ordered, count = group.present.cast(pl.Float64()).sort(), group.value.count().cast(pl.Int64())
    low, high = (ordered.get(place, null_on_oob=True) for place in ((count - 1) // 2, count // 2))
    found = pl.when(low == high).then(low).otherwise(finite((low + high) * 0.5))
    return pl.when(count > 0).then(found)


def _stdev(group: Group) -> pl.Expr:
    deviation = group.value.cast(pl.Float64()) - _mean(group)
    squares = finite(_in_order(deviation * deviation, False))
    count = group.value.count()
    return pl.when((count > 1) & _mean(group).is_not_null()).then((squares / (count.cast(pl.Float64()) - 1)).sqrt())


def _any(group: Group) -> pl.Expr:
    complete = group.rows == group.value.count()
    return pl.when(group.value.any()).then(True).when(complete).then(False)


def _all(group: Group) -> pl.Expr:
    complete = group.rows == group.value.count()
    return pl.when(~group.value.all()).then(False).when(complete).then(True)


def _share(group: Group) -> pl.Expr:
    count = group.value.count().cast(pl.Float64())
    return pl.when(count > 0).then(group.value.sum().cast(pl.Float64()) / count)


def _by_text(values: pl.Expr, group: Group, choose: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """Choose among values by their order; texts are ordered by code point, whatever order they were declared in."""
    return choose(as_text(values, group.kind)).cast(dtype_of(group.kind))


def _placed(last: bool) -> Builder:
    def build(group: Group) -> pl.Expr:
        assert group.by is not None
        placed = group.value.is_not_null() & group.by.is_not_null()
        ties = group.key or [_plain(group)]
        order = [one.filter(placed) for one in (group.by, *ties)]
        return group.value.filter(placed).sort_by(order, descending=last).first()

    return build


def _plain(group: Group) -> pl.Expr:
    kind = group.kind
    if kind.kind is Kind.LIST and kind.item is not None and kind.item.values is not None:
        return group.value.cast(pl.List(pl.String()))
    return as_text(group.value, kind)


BUILDERS: dict[str, Builder] = {
    "count": _count,
    "count_distinct": lambda group: group.present.n_unique().cast(pl.Int64()),
    "sum": _sum,
    "mean": _mean,
    "min": lambda group: group.value.min(),
    "max": lambda group: group.value.max(),
    "median": _median,
    "stdev": _stdev,
    "any": _any,
    "all": _all,
    "first": _placed(last=False),
    "last": _placed(last=True),
    "mode": lambda group: _by_text(group.present, group, lambda values: values.mode().min()),
    "share": _share,
    "list": lambda group: _by_text(group.present, group, lambda values: values.sort()),
}

_OF_NO_ROWS: dict[str, Value] = {"count": 0, "count_distinct": 0, "any": False, "all": True, "list": ()}


def of_no_rows(node: Aggregate) -> pl.Expr | None:
    """Return what an aggregate of no rows is, or None if it is missing."""
    if node.function == "sum":
        return pl.lit(0).cast(dtype_of(node.type))
    value = _OF_NO_ROWS.get(node.function)
    return None if value is None else literal(value, node.type)


def depends_on_order(node: Aggregate) -> bool:
    """Whether the order of the rows counts: where doubles are added up, to the last bit."""
    is_double = node.value is not None and node.value.type.kind is Kind.NUMBER
    return node.function == "stdev" or (node.function in ("sum", "mean") and is_double)


def can_be_missing(group: Group) -> bool:
    """Whether an aggregate can be missing, now that ranges are known."""
    if group.node.function == "sum" and group.kind.kind is not Kind.NUMBER and not group.kind.nullable:
        return not fits(group.sums, group.kind)
    return aggregate_can_be_missing(group.node)
