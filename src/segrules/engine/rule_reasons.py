"""The reasons of rules in the rows that they decide: their `because`, or the conditions that made them match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from segrules.engine.number_columns import Wanted
from segrules.engine.pieces import LookUp, Piece, together
from segrules.engine.rule_rows import RuleRows
from segrules.engine.styles import Style, style_of_hole, style_of_value
from segrules.engine.texts import Texts
from segrules.engine.told import Telling, tellings
from segrules.explain import reasons as wording
from segrules.explain.wording import written
from segrules.plan.logic import constant
from segrules.plan.steps import Explained, Told
from segrules.program.nodes import Constant, Expression, Field
from segrules.program.program import Hole, Program, Rule
from segrules.program.sensitivity import HIDDEN, Sensitivity


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that is told: of what, the column or the constant that it is, and how it is written."""

    of: Expression
    value: Expression
    style: Style


class RuleReasons:
    """Tells rules of segmentations in a frame that has the columns with which these are explained."""

    def __init__(
        self,
        program: Program,
        explained: Iterable[Explained],
        frame: pl.DataFrame,
        sensitivity: Sensitivity,
        parts: Iterable[RuleRows],
    ) -> None:
        self._shares = wording.shares(program)
        self._sensitivity = sensitivity
        self._told = {rule: told for of in explained for rule, told in of.told}
        self._holes = {place: hole for of in explained for place, hole in of.holes}
        wanted: dict[Wanted, list[pl.Series]] = {}
        for part in parts:
            for one in self._values(part):
                if isinstance(one.value, Field) and not sensitivity.hides(one.of):
                    wanted.setdefault((one.value, one.style), []).append(part.rows)
        self._texts = Texts(frame, {one: pl.concat(rows) for one, rows in wanted.items()})

    def tellings(self, part: RuleRows) -> Iterator[Telling]:
        """Yield what is to be told in rows."""
        yield from tellings(self._texts.frame, part.rows, together(self._pieces(part), len(part.rows)))

    # What is told

    def _pieces(self, part: RuleRows) -> Iterator[Piece]:
        if part.rule.because is not None:
            yield from self._because(part)
        elif part.told is None:
            yield self._where_shown(part)
        else:
            yield from self._conditions(part.rule, part.told, part.rows)

    def _because(self, part: RuleRows) -> Iterator[Piece]:
        for place, piece in enumerate(part.rule.because or ()):
            if isinstance(piece, Hole):
                yield from self._value(self._hole(part.rule, place, piece), part.rows)
            else:
                yield piece

    def _conditions(self, rule: Rule, told: Sequence[Told], rows: pl.Series) -> Iterator[Piece]:
        """Yield the conditions that are told in all of some rows, and how many more there are."""
        before: set[tuple[Expression, ...]] = set()
        for number, one in enumerate(told[: wording.MOST]):
            yield wording.NEXT_CONDITION if number else ""
            yield wording.condition_text(one.condition, denied=one.denied)
            if one.values and one.seen not in before:
                yield from self._in_brackets(one, rows)
            before.add(one.seen)
        if len(told) > wording.MOST:
            yield f"{wording.NEXT_CONDITION}{len(told) - wording.MOST}{wording.MORE}"
        if not told:
            yield written(rule.when)

    def _where_shown(self, part: RuleRows) -> pl.Expr:
        """Return the conditions that are told in each row, where there are many different sets of them."""
        told = self._told[part.rule]
        texts, shown = [], [_truth(one.shown) for one in told]
        count = pl.lit(0, dtype=pl.Int64())
        for number, one in enumerate(told):
            before = [shown[other] for other in range(number) if told[other].seen == one.seen]
            values = together(self._in_brackets(one, part.rows), len(part.rows)) if one.values else pl.lit("")
            fresh = pl.when(pl.any_horizontal(pl.lit(False), *before)).then(pl.lit("")).otherwise(values)
            text = pl.lit(wording.condition_text(one.condition, denied=one.denied)) + fresh
            texts.append(pl.when(shown[number] & (count < wording.MOST)).then(text))
            count = count + shown[number].cast(pl.Int64())
        more = pl.when(count > wording.MOST).then((count - wording.MOST).cast(pl.String()) + pl.lit(wording.MORE))
        text = pl.concat_str(*texts, more, separator=wording.NEXT_CONDITION, ignore_nulls=True)
        return pl.when(count > 0).then(text).otherwise(pl.lit(written(part.rule.when)))

    def _in_brackets(self, told: Told, rows: pl.Series) -> Iterator[Piece]:
        first, *behind = wording.in_brackets([_MARK] * len(told.values)).split(_MARK)
        yield first
        for one, text in zip(self._seen(told), behind, strict=True):
            yield from self._value(one, rows)
            yield text

    # Its values

    def _values(self, part: RuleRows) -> Iterator[_Value]:
        """Yield every value that may be told in rows."""
        for place, piece in enumerate(part.rule.because or ()):
            if isinstance(piece, Hole):
                yield self._hole(part.rule, place, piece)
        if part.rule.because is None:
            for told in self._told[part.rule] if part.told is None else part.told:
                yield from self._seen(told)

    def _hole(self, rule: Rule, place: int, hole: Hole) -> _Value:
        value = self._holes[rule, place]
        return _Value(hole.expression, value, style_of_hole(hole.format, value.type))

    def _seen(self, told: Told) -> Iterator[_Value]:
        for seen, value in zip(told.seen, told.values, strict=True):
            yield _Value(seen, value, style_of_value(percent=seen in self._shares))

    def _value(self, told: _Value, rows: pl.Series) -> Iterator[Piece]:
        """Yield the pieces of a value: here those of rows become part of a reason; of a hidden one whether it is."""
        if isinstance(told.value, Constant):
            yield told.style.write(told.value.value)
            return
        assert isinstance(told.value, Field)
        if self._sensitivity.hides(told.of):
            is_there = pl.col(told.value.name).is_not_null()
            yield LookUp(pl.Series([told.style.write(None), HIDDEN]), is_there)
        else:
            yield from self._texts.pieces(told.value, told.style, rows)


_MARK = "\0"


def _truth(node: Expression) -> pl.Expr:
    return pl.col(node.name) if isinstance(node, Field) else pl.lit(constant(node) is True)
