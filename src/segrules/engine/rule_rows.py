"""The rows that rules decide, apart by which of their conditions are told there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from segrules.engine.alike_rows import (
    AS_WRITTEN,
    MOST_BITS,
    MOST_SETS,
    ROWS,
    SET,
    AlikeRows,
    bits,
    rules_told,
    sets,
    told_where,
    varying,
)
from segrules.plan.steps import Explained, Told
from segrules.program.program import Rule


def rule_rows(explained: Explained, frame: pl.DataFrame, where: pl.Series) -> list[AlikeRows]:
    """Return the rows that each rule decides where it is asked for, in the order of the rules."""
    rules = rules_told(explained)
    queries = [sets(frame, frame[column] & where, _conditions(told)) for _, column, told in rules]
    by_set = pl.collect_all(queries, engine="in-memory", optimizations=AS_WRITTEN)
    each = zip(rules, by_set, strict=True)
    return [rows for (rule, _, told), found in each for rows in _by_set(rule, told, found)]


def _conditions(told: Sequence[Told]) -> list[pl.Expr]:
    """Return what tells apart rows that a rule decides; nothing where it is too much for a set."""
    names = varying(told)
    return [pl.col(name) for name in names] if len(names) <= MOST_BITS else []


def _by_set(rule: Rule, told: Sequence[Told], found: pl.DataFrame) -> Iterator[AlikeRows]:
    count = len(varying(told))
    if count > MOST_BITS or found.height > MOST_SETS:
        yield AlikeRows(found[ROWS].explode(), ((rule, None),))
        return
    for number, rows in zip(found[SET], found[ROWS], strict=True):
        yield AlikeRows(rows, ((rule, told_where(told, bits(number, count))),))
