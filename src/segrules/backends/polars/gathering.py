"""Aggregates of the rows below: one group-by for all that go the same way, joined to the rows above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from segrules.backends.polars.aggregates import BUILDERS, Group, can_be_missing, of_no_rows
from segrules.backends.polars.dtypes import as_text, dtype_of
from segrules.backends.polars.expressions import Builder
from segrules.backends.polars.ranges import MAX_ROWS, Range, full
from segrules.language.types import INTEGER, Type
from segrules.plan.steps import Gather
from segrules.program.nodes import Aggregate
from segrules.program.program import Table

_FOUND = "~found"


@dataclass(slots=True)
class _Inputs:
    """The columns that aggregates take, each once, so that a group-by reads nothing but columns."""

    expressions: dict[str, pl.Expr] = field(default_factory=dict)
    _names: dict[object, str] = field(default_factory=dict)

    def column(self, about: object, expression: pl.Expr) -> pl.Expr:
        """Return the column with what `about` stands for, which is added first if it is new."""
        name = self._names.setdefault(about, f"~input{len(self._names)}")
        self.expressions.setdefault(name, expression)
        return pl.col(name)


class Gathering:
    """A compiled `Gather`."""

    def __init__(self, step: Gather, above: Table, below: Table, builder: Builder, rows: int) -> None:
        self._step = step
        self._keys = [f"~key{number}" for number in range(len(step.key))]
        self._above = above
        self._below = below
        self._builder = builder
        self._rows = rows
        self._inputs = _Inputs()
        self._aggregates = {name: self._group(node) for name, node in step.aggregates}
        self.ranges: dict[str, Range] = {name: _range(group) for name, group in self._aggregates.items()}
        self.present = {name for name, group in self._aggregates.items() if not can_be_missing(group)}

    def _group(self, node: Aggregate) -> Group:
        value = self._builder.build(node.value) if node.value else None
        where = self._builder.build(node.where).expression if node.where else None
        by = self._builder.build(node.by).expression if node.by else None
        taken = None if value is None else value.expression
        if taken is not None and where is not None:
            taken = pl.when(where).then(taken)
        return Group(
            replace(node, value=value.node if value else None),
            value=pl.len() if taken is None else self._inputs.column((node.value, node.where), taken),
            where=None if where is None else self._inputs.column((node.where,), where),
            by=None if by is None else self._inputs.column((node.by,), by),
            key=[self._key(name) for name in self._below.key] if by is not None else [],
            range=value.range if value else full(INTEGER),
            at_most=self._rows,
        )

    def _key(self, name: str) -> pl.Expr:
        return self._inputs.column(name, as_text(pl.col(name), self._below.column(name).type))

    def apply(self, above: pl.LazyFrame, below: pl.LazyFrame) -> pl.LazyFrame:
        """Return the rows above with the aggregates, in their order."""
        groups = self._groups(below, {_FOUND: pl.lit(True).first()})
        joined = above.join(groups, left_on=self._step.key, right_on=self._keys, how="left", maintain_order="left")
        return joined.with_columns(self._of_no_rows()).drop(_FOUND)

    def make(self, below: pl.LazyFrame) -> pl.LazyFrame:
        """Return the rows above as `keys_from` makes them of the keys in the rows below, with the aggregates."""
        keys = dict(zip(self._step.key, self._keys, strict=True))
        columns = [
            (pl.col(keys[column.name]) if column.name in keys else pl.lit(None, dtype_of(column.type))).alias(
                column.name
            )
            for column in self._above.columns
        ]
        order = [as_text(pl.col(keys[name]), self._above.column(name).type) for name in self._step.key]
        return self._groups(below, {}).sort(order).select(*columns, *self._aggregates)

    def _groups(self, below: pl.LazyFrame, further: Mapping[str, pl.Expr]) -> pl.LazyFrame:
        always = {column.name for column in self._below.columns if not column.type.nullable}
        found = [pl.col(by).is_not_null() for by in self._step.by if by not in always]
        inputs = (below.filter(found) if found else below).select(
            *(pl.col(by).alias(key) for by, key in zip(self._step.by, self._keys, strict=True)),
            *(expression.alias(name) for name, expression in self._inputs.expressions.items()),
        )
        groups = inputs.group_by(self._keys).agg(
            *(BUILDERS[group.node.function](group).alias(name) for name, group in self._aggregates.items()),
            **further,
        )
        types = (self._above.column(name).type for name in self._step.key)
        return groups.with_columns(as_key(pl.col(key), kind) for key, kind in zip(self._keys, types, strict=True))

    def _of_no_rows(self) -> Mapping[str, pl.Expr] | list[pl.Expr]:
        filled = []
        for name, group in self._aggregates.items():
            nothing = of_no_rows(group.node)
            if nothing is None:
                continue
            found = pl.col(name)
            if can_be_missing(group):
                filled.append(pl.when(pl.col(_FOUND)).then(found).otherwise(nothing).alias(name))
            else:
                filled.append(found.fill_null(nothing).alias(name))
        return filled


def as_key(column: pl.Expr, kind: Type) -> pl.Expr:
    """Return a column in the form of the key that it is to meet; a text that the key cannot have meets none."""
    plain = column.cast(pl.String()) if kind.values is not None else column
    return plain.cast(dtype_of(kind), strict=False)


def _range(group: Group) -> Range:
    match group.node.function:
        case "count" | "count_distinct":
            return 0, MAX_ROWS
        case "min" | "max" | "first" | "last" | "mode":
            return group.range
        case _:
            return full(group.node.type)
