"""A reason for every assignment of a segmentation: the author's `because`, otherwise the rule's condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from segrules.engine.typed_table import python_values
from segrules.explain.wording import written
from segrules.language.formatting import text_of
from segrules.language.values import Value
from segrules.plan.steps import Explained
from segrules.program.program import Rule

NO_RULE = "no rule matched"

_Holes = Mapping[tuple[Rule, int], str]


def reasons(explained: Explained, frame: pl.DataFrame) -> pl.Series:
    """Return the reason of every row of a frame that has the columns of `explained`.

    Where several rules decided, or are in conflict, their reasons stand one after another.
    """
    holes = dict(explained.holes)
    told = [_of_rule(rule, column, holes, frame) for rule, column in explained.deciding]
    together = pl.concat_str(told, separator="; ", ignore_nulls=True) if told else pl.lit("")
    text = pl.when(together != "").then(together).otherwise(pl.lit(NO_RULE))
    return frame.lazy().with_columns(text.alias("~reason")).select("~reason").collect(engine="in-memory").to_series()


def _of_rule(rule: Rule, column: str, holes: _Holes, frame: pl.DataFrame) -> pl.Expr:
    """Return the reason of a rule in the rows that it decides, missing in all others."""
    if rule.because is None:
        return pl.when(pl.col(column)).then(pl.lit(written(rule.when)))
    deciding = frame[column].fill_null(False).arg_true()
    texts = pl.Series(_sentences(rule, holes, frame[deciding]), dtype=pl.String)
    return pl.lit(pl.repeat(None, frame.height, dtype=pl.String, eager=True).scatter(deciding, texts))


def _sentences(rule: Rule, holes: _Holes, rows: pl.DataFrame) -> Iterator[str]:
    """Yield a rule's `because` for each row, its holes filled in."""
    parts = [
        [part] * rows.height
        if isinstance(part, str)
        else [text_of(_value(value), part.format) for value in python_values(rows[holes[rule, place]])]
        for place, part in enumerate(rule.because or ())
    ]
    return map("".join, zip(*parts, strict=True))


def _value(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]
