"""What the numbered conditions of a result are."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from segrules.explain.wording import written
from segrules.program.conditions import Condition

_TEXTS = pl.List(pl.String())
_SCHEMA: dict[str, pl.DataType] = {
    "condition": pl.String(), "text": pl.String(), "file": pl.String(), "line": pl.Int64(), "column": pl.Int64(),
    "rules": _TEXTS, "segmentations": _TEXTS,
}  # fmt: skip


def legend(conditions: Iterable[Condition]) -> pl.DataFrame:
    """Return a row for each condition: its name, its text and where it first stands, and all the rules it stands in."""
    return pl.DataFrame([_row(condition) for condition in conditions], _SCHEMA, orient="row")


def _row(condition: Condition) -> tuple[object, ...]:
    span = condition.expression.span
    segmentations = dict.fromkeys(segmentation.name for segmentation, _ in condition.places)
    return (
        condition.name,
        written(condition.expression),
        span.source.name,
        span.position.line,
        span.position.column,
        [rule.id for _, rule in condition.places],
        list(segmentations),
    )
