"""What is said of rows: of each rule its `because`, or the conditions that made it match, and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from segrules.engine.alike_rows import AlikeRows
from segrules.engine.doubts import DOUBT, Doubts
from segrules.engine.looked_up import LookedUp, Wanted
from segrules.engine.pieces import LookUp, Piece, together
from segrules.engine.rule_values import RuleValue, RuleValues
from segrules.engine.texts import Texts
from segrules.engine.told import Telling, tellings
from segrules.explain import reasons as wording
from segrules.explain.wording import written
from segrules.plan.logic import constant
from segrules.plan.steps import Told
from segrules.program.nodes import Constant, Expression, Field
from segrules.program.program import Hole, Rule
from segrules.program.sensitivity import HIDDEN


class RuleReasons:
    """Tells what the rules of a segmentation have to say in rows of a frame, which has the columns that explain it."""

    def __init__(self, values: RuleValues, looked_up: LookedUp, doubts: Doubts, parts: Iterable[AlikeRows]) -> None:
        """Take the frame with what is looked up, what is in doubt, and see to what else is told in these rows."""
        self._values = values
        self._doubts = doubts
        wanted: dict[Wanted, list[pl.Series]] = {}
        for part in parts:
            for one in (one for rule, told in part.rules for one in values.columns(rule, told)):
                wanted.setdefault(one, []).append(part.rows)
        self._texts = Texts(looked_up, {one: pl.concat(rows) for one, rows in wanted.items()})
        self._frame = self._texts.frame.with_columns(doubts.at.alias(DOUBT))

    def tellings(self, part: AlikeRows) -> Iterator[Telling]:
        """Yield what is to be told in rows."""
        yield from tellings(self._frame, part.rows, together(self._pieces(part), len(part.rows)))

    # What is told

    def _pieces(self, part: AlikeRows) -> Iterator[Piece]:
        yield wording.IN_CONFLICT if part.in_conflict else ""
        for number, (rule, told) in enumerate(part.rules):
            yield wording.NEXT_RULE if number else ""
            yield wording.because_of(rule) if part.in_conflict else ""
            yield from self._of_rule(rule, told, len(part.rows))
        if part.provisional:
            yield wording.NEXT_RULE if part.rules else wording.NO_RULE + wording.NEXT_RULE
            yield self._doubts.text

    def _of_rule(self, rule: Rule, told: Sequence[Told] | None, count: int) -> Iterator[Piece]:
        """Yield what a rule has to say in so many rows."""
        if rule.because is not None:
            yield from self._because(rule)
        elif told is None:
            yield self._where_shown(rule, count)
        else:
            yield from self._conditions(rule, told)

    def _because(self, rule: Rule) -> Iterator[Piece]:
        for place, piece in enumerate(rule.because or ()):
            if isinstance(piece, Hole):
                yield from self._value(self._values.hole(rule, place, piece))
            else:
                yield piece

    def _conditions(self, rule: Rule, told: Sequence[Told]) -> Iterator[Piece]:
        """Yield the conditions that are told in all of some rows, and how many more there are."""
        before: set[tuple[Expression, ...]] = set()
        for number, one in enumerate(told[: wording.MOST]):
            yield wording.NEXT_CONDITION if number else ""
            yield wording.condition_text(one.condition, denied=one.denied)
            if one.values and one.seen not in before:
                yield from self._in_brackets(one)
            before.add(one.seen)
        if len(told) > wording.MOST:
            yield f"{wording.NEXT_CONDITION}{len(told) - wording.MOST}{wording.MORE}"
        if not told:
            yield written(rule.when)

    def _where_shown(self, rule: Rule, rows: int) -> pl.Expr:
        """Return the conditions that are told in each of so many rows, where there are many different sets of them."""
        told = self._values.conditions(rule)
        texts, shown = [], [_truth(one.shown) for one in told]
        count = pl.lit(0, dtype=pl.Int64())
        for number, one in enumerate(told):
            before = [shown[other] for other in range(number) if told[other].seen == one.seen]
            values = together(self._in_brackets(one), rows) if one.values else pl.lit("")
            fresh = pl.when(pl.any_horizontal(pl.lit(False), *before)).then(pl.lit("")).otherwise(values)
            text = pl.lit(wording.condition_text(one.condition, denied=one.denied)) + fresh
            texts.append(pl.when(shown[number] & (count < wording.MOST)).then(text))
            count = count + shown[number].cast(pl.Int64())
        more = pl.when(count > wording.MOST).then((count - wording.MOST).cast(pl.String()) + pl.lit(wording.MORE))
        text = pl.concat_str(*texts, more, separator=wording.NEXT_CONDITION, ignore_nulls=True)
        return pl.when(count > 0).then(text).otherwise(pl.lit(written(rule.when)))

    def _in_brackets(self, told: Told) -> Iterator[Piece]:
        first, *behind = wording.in_brackets([_MARK] * len(told.values)).split(_MARK)
        yield first
        for one, text in zip(self._values.seen(told), behind, strict=True):
            yield from self._value(one)
            yield text

    def _value(self, told: RuleValue) -> Iterator[Piece]:
        """Yield the pieces of a value: here those of rows become part of a reason; of a hidden one whether it is."""
        if isinstance(told.value, Constant):
            yield told.style.write(told.value.value)
            return
        assert isinstance(told.value, Field)
        if self._values.hides(told):
            is_there = pl.col(told.value.name).is_not_null().cast(pl.UInt32())
            yield LookUp(pl.Series([told.style.write(None), HIDDEN]), is_there)
        else:
            yield from self._texts.pieces(told.value, told.style)


_MARK = "\0"


def _truth(node: Expression) -> pl.Expr:
    return pl.col(node.name) if isinstance(node, Field) else pl.lit(constant(node) is True)
