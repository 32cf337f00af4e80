"""Statistics of all rows: measured once for each way in which they are parted into groups, then finished row by row.

A group-by gives each group's measures; those that differ from row to row are lists, which are laid out again and joined
to the rows by their number. There is no window function: it would hold every column of the table in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from segrules.backends.polars.aggregates import BUILDERS, Group
from segrules.backends.polars.arithmetic import WIDE, divided, finite, units
from segrules.backends.polars.dtypes import as_text
from segrules.backends.polars.expressions import Builder
from segrules.backends.polars.ranges import MAX_ROWS, Range, full
from segrules.language.statistics import MAX_TILES, SHARE_UNITS, share_units, tiles
from segrules.language.types import NUMERIC, Kind, Type
from segrules.language.values import Value
from segrules.plan.steps import Survey
from segrules.program.nodes import Aggregate, Constant, Statistic
from segrules.program.program import Table

_ROW = "~row of survey"
_NOTHING = pl.lit(None)


@dataclass(slots=True)
class _Measures:
    """What is measured in each group, each once, by the name of its column: one value a group, or one a row."""

    of_group: dict[str, pl.Expr] = field(default_factory=dict)
    of_row: dict[str, pl.Expr] = field(default_factory=dict)

    def group(self, name: str, expression: pl.Expr) -> pl.Expr:
        """Return the column of a value that is the same for all rows of a group."""
        self.of_group.setdefault(name, expression)
        return pl.col(name)

    def row(self, name: str, expression: pl.Expr) -> pl.Expr:
        """Return the column of a value that each row of a group has for itself."""
        self.of_row.setdefault(name, expression)
        return pl.col(name)


@dataclass(frozen=True, slots=True)
class _Place:
    """The places of rows by a value: `column` holds it where the row takes part, `key` orders equal ones."""

    measures: _Measures
    column: str
    type: Type
    descending: bool
    key: Sequence[pl.Expr]

    @property
    def value(self) -> pl.Expr:
        """The value."""
        return pl.col(self.column)

    @property
    def count(self) -> pl.Expr:
        """How many rows take part."""
        return self.measures.group(f"{self.column}:count", _whole(self.value.count()))

    @property
    def rank(self) -> pl.Expr:
        """1 plus the number of rows before."""
        return self._ranked("min")

    @property
    def upto(self) -> pl.Expr:
        """The number of rows up to this one and those that are equal."""
        return self._ranked("max")

    @property
    def dense(self) -> pl.Expr:
        """1 plus the number of different values before."""
        return self._ranked("dense")

    @property
    def number(self) -> pl.Expr:
        """The row's own place; behind all others where it takes no part."""
        order = [self.descending, *(False for _ in self.key)]
        rows = pl.int_range(pl.len()).sort_by([self.value, *self.key], descending=order, nulls_last=True)
        return self.measures.row(f"{self.column}:number {self.descending}", _whole(rows.arg_sort()) + 1)

    def _ranked(self, method: str) -> pl.Expr:
        ranked = self.value.rank(method, descending=self.descending)  # type: ignore[arg-type]
        return self.measures.row(f"{self.column}:{method} {self.descending}", _whole(ranked))


def _whole(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.Int64())


class Surveying:
    """A compiled `Survey`."""

    def __init__(self, step: Survey, table: Table, builder: Builder, rows: int) -> None:
        self._step = step
        self._builder = builder
        self._rows = rows
        self._inputs: dict[str, pl.Expr] = {}
        self._names: dict[object, str] = {}
        self._measures = _Measures()
        self._key = [self._input(name, as_text(pl.col(name), table.column(name).type)) for name in table.key]
        self._results = [self._result(name, node).alias(name) for name, node in step.statistics]
        self.ranges: dict[str, Range] = {
            name: _range(node) for name, node in step.statistics if node.type.kind in NUMERIC
        }

    def apply(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """Return the rows with their statistics, in their order."""
        rows = frame.with_columns(expression.alias(name) for name, expression in self._inputs.items())
        measured = self._grouped(rows) if self._step.over else self._together(rows)
        own = [*self._inputs, *self._measures.of_group, *self._measures.of_row, _ROW]
        return measured.with_columns(self._results).drop(own, strict=False)

    def _together(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        of_group, of_row = self._measured()
        placed = rows.with_columns(of_row)
        return placed.join(rows.select(of_group), how="cross", maintain_order="left") if of_group else placed

    def _grouped(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        over = self._step.over
        of_group, of_row = self._measured()
        if not of_row:
            groups = rows.select(*over, *self._inputs).group_by(over).agg(of_group)
            return rows.join(groups, on=over, how="left", maintain_order="left")
        numbered = rows.with_row_index(_ROW)
        placed = (
            numbered.select(*over, *self._inputs, _ROW)
            .filter(pl.col(name).is_not_null() for name in over)
            .group_by(over)
            .agg(pl.col(_ROW), *of_group, *of_row)
            .explode(_ROW, *self._measures.of_row)
            .drop(over)
        )
        return numbered.join(placed, on=_ROW, how="left", maintain_order="left")

    def _measured(self) -> tuple[list[pl.Expr], list[pl.Expr]]:
        measures = self._measures
        return (
            [expression.alias(name) for name, expression in measures.of_group.items()],
            [expression.alias(name) for name, expression in measures.of_row.items()],
        )

    # --- one statistic -----------------------------------------------------------------------------------------------

    def _input(self, about: object, expression: pl.Expr) -> pl.Expr:
        """Return the column with what `about` stands for, which is added first if it is new."""
        name = self._names.setdefault(about, f"~input{len(self._names)}")
        self._inputs.setdefault(name, expression)
        return pl.col(name)

    def _result(self, name: str, node: Statistic) -> pl.Expr:
        group = self._group(node)
        if node.function in BUILDERS:
            return self._measures.group(f"{name}:", BUILDERS[node.function](group))
        amount = node.amount.value if isinstance(node.amount, Constant) else None
        column = self._names[(node.value, node.where)]
        place = _Place(self._measures, column, node.value.type, node.descending, self._key)
        if node.function in _OF_VALUES:
            return _OF_VALUES[node.function](name, group, self._measures, amount)
        if node.amount is not None and tiles(amount) is None:
            return _NOTHING.cast(pl.Int64())
        return _PLACES[node.function](place, tiles(amount) or 1)

    def _group(self, node: Statistic) -> Group:
        value = self._builder.build(node.value)
        where = self._builder.build(node.where).expression if node.where is not None else None
        taken = value.expression if where is None else pl.when(where).then(value.expression)
        aggregate = Aggregate(node.function, (), value.node, node.where, None, node.type, node.span)
        return Group(
            aggregate,
            value=self._input((node.value, node.where), taken),
            where=None if where is None else self._input((node.where,), where),
            by=None,
            key=(),
            range=value.range,
            at_most=self._rows,
        )


def _ntile(place: _Place, count: int) -> pl.Expr:
    before, rows = place.number - 1, place.count
    size, larger = rows // count, rows % count
    cut = larger * (size + 1)
    tile = pl.when(before < cut).then(before // (size + 1)).otherwise(larger + (before - cut) // size)
    return pl.when(place.value.is_not_null()).then(tile + 1)


def _qcut(place: _Place, count: int) -> pl.Expr:
    """Return 1 plus the inner quantiles below: the k-th of n lies k/n of the steps between the rows above the first."""
    before, steps = place.rank - 1, place.count - 1
    tile = pl.when(before > 0).then((before * count + steps - 1) // steps).otherwise(pl.lit(1, dtype=pl.Int64()))
    return pl.when(place.rank.is_not_null()).then(tile)


_PLACES: dict[str, Callable[[_Place, int], pl.Expr]] = {
    "rank": lambda place, _: place.rank,
    "dense_rank": lambda place, _: place.dense,
    "row_number": lambda place, _: pl.when(place.value.is_not_null()).then(place.number),
    "percentile": lambda place, _: divided(place.upto.cast(pl.Float64()), place.count.cast(pl.Float64()), safe=True),
    "ntile": _ntile,
    "qcut": _qcut,
}


def _quantile(name: str, group: Group, measures: _Measures, amount: Value) -> pl.Expr:
    share = share_units(amount)
    if share is None:
        return _NOTHING.cast(pl.Float64())
    ordered = group.present.cast(pl.Float64()).sort()
    place = (_whole(group.value.count()) - 1) * share
    low, high = (
        measures.group(f"{name}:{step}", ordered.get(place // SHARE_UNITS + step, null_on_oob=True)) for step in (0, 1)
    )
    rest = measures.group(f"{name}:rest", place % SHARE_UNITS)
    part = divided(rest.cast(pl.Float64()), pl.lit(float(SHARE_UNITS)), safe=True)
    return pl.when(rest == 0).then(low).otherwise(finite(low + part * (high - low)))


def _cumulative_share(name: str, group: Group, measures: _Measures, _: Value) -> pl.Expr:
    """Return the share: exact numbers are added in units of their last place, doubles from the largest down.

    No part of a total that fits is larger than it, so that nothing goes round in 128 bits unseen.
    """
    kind = group.kind.kind
    value = group.value if kind is Kind.NUMBER else (units if kind is Kind.DECIMAL else _wide)(group.value)
    sums = value.sort(descending=True, nulls_last=True).cum_sum()
    upto = measures.row(f"{name}:sum", sums.gather(group.value.rank("max", descending=True) - 1).cast(pl.Float64()))
    exact = BUILDERS["sum"](group)
    total = finite(sums.max()) if kind is Kind.NUMBER else (units(exact) if kind is Kind.DECIMAL else exact)
    whole = measures.group(f"{name}:total", total.cast(pl.Float64()))
    negative = measures.group(f"{name}:negative", (value.min() < 0).fill_null(False))
    return pl.when(~negative & (whole > 0)).then(divided(upto, whole, safe=True))


_OF_VALUES: dict[str, Callable[[str, Group, _Measures, Value], pl.Expr]] = {
    "quantile": _quantile,
    "cumulative_share": _cumulative_share,
}


def _wide(number: pl.Expr) -> pl.Expr:
    return number.cast(WIDE)


def _range(node: Statistic) -> Range:
    match node.function:
        case "count" | "count_distinct" | "rank" | "dense_rank" | "row_number":
            return 0, MAX_ROWS
        case "ntile" | "qcut":
            return 1, MAX_TILES
        case _:
            return full(node.type)
