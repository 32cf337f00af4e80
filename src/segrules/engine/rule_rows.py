"""The rows that rules decide, apart by which of their conditions are told there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from segrules.engine.alike_rows import (
    MOST_BITS,
    MOST_SETS,
    ROWS,
    SET,
    AlikeRows,
    bits,
    conditions_told,
    sets,
    told_where,
    varying,
)
from segrules.plan.steps import Explained, Told
from segrules.program.program import Rule


def rule_rows(explained: Explained, frame: pl.DataFrame, where: pl.Series) -> list[AlikeRows]:
    """Return the rows that each rule decides where it is asked for, in the order of the rules."""
    deciding = [(rule, conditions_told(explained, rule), frame[column] & where) for rule, column in explained.deciding]
    queries = [sets(frame, rows, _varying(told)) for _, told, rows in deciding]
    by_set = zip(deciding, pl.collect_all(queries, engine="in-memory"), strict=True)
    return [rows for (rule, told, _), found in by_set for rows in _by_set(rule, told, found)]


def _varying(told: Sequence[Told]) -> list[pl.Expr]:
    return [pl.col(name) for name in varying(told)[:MOST_BITS]]


def _by_set(rule: Rule, told: Sequence[Told], found: pl.DataFrame) -> Iterator[AlikeRows]:
    count = len(varying(told))
    if count > MOST_BITS or found.height > MOST_SETS:
        yield AlikeRows(found[ROWS].explode(), ((rule, None),))
        return
    for number, rows in zip(found[SET], found[ROWS], strict=True):
        yield AlikeRows(rows, ((rule, told_where(told, bits(number, count))),))
