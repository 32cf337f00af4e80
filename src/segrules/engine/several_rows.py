"""Rows of which more than one thing is to be said: several rules decided, or something is in doubt.

They are taken apart by all that is to be said. What is said in few rows is left for what rules have to say by
themselves to be joined together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from segrules.engine.doubts import Doubts
from segrules.plan.steps import Explained

_FEW = 1024
"""Less than one in so many rows of a table are few."""


@dataclass(frozen=True, slots=True)
class SeveralRows:
    """Rows of a segmentation of which more than one thing is to be said: those that are `alike`, and those `left`.

    `alone` are the others, of which there is one thing to say.
    """

    alike: tuple[AlikeRows, ...]
    left: pl.Series
    alone: pl.Series


def several_rows(explained: Explained, frame: pl.DataFrame) -> SeveralRows:
    """Return the rows of a frame of which more than one thing is to be said."""
    more = frame[explained.provisional] | _several(explained, frame)
    sayable = _Sayable(explained)
    conditions = sayable.conditions()
    if len(conditions) > MOST_BITS:
        return SeveralRows((), more, ~more)
    by_set = sets(frame, more, conditions).collect(engine="in-memory", optimizations=AS_WRITTEN)
    size = pl.col(ROWS).list.len()
    common = by_set.filter(size > frame.height // _FEW).sort(size, SET, descending=True)[:MOST_SETS]
    rare = by_set.join(common, on=SET, how="anti")[ROWS].explode()
    alike = (
        sayable.alike(rows, bits(number, len(conditions)))
        for number, rows in zip(common[SET], common[ROWS], strict=True)
    )
    return SeveralRows(tuple(alike), _nowhere(frame).scatter(rare, True), ~more)


def _several(explained: Explained, frame: pl.DataFrame) -> pl.Series:
    """Return in which rows several rules decide."""
    one = several = _nowhere(frame)
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
        self._doubts = Doubts(explained)

    def conditions(self) -> list[pl.Expr]:
        """Return what tells apart what is to be said of rows, in the order in which `alike` reads it."""
        provisional = pl.col(self._explained.provisional)
        found = [pl.col(self._explained.conflict), provisional]
        for _, column, told in self._rules:
            decides = pl.col(column)
            found += [decides, *(decides & pl.col(name) for name in varying(told))]
        return [*found, *(provisional & one for one in self._doubts.conditions)]

    def alike(self, rows: pl.Series, true: Sequence[bool]) -> AlikeRows:
        """Return rows with what is to be said of them, where these of the conditions are true."""
        left = iter(true)
        in_conflict, provisional = next(left), next(left)
        rules = []
        for rule, _, told in self._rules:
            decides, shown = next(left), told_where(told, [next(left) for _ in varying(told)])
            if decides:
                rules.append((rule, shown))
        return AlikeRows(rows, tuple(rules), self._doubts.text(list(left)) if provisional else None, in_conflict)
