"""Rows of which more than one thing is to be said: several rules decided, or something is in doubt.

They are taken apart by all that is to be said. What is said in few rows is left for what rules have to say by
themselves to be joined together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    doubts = Doubts(explained)
    conditions = _conditions(explained, doubts)
    if len(conditions) > MOST_BITS:
        return SeveralRows((), more, ~more)
    by_set = sets(frame, more, conditions).collect(engine="in-memory")
    size = by_set[ROWS].list.len()
    common = by_set.filter(size > frame.height // _FEW).sort(pl.col(ROWS).list.len(), SET, descending=True)[:MOST_SETS]
    rare = by_set.join(common, on=SET, how="anti")[ROWS].explode()
    alike = (
        _alike(explained, doubts, rows, iter(bits(number, len(conditions))))
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


def _conditions(explained: Explained, doubts: Doubts) -> list[pl.Expr]:
    """Return what tells apart what is to be said of rows, in the order in which `_alike` reads it."""
    provisional = pl.col(explained.provisional)
    found = [pl.col(explained.conflict), provisional]
    for rule, column in explained.deciding:
        decides = pl.col(column)
        found += [decides, *(decides & pl.col(name) for name in varying(conditions_told(explained, rule)))]
    return [*found, *(provisional & one for one in doubts.conditions)]


def _alike(explained: Explained, doubts: Doubts, rows: pl.Series, true: Iterator[bool]) -> AlikeRows:
    """Return rows with what is to be said of them, where these conditions are true."""
    in_conflict, provisional = next(true), next(true)
    rules = []
    for rule, _ in explained.deciding:
        decides = next(true)
        told = conditions_told(explained, rule)
        shown = told_where(told, [next(true) for _ in varying(told)])
        if decides:
            rules.append((rule, shown))
    return AlikeRows(rows, tuple(rules), doubts.text(list(true)) if provisional else None, in_conflict)
