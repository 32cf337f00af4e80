"""Columns of numbers and dates as texts: each row finds the parts of its text in tables.

A column is looked at once, in all rows. What a table does not have is written out by others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress

import polars as pl

from segrules.engine.number_texts import number_texts
from segrules.engine.pieces import LookUp
from segrules.engine.styles import Style
from segrules.engine.whole_numbers import Ends, WholeNumbers, exact, rounded
from segrules.language.types import NUMERIC, Kind
from segrules.program.nodes import Field

Wanted = tuple[Field, Style]
"""A column, and how its values are written."""

_MOST_DAYS = 50_000


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A frame with columns of the places at which rows find the `parts` of texts, the missing ones included.

    The last text of the first part is that of a missing value. Rows have it, too, if they have a value that is in no
    table; `incomplete` says of which columns there are such.
    """

    frame: pl.DataFrame
    parts: Mapping[Wanted, list[LookUp]]
    incomplete: frozenset[Wanted]

    def lacking(self, one: Wanted) -> pl.Series:
        """Return in which rows a column has a value whose text is in no table."""
        return self.frame.select(_lacking(one, self.parts[one])).to_series()


def look_up(frame: pl.DataFrame, columns: Iterable[Wanted]) -> LookedUp:
    """Return a frame with the places of the texts of those of its columns that are numbers or dates.

    Doubles of which some are not known to the last digit are rounded for each style by itself.
    """
    wanted = list(dict.fromkeys(columns))
    ends = _ends(frame, [field for field, _ in wanted])
    found = _added(LookedUp(frame, {}, frozenset()), _as_they_are(wanted, ends, frame.height))
    left = [one for one in wanted if one not in found.parts or one in found.incomplete]
    return _added(found, _rounded(left, ends, frame.height))


@dataclass(frozen=True, slots=True)
class _Way:
    """How the texts of a column are looked up: by numbers from nought, of which the parts of the texts come."""

    numbers: pl.Expr
    parts: Callable[[pl.Expr], list[LookUp] | None]


def _ends(frame: pl.DataFrame, fields: Iterable[Field]) -> dict[str, Ends]:
    """Return what the numbers and dates of a frame are between."""
    stored = {field.name: _stored(field) for field in fields if field.type.kind in (*NUMERIC, Kind.DATE)}
    low = [value.min().fill_null(0).alias(f"~low {name}") for name, value in stored.items()]
    high = [value.max().fill_null(0).alias(f"~high {name}") for name, value in stored.items()]
    if not stored:
        return {}
    [found] = frame.select(*low, *high).rows()
    return dict(zip(stored, zip(found, found[len(stored) :], strict=False), strict=True))


def _stored(field: Field) -> pl.Expr:
    value = pl.col(field.name)
    return value.to_physical() if field.type.kind in (Kind.DECIMAL, Kind.DATE) else value


def _as_they_are(wanted: Iterable[Wanted], ends: Mapping[str, Ends], rows: int) -> dict[Wanted, _Way]:
    """Return how numbers that are known to the last digit, and dates, are looked up."""
    ways: dict[Wanted, _Way] = {}
    for field, style in wanted:
        if field.type.kind in NUMERIC:
            whole = exact(_stored(field), field.type, ends[field.name], percent=style.number.percent)
            ways[field, style] = _way(whole, style, rows)
        elif field.type.kind is Kind.DATE and (days := _days(field, ends[field.name])) is not None:
            ways[field, style] = days
    return ways


def _rounded(wanted: Iterable[Wanted], ends: Mapping[str, Ends], rows: int) -> dict[Wanted, _Way]:
    """Return how doubles are looked up that are rounded as the style of each has them."""
    doubles = [(field, style) for field, style in wanted if field.type.kind is Kind.NUMBER]
    wholes = {one: rounded(_stored(one[0]), ends[one[0].name], one[1].number) for one in doubles}
    return {one: _way(whole, one[1], rows) for one, whole in wholes.items() if whole is not None}


def _way(whole: WholeNumbers, style: Style, rows: int) -> _Way:
    return _Way(whole.above, lambda above: number_texts(replace(whole, above=above), style.number, rows))


def _days(field: Field, ends: Ends) -> _Way | None:
    """Return how dates are looked up, in a table of all days between the first and the last; None for too many."""
    first, last = map(int, ends)
    if last - first > _MOST_DAYS:
        return None
    each = pl.int_range(first, last + 1, dtype=pl.Int32(), eager=True).cast(pl.Date()).cast(pl.String())
    return _Way((_stored(field) - first).cast(pl.UInt32(), wrap_numerical=True), lambda above: [LookUp(each, above)])


def _added(to: LookedUp, ways: Mapping[Wanted, _Way]) -> LookedUp:
    """Return a frame with the places of further texts."""
    numbers: dict[str, pl.Expr] = {}
    places: dict[str, pl.Expr] = {}
    parts: dict[Wanted, list[LookUp]] = {}
    for one, way in ways.items():
        name = f"~number {len(numbers)}"
        if (found := way.parts(pl.col(name))) is None:
            continue
        numbers[name], parts[one] = way.numbers, []
        for part in _or_missing(found, one[1]):
            place = f"~place {to.frame.width + len(places)}"
            places[place] = part.at
            parts[one].append(LookUp(part.table, pl.col(place)))
    if not parts:
        return to
    frame = to.frame.hstack(to.frame.lazy().select(**numbers).select(**places).collect(engine="in-memory"))
    lacking = frame.select(_lacking(one, own).any().alias(str(n)) for n, (one, own) in enumerate(parts.items()))
    incomplete = frozenset(compress(parts, lacking.row(0)))
    return LookedUp(frame, {**to.parts, **parts}, to.incomplete - parts.keys() | incomplete)


def _lacking(one: Wanted, parts: Sequence[LookUp]) -> pl.Expr:
    """Return whether a row has a value, and finds the text of a missing one."""
    return (parts[0].at == len(parts[0].table) - 1) & pl.col(one[0].name).is_not_null()


def _or_missing(parts: Sequence[LookUp], style: Style) -> Iterator[LookUp]:
    """Yield parts of which the first has the text of a missing value at its end; the others have nothing there."""
    for number, part in enumerate(parts):
        missing = pl.Series([style.write(None)])
        yield _or_last(part if number else LookUp(pl.concat([part.table, missing], rechunk=True), part.at))


def _or_last(part: LookUp) -> LookUp:
    return LookUp(part.table, part.at.cast(pl.UInt32(), wrap_numerical=True).fill_null(len(part.table) - 1))
