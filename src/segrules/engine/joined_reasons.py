"""Reasons of rows that several rules decided, joined together from what these say by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from segrules.engine.alike_rows import numbered, rows_where
from segrules.engine.doubts import DOUBT, Doubts
from segrules.engine.told import RowTexts, Telling, pooled, tellings
from segrules.explain import reasons as wording
from segrules.plan.steps import Explained
from segrules.program.program import Rule


def joined(
    explained: Explained,
    frame: pl.DataFrame,
    doubts: Doubts,
    said: Mapping[Rule, Sequence[RowTexts]],
    where: pl.Series,
) -> Iterator[Telling]:
    """Yield what is to be told in the rows of a frame that are asked for, in which rules say these things."""
    if not where.any():
        return
    rows = rows_where(frame, where)
    here = frame.select(pl.col(explained.conflict, explained.provisional).gather(rows))
    here = numbered(here.with_columns(doubts.at.gather(rows).alias(DOUBT)))
    texts: dict[Rule, pl.Expr] = {}
    for number, (rule, of_rule) in enumerate(said.items()):
        pool, at = pooled([RowTexts(rows.search_sorted(one.rows), one.texts) for one in of_rule], here.height)
        here = here.with_columns(at.alias(f"~place {number}"))
        texts[rule] = pl.lit(pool).gather(f"~place {number}")
    doubt = pl.when(explained.provisional).then(doubts.text.text)
    conflict = here[explained.conflict]
    for chosen, in_conflict in ((~conflict, False), (conflict, True)):
        for one in tellings(here, rows_where(here, chosen), _joined(texts, doubt, in_conflict=in_conflict)):
            yield Telling(rows.gather(one.rows), one.query)


def _joined(texts: Mapping[Rule, pl.Expr], doubt: pl.Expr, *, in_conflict: bool) -> pl.Expr:
    """Return what is told of a row: what rules have to say, and what is in doubt, each where it is not missing."""
    named = [pl.lit(wording.because_of(rule)) + text if in_conflict else text for rule, text in texts.items()]
    text = pl.concat_str(*named, doubt, separator=wording.NEXT_RULE, ignore_nulls=True)
    return pl.lit(wording.IN_CONFLICT) + text if in_conflict else text
