"""The reasons of one rule in the rows that it decides: its `because`, or the conditions that made it match."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

import polars as pl

from segrules.engine.number_texts import NumberStyle
from segrules.engine.pieces import Piece, together
from segrules.engine.texts import Style, texts_of
from segrules.explain import reasons as wording
from segrules.explain.shown import PLACES
from segrules.explain.wording import written
from segrules.language import types
from segrules.language.formatting import FORMAT, text_of
from segrules.plan.logic import constant
from segrules.plan.steps import Explained, Told
from segrules.program.nodes import Constant, Expression, Field
from segrules.program.program import Hole, Program, Rule
from segrules.program.sensitivity import HIDDEN, Sensitivity

ROW, TEXT = "~row", "~text"


class RuleReasons:
    """Tells the rules of a segmentation, in a frame that has the columns of `explained` and the places of its rows."""

    def __init__(self, program: Program, explained: Explained, frame: pl.DataFrame, sensitivity: Sensitivity) -> None:
        self._program = program
        self._sensitivity = sensitivity
        self._told = dict(explained.told)
        self._holes = dict(explained.holes)
        self._frame = frame

    def texts(self, rule: Rule, column: str) -> Iterator[tuple[pl.Series, pl.LazyFrame]]:
        """Yield places of rows in which `column`, that a rule decides, is true, with a query for their reasons."""
        read = [one.name for one in self._read(rule) if isinstance(one, Field)]
        rows = self._frame.select(*dict.fromkeys([ROW, column, *read])).filter(column)
        if rule.because is not None:
            yield _texts(rows, self._because(rule, rows))
            return
        told = self._told[rule]
        sets = _sets(told, rows)
        if sets is None:
            yield _texts(rows, [self._where_shown(rule, told, rows)])
            return
        for true, same in sets:
            yield _texts(same, self._conditions(rule, [one for one in told if _is_shown(one, true)], same))

    def _read(self, rule: Rule) -> Iterator[Expression]:
        if rule.because is not None:
            yield from (hole for (of, _), hole in self._holes.items() if of == rule)
            return
        for told in self._told[rule]:
            yield from (told.shown, *told.values)

    def _because(self, rule: Rule, rows: pl.DataFrame) -> Iterator[Piece]:
        for place, part in enumerate(rule.because or ()):
            if isinstance(part, Hole):
                hole = self._holes[rule, place]
                yield from self._value(part.expression, hole, rows, style_of_hole(part.format, hole.type))
            else:
                yield part

    def _conditions(self, rule: Rule, told: Sequence[Told], rows: pl.DataFrame) -> Iterator[Piece]:
        """Yield the conditions that are told in all of some rows, and how many more there are."""
        before: set[tuple[Expression, ...]] = set()
        for number, one in enumerate(told[: wording.MOST]):
            yield wording.NEXT_CONDITION if number else ""
            yield wording.condition_text(one.condition, denied=one.denied)
            if one.values and one.seen not in before:
                yield from self._values(one, rows)
            before.add(one.seen)
        if len(told) > wording.MOST:
            yield f"{wording.NEXT_CONDITION}{len(told) - wording.MOST}{wording.MORE}"
        if not told:
            yield written(rule.when)

    def _where_shown(self, rule: Rule, told: Sequence[Told], rows: pl.DataFrame) -> pl.Expr:
        """Return the conditions that are told in each row, where there are many different sets of them."""
        texts, shown = [], [_truth(one.shown) for one in told]
        count = pl.lit(0, dtype=pl.Int64())
        for number, one in enumerate(told):
            before = [shown[other] for other in range(number) if told[other].seen == one.seen]
            values = together(self._values(one, rows)) if one.values else pl.lit("")
            fresh = pl.when(pl.any_horizontal(pl.lit(False), *before)).then(pl.lit("")).otherwise(values)
            text = pl.lit(wording.condition_text(one.condition, denied=one.denied)) + fresh
            texts.append(pl.when(shown[number] & (count < wording.MOST)).then(text))
            count = count + shown[number].cast(pl.Int64())
        more = pl.when(count > wording.MOST).then((count - wording.MOST).cast(pl.String()) + pl.lit(wording.MORE))
        text = pl.concat_str(*texts, more, separator=wording.NEXT_CONDITION, ignore_nulls=True)
        return pl.when(count > 0).then(text).otherwise(pl.lit(written(rule.when)))

    def _values(self, told: Told, rows: pl.DataFrame) -> Iterator[Piece]:
        around = wording.in_brackets([_MARK] * len(told.values)).split(_MARK)
        yield around[0]
        for seen, value, behind in zip(told.seen, told.values, around[1:], strict=True):
            style = style_of_value(percent=seen in wording.shares(self._program))
            yield from self._value(seen, value, rows, style)
            yield behind

    def _value(self, shown: Expression, value: Expression, rows: pl.DataFrame, style: Style) -> Iterator[Piece]:
        """Yield the pieces of a value: here those of rows become part of a reason; of a hidden one whether it is."""
        if isinstance(value, Constant):
            yield style.write(value.value)
            return
        assert isinstance(value, Field)
        if self._sensitivity.hides(shown):
            yield pl.when(pl.col(value.name).is_null()).then(pl.lit(style.write(None))).otherwise(pl.lit(HIDDEN))
        else:
            yield from texts_of(rows, value, style)


_MARK = "\0"
_BITS = 63
_MOST_SETS = 64
"""So many sets of conditions are told each by itself, which is several times as fast for few."""


def _sets(told: Sequence[Told], rows: pl.DataFrame) -> list[tuple[Collection[str], pl.DataFrame]] | None:
    """Return each set of the columns that say what is told with the rows in which they are true; None for many."""
    names = list(dict.fromkeys(one.shown.name for one in told if isinstance(one.shown, Field)))
    if not names:
        return [((), rows)]
    if len(names) > _BITS:
        return None
    bits = (pl.when(name).then(1 << bit).otherwise(0).cast(pl.UInt64()) for bit, name in enumerate(names))
    numbers = rows.select(pl.sum_horizontal(bits)).to_series()
    sets = numbers.unique().sort().to_list()
    if len(sets) > _MOST_SETS:
        return None
    return [
        ({name for bit, name in enumerate(names) if number >> bit & 1}, rows.filter(numbers == number))
        for number in sets
    ]


def _is_shown(told: Told, true: Collection[str]) -> bool:
    return told.shown.name in true if isinstance(told.shown, Field) else constant(told.shown) is True


def _truth(node: Expression) -> pl.Expr:
    return pl.col(node.name) if isinstance(node, Field) else pl.lit(constant(node) is True)


def _texts(rows: pl.DataFrame, pieces: Iterable[Piece]) -> tuple[pl.Series, pl.LazyFrame]:
    """Return the places of rows, and a query for the text that pieces make in each."""
    return rows[ROW], rows.lazy().select(ROW, together(pieces).alias(TEXT)).select(TEXT)


def style_of_value(*, percent: bool) -> Style:
    """Return how the values that conditions saw are written."""
    number = NumberStyle(rounded=PLACES - 2 if percent else PLACES, comma=True, percent=percent, cents_if_large=True)
    return Style(partial(wording.value_text, percent=percent), number)


def style_of_hole(format_: str | None, kind: types.Type) -> Style:
    """Return how values of a type are written in a hole of a `because` with that format."""
    parts = FORMAT.fullmatch(format_ or "")
    assert parts is not None
    own = kind.places if kind.kind is types.Kind.DECIMAL else None
    places = int(parts["places"]) if parts["style"] else own
    number = NumberStyle(places, comma=bool(parts["comma"]), percent=parts["style"] == "%")
    return Style(partial(text_of, format=format_), number)
