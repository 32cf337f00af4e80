"""Rows that several rules decided.

They are taken apart by all that is to be said of these. What is said in few rows is left for what rules have to say by
themselves to be joined together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from segrules.engine.alike_rows import (
    AS_WRITTEN,
    MOST_SETS,
    ROWS,
    AlikeRows,
    rules_told,
    sets,
    told_where,
    truths,
    varying,
)
from segrules.plan.steps import Explained
from segrules.program.program import HitPolicy

_FEW = 1024
"""Less than one in so many rows of a table are few."""


@dataclass(frozen=True, slots=True)
class SeveralRows:
    """Rows that several rules of a segmentation decided: those that are `alike`, and where those are that are `left`.

    `alone` is where the others are.
    """

    alike: tuple[AlikeRows, ...]
    left: pl.Series
    alone: pl.Series


def several_rows(explained: Explained, frame: pl.DataFrame) -> SeveralRows:
    """Return the rows of a frame that several rules decided."""
    where = _several(explained, frame)
    sayable = _Sayable(explained)
    conditions = sayable.conditions()
    if not where.any():
        return SeveralRows((), where, ~where)
    by_set = sets(frame, where, conditions).collect(engine="in-memory", optimizations=AS_WRITTEN)
    size = pl.col(ROWS).list.len()
    by_size = by_set.sort(size, descending=True, maintain_order=True)
    common = by_size.filter(size > frame.height // _FEW)[:MOST_SETS]
    alike = (
        sayable.alike(rows, true) for true, rows in zip(truths(common, len(conditions)), common[ROWS], strict=True)
    )
    rare = by_size[common.height :][ROWS].explode()
    return SeveralRows(tuple(alike), _nowhere(frame).scatter(rare, True), ~where)


def _several(explained: Explained, frame: pl.DataFrame) -> pl.Series:
    """Return in which rows several rules decide; of the `first` it is never more than one."""
    one = several = _nowhere(frame)
    if explained.segmentation.hit_policy is HitPolicy.FIRST:
        return several
    for _, column in explained.deciding:
        one, several = one | frame[column], several | (one & frame[column])
    return several


def _nowhere(frame: pl.DataFrame) -> pl.Series:
    return pl.repeat(False, frame.height, dtype=pl.Boolean(), eager=True)


class _Sayable:
    """What can be said of rows of a segmentation, as conditions that are true of some."""

    def __init__(self, explained: Explained) -> None:
        self._explained = explained
        self._rules = rules_told(explained)

    def conditions(self) -> list[pl.Expr]:
        """Return what tells apart what is to be said of rows, in the order in which `alike` reads it."""
        found = [pl.col(self._explained.conflict), pl.col(self._explained.provisional)]
        for _, column, told in self._rules:
            decides = pl.col(column)
            found += [decides, *(decides & pl.col(name) for name in varying(told))]
        return found

    def alike(self, rows: pl.Series, true: Sequence[bool]) -> AlikeRows:
        """Return rows with what is to be said of them, where these of the conditions are true."""
        left = iter(true)
        in_conflict, provisional = next(left), next(left)
        rules = []
        for rule, _, told in self._rules:
            decides, shown = next(left), told_where(told, [next(left) for _ in varying(told)])
            if decides:
                rules.append((rule, shown))
        return AlikeRows(rows, tuple(rules), provisional, in_conflict)
