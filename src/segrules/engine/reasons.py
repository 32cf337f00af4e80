"""A reason for every assignment of a segmentation, as `explain.reasons.reason` has it, many rows at a time.

Texts are made rule by rule, for the rows that it decides: only there are its values looked at. They are put together
in one pool, out of which each row then takes its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce

import polars as pl

from segrules.backends.polars.segments import of_set
from segrules.engine.rule_reasons import ROW, TEXT, RuleReasons
from segrules.explain import reasons as wording
from segrules.plan.decisions import CONFLICTING
from segrules.plan.steps import Explained
from segrules.program.program import CONFLICT, NO_SEGMENT, HitPolicy, Hole, Program, Rule
from segrules.program.sensitivity import Sensitivity

_OF_NO_RULE, _NOTHING = 0, 1
"""The first places of the pool: of the text where no rule matched, and of none."""


def reasons(program: Program, explained: Explained, frame: pl.DataFrame, sensitivity: Sensitivity) -> pl.Series:
    """Return the reason of every row of a frame that has the columns of `explained`; sensitive values are hidden."""
    telling = RuleReasons(program, explained, frame.with_row_index(ROW), sensitivity)
    asked = [(rule, *part) for rule, column in explained.deciding for part in telling.texts(rule, column)]
    texts = pl.collect_all([query for _, _, query in asked], engine="in-memory")
    pool = _Pool([pl.Series(TEXT, [wording.NO_RULE, None])])
    told = [_Told(rule, rows, pool.add(text[TEXT])) for (rule, rows, _), text in zip(asked, texts, strict=True)]
    at = reduce(_put, told, _everywhere(_OF_NO_RULE, frame.height))
    if explained.segmentation.hit_policy is not HitPolicy.FIRST:
        at = _with_several(pool, explained, frame, told, at)
    at = _with_doubts(pool, explained, frame, at)
    return pool.texts.gather(at)


def hidden(explained: Explained, sensitivity: Sensitivity) -> frozenset[str]:
    """Return the sensitive columns that the reasons of a segmentation have to do with, and hide."""
    seen = [node for _, parts in explained.told for told in parts for node in told.seen]
    holes = [part.expression for rule, _ in explained.deciding for part in rule.because or () if isinstance(part, Hole)]
    return frozenset().union(*(sensitivity.sources_of(node) for node in (*seen, *holes) if sensitivity.hides(node)))


@dataclass(frozen=True, slots=True)
class _Told:
    """Reasons of a rule, None for what is told of several: the rows, and the place of the first in the pool."""

    rule: Rule | None
    rows: pl.Series
    start: int


def _everywhere(place: int, height: int) -> pl.Series:
    return pl.repeat(place, height, dtype=pl.UInt32(), eager=True)


def _put(at: pl.Series, told: _Told) -> pl.Series:
    """Return places of which those of some rows are of what is told of these."""
    end = told.start + len(told.rows)
    return at.scatter(told.rows, pl.int_range(told.start, end, dtype=pl.UInt32(), eager=True))


class _Pool:
    """Texts, each at a place from 0."""

    def __init__(self, parts: list[pl.Series]) -> None:
        self._parts = parts
        self._size = sum(map(len, parts))

    def add(self, texts: pl.Series) -> int:
        """Add texts, and return the place of the first."""
        self._parts.append(texts)
        self._size += len(texts)
        return self._size - len(texts)

    @property
    def texts(self) -> pl.Series:
        """All that are there so far."""
        self._parts = [pl.concat(self._parts, rechunk=True)]
        return self._parts[0]


def _with_several(
    pool: _Pool, explained: Explained, frame: pl.DataFrame, told: Sequence[_Told], at: pl.Series
) -> pl.Series:
    """Return the places of the rows' texts, those of several rules put together where several decided."""
    deciding = pl.sum_horizontal(pl.lit(0), *(pl.col(column).cast(pl.UInt32()) for _, column in explained.deciding))
    rows = frame.select(deciding > 1).to_series().arg_true().cast(pl.UInt32())
    if rows.is_empty():
        return at
    conflict = pl.lit(frame[explained.conflict].gather(rows))
    texts, parts = pool.texts, []
    for rule, _ in explained.deciding:
        places = reduce(_put, (one for one in told if one.rule is rule), _everywhere(_NOTHING, frame.height))
        part = pl.lit(texts.gather(places.gather(rows)))
        if explained.segmentation.hit_policy in CONFLICTING:
            part = pl.when(conflict).then(pl.lit(wording.because_of(rule)) + part).otherwise(part)
        parts.append(part)
    text = pl.concat_str(parts, separator=wording.NEXT_RULE, ignore_nulls=True)
    if explained.segmentation.hit_policy in CONFLICTING:
        text = pl.when(conflict).then(pl.lit(wording.IN_CONFLICT) + text).otherwise(text)
    return _put(at, _Told(None, rows, pool.add(pl.select(text.alias(TEXT)).to_series())))


def _with_doubts(pool: _Pool, explained: Explained, frame: pl.DataFrame, at: pl.Series) -> pl.Series:
    """Return the places of the rows' texts, which go on with what is in doubt where they are provisional."""
    rows = frame[explained.provisional].arg_true().cast(pl.UInt32())
    if rows.is_empty():
        return at
    answers = list(_other_answers(explained))
    doubt = partial(_doubt, [name for name, _ in answers], [name for name, _ in explained.missing])
    conditions = [*(one for _, one in answers), *(pl.col(column) for _, column in explained.missing)]
    read = [explained.segmentation.name, explained.conflict, *(name for _, name in explained.possible)]
    chosen = frame.select(*dict.fromkeys([*read, *(name for _, name in explained.missing)]))[rows]
    text = pl.lit(pool.texts.gather(at.gather(rows))) + of_set(conditions, doubt, pl.String())
    return _put(at, _Told(None, rows, pool.add(chosen.select(text.alias(TEXT)).to_series())))


def _doubt(names: Sequence[str], lacking: Sequence[str], mask: int) -> str:
    """Return what is said of a set of possible answers and of missing columns, the first the lowest bit."""
    true = [name for bit, name in enumerate((*names, *lacking)) if mask >> bit & 1]
    number = (mask & (1 << len(names)) - 1).bit_count()
    return wording.doubt(true[:number], true[number:])


def _other_answers(explained: Explained) -> Iterator[tuple[str, pl.Expr]]:
    """Yield the possible answers, each with whether the row may get it and has another."""
    segmentation = explained.segmentation
    own, conflict = pl.col(segmentation.name), pl.col(explained.conflict)
    for name, column in explained.possible:
        if segmentation.hit_policy is HitPolicy.COLLECT:
            yield name, pl.col(column)
        elif name == CONFLICT:
            yield name, pl.col(column) & ~conflict
        elif name == NO_SEGMENT:
            yield name, pl.col(column) & (own.is_not_null() | conflict)
        else:
            yield name, pl.col(column) & own.ne_missing(pl.lit(name, dtype=pl.Enum(segmentation.segments)))
