"""Values of a column as text, each different one written once."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from segrules.engine.typed_table import python_values
from segrules.language.values import Value

Writer = Callable[[Value], str]


def texts_of(values: pl.Series, write: Writer) -> pl.Series:
    """Return the text of every value, missing ones included."""
    if isinstance(values.dtype, pl.List):
        return pl.Series([write(_value(value)) for value in values.to_list()], dtype=pl.String)
    different = values.drop_nulls().unique()
    written = pl.Series([write(_value(value)) for value in python_values(different)], dtype=pl.String)
    return values.replace_strict(different, written, default=write(None), return_dtype=pl.String)


def _value(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]
