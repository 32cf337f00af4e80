"""Columns as their declared types, a whole column at a time.

A builder a type gives the expression that reads what is usual. It may read too little, never wrongly: what it leaves
missing although something stands there is read again by `reading`, which has the last word.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import polars as pl

from segrules.backends.polars.dtypes import dtype_of
from segrules.engine import date_texts
from segrules.engine.reading import EXACT_DOUBLE, missing_values
from segrules.engine.spelling import Spelling
from segrules.language.types import Kind, Type
from segrules.language.values import MAX_DIGITS

# Decimals of up to 15 digits and doubles answer to each other one to one: the shortest spelling is the only one.
_ONE_SPELLING = 1e15

_WHOLE: dict[type[pl.DataType], tuple[int, int]] = {
    pl.Int8: (-(2**7), 2**7 - 1),
    pl.Int16: (-(2**15), 2**15 - 1),
    pl.Int32: (-(2**31), 2**31 - 1),
    pl.UInt8: (0, 2**8 - 1),
    pl.UInt16: (0, 2**16 - 1),
    pl.UInt32: (0, 2**32 - 1),
}

_GROUPED = r"^[+-]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]*)?(?:[eE][+-]?[0-9]+)?$"
_FIRST_DAY, _LAST_DAY = pl.lit(date(1, 1, 1)), pl.lit(date(9999, 12, 31))
_FIRST_MOMENT = pl.lit(datetime(1, 1, 1))  # noqa: DTZ001 (local)
_LAST_MOMENT = pl.lit(datetime(9999, 12, 31, 23, 59, 59, 999_999))  # noqa: DTZ001 (local)

Builder = Callable[[pl.Expr, pl.DataType, Type, Spelling], pl.Expr | None]


def plain(raw: pl.Expr, dtype: pl.DataType) -> tuple[pl.Expr, pl.DataType]:
    """Return a column in one of the few types that the builders know: texts as texts, numbers of 64 bits."""
    if isinstance(dtype, pl.BaseExtension):
        return plain(raw.ext.storage(), _instance(dtype.ext_storage()))
    match dtype:
        case pl.Categorical() | pl.Enum():
            return raw.cast(pl.String), pl.String()
        case pl.Float32() | pl.Float16():
            # By its shortest spelling: the 0.1 of a short float is 0.1, not 0.10000000149.
            return raw.cast(pl.String).cast(pl.Float64), pl.Float64()
        case pl.Int8() | pl.Int16() | pl.Int32() | pl.UInt8() | pl.UInt16() | pl.UInt32():
            return raw.cast(pl.Int64), pl.Int64()
        case pl.Array():
            return raw.arr.to_list(), pl.List(dtype.inner)
    return raw, dtype


def needs_reading(raw: pl.Expr, dtype: pl.DataType, spelling: Spelling) -> pl.Expr:
    """Return whether something stands there that is not missing by its spelling."""
    match dtype:
        case pl.Float64():
            return raw.is_finite().fill_null(False)
        case pl.String() if spelling.missing:
            return raw.is_not_null() & ~raw.is_in(sorted(spelling.missing))
    return raw.is_not_null()


def converted(raw: pl.Expr, dtype: pl.DataType, declared: Type, spelling: Spelling) -> pl.Expr:
    """Return a plain column as its declared type; missing where it is missing, or is left to `reading`."""
    found = _BUILDERS[declared.kind](raw, dtype, declared, spelling)
    if found is None:
        return pl.lit(None, dtype_of(declared))
    if not spelling.missing:
        return found
    if dtype == pl.String:
        return pl.when(~raw.is_in(sorted(spelling.missing))).then(found)
    sentinels = pl.Series(list(missing_values(declared, spelling)), dtype=dtype_of(declared))
    return pl.when(~found.is_in(sentinels.implode())).then(found) if len(sentinels) else found


def bounds(dtype: pl.DataType, declared: Type) -> tuple[int, int] | None:
    """Return between what the usual values of an exact column lie, in units of the last place, as its file's type says.

    `dtype` is the type in the file, before `plain`. None says that it tells too little to be of use.
    """
    if declared.kind is Kind.DECIMAL and dtype == pl.Float64:
        return -int(_ONE_SPELLING), int(_ONE_SPELLING)
    whole = _WHOLE.get(dtype.base_type())
    if whole is None or declared.kind not in (Kind.INTEGER, Kind.DECIMAL):
        return None
    scale = 10**declared.places
    return whole[0] * scale, whole[1] * scale


def _boolean(raw: pl.Expr, dtype: pl.DataType, _: Type, __: Spelling) -> pl.Expr | None:
    match dtype:
        case pl.Boolean():
            return raw
        case pl.String():
            text = raw.str.to_lowercase()
            return pl.when(text == "true").then(True).when(text == "false").then(False)
    return None


def _integer(raw: pl.Expr, dtype: pl.DataType, _: Type, spelling: Spelling) -> pl.Expr | None:
    match dtype:
        case pl.Int64():
            return raw
        case pl.Float64() | pl.Decimal():
            return pl.when(_is_whole(raw, dtype)).then(raw.cast(pl.Int64, strict=False))
        case pl.String():
            return _digits(raw, spelling).cast(pl.Int64, strict=False)
    return raw.cast(pl.Int64, strict=False) if dtype.is_integer() else None


def _number(raw: pl.Expr, dtype: pl.DataType, _: Type, spelling: Spelling) -> pl.Expr | None:
    match dtype:
        case pl.Float64():
            return pl.when(raw.is_finite()).then(raw)
        case pl.Decimal():
            return raw.cast(pl.Float64)
        case pl.String():
            number = _digits(raw, spelling).cast(pl.Float64, strict=False)
            return pl.when(number.is_finite()).then(number)
    return raw.cast(pl.Float64) if dtype.is_integer() else None


def _decimal(raw: pl.Expr, dtype: pl.DataType, declared: Type, spelling: Spelling) -> pl.Expr | None:
    target = dtype_of(declared)
    match dtype:
        case pl.Decimal() if dtype.scale <= declared.places:
            return raw.cast(target, strict=False)
        case pl.Decimal():
            rounded = raw.cast(target, strict=False)
            return pl.when(rounded.cast(dtype, strict=False) == raw).then(rounded)
        case pl.Float64():
            return _shortest_decimal(raw, declared)
        case pl.String():
            text = _digits(raw, spelling)
            return pl.when(text.str.contains(_places_pattern(declared.places))).then(text.cast(target, strict=False))
    return raw.cast(target, strict=False) if dtype.is_integer() else None


def _shortest_decimal(raw: pl.Expr, declared: Type) -> pl.Expr:
    """Return doubles as the decimals that their shortest spellings are, missing if these may have too many places.

    A double is spelt with so many places if it is the nearest to such a decimal; which one that could be is only
    guessed, as the guess is tried. The division must be exact: Polars divides by a constant by multiplying with its
    reciprocal, so the divisor is made a column.
    """
    scale = float(10**declared.places)
    steps = (raw * scale + 0.5).floor()
    is_nearest = (steps.abs() < _ONE_SPELLING) & (steps / (steps * 0.0 + scale) == raw)
    units = steps.cast(pl.Int64, strict=False).cast(pl.Int128)
    return pl.when(is_nearest).then(units.reinterpret(dtype=dtype_of(declared)))


def _places_pattern(places: int) -> str:
    return rf"^[+-]?[0-9]+(?:\.[0-9]{{0,{places}}}0*)?$"


def _digits(raw: pl.Expr, spelling: Spelling) -> pl.Expr:
    """Return the texts of numbers with a decimal point."""
    if not spelling.decimal_comma:
        return raw
    without_groups = raw.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    return pl.when(raw.str.contains(_GROUPED)).then(without_groups)


def _is_whole(raw: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.Decimal):
        return raw.cast(pl.Decimal(MAX_DIGITS, 0)).cast(dtype, strict=False) == raw
    return raw == raw.floor()


def _string(raw: pl.Expr, dtype: pl.DataType, declared: Type, _: Spelling) -> pl.Expr | None:
    text: pl.Expr | None = None
    match dtype:
        case pl.String():
            text = raw
        case pl.Float64():
            text = pl.when(_is_whole(raw, dtype) & (raw.abs() < EXACT_DOUBLE)).then(raw.cast(pl.Int64, strict=False))
        case pl.Decimal():
            text = pl.when(_is_whole(raw, dtype)).then(raw.cast(pl.Decimal(MAX_DIGITS, 0)))
        case _ if dtype.is_integer():
            text = raw
    if text is None:
        return None
    text = text.cast(pl.String)
    return text if declared.values is None else text.cast(dtype_of(declared), strict=False)


def _date(raw: pl.Expr, dtype: pl.DataType, _: Type, spelling: Spelling) -> pl.Expr | None:
    if isinstance(dtype, pl.Date):
        return pl.when(raw.is_between(_FIRST_DAY, _LAST_DAY)).then(raw)
    if isinstance(dtype, pl.String):
        day = date_texts.days(raw, spelling.date_formats[0])
        return None if day is None else pl.when(day >= _FIRST_DAY).then(day)
    moment = _moment(raw, dtype, spelling)
    if moment is None:
        return None
    return pl.when(moment == moment.dt.truncate("1d")).then(moment.cast(pl.Date))


def _datetime(raw: pl.Expr, dtype: pl.DataType, _: Type, spelling: Spelling) -> pl.Expr | None:
    return _moment(raw, dtype, spelling)


def _moment(raw: pl.Expr, dtype: pl.DataType, spelling: Spelling) -> pl.Expr | None:
    moment: pl.Expr | None = None
    match dtype:
        case pl.Date():
            moment = raw.cast(pl.Datetime("us"))
        case pl.Datetime(time_zone=None):
            moment = raw.cast(pl.Datetime("us"))
        case pl.Datetime():
            moment = date_texts.local(raw.cast(pl.Datetime("us", dtype.time_zone)), spelling.timezone)
        case pl.String():
            moment = date_texts.moments(raw, spelling.date_formats[0], spelling.timezone)
    return None if moment is None else pl.when(moment.is_between(_FIRST_MOMENT, _LAST_MOMENT)).then(moment)


def _list(raw: pl.Expr, dtype: pl.DataType, declared: Type, spelling: Spelling) -> pl.Expr | None:
    assert declared.item is not None
    if not isinstance(dtype, pl.List):
        return None
    member, inner = plain(pl.element(), _instance(dtype.inner))
    found = converted(member, inner, declared.item, spelling)
    unread = raw.list.eval(needs_reading(member, inner, spelling) & found.is_null()).list.any()
    return pl.when(~unread).then(raw.list.eval(found))


def _instance(dtype: pl.datatypes.DataTypeClass | pl.DataType) -> pl.DataType:
    return dtype() if isinstance(dtype, type) else dtype


_BUILDERS: dict[Kind, Builder] = {
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.DECIMAL: _decimal,
    Kind.STRING: _string,
    Kind.DATE: _date,
    Kind.DATETIME: _datetime,
    Kind.LIST: _list,
}
