"""The rows that rules decide, apart by which of their conditions are told there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from segrules.plan.logic import constant
from segrules.plan.steps import Explained, Told
from segrules.program.nodes import Field
from segrules.program.program import Rule

_ROW, _SET = "~row", "~set"
_BITS = 63
_MOST_SETS = 64
"""So many sets of conditions are told each by itself, which is several times as fast for few."""


@dataclass(frozen=True, slots=True)
class RuleRows:
    """Places of rows that a rule decides, in which the same conditions are told; None where these differ."""

    rule: Rule
    rows: pl.Series
    told: tuple[Told, ...] | None


def rule_rows(explained: Iterable[Explained], frame: pl.DataFrame) -> Iterator[RuleRows]:
    """Yield the rows that each rule decides, in the order of the rules; with a `because` no conditions are told."""
    deciding = [(rule, column, _told(one, rule)) for one in explained for rule, column in one.deciding]
    queries = [_sets(frame, column, told) for _, column, told in deciding]
    for (rule, _, told), sets in zip(deciding, pl.collect_all(queries, engine="in-memory"), strict=True):
        yield from _by_set(rule, told, sets)


def _told(explained: Explained, rule: Rule) -> Sequence[Told]:
    return () if rule.because is not None else dict(explained.told)[rule]


def _sets(frame: pl.DataFrame, column: str, told: Sequence[Told]) -> pl.LazyFrame:
    """Return a query for the sets of conditions that are told where a column is true, with the rows of each."""
    names = _varying(told)[:_BITS]
    bits = [pl.when(name).then(1 << bit).otherwise(0).cast(pl.UInt64()) for bit, name in enumerate(names)]
    row = pl.int_range(pl.len(), dtype=pl.UInt32()).alias(_ROW)
    chosen = frame.lazy().select(*dict.fromkeys([column, *names]), row).filter(column)
    return chosen.select(_ROW, pl.sum_horizontal(bits or 0).alias(_SET)).group_by(_SET).agg(_ROW).sort(_SET)


def _varying(told: Sequence[Told]) -> list[str]:
    """Return the columns that say which conditions are told in a row, for those that are not in all."""
    return list(dict.fromkeys(one.shown.name for one in told if isinstance(one.shown, Field)))


def _by_set(rule: Rule, told: Sequence[Told], sets: pl.DataFrame) -> Iterator[RuleRows]:
    names = _varying(told)
    if len(names) > _BITS or sets.height > _MOST_SETS:
        yield RuleRows(rule, sets[_ROW].explode(), None)
        return
    for number, rows in zip(sets[_SET], sets[_ROW], strict=True):
        true = {name for bit, name in enumerate(names) if number >> bit & 1}
        yield RuleRows(rule, rows, tuple(one for one in told if _is_shown(one, true)))


def _is_shown(told: Told, true: Collection[str]) -> bool:
    return told.shown.name in true if isinstance(told.shown, Field) else constant(told.shown) is True
