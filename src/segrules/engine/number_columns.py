"""Numbers of a column as text: what the text of each is looked up by, for all rows in which it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import polars as pl

from segrules.engine.number_texts import Digits, exact, pieces, rounded, styled
from segrules.engine.pieces import LookUp, spread, together
from segrules.engine.styles import NumberStyle, Style
from segrules.engine.typed_table import python_values
from segrules.language.types import NUMERIC, Kind
from segrules.program.nodes import Field

Wanted = tuple[Field, Style]
"""A column, and how its values are written."""

_HALF = 2**31
"""Half of what 32 bits hold."""


@dataclass(frozen=True, slots=True)
class WholeNumbers:
    """A column as whole numbers, without sign, and as the digits of its texts, which are made of these.

    They are wanted in some rows, and missing where they are not known to the last digit.
    """

    rows: pl.Series
    values: pl.Series
    whole: pl.Series
    digits: Digits

    @property
    def odd(self) -> pl.Series:
        """The rows that are wanted and have a value, but no whole number."""
        if self.whole.null_count() == self.values.null_count():
            return self.rows.clear()
        return self.rows.filter((self.whole.is_null() & self.values.is_not_null()).gather(self.rows))

    @property
    def range(self) -> tuple[int, int]:
        """What the digits are between; as large ones are rounded on their own, a unit more at either end."""
        ends = [self.whole.min() or 0, self.whole.max() or 0]
        least, most = pl.DataFrame({self.whole.name: ends}).select(self.digits.whole).to_series()
        unit = 10**self.digits.places
        return max(least - unit, 0), most + unit


ExactColumns = Mapping[tuple[Field, bool], tuple[pl.Series, int]]
"""Columns as whole numbers that are known to the last digit, as they are and in percent, each with its places."""


def exact_columns(frame: pl.DataFrame, columns: Iterable[Wanted]) -> ExactColumns:
    """Return the numbers among columns of a frame as whole numbers that are known to the last digit."""
    ways = {
        (field, style.number.percent): exact(pl.col(field.name), field.type, percent=style.number.percent)
        for field, style in columns
        if field.type.kind in NUMERIC
    }
    wholes = _worked_out(frame, ways, "exact")
    return {one: (whole, ways[one].places) for one, whole in wholes.items()}


def whole_numbers(
    frame: pl.DataFrame, wanted: Mapping[Wanted, pl.Series], exactly: ExactColumns
) -> dict[Wanted, WholeNumbers]:
    """Return the numbers among columns of a frame as whole numbers, where there is a way; rows are wanted of each.

    Where some are not known to the last digit, doubles are rounded for each style by itself.
    """
    found: dict[Wanted, WholeNumbers] = {}
    numbers = {one: rows for one, rows in wanted.items() if one[0].type.kind in NUMERIC}
    for (field, style), rows in numbers.items():
        whole, places = exactly[field, style.number.percent]
        grows = (style.number.places or 0) > places  # and there is room for small numbers only
        number = pl.col(whole.name).cast(pl.Int64()) if grows else pl.col(whole.name)
        digits = styled(Digits(number, places), style.number)
        if digits is not None:
            found[field, style] = WholeNumbers(rows, frame[field.name], whole, digits)
    left = [one for one in numbers if one[0].type.kind is Kind.NUMBER and (one not in found or len(found[one].odd))]
    ways = {one: way for one in left if (way := rounded(pl.col(one[0].name), one[1].number)) is not None}
    for one, whole in _worked_out(frame, ways, "rounded").items():
        digits = Digits(pl.col(whole.name), ways[one].places)
        found[one] = WholeNumbers(wanted[one], frame[one[0].name], whole, digits)
    return found


_Key = TypeVar("_Key")


def _worked_out(frame: pl.DataFrame, ways: Mapping[_Key, Digits], name: str) -> dict[_Key, pl.Series]:
    """Return whole numbers of a frame, in half of the memory where they are at most half of what it holds."""
    if not ways:
        return {}
    columns = {f"~{name} {place}": way.whole for place, way in enumerate(ways.values())}
    read = pl.col(list({column for whole in columns.values() for column in whole.meta.root_names()}))
    ends = pl.concat([frame.select(read.min()), frame.select(read.max())]).select(**columns)
    kinds = [pl.UInt32() if _is_small(end) else pl.Int64() for end in ends]
    typed = {key: whole.cast(kind) for (key, whole), kind in zip(columns.items(), kinds, strict=True)}
    wholes = frame.lazy().select(**typed).collect(engine="streaming").rechunk()
    return dict(zip(ways, wholes, strict=True))


def _is_small(ends: pl.Series) -> bool:
    """Return whether the whole numbers of the least and the largest value of a column are known, and small."""
    return not ends.null_count() and bool((ends < _HALF).all())


def looked_up(numbers: WholeNumbers, style: Style, name: str) -> tuple[list[LookUp], list[pl.Series]]:
    """Return the parts of the text of each number, and the columns by which they are looked up, beside its own.

    The names of those that are for it alone begin with `name`.
    """
    columns = [numbers.whole]
    parts = _parts(numbers, style.number)
    value = pl.col(numbers.values.name)
    if (numbers.values < 0).any():
        parts[0] = _with_sign(parts[0], (value < 0) & (numbers.digits.whole > 0))
    if numbers.whole.null_count():
        rows = numbers.odd
        texts, places = _others(numbers.values.gather(rows), style)
        if len(rows):
            columns.append(spread(places, rows, len(numbers.values)).fill_null(0).alias(name))
        parts = _or_others(parts, texts, pl.col(name) if len(rows) else pl.lit(0, dtype=pl.UInt32()))
    return parts, columns


def _parts(numbers: WholeNumbers, style: NumberStyle) -> list[LookUp]:
    whole, places = numbers.digits.whole, numbers.digits.places
    least, most = numbers.range
    if most - least > max(len(numbers.rows) // 8, 1_000):
        return list(pieces(whole, places, most, style))
    each = pl.int_range(least, most + 1, dtype=pl.Int64(), eager=True)
    texts = pl.select(together(pieces(pl.lit(each), places, most, style), len(each))).to_series()
    return [LookUp(texts, whole - least)]


def _with_sign(first: LookUp, is_negative: pl.Expr) -> LookUp:
    """Return the first part with the sign."""
    table = pl.concat([first.table, "-" + first.table], rechunk=True)
    return LookUp(table, pl.when(is_negative).then(first.at + len(first.table)).otherwise(first.at))


def _others(odd: pl.Series, style: Style) -> tuple[pl.Series, pl.Series]:
    """Return the texts of what has no whole number, that of a missing value first, and the place of each value's."""
    different = odd.unique()
    texts = [style.write(None), *(style.write(value) for value in python_values(different))]  # type: ignore[arg-type]
    places = pl.int_range(1, len(texts), dtype=pl.UInt32(), eager=True)
    return pl.Series(texts), odd.replace_strict(different, places, return_dtype=pl.UInt32())


def _or_others(parts: list[LookUp], others: pl.Series, places: pl.Expr) -> list[LookUp]:
    """Return parts of which the first has those other texts, too, and in these rows the further ones are empty."""
    first, *further = parts
    all_of_first = LookUp(pl.concat([first.table, others], rechunk=True), first.at.fill_null(len(first.table) + places))
    return [
        all_of_first,
        *(
            LookUp(pl.concat([one.table, pl.Series([""])], rechunk=True), one.at.fill_null(len(one.table)))
            for one in further
        ),
    ]
