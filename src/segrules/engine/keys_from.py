"""A table without a file of its own: `keys_from` makes its rows of the keys that are left in another table."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from segrules.backends.polars.dtypes import as_text, dtype_of
from segrules.engine.rows import RowCounts, truth
from segrules.program.program import Program, Table


@dataclass(frozen=True, slots=True)
class Keys:
    """A table of keys, to be worked out when somebody wants it.

    `below` holds the rows that the keys stand in, in the columns `by`, in the key's order; `where` says which of the
    keys are kept.
    """

    table: Table
    by: tuple[str, ...]
    below: pl.DataFrame
    where: pl.Expr | None

    def kept(self) -> pl.LazyFrame:
        """Return the rows that count, in ascending order."""
        made = self._made()
        return made if self.where is None else made.filter(self.where)

    def counts(self) -> RowCounts:
        """Return what became of the keys, and how many rows have none."""
        made = self._made().collect(engine="streaming")
        without = self.below.height - self.below.select(self._present().sum()).item()
        if self.where is None:
            return RowCounts(made.height, made.height, without_key=without)
        keep = truth(made, self.where)
        kept, unknown = int(keep.sum()), keep.null_count()
        return RowCounts(made.height, kept, made.height - kept - unknown, unknown, without_key=without)

    def _made(self) -> pl.LazyFrame:
        keys = self.below.lazy().filter(self._present()).select(self._named()).unique().select(self._columns())
        return keys.sort(as_text(pl.col(name), self.table.column(name).type) for name in self.table.key)

    def _present(self) -> pl.Expr:
        return pl.all_horizontal(pl.col(self.by).is_not_null())

    def _named(self) -> list[pl.Expr]:
        return [pl.col(by).alias(key) for key, by in zip(self.table.key, self.by, strict=True)]

    def _columns(self) -> list[pl.Expr]:
        """Return the table's columns: the key, and what nothing is known of."""
        key = self.table.key
        found = [(pl.col(one.name) if one.name in key else pl.lit(None), one) for one in self.table.columns]
        return [value.cast(dtype_of(column.type)).alias(column.name) for value, column in found]


def keys_from(program: Program, table: Table, below: pl.DataFrame, where: pl.Expr | None) -> Keys:
    """Return the keys of a table that stand in the rows of another: in its `belongs_to`, else under their own names."""
    assert table.keys_from is not None
    relations = program.table(table.keys_from).relations
    by = next((relation.by for relation in relations if relation.table == table.name), table.key)
    return Keys(table, by, below, where)
