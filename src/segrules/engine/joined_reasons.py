"""Reasons of rows of which more than one thing is to be said: several rules decided, or something is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import polars as pl

from segrules.backends.polars.segments import of_set
from segrules.engine.told import Telling, Told, pooled, tellings
from segrules.explain import reasons as wording
from segrules.plan.steps import Explained
from segrules.program.program import CONFLICT, NO_SEGMENT, HitPolicy, Rule


def joined(explained: Explained, frame: pl.DataFrame, told: Mapping[Rule, Sequence[Told]]) -> Iterator[Telling]:
    """Yield what is to be told in rows of which one rule does not say all; `told` is what rules say."""
    conflict = frame[explained.conflict]
    more = frame[explained.provisional] | _several(explained, frame)
    if not more.any():
        return
    texts: dict[Rule, pl.Expr] = {}
    said = pl.lit(False)
    for number, (rule, of_rule) in enumerate(_apart(explained, told)):
        pool, at = pooled(of_rule, frame.height)
        frame = frame.with_columns(at.alias(f"~place {number}"))
        texts[rule] = pl.lit(pool).gather(f"~place {number}")
        said = said | (pl.col(f"~place {number}") > 0)
    doubt = pl.when(explained.provisional).then(_doubts(explained, said))
    for chosen, in_conflict in ((more & ~conflict, False), (more & conflict, True)):
        text = _joined(texts, doubt, in_conflict=in_conflict)
        yield from tellings(frame, chosen.arg_true().cast(pl.UInt32()), text)


def _several(explained: Explained, frame: pl.DataFrame) -> pl.Series:
    """Return in which rows several rules decide."""
    one = several = pl.repeat(False, frame.height, dtype=pl.Boolean(), eager=True)
    for _, column in explained.deciding:
        one, several = one | frame[column], several | (one & frame[column])
    return several


def _joined(texts: Mapping[Rule, pl.Expr], doubt: pl.Expr, *, in_conflict: bool) -> pl.Expr:
    """Return what is told of a row: what rules have to say, and what is in doubt, each where it is not missing."""
    named = [pl.lit(wording.because_of(rule)) + text if in_conflict else text for rule, text in texts.items()]
    text = pl.concat_str(*named, doubt, separator=wording.NEXT_RULE, ignore_nulls=True)
    return pl.lit(wording.IN_CONFLICT) + text if in_conflict else text


def _apart(explained: Explained, told: Mapping[Rule, Sequence[Told]]) -> list[tuple[Rule, list[Told]]]:
    """Return what is told of each rule that can have something to say beside others; of the `first`, of all as one."""
    of_rules = [(rule, [*told[rule]]) for rule, _ in explained.deciding if rule in told]
    if explained.segmentation.hit_policy is HitPolicy.FIRST and of_rules:
        return [(of_rules[0][0], [one for _, of_rule in of_rules for one in of_rule])]
    return of_rules


def _doubts(explained: Explained, said: pl.Expr) -> pl.Expr:
    """Return what is in doubt of a row that is provisional, behind what is told where no rule has said anything."""
    answers = list(_other_answers(explained))
    doubt = partial(_doubt, [name for name, _ in answers], [name for name, _ in explained.missing])
    conditions = [~said, *(one for _, one in answers), *(pl.col(column) for _, column in explained.missing)]
    return of_set(conditions, doubt, pl.String())


def _doubt(names: Sequence[str], lacking: Sequence[str], mask: int) -> str:
    """Return what is told of a set: whether no rule matched, the lowest bit, possible answers, and missing columns."""
    nothing, *bits = (mask >> bit & 1 for bit in range(1 + len(names) + len(lacking)))
    others = [name for name, is_there in zip(names, bits, strict=False) if is_there]
    missing = [name for name, is_there in zip(lacking, bits[len(names) :], strict=True) if is_there]
    return (wording.NO_RULE + wording.NEXT_RULE if nothing else "") + wording.doubt(others, missing)


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
