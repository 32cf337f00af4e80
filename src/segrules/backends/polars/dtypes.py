"""How values of the language stand in Polars."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from segrules.language.types import Kind, Type
from segrules.language.values import MAX_DIGITS, Value

_SIMPLE: dict[Kind, pl.DataType] = {
    Kind.BOOLEAN: pl.Boolean(),
    Kind.INTEGER: pl.Int64(),
    Kind.NUMBER: pl.Float64(),
    Kind.STRING: pl.String(),
    Kind.DATE: pl.Date(),
    Kind.DATETIME: pl.Datetime("us"),
    Kind.MISSING: pl.Null(),
}


def dtype_of(kind: Type) -> pl.DataType:
    """Return the Polars type that holds values of a type; texts with declared values are an Enum."""
    match kind.kind:
        case Kind.DECIMAL:
            return pl.Decimal(MAX_DIGITS, kind.places)
        case Kind.LIST:
            assert kind.item is not None
            return pl.List(dtype_of(kind.item))
        case Kind.STRING if kind.values is not None:
            return pl.Enum(kind.values)
        case _:
            return _SIMPLE[kind.kind]


@lru_cache(maxsize=4096)
def literal(value: Value, kind: Type) -> pl.Expr:
    """Return a value that is the same for every row."""
    return pl.lit(list(value) if isinstance(value, tuple) else value, dtype=dtype_of(kind))


def known(part: pl.Expr) -> pl.Expr:
    """Return a part of a value, of a written one at once: over frames in chunks Polars gets that wrong, or fails."""
    if part.meta.root_names():
        return part
    found = pl.select(part).to_series()
    return pl.lit(found.item(), dtype=found.dtype)


def converted(expression: pl.Expr, source: Type, target: Type) -> pl.Expr:
    """Return texts, or lists of them, as the target's type holds them; everything else has one form only."""
    return expression if dtype_of(source) == dtype_of(target) else expression.cast(dtype_of(target))


def as_text(expression: pl.Expr, kind: Type) -> pl.Expr:
    """Return a text without declared values."""
    return expression.cast(pl.String()) if kind.values is not None else expression
