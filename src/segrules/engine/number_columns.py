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

_SMALL = 2**30
"""Numbers below it fit into 32 bits with a sign, and so do those to which they are rounded."""


@dataclass(frozen=True, slots=True)
class WholeNumbers:
    """A column as whole numbers of the last of their `places`, and what these are between."""

    column: pl.Series
    places: int
    least: int
    most: int

    @property
    def size(self) -> pl.Expr:
        """The numbers without sign."""
        number = pl.col(self.column.name)
        return number.abs() if self.least < 0 else number


@dataclass(frozen=True, slots=True)
class WantedNumbers:
    """A column of which some rows are wanted, as whole numbers, and as the digits of its texts.

    They are missing where they are not known to the last digit.
    """

    rows: pl.Series
    values: pl.Series
    whole: WholeNumbers
    digits: Digits

    @property
    def odd(self) -> pl.Series:
        """The rows that are wanted and have a value, but no whole number."""
        column = self.whole.column
        if column.null_count() == self.values.null_count():
            return self.rows.clear()
        return self.rows.filter((column.is_null() & self.values.is_not_null()).gather(self.rows))

    @property
    def range(self) -> tuple[int, int]:
        """What the digits are between; as large ones are rounded on their own, a unit more at either end."""
        ends = pl.DataFrame({self.whole.column.name: [self.whole.least, self.whole.most]})
        digits = ends.select(self.digits.whole).to_series().to_list()
        unit = 10**self.digits.places
        return max(min(digits) - unit, 0) if self.whole.least >= 0 else 0, max(digits) + unit


ExactColumns = Mapping[tuple[Field, bool], WholeNumbers]
"""Columns as whole numbers that are known to the last digit, as they are and in percent."""


def exact_columns(frame: pl.DataFrame, columns: Iterable[Wanted]) -> ExactColumns:
    """Return the numbers among columns of a frame as whole numbers that are known to the last digit."""
    ways = {
        (field, style.number.percent): exact(pl.col(field.name), field.type, percent=style.number.percent)
        for field, style in columns
        if field.type.kind in NUMERIC
    }
    return _worked_out(frame, ways, "exact")


def wanted_numbers(
    frame: pl.DataFrame, wanted: Mapping[Wanted, pl.Series], exactly: ExactColumns
) -> dict[Wanted, WantedNumbers]:
    """Return the numbers among columns of a frame as whole numbers, where there is a way; rows are wanted of each.

    Where some are not known to the last digit, doubles are rounded for each style by itself.
    """
    numbers = {one: rows for one, rows in wanted.items() if one[0].type.kind in NUMERIC}
    found = _as_they_are(frame, numbers, exactly)
    left = {one: rows for one, rows in numbers.items() if one not in found or len(found[one].odd)}
    return found | _rounded(frame, left)


def _as_they_are(
    frame: pl.DataFrame, wanted: Mapping[Wanted, pl.Series], exactly: ExactColumns
) -> dict[Wanted, WantedNumbers]:
    """Return numbers that are known to the last digit, without those of which that would take too many places."""
    found: dict[Wanted, WantedNumbers] = {}
    for (field, style), rows in wanted.items():
        whole = exactly[field, style.number.percent]
        grows = (style.number.places or 0) > whole.places  # and there is room for small numbers only
        size = whole.size.cast(pl.Int64()) if grows else whole.size
        if (digits := styled(Digits(size, whole.places), style.number)) is not None:
            found[field, style] = WantedNumbers(rows, frame[field.name], whole, digits)
    return found


def _rounded(frame: pl.DataFrame, wanted: Mapping[Wanted, pl.Series]) -> dict[Wanted, WantedNumbers]:
    """Return doubles among numbers rounded as the style of each has them, without those of too many places."""
    doubles = (one for one in wanted if one[0].type.kind is Kind.NUMBER)
    ways = {one: way for one in doubles if (way := rounded(pl.col(one[0].name), one[1].number)) is not None}
    return {
        one: WantedNumbers(wanted[one], frame[one[0].name], whole, Digits(whole.size, whole.places))
        for one, whole in _worked_out(frame, ways, "rounded").items()
    }


_Key = TypeVar("_Key")


def _worked_out(frame: pl.DataFrame, ways: Mapping[_Key, Digits], name: str) -> dict[_Key, WholeNumbers]:
    """Return whole numbers of a frame, of 32 bits where they are small."""
    if not ways:
        return {}
    columns = {f"~{name} {place}": way.whole for place, way in enumerate(ways.values())}
    read = pl.col(list({column for whole in columns.values() for column in whole.meta.root_names()}))
    ends = pl.concat([frame.select(read.min()), frame.select(read.max())]).select(**columns)
    typed = {of.name: _cast(way, _type(of)) for way, of in zip(ways.values(), ends, strict=True)}
    wholes = frame.lazy().select(**typed).collect(engine="streaming").rechunk()
    between = zip(wholes.min().row(0), wholes.max().row(0), strict=True)
    return {
        one: WholeNumbers(column, way.places, least or 0, most or 0)
        for (one, way), column, (least, most) in zip(ways.items(), wholes, between, strict=True)
    }


def _cast(way: Digits, kind: pl.DataType) -> pl.Expr:
    whole = way.whole if way.if_small is None or kind == pl.Int64() else way.if_small
    return whole.cast(kind)


def _type(ends: pl.Series) -> pl.DataType:
    """Return the type of the whole numbers of a column, of which these are those of its least and largest value."""
    least, most = ends.to_list()
    if least is None or most is None or max(-least, most) >= _SMALL:
        return pl.Int64()
    return pl.UInt32() if least >= 0 else pl.Int32()


def looked_up(numbers: WantedNumbers, style: Style, name: str) -> tuple[list[LookUp], list[pl.Series]]:
    """Return the parts of the text of each number, and the columns by which they are looked up, beside its own.

    The names of those that are for it alone begin with `name`.
    """
    column = numbers.whole.column
    columns = [column]
    parts = _parts(numbers, style.number)
    if numbers.whole.least < 0:
        parts[0] = _with_sign(parts[0], (pl.col(column.name) < 0) & (numbers.digits.whole > 0))
    if column.null_count():
        rows = numbers.odd
        texts, places = _others(numbers.values.gather(rows), style)
        if len(rows):
            columns.append(spread(places, rows, len(column)).fill_null(0).alias(name))
        parts = _or_others(parts, texts, pl.col(name) if len(rows) else pl.lit(0, dtype=pl.UInt32()))
    return parts, columns


def _parts(numbers: WantedNumbers, style: NumberStyle) -> list[LookUp]:
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
