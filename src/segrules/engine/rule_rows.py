"""The rows that rules decide, apart by which of their conditions are told there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from segrules.engine.alike_rows import (
    AS_WRITTEN,
    MOST_SETS,
    ROWS,
    AlikeRows,
    rows_where,
    rules_told,
    sets,
    told_where,
    truths,
    varying,
)
from segrules.plan.steps import Explained, Told
from segrules.program.program import Rule


def rule_rows(explained: Explained, frame: pl.DataFrame, where: pl.Series) -> list[AlikeRows]:
    """Return the rows that each rule decides where it is asked for, in the order of the rules."""
    if not where.any():
        return []
    rules = rules_told(explained)
    differ = {
        rule: sets(frame, frame[column] & where, [pl.col(name) for name in (explained.provisional, *varying(told))])
        for rule, column, told in rules
        if varying(told)
    }
    found = pl.collect_all(differ.values(), engine="in-memory", optimizations=AS_WRITTEN)
    by_set = dict(zip(differ, found, strict=True))
    provisional = frame[explained.provisional]
    parts = ((where & ~provisional, False), (where & provisional, True))
    return [
        rows
        for rule, column, told in rules
        for rows in (
            _apart(rule, told, by_set[rule])
            if rule in by_set and by_set[rule].height <= MOST_SETS
            else _together(rule, told, frame, column, parts)
        )
    ]


def _apart(rule: Rule, told: Sequence[Told], by_set: pl.DataFrame) -> Iterator[AlikeRows]:
    """Yield the rows that a rule decided by which of its conditions are told."""
    for (provisional, *true), rows in zip(truths(by_set, 1 + len(varying(told))), by_set[ROWS], strict=True):
        yield AlikeRows(rows, ((rule, told_where(told, true)),), provisional)


def _together(
    rule: Rule, told: Sequence[Told], frame: pl.DataFrame, column: str, parts: Sequence[tuple[pl.Series, bool]]
) -> Iterator[AlikeRows]:
    """Yield the rows that a rule decided where the same is told in all, or where there are too many sets for that."""
    for where, provisional in parts:
        if len(rows := rows_where(frame, frame[column] & where)):
            yield AlikeRows(rows, ((rule, None if varying(told) else told_where(told, [])),), provisional)


def rows_of_none(explained: Explained, frame: pl.DataFrame) -> list[AlikeRows]:
    """Return the provisional rows that no rule decides."""
    left = frame[explained.provisional]
    for _, column in explained.deciding:
        left = left & ~frame[column]
    rows = rows_where(frame, left)
    return [AlikeRows(rows, (), provisional=True)] if len(rows) else []
