"""The assigned segments of a row: small numbers that become an Enum, or bits that pick a finished list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import groupby
from operator import or_

import polars as pl

from segrules.plan.steps import Decision
from segrules.program.program import HitPolicy, Rule, Segmentation

_DENSE = 12
"""So many bits have few enough sets to make them all beforehand."""

_WORD = 64


def decided(decision: Decision) -> pl.Expr:
    """Return the assigned segment, under `collect` the list of them, or the place that decides."""
    segmentation = decision.segmentation
    if decision.place:
        return _place(decision)
    if segmentation.hit_policy is HitPolicy.COLLECT:
        bits = [(segment, _any_of(columns)) for segment, columns in _runs(decision.rules)]
        return listed(bits, pl.Enum(segmentation.segments), segmentation.default or ())
    return _segment(segmentation, decision.rules).cat.to(pl.Enum(segmentation.segments))


def _place(decision: Decision) -> pl.Expr:
    if decision.segmentation.hit_policy is HitPolicy.PRIORITY:
        priority = decision.segmentation.priority
        places = [(priority.index(rule.segment), column) for rule, column in _by_priority(decision)]
        return _first_true(places, pl.Int64(), len(priority))
    return _first_true(
        [(number, column) for number, (_, column) in enumerate(decision.rules)], pl.Int64(), len(decision.rules)
    )


def _by_priority(decision: Decision) -> list[tuple[Rule, str]]:
    return sorted(decision.rules, key=lambda one: decision.segmentation.priority.index(one[0].segment))


def _segment(segmentation: Segmentation, rules: Sequence[tuple[Rule, str]]) -> pl.Expr:
    """Return the number of the assigned segment, missing for none and for a conflict."""
    dtype = _number_type(len(segmentation.segments))
    default = segmentation.segments.index(segmentation.default[0]) if segmentation.default else None
    numbered = [(segmentation.segments.index(rule.segment), column) for rule, column in rules]
    match segmentation.hit_policy:
        case HitPolicy.PRIORITY:
            ranked = _by_priority(Decision(segmentation, tuple(rules)))
            numbered = [(segmentation.segments.index(rule.segment), column) for rule, column in ranked]
            return _first_true(numbered, dtype, default)
        case HitPolicy.UNIQUE:
            places = [(number, column) for number, (_, column) in enumerate(rules)]
            return _agreed(numbered, places, dtype, default)
        case HitPolicy.ANY:
            return _agreed(numbered, numbered, dtype, default)
        case _:
            return _first_true(numbered, dtype, default)


def _agreed(
    numbered: Sequence[tuple[int, str]], must_agree: Sequence[tuple[int, str]], dtype: pl.DataType, default: int | None
) -> pl.Expr:
    """Return the number that is true where the first and the last that are true are the same."""
    width = _number_type(len(must_agree))
    first, last = (_first_true(order, width, None) for order in (must_agree, must_agree[::-1]))
    found = pl.when(first == last).then(_first_true(numbered, dtype, None))
    return found if default is None else found.when(first.is_null()).then(pl.lit(default, dtype=dtype))


def _first_true(numbered: Sequence[tuple[int, str]], dtype: pl.DataType, otherwise: int | None) -> pl.Expr:
    chosen = [pl.when(pl.col(column)).then(pl.lit(number, dtype=dtype)) for number, column in numbered]
    return pl.coalesce(*chosen, pl.lit(otherwise, dtype=dtype))


def _number_type(count: int) -> pl.DataType:
    """Return the type in which Polars holds the number of one of so many values of an Enum."""
    return pl.UInt8() if count < 2**8 else pl.UInt16() if count < 2**16 else pl.UInt32()


# --- lists -----------------------------------------------------------------------------------------------------------


def _runs(rules: Iterable[tuple[Rule, str]]) -> list[tuple[str, list[str]]]:
    """Return rules of the same segment together where no other stands between them, for the order is the rules'."""
    return [(segment, [column for _, column in run]) for segment, run in groupby(rules, lambda one: one[0].segment)]


def _any_of(columns: Sequence[str]) -> pl.Expr:
    return reduce(or_, (pl.col(column) for column in columns))


def listed(bits: Sequence[tuple[str, pl.Expr]], item: pl.DataType, default: Sequence[str] = ()) -> pl.Expr:
    """Return the list of the texts whose condition is true, each once, in their order; if none is, `default`."""
    if not bits:
        return pl.lit(list(default), dtype=pl.List(item))
    texts = [text for text, _ in bits]

    def members(mask: int) -> list[str]:
        return list(dict.fromkeys(text for bit, text in enumerate(texts) if mask >> bit & 1)) or list(default)

    conditions = [condition for _, condition in bits]
    if len(bits) <= _DENSE:
        sets = pl.Series([members(mask) for mask in range(1 << len(bits))], dtype=pl.List(item))
        return pl.lit(sets).gather(_word(conditions).cast(pl.UInt32()))
    words = [_word(conditions[start : start + _WORD]) for start in range(0, len(bits), _WORD)]
    named = pl.struct(word.alias(str(number)) for number, word in enumerate(words))
    return named.map_batches(_by_set(members, item), return_dtype=pl.List(item), is_elementwise=True)


def _word(conditions: Sequence[pl.Expr]) -> pl.Expr:
    """Return conditions as the bits of a number; what is unknown is not true."""
    dtype = next(one for one in (pl.UInt8(), pl.UInt16(), pl.UInt32(), pl.UInt64()) if len(conditions) <= _bits(one))
    none = pl.lit(0, dtype=dtype)
    bits = [pl.when(one).then(pl.lit(1 << bit, dtype=dtype)).otherwise(none) for bit, one in enumerate(conditions)]
    return reduce(or_, bits)


def _bits(dtype: pl.DataType) -> int:
    return int(str(dtype)[len("UInt") :])


def _by_set(members: Callable[[int], list[str]], item: pl.DataType) -> Callable[[pl.Series], pl.Series]:
    """Return a function that makes the list of each set that occurs, once, and gives it to the rows that have it."""

    def build(masks: pl.Series) -> pl.Series:
        rows = masks.struct.unnest()
        sets = rows.unique()
        lists = [members(sum(word << _WORD * place for place, word in enumerate(words))) for words in sets.iter_rows()]
        found = sets.with_columns(pl.Series("lists", lists, dtype=pl.List(item)))
        return rows.join(found, on=rows.columns, how="left", maintain_order="left")["lists"]

    return build
