"""Reasons of rows of which more than one thing is to be said, joined together from what rules say by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from segrules.backends.polars.segments import of_set
from segrules.engine.alike_rows import bits
from segrules.engine.doubts import Doubts
from segrules.engine.told import RowTexts, Telling, pooled, tellings
from segrules.explain import reasons as wording
from segrules.plan.steps import Explained
from segrules.program.program import HitPolicy, Rule


def joined(
    explained: Explained, frame: pl.DataFrame, said: Mapping[Rule, Sequence[RowTexts]], where: pl.Series
) -> Iterator[Telling]:
    """Yield what is to be told in the rows of a frame that are asked for, in which rules say these things."""
    if not where.any():
        return
    rows = _all(frame).filter(where)
    doubts = Doubts(explained)
    here = frame.select(pl.col(_read(explained, doubts)).gather(rows))
    texts: dict[Rule, pl.Expr] = {}
    nothing = pl.lit(True)
    for number, (rule, of_rule) in enumerate(_apart(explained, said)):
        pool, at = pooled([RowTexts(rows.search_sorted(one.rows), one.texts) for one in of_rule], here.height)
        here = here.with_columns(at.alias(f"~place {number}"))
        texts[rule] = pl.lit(pool).gather(f"~place {number}")
        nothing = nothing & (pl.col(f"~place {number}") == 0)
    doubt = pl.when(explained.provisional).then(_doubt(doubts, nothing))
    conflict = here[explained.conflict]
    for chosen, in_conflict in ((~conflict, False), (conflict, True)):
        text = _joined(texts, doubt, in_conflict=in_conflict)
        for one in tellings(here, _all(here).filter(chosen), text):
            yield Telling(rows.gather(one.rows), one.query)


def _all(frame: pl.DataFrame) -> pl.Series:
    """Return the places of all rows."""
    return pl.int_range(frame.height, dtype=pl.UInt32(), eager=True)


def _read(explained: Explained, doubts: Doubts) -> list[str]:
    """Return the columns from which it is told what is in doubt, and whether anything is, or in conflict."""
    read = [name for one in doubts.conditions for name in one.meta.root_names()]
    return list(dict.fromkeys([explained.conflict, explained.provisional, *read]))


def _joined(texts: Mapping[Rule, pl.Expr], doubt: pl.Expr, *, in_conflict: bool) -> pl.Expr:
    """Return what is told of a row: what rules have to say, and what is in doubt, each where it is not missing."""
    named = [pl.lit(wording.because_of(rule)) + text if in_conflict else text for rule, text in texts.items()]
    text = pl.concat_str(*named, doubt, separator=wording.NEXT_RULE, ignore_nulls=True)
    return pl.lit(wording.IN_CONFLICT) + text if in_conflict else text


def _apart(explained: Explained, said: Mapping[Rule, Sequence[RowTexts]]) -> list[tuple[Rule, list[RowTexts]]]:
    """Return what each rule says that can have something to say beside others; of the `first`, all as one."""
    of_rules = [(rule, [*said[rule]]) for rule, _ in explained.deciding if rule in said]
    if explained.segmentation.hit_policy is HitPolicy.FIRST and of_rules:
        return [(of_rules[0][0], [one for _, of_rule in of_rules for one in of_rule])]
    return of_rules


def _doubt(doubts: Doubts, nothing: pl.Expr) -> pl.Expr:
    """Return what is in doubt of a row, behind what is told where no rule has said anything."""

    def text(mask: int) -> str:
        is_first, *true = bits(mask, 1 + len(doubts.conditions))
        return (wording.NO_RULE + wording.NEXT_RULE if is_first else "") + doubts.text(true)

    return of_set([nothing, *doubts.conditions], text, pl.String())
