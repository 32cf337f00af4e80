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
    rules = _ranked(decision)
    if decision.place:
        return _place(decision, rules)
    if segmentation.hit_policy is HitPolicy.COLLECT:
        bits = [(segment, _any_of(columns)) for segment, columns in _runs(rules)]
        return listed(bits, pl.Enum(segmentation.segments), segmentation.default or ())
    return _segment(segmentation, rules).cat.to(pl.Enum(segmentation.segments))


def _ranked(decision: Decision) -> Sequence[tuple[Rule, str]]:
    """Return the rules in the order in which they are asked."""
    if decision.segmentation.hit_policy is not HitPolicy.PRIORITY:
        return decision.rules
    return sorted(decision.rules, key=lambda one: decision.segmentation.priority.index(one[0].segment))


def _place(decision: Decision, rules: Sequence[tuple[Rule, str]]) -> pl.Expr:
    priority = decision.segmentation.priority
    places = [
        (priority.index(rule.segment) if priority else number, pl.col(column))
        for number, (rule, column) in enumerate(rules)
    ]
    return _first_true(places, pl.Int64(), len(priority) or len(rules))


def _segment(segmentation: Segmentation, rules: Sequence[tuple[Rule, str]]) -> pl.Expr:
    """Return the number of the assigned segment, missing for none and for a conflict."""
    numbers = {segment: number for number, segment in enumerate(segmentation.segments)}
    dtype = _number_type(len(numbers))
    default = numbers[segmentation.default[0]] if segmentation.default else None
    numbered = [(numbers[rule.segment], pl.col(column)) for rule, column in rules]
    match segmentation.hit_policy:
        case HitPolicy.UNIQUE:
            return _agreed(numbered, [pl.col(column) for _, column in rules], dtype, default)
        case HitPolicy.ANY:
            joined = _by_segment(rules)
            return _agreed(
                [(numbers[segment], one) for segment, one in joined], [one for _, one in joined], dtype, default
            )
        case _:
            return _first_true(numbered, dtype, default)


def _by_segment(rules: Sequence[tuple[Rule, str]]) -> list[tuple[str, pl.Expr]]:
    columns: dict[str, list[str]] = {}
    for rule, column in rules:
        columns.setdefault(rule.segment, []).append(column)
    return [(segment, _any_of(found)) for segment, found in columns.items()]


def _agreed(
    numbered: Sequence[tuple[int, pl.Expr]], rivals: Sequence[pl.Expr], dtype: pl.DataType, default: int | None
) -> pl.Expr:
    """Return the number of the one that is true; if there are several, it is missing."""
    places, width = list(enumerate(rivals)), _number_type(len(rivals))
    first, last = (_first_true(order, width, None) for order in (places, places[::-1]))
    found = pl.when(first == last).then(_first_true(numbered, dtype, None))
    return found if default is None else found.when(first.is_null()).then(pl.lit(default, dtype=dtype))


def _first_true(numbered: Sequence[tuple[int, pl.Expr]], dtype: pl.DataType, otherwise: int | None) -> pl.Expr:
    chosen = [pl.when(condition).then(pl.lit(number, dtype=dtype)) for number, condition in numbered]
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
    texts, conditions = _apart(bits)
    return _picked(conditions, lambda mask: _members(texts, mask) or list(default), pl.List(item))


def joined(bits: Sequence[tuple[str, pl.Expr]], separator: str) -> pl.Expr:
    """Return the texts whose condition is true as one text, each once, in their order; missing if none is."""
    texts, conditions = _apart(bits)
    return _picked(conditions, lambda mask: separator.join(_members(texts, mask)) or None, pl.String())


def _apart(bits: Sequence[tuple[str, pl.Expr]]) -> tuple[list[str], list[pl.Expr]]:
    return [text for text, _ in bits], [condition for _, condition in bits]


def _members(texts: Sequence[str], mask: int) -> list[str]:
    return list(dict.fromkeys(text for bit, text in enumerate(texts) if mask >> bit & 1))


Value = list[str] | str | None
ValueOf = Callable[[int], Value]


def _picked(conditions: Sequence[pl.Expr], value_of: ValueOf, dtype: pl.DataType) -> pl.Expr:
    """Return what belongs to the set of conditions that are true; the first is the lowest bit of its number."""
    if not conditions:
        return pl.lit(value_of(0), dtype=dtype)
    if len(conditions) <= _DENSE:
        values = pl.Series([value_of(mask) for mask in range(1 << len(conditions))], dtype=dtype)
        return pl.lit(values).gather(_word(conditions).cast(pl.UInt32()))
    words = [_word(conditions[start : start + _WORD]) for start in range(0, len(conditions), _WORD)]
    named = pl.struct(word.alias(str(number)) for number, word in enumerate(words))
    return named.map_batches(_by_set(value_of, dtype), return_dtype=dtype, is_elementwise=True)


def _word(conditions: Sequence[pl.Expr]) -> pl.Expr:
    """Return conditions as the bits of a number; what is unknown is not true."""
    dtype = next(one for one in (pl.UInt8(), pl.UInt16(), pl.UInt32(), pl.UInt64()) if len(conditions) <= _bits(one))
    none = pl.lit(0, dtype=dtype)
    bits = [pl.when(one).then(pl.lit(1 << bit, dtype=dtype)).otherwise(none) for bit, one in enumerate(conditions)]
    return reduce(or_, bits)


def _bits(dtype: pl.DataType) -> int:
    return int(str(dtype)[len("UInt") :])


def _by_set(value_of: ValueOf, dtype: pl.DataType) -> Callable[[pl.Series], pl.Series]:
    """Return a function that works out the value of each set that occurs, once, and gives it to the rows with it."""

    def build(masks: pl.Series) -> pl.Series:
        rows = masks.struct.unnest()
        sets = rows.unique()
        values = [
            value_of(sum(word << _WORD * place for place, word in enumerate(words))) for words in sets.iter_rows()
        ]
        found = sets.with_columns(pl.Series("value", values, dtype=dtype))
        return rows.join(found, on=rows.columns, how="left", maintain_order="left")["value"]

    return build
