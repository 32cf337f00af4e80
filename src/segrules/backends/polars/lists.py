"""Whether a value is one of others: options that are written, or members of a list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

import polars as pl

from segrules.backends.polars.dtypes import dtype_of, literal
from segrules.language.types import Type
from segrules.language.values import Value

_FEW = 8
"""So many comparisons are faster than a look into a set."""


def among_values(item: pl.Expr, kind: Type, values: Sequence[Value]) -> pl.Expr:
    """Return whether a value is one of some that are the same for every row, none of them missing."""
    if 0 < len(values) <= _FEW:
        return reduce(or_, (item == literal(value, kind) for value in values))
    return item.is_in(pl.Series(values, dtype=dtype_of(kind)).implode())


def in_column(item: pl.Expr, members: pl.Expr, may_lack_members: bool) -> pl.Expr:
    """Return whether a list has a member; one with a missing member perhaps has it, and an empty one has nothing."""
    unknown = item.is_null() & (members.list.len() > 0)
    if may_lack_members:
        unknown |= members.list.len() > members.list.drop_nulls().list.len()
    found = members.list.contains(item, nulls_equal=False)
    return pl.when(found).then(True).when(unknown).then(None).when(members.is_not_null()).then(False)
