"""The assigned segments of a row: small numbers that become an Enum, or bits that pick a finished list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import groupby
from operator import or_

import polars as pl

from segrules.backends.polars.dtypes import dtype_of
from segrules.language.values import Value
from segrules.plan.steps import Decision, Pick
from segrules.program.program import HitPolicy, Rule, Segmentation

_DENSE = 12
"""So many bits have few enough sets to make them all beforehand."""

_WORD = 64


def decided(decision: Decision) -> pl.Expr:
    """Return the assigned segment, under `collect` the list of them, or the place that decides."""
    segmentation, rules = decision.segmentation, decision.rules
    if decision.place:
        places = [(place, pl.col(column)) for place, (_, column) in enumerate(rules)]
        return _chosen(segmentation, rules, places, _number_type(len(rules) + 1), len(rules))
    if segmentation.hit_policy is HitPolicy.COLLECT:
        bits = [(segment, _any_of(columns)) for segment, columns in _runs(rules)]
        return listed(bits, pl.Enum(segmentation.segments), segmentation.default or ())
    return _segment(segmentation, rules).cat.to(pl.Enum(segmentation.segments))


def pick(definition: Pick) -> pl.Expr:
    """Return the value that belongs to the place that decides."""
    values = pl.Series(definition.values, dtype=dtype_of(definition.type))
    return pl.lit(values).gather(pl.col(definition.place))


_Rules = Sequence[tuple[Rule, str]]
_Numbered = Sequence[tuple[int, pl.Expr]]


def _segment(segmentation: Segmentation, rules: _Rules) -> pl.Expr:
    """Return the number of the assigned segment, missing for none and for a conflict."""
    numbers = {segment: number for number, segment in enumerate(segmentation.segments)}
    default = numbers[segmentation.default[0]] if segmentation.default else None
    if segmentation.hit_policy is HitPolicy.ANY:
        numbered = [(numbers[segment], one) for (segment, _), one in _by_answer(rules)]
    else:
        numbered = [(numbers[rule.segment], pl.col(column)) for rule, column in rules]
    return _chosen(segmentation, rules, numbered, _number_type(len(numbers)), default)


def _chosen(
    segmentation: Segmentation, rules: _Rules, numbered: _Numbered, dtype: pl.DataType, otherwise: int | None
) -> pl.Expr:
    """Return the number of the first that is true, `otherwise` if none is, missing in a conflict."""
    match segmentation.hit_policy:
        case HitPolicy.UNIQUE:
            return _agreed(numbered, [pl.col(column) for _, column in rules], dtype, otherwise)
        case HitPolicy.ANY:
            return _agreed(numbered, [one for _, one in _by_answer(rules)], dtype, otherwise)
        case _:
            return _first_true(numbered, dtype, otherwise)


def _by_answer(rules: _Rules) -> list[tuple[tuple[str, tuple[Value, ...]], pl.Expr]]:
    """Return the different answers that rules give, each with whether one of its rules is true."""
    columns: dict[tuple[str, tuple[Value, ...]], list[str]] = {}
    for rule, column in rules:
        columns.setdefault((rule.segment, rule.outputs), []).append(column)
    return [(answer, _any_of(found)) for answer, found in columns.items()]


def _agreed(numbered: _Numbered, rivals: Sequence[pl.Expr], dtype: pl.DataType, default: int | None) -> pl.Expr:
    """Return the number of the one that is true; if there are several, it is missing."""
    places, width = list(enumerate(rivals)), _number_type(len(rivals))
    first, last = (_first_true(order, width, None) for order in (places, places[::-1]))
    found = pl.when(first == last).then(_first_true(numbered, dtype, None))
    return found if default is None else found.when(first.is_null()).then(pl.lit(default, dtype=dtype))


def _first_true(numbered: _Numbered, dtype: pl.DataType, otherwise: int | None) -> pl.Expr:
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
    return of_set(conditions, lambda mask: _members(texts, mask) or list(default), pl.List(item))


def joined(bits: Sequence[tuple[str, pl.Expr]], separator: str) -> pl.Expr:
    """Return the texts whose condition is true as one text, each once, in their order; missing if none is."""
    texts, conditions = _apart(bits)
    return of_set(conditions, lambda mask: separator.join(_members(texts, mask)) or None, pl.String())


def _apart(bits: Sequence[tuple[str, pl.Expr]]) -> tuple[list[str], list[pl.Expr]]:
    return [text for text, _ in bits], [condition for _, condition in bits]


def _members(texts: Sequence[str], mask: int) -> list[str]:
    return list(dict.fromkeys(text for bit, text in enumerate(texts) if mask >> bit & 1))


Texts = list[str] | str | None
TextsOf = Callable[[int], Texts]


def of_set(conditions: Sequence[pl.Expr], texts_of: TextsOf, dtype: pl.DataType) -> pl.Expr:
    """Return what belongs to the set of conditions that are true; the first is the lowest bit of its number."""
    if not conditions:
        return pl.lit(texts_of(0), dtype=dtype)
    if len(conditions) <= _DENSE:
        values = pl.Series([texts_of(mask) for mask in range(1 << len(conditions))], dtype=dtype)
        return pl.lit(values).gather(word(conditions).cast(pl.UInt32()))
    words = [word(conditions[start : start + _WORD]) for start in range(0, len(conditions), _WORD)]
    named = pl.struct(one.alias(str(number)) for number, one in enumerate(words))
    return named.map_batches(_by_set(texts_of, dtype), return_dtype=dtype, is_elementwise=True)


def word(conditions: Sequence[pl.Expr]) -> pl.Expr:
    """Return up to 64 conditions as the bits of a number, the first as the lowest; what is unknown is not true.

    Bytes are made first and then put together, which touches an eighth of the memory.
    """
    dtype = next(one for one in (pl.UInt8(), pl.UInt16(), pl.UInt32(), pl.UInt64()) if len(conditions) <= _bits(one))
    starts = range(0, len(conditions), 8)
    of_bytes = [_byte(conditions[start : start + 8]).cast(dtype) * (1 << start) for start in starts]
    return reduce(or_, of_bytes) if of_bytes else pl.lit(0, dtype=dtype)


def _byte(conditions: Sequence[pl.Expr]) -> pl.Expr:
    none = pl.lit(0, dtype=pl.UInt8())
    bits = (pl.when(one).then(pl.lit(1 << bit, dtype=pl.UInt8())).otherwise(none) for bit, one in enumerate(conditions))
    return reduce(or_, bits)


def _bits(dtype: pl.DataType) -> int:
    return int(str(dtype)[len("UInt") :])


def _by_set(texts_of: TextsOf, dtype: pl.DataType) -> Callable[[pl.Series], pl.Series]:
    """Return a function that works out the value of each set that occurs, once, and gives it to the rows with it.

    Rows that a `when` around it leaves out have no set: Polars hands them over as missing.
    """

    def build(masks: pl.Series) -> pl.Series:
        rows = masks.struct.unnest()
        sets = rows.unique().drop_nulls()
        values = [texts_of(sum(one << _WORD * place for place, one in enumerate(words))) for words in sets.iter_rows()]
        found = sets.with_columns(pl.Series("value", values, dtype=dtype))
        return rows.join(found, on=rows.columns, how="left", maintain_order="left")["value"]

    return build
