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

ROWS = "~rows"

AS_WRITTEN = pl.QueryOptFlags.none()
"""For small queries that read nothing in vain: to look for a better plan would take longer than it saves."""

_WORD = 64
"""So many conditions fit into a word, in which a set has a bit for each."""

MOST_SETS = 64
"""So many sets of what is to be said are told each by itself, which is several times as fast for few."""


@dataclass(frozen=True, slots=True)
class AlikeRows:
    """Places of rows of which the same is to be said: what is told of each rule.

    With a `because` no conditions of a rule are told; None where it differs from row to row which of them are. Behind
    it stands what is in doubt of the row, if they are `provisional`.
    """

    rows: pl.Series
    rules: tuple[tuple[Rule, tuple[Told, ...] | None], ...]
    provisional: bool
    in_conflict: bool = False


def sets(frame: pl.DataFrame, where: pl.Series, conditions: Sequence[pl.Expr]) -> pl.LazyFrame:
    """Return a query for the sets of conditions that are true in some rows of a numbered frame, with these rows.

    Its columns are words whose bits say which of the conditions are, see `truths`, and the places.
    """
    read = dict.fromkeys(name for one in conditions for name in one.meta.root_names())
    chosen = frame.lazy().select(ROWS, *read, where.alias("~where")).filter("~where")
    starts = range(0, max(len(conditions), 1), _WORD)
    words = {f"~set {start}": word(conditions[start : start + _WORD]) for start in starts}
    return chosen.select(ROWS, **words).group_by(*words).agg(ROWS).sort(*words)


def truths(found: pl.DataFrame, count: int) -> list[list[bool]]:
    """Return of each of some sets which of so many conditions are true."""
    return [
        [bool(words[number // _WORD] >> number % _WORD & 1) for number in range(count)]
        for words in found.drop(ROWS).rows()
    ]


def numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame with the places of its rows."""
    return frame.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32()).alias(ROWS))


def rows_where(frame: pl.DataFrame, true: pl.Series) -> pl.Series:
    """Return the places of the rows of a numbered frame where something is true, many times as fast as `arg_true`."""
    return frame[ROWS].filter(true)


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
