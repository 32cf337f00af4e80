"""What is in doubt of a row that is provisional: what else it may get, and what is missing to tell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress

import polars as pl

from segrules.engine.alike_rows import AS_WRITTEN, ROWS, sets, truths
from segrules.engine.pieces import LookUp
from segrules.explain import reasons as wording
from segrules.plan.steps import Explained
from segrules.program.program import CONFLICT, NO_SEGMENT, HitPolicy

DOUBT = "~doubt"
"""The column of the places of what is in doubt."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is in doubt of rows: texts, and for every row the place of its own among them, the first if nothing is."""

    texts: pl.Series
    at: pl.Series

    @property
    def text(self) -> LookUp:
        """The text of a row that is provisional, for frames with `at` as a column."""
        return LookUp(self.texts, pl.col(DOUBT))


def doubts(explained: Explained, frame: pl.DataFrame) -> Doubts:
    """Return what is in doubt of the rows of a segmentation."""
    conditions = [
        *(_other_answer(explained, name, column) for name, column in explained.possible),
        *(pl.col(column) for _, column in explained.missing),
    ]
    answers, missing = ([name for name, _ in names] for names in (explained.possible, explained.missing))
    by_set = sets(frame, frame[explained.provisional], conditions).collect(engine="in-memory", optimizations=AS_WRITTEN)
    told = (
        wording.doubt([*compress(answers, true)], [*compress(missing, true[len(answers) :])])
        for true in truths(by_set, len(conditions))
    )
    texts = [None, *told]
    places = pl.int_range(1, len(texts), dtype=pl.UInt32(), eager=True).repeat_by(by_set[ROWS].list.len()).explode()
    at = pl.repeat(0, frame.height, dtype=pl.UInt32(), eager=True)
    return Doubts(pl.Series(texts, dtype=pl.String()), at.scatter(by_set[ROWS].explode(), places))


def _other_answer(explained: Explained, name: str, column: str) -> pl.Expr:
    """Return whether a row may get a possible answer, and has another."""
    segmentation = explained.segmentation
    own, conflict = pl.col(segmentation.name), pl.col(explained.conflict)
    if segmentation.hit_policy is HitPolicy.COLLECT:
        return pl.col(column)
    if name == CONFLICT:
        return pl.col(column) & ~conflict
    if name == NO_SEGMENT:
        return pl.col(column) & (own.is_not_null() | conflict)
    return pl.col(column) & own.ne_missing(pl.lit(name, dtype=pl.Enum(segmentation.segments)))
