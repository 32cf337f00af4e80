"""Dates and times in columns of text, a whole column at a time; `dates` says what the spellings mean."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from segrules.engine.dates import ISO, ISO_DATE, ISO_OFFSET, ISO_TIME, TIMES, digits_pattern

_FULL = "%Y-%m-%dT%H:%M:%S%.f"
_MOMENT = pl.Datetime("us")
_ISO_DAY = f"^{ISO_DATE}$"
_ISO_LOCAL = f"^{ISO_DATE}(?:[T ]{ISO_TIME})?$"
_ISO_WITH_OFFSET = f"^{ISO_DATE}[T ]{ISO_TIME}{ISO_OFFSET}$"

# Polars knows no changes of clocks after the year 2100; Python, which reads what is left, does.
_CLOCKS_KNOWN_UNTIL = datetime(2100, 12, 31)  # noqa: DTZ001 (compared with local time)


def days(text: pl.Expr, spelt: str) -> pl.Expr | None:
    """Return the dates that texts spell in a format without a time; None if it is left to `dates`."""
    if spelt == ISO:
        known = pl.when(text.str.contains(_ISO_DAY)).then(text)
        return known.str.to_date("%Y-%m-%d", strict=False)
    pattern = digits_pattern(spelt)
    if pattern is None or TIMES.search(spelt):
        return None
    return pl.when(text.str.contains(f"^{pattern}$")).then(text).str.to_date(spelt, strict=False)


def moments(text: pl.Expr, spelt: str, timezone: str) -> pl.Expr | None:
    """Return the moments that texts spell in a format, local in `timezone`; None if it is left to `dates`."""
    if spelt == ISO:
        return text.map_batches(lambda texts: _iso(texts, timezone), return_dtype=_MOMENT)
    pattern = digits_pattern(spelt)
    if pattern is None:
        return None
    known = pl.when(text.str.contains(f"^{pattern}$")).then(text)
    if TIMES.search(spelt):
        return known.str.to_datetime(spelt, time_unit="us", strict=False)
    return known.str.to_date(spelt, strict=False).cast(_MOMENT)


def local(moment: pl.Expr, timezone: str) -> pl.Expr:
    """Return moments with a time zone as local time of `timezone`."""
    found = moment.dt.convert_time_zone(timezone).dt.replace_time_zone(None)
    return pl.when(found < _CLOCKS_KNOWN_UNTIL).then(found)


def _iso(texts: pl.Series, timezone: str) -> pl.Series:
    """Return the moments in ISO texts; offsets are looked for only where something is left."""
    frame = pl.DataFrame({"text": texts})
    found = frame.select(_without_offset(pl.col("text"))).to_series()
    if found.null_count() == texts.null_count():
        return found
    return frame.select(pl.coalesce(found, local(_with_offset(pl.col("text")), timezone))).to_series()


def _without_offset(text: pl.Expr) -> pl.Expr:
    padded = pl.when(text.str.contains(_ISO_LOCAL)).then(_padded(text, text.str.len_bytes()))
    return padded.str.to_datetime(_FULL, time_unit="us", strict=False)


def _with_offset(text: pl.Expr) -> pl.Expr:
    offset_at = text.str.find(f"{ISO_OFFSET}$")
    padded = _padded(text.str.slice(0, offset_at), offset_at) + text.str.slice(offset_at)
    known = pl.when(text.str.contains(_ISO_WITH_OFFSET)).then(padded)
    return known.str.to_datetime(f"{_FULL}%#z", time_unit="us", strict=False)


def _padded(text: pl.Expr, length: pl.Expr) -> pl.Expr:
    """Return ISO dates and times with a `T` and seconds."""
    text = text.str.replace(" ", "T", literal=True)
    return pl.when(length == 10).then(text + "T00:00:00").when(length == 16).then(text + ":00").otherwise(text)
