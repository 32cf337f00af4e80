"""What is in doubt of a row that is provisional: what else it may get, and what is missing to tell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import polars as pl

from segrules.explain import reasons as wording
from segrules.plan.steps import Explained
from segrules.program.program import CONFLICT, NO_SEGMENT, HitPolicy


class Doubts:
    """The doubts that there can be about rows of a segmentation."""

    def __init__(self, explained: Explained) -> None:
        """Take the segmentation, and where a plan puts what it is explained by."""
        self._answers = [name for name, _ in explained.possible]
        self._missing = [name for name, _ in explained.missing]
        answers = [_other_answer(explained, name, column) for name, column in explained.possible]
        self.conditions = [*answers, *(pl.col(column) for _, column in explained.missing)]
        """What makes up a doubt: each possible answer that is not the row's own, each missing column."""

    def text(self, true: Sequence[bool]) -> str:
        """Return what is told of rows in which these of the conditions are true."""
        count = len(self._answers)
        return wording.doubt([*compress(self._answers, true[:count])], [*compress(self._missing, true[count:])])


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
