"""A reason for every assignment of a segmentation, as `explain.reasons.reason` has it, many rows at a time.

Texts are made rule by rule, for the rows that it decides: only there are its values looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import polars as pl

from segrules.backends.polars.segments import of_set
from segrules.engine.texts import Writer, texts_of
from segrules.explain import reasons as wording
from segrules.explain.wording import written
from segrules.language.formatting import text_of
from segrules.plan.logic import constant
from segrules.plan.steps import Explained, Told
from segrules.program.nodes import Constant, Expression, Field
from segrules.program.program import CONFLICT, NO_SEGMENT, HitPolicy, Hole, Rule

_REASON = "~reason"
_NONE = pl.lit("")


def reasons(explained: Explained, frame: pl.DataFrame) -> pl.Series:
    """Return the reason of every row of a frame that has the columns of `explained`."""
    told = [_scattered(_Rule(explained, rule), frame, column) for rule, column in explained.deciding]
    together = pl.concat_str(told, separator=wording.NEXT_RULE, ignore_nulls=True) if told else _NONE
    decided = pl.any_horizontal(*(pl.col(column) for _, column in explained.deciding), pl.lit(False))
    start = _where(pl.col(explained.conflict), wording.IN_CONFLICT)
    text = pl.when(decided).then(start + together).otherwise(pl.lit(wording.NO_RULE))
    return frame.select((text + _doubts(explained, frame)).alias(_REASON)).to_series()


def _scattered(rule: _Rule, frame: pl.DataFrame, column: str) -> pl.Expr:
    """Return the reason of a rule in the rows that it decides, missing in all others."""
    places = frame[column].arg_true()
    empty = pl.repeat(None, frame.height, dtype=pl.String, eager=True)
    return pl.lit(empty.scatter(places, rule.texts(frame[places])))


class _Rule:
    """Tells one rule of a segmentation."""

    def __init__(self, explained: Explained, rule: Rule) -> None:
        self._rule = rule
        self._told = dict(explained.told)[rule]
        self._holes = dict(explained.holes)
        self._conflict = explained.conflict

    def texts(self, rows: pl.DataFrame) -> pl.Series:
        """Return its reason in rows that it decides."""
        prefix = _where(pl.col(self._conflict), wording.because_of(self._rule))
        text = self._conditions(rows) if self._rule.because is None else pl.concat_str(self._because(rows))
        return rows.select((prefix + text).alias(_REASON)).to_series()

    def _because(self, rows: pl.DataFrame) -> Iterator[pl.Expr]:
        yield _NONE
        for place, part in enumerate(self._rule.because or ()):
            if isinstance(part, Hole):
                yield _written(self._holes[self._rule, place], rows, partial(text_of, format=part.format))
            else:
                yield pl.lit(part)

    def _conditions(self, rows: pl.DataFrame) -> pl.Expr:
        """Return the conditions that are told, each missing where it is not, and how many more there are."""
        before = pl.lit(0, dtype=pl.Int64)
        texts = []
        for told in self._told:
            shown = _truth(told.shown)
            texts.append(pl.when(shown & (before < wording.MOST)).then(_condition(told, rows)))
            before = before + shown.cast(pl.Int64)
        further = pl.when(before > wording.MOST).then((before - wording.MOST).cast(pl.String) + pl.lit(wording.MORE))
        text = pl.concat_str(*texts, further, separator=wording.NEXT_CONDITION, ignore_nulls=True)
        return pl.when(before > 0).then(text).otherwise(pl.lit(written(self._rule.when)))


def _condition(told: Told, rows: pl.DataFrame) -> pl.Expr:
    text = pl.lit(wording.condition_text(told.condition, denied=told.denied))
    if not told.values or constant(told.fresh) is False:
        return text
    opening, *between, closing = wording.in_brackets(["\0"] * len(told.values)).split("\0")
    values = [_written(value, rows, wording.value_text) for value in told.values]
    links = [*map(pl.lit, between), pl.lit(closing)]
    pieces = [piece for pair in zip(values, links, strict=True) for piece in pair]
    return text + pl.when(_truth(told.fresh)).then(pl.concat_str(pl.lit(opening), *pieces)).otherwise(_NONE)


def _written(value: Expression, rows: pl.DataFrame, write: Writer) -> pl.Expr:
    if isinstance(value, Constant):
        return pl.lit(write(value.value))
    assert isinstance(value, Field)
    return pl.lit(texts_of(rows[value.name], write))


def _truth(node: Expression) -> pl.Expr:
    if isinstance(node, Constant):
        return pl.lit(node.value)
    assert isinstance(node, Field)
    return pl.col(node.name)


def _where(condition: pl.Expr, text: str) -> pl.Expr:
    return pl.when(condition).then(pl.lit(text)).otherwise(_NONE)


# What is not certain


def _doubts(explained: Explained, frame: pl.DataFrame) -> pl.Expr:
    """Return what is said where an assignment is provisional, behind its reason, and nothing elsewhere."""
    places = frame[explained.provisional].arg_true()
    answers = list(_other_answers(explained))
    names = [name for name, _ in answers]
    lacking = [name for name, _ in explained.missing]

    def told(mask: int) -> str:
        true = [bool(mask >> bit & 1) for bit in range(len(names) + len(lacking))]
        return wording.doubt(_chosen(names, true), _chosen(lacking, true[len(names) :]))

    conditions = [*(one for _, one in answers), *(pl.col(column) for _, column in explained.missing)]
    texts = frame[places].select(of_set(conditions, told, pl.String()).alias(_REASON)).to_series()
    empty = pl.repeat("", frame.height, dtype=pl.String, eager=True)
    return pl.lit(empty.scatter(places, texts))


def _chosen(names: Sequence[str], chosen: Sequence[bool]) -> list[str]:
    return [name for name, is_chosen in zip(names, chosen, strict=False) if is_chosen]


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
