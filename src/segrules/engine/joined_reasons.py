"""Reasons of rows of which more than one thing is to be said: several rules decided, or something is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import polars as pl

from segrules.backends.polars.segments import of_set
from segrules.explain import reasons as wording
from segrules.plan.steps import Explained
from segrules.program.program import CONFLICT, NO_SEGMENT, HitPolicy, Rule


@dataclass(frozen=True, slots=True)
class Told:
    """What is told in some rows, by the places of these."""

    rows: pl.Series
    texts: pl.Series


def pooled(told: Iterable[Told], height: int, otherwise: str | None = None) -> tuple[pl.Series, pl.Series]:
    """Return texts, and for so many rows the places among them of what is told there; the first is of the others."""
    texts = [pl.Series([otherwise], dtype=pl.String())]
    at = pl.repeat(0, height, dtype=pl.UInt32(), eager=True)
    start = 1
    for one in told:
        texts.append(one.texts)
        at = at.scatter(one.rows, pl.int_range(start, start + len(one.rows), dtype=pl.UInt32(), eager=True))
        start += len(one.rows)
    return pl.concat(texts, rechunk=True), at


def joined(explained: Explained, frame: pl.DataFrame, told: Mapping[Rule, Sequence[Told]]) -> Iterator[Told]:
    """Yield what is told of rows in which what one rule has to say is not all."""
    conflict = frame[explained.conflict]
    more = frame[explained.provisional] | _several(explained, frame)
    for chosen, in_conflict in ((more & ~conflict, False), (more & conflict, True)):
        rows = chosen.arg_true().cast(pl.UInt32())
        if len(rows):
            yield Told(rows, _joined(explained, frame, told, rows, in_conflict=in_conflict))


def _several(explained: Explained, frame: pl.DataFrame) -> pl.Series:
    """Return in which rows several rules decide."""
    one = several = pl.repeat(False, frame.height, dtype=pl.Boolean(), eager=True)
    for _, column in explained.deciding:
        one, several = one | frame[column], several | (one & frame[column])
    return several


def _joined(
    explained: Explained,
    frame: pl.DataFrame,
    told: Mapping[Rule, Sequence[Told]],
    rows: pl.Series,
    *,
    in_conflict: bool,
) -> pl.Series:
    texts: list[pl.Expr] = []
    places: dict[str, pl.Series] = {}
    for number, (rule, of_rule) in enumerate(_apart(explained, told)):
        pool, at = pooled(of_rule, frame.height)
        places[str(number)] = at.gather(rows)
        text = pl.lit(pool).gather(str(number))
        texts.append(pl.lit(wording.because_of(rule)) + text if in_conflict else text)
    no_rule = pl.when(pl.max_horizontal(pl.lit(0), *places) == 0).then(pl.lit(wording.NO_RULE))
    doubt = pl.when(explained.provisional).then(_doubts(explained))
    text = pl.concat_str(no_rule, *texts, doubt, separator=wording.NEXT_RULE, ignore_nulls=True)
    text = pl.lit(wording.IN_CONFLICT) + text if in_conflict else text
    read = list(dict.fromkeys(name for name in text.meta.root_names() if name not in places))
    return frame.select(read)[rows].with_columns(**places).select(text).to_series()


def _apart(explained: Explained, told: Mapping[Rule, Sequence[Told]]) -> list[tuple[Rule, list[Told]]]:
    """Return what is told of each rule that can have something to say beside others; of the `first`, of all as one."""
    of_rules = [(rule, [*told[rule]]) for rule, _ in explained.deciding if rule in told]
    if explained.segmentation.hit_policy is HitPolicy.FIRST and of_rules:
        return [(of_rules[0][0], [one for _, of_rule in of_rules for one in of_rule])]
    return of_rules


def _doubts(explained: Explained) -> pl.Expr:
    """Return what is said of a row that is provisional."""
    answers = list(_other_answers(explained))
    doubt = partial(_doubt, [name for name, _ in answers], [name for name, _ in explained.missing])
    conditions = [*(one for _, one in answers), *(pl.col(column) for _, column in explained.missing)]
    return of_set(conditions, doubt, pl.String())


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
