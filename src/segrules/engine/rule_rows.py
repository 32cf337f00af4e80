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
    rows_where,
    rules_told,
    sets,
    told_where,
    varying,
)
from segrules.plan.steps import Explained, Told
from segrules.program.program import Rule


def rule_rows(explained: Explained, frame: pl.DataFrame, where: pl.Series) -> list[AlikeRows]:
    """Return the rows that each rule decides where it is asked for, in the order of the rules."""
    rules = [(rule, told, frame[column] & where) for rule, column, told in rules_told(explained)]
    differ = {
        rule: sets(frame, decided, [pl.col(name) for name in varying(told)])
        for rule, told, decided in rules
        if 0 < len(varying(told)) <= MOST_BITS
    }
    found = pl.collect_all(differ.values(), engine="in-memory", optimizations=AS_WRITTEN)
    by_set = dict(zip(differ, found, strict=True))
    return [rows for rule, told, decided in rules for rows in _rows(rule, told, decided, by_set.get(rule))]


def _rows(rule: Rule, told: Sequence[Told], decided: pl.Series, by_set: pl.DataFrame | None) -> Iterator[AlikeRows]:
    """Yield the rows that a rule decided, apart by set if there are some, but not too many, for that."""
    names = varying(told)
    if by_set is not None and by_set.height <= MOST_SETS:
        for number, rows in zip(by_set[SET], by_set[ROWS], strict=True):
            yield AlikeRows(rows, ((rule, told_where(told, bits(number, len(names)))),))
    elif len(rows := rows_where(decided)):
        yield AlikeRows(rows, ((rule, None if names else told_where(told, [])),))
