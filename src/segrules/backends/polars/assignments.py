"""What a segmentation assigns and why, as columns of texts: segment, rule, certainty, possible answers, conflict."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from segrules.backends.polars.segments import joined, listed
from segrules.plan.steps import Explained
from segrules.program.program import HitPolicy

TEXTS = pl.List(pl.String())


def assigned(explained: Explained) -> list[pl.Expr]:
    """Return the columns of `assignments` that follow the key, over the columns that a segmentation's plan makes.

    `segments` is a list under `collect` and missing otherwise; `rule` names the rules that decided, missing for a
    default; `possible` is missing where the assignment is certain, and `conflict` where there is none.
    """
    segmentation = explained.segmentation
    own = pl.col(segmentation.name)
    collect = segmentation.hit_policy is HitPolicy.COLLECT
    conflict, provisional = pl.col(explained.conflict), pl.col(explained.provisional)
    deciding = [(rule.id, pl.col(column)) for rule, column in explained.deciding]
    return [
        pl.lit(segmentation.name).alias("segmentation"),
        (pl.lit(None, dtype=pl.String) if collect else own.cast(pl.String)).alias("segment"),
        (own.cast(TEXTS) if collect else pl.lit(None, dtype=TEXTS)).alias("segments"),
        pl.when(~conflict).then(joined(deciding, ", ")).alias("rule"),
        pl.when(provisional).then(pl.lit("provisional")).otherwise(pl.lit("certain")).alias("certainty"),
        pl.when(provisional).then(_texts(explained.possible)).alias("possible"),
        pl.when(conflict).then(listed(deciding, pl.String())).alias("conflict"),
    ]


def outputs(explained: Explained) -> pl.Expr:
    """Return the column of the further outputs as JSON, missing with no segment and where there are none."""
    text = pl.col(explained.outputs) if explained.outputs else pl.lit(None, dtype=pl.String)
    return text.alias("outputs")


def lacking(explained: Explained) -> list[pl.Expr]:
    """Return, by the name of what is missing, how many of a segmentation's assignments hang on it."""
    return [pl.col(column).sum().cast(pl.Int64).alias(name) for name, column in explained.missing]


def _texts(named: Sequence[tuple[str, str]]) -> pl.Expr:
    """Return the list of the names whose column is true."""
    return listed([(name, pl.col(column)) for name, column in named], pl.String())
