"""Rows of which the same is to be said: the same rules decided, and the same of their conditions are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from segrules.backends.polars.segments import word
from segrules.plan.logic import constant
from segrules.plan.steps import Explained, Told
from segrules.program.nodes import Field
from segrules.program.program import Rule

ROWS, SET = "~rows", "~set"

AS_WRITTEN = pl.QueryOptFlags.none()
"""For small queries that read nothing in vain: to look for a better plan would take longer than it saves."""

MOST_BITS = 64
"""So many conditions fit into the number of a set."""

MOST_SETS = 64
"""So many sets of what is to be said are told each by itself, which is several times as fast for few."""


@dataclass(frozen=True, slots=True)
class AlikeRows:
    """Places of rows of which the same is to be said: of each rule what is told, and behind it what is in doubt.

    With a `because` no conditions of a rule are told; None where it differs from row to row which of them are.
    """

    rows: pl.Series
    rules: tuple[tuple[Rule, tuple[Told, ...] | None], ...]
    doubt: str | None = None
    in_conflict: bool = False


def sets(frame: pl.DataFrame, where: pl.Series, conditions: Sequence[pl.Expr]) -> pl.LazyFrame:
    """Return a query for the sets of up to `MOST_BITS` conditions that are true in some rows, with the places of each.

    A set is a number whose bits say which of the conditions are.
    """
    read = dict.fromkeys(name for one in conditions for name in one.meta.root_names())
    chosen = frame.lazy().select(*read, where.alias("~where")).filter("~where")
    beside = pl.lit(rows_where(where)).alias(ROWS)
    return chosen.select(beside, word(conditions).alias(SET)).group_by(SET).agg(ROWS).sort(SET)


def rows_where(true: pl.Series) -> pl.Series:
    """Return the places of the rows where something is true, many times as fast as `arg_true`."""
    return pl.int_range(len(true), dtype=pl.UInt32(), eager=True).filter(true)


def rules_told(explained: Explained) -> list[tuple[Rule, str, Sequence[Told]]]:
    """Return the rules, each with the column of where it decides, and the conditions of it that may be told."""
    told = dict(explained.told)
    return [(rule, column, () if rule.because is not None else told[rule]) for rule, column in explained.deciding]


def varying(told: Sequence[Told]) -> list[str]:
    """Return the columns that say which conditions are told in a row, for those that are not in all."""
    return list(dict.fromkeys(one.shown.name for one in told if isinstance(one.shown, Field)))


def told_where(told: Sequence[Told], true: Sequence[bool]) -> tuple[Told, ...]:
    """Return the conditions that are told where of those that vary these are."""
    columns = dict(zip(varying(told), true, strict=True))
    return tuple(
        one
        for one in told
        if (columns[one.shown.name] if isinstance(one.shown, Field) else constant(one.shown) is True)
    )


def bits(number: int, count: int) -> list[bool]:
    """Return which of so many conditions are in a set."""
    return [bool(number >> bit & 1) for bit in range(count)]
