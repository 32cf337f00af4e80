"""Values as people read them: thousands parted, units behind, shares as percentages, texts in quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import isfinite

from segrules.diagnostics.listing import counted
from segrules.explain.names import Names, listed
from segrules.explain.trace import Among, DatedValue, Margin, RowsTrace, Seen
from segrules.explain.units import PERCENT
from segrules.language.formatting import literal, text_of
from segrules.language.values import Value
from segrules.program.program import CONFLICT, NO_SEGMENT
from segrules.program.sensitivity import Hidden

LARGE = 1000

PLACES = 4
"""To how many places a double is shown; two of them go into a percentage."""


def shown(value: Value, unit: str | None = None) -> str:
    """Return a value: thousands parted, no zeros at the end, no more than four places of a double."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return text_of(value)
    if unit == PERCENT and isfinite(value * 100):
        return _number(value * 100, PLACES - 2) + PERCENT
    return _number(value, PLACES) + (f" {unit}" if unit else "")


def quoted(value: Value, unit: str | None = None) -> str:
    """Return a value with quotes around texts, as conditions have them; an empty list is `empty`."""
    match value:
        case Hidden():
            return str(value)
        case ():
            return "empty"
        case tuple():
            return ", ".join(quoted(member, unit) for member in value)
        case str():
            return literal(value)
        case _:
            return shown(value, unit)


def _number(value: int | float | Decimal, places: int) -> str:
    """Return a number; of a large one cents are enough, unless none would be left."""
    cents = text_of(value, ",.2f")
    exact = text_of(round(value, places) if isinstance(value, float) else value, ",")
    text = cents if abs(float(value)) >= LARGE and not cents.endswith(".00") else exact
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def seen_text(seen: Seen, names: Names, *, it: bool = False) -> str:
    """Return what was seen, with the rows that it comes from; with `it` without saying again of what."""
    text = "it" if it else seen.text
    if seen.possible and not isinstance(seen.value, tuple):
        return f"{text} may be {listed([_answer(one) for one in seen.possible], 'or')}"
    told = f"{text} is {quoted(seen.value, seen.unit)}"
    if seen.among is not None:
        told += f" {among_text(seen.among, names.entity)}"
    if seen.possible:
        told += f", perhaps with {listed([_answer(one) for one in seen.possible])}"
    if seen.rows is not None:
        told += f", {rows_text(seen.rows)}"
    return told


def within_lines(rows: Sequence[RowsTrace], statistics: Sequence[Seen], names: Names) -> Iterator[str]:
    """Yield the aggregates and the statistics that an expression is made of."""
    for one in rows:
        yield f"{one.text} is {quoted(one.value, one.unit)}, {rows_text(one)}"
    for statistic in statistics:
        yield seen_text(statistic, names)


def _answer(possible: str) -> str:
    return {NO_SEGMENT: "no segment", CONFLICT: "a conflict"}.get(possible, literal(possible))


def among_text(among: Among, entity: str) -> str:
    """Return among which rows a statistic is what it is."""
    group = listed([f"{name} {quoted(value)}" for name, value in among.group])
    rows = f"1 row of {entity}" if among.rows == 1 else f"{among.rows:,} {entity}"
    return f"among {rows}" + (f" with {group}" if group else "")


def rows_text(rows: RowsTrace) -> str:
    """Return the rows that an aggregate comes from: how many of how many, from when until when."""
    of = f"of {rows.rows:,} {rows.table}"
    kept = f"no {rows.table}" if not rows.rows else f"some {of}" if rows.kept is None else f"{rows.kept:,} {of}"
    told = [f"from {kept}", _window(rows.first, rows.last)]
    told += [f"{rows.unknown:,} unknown"] if rows.unknown else []
    told += [f"{rows.missing:,} without a value"] if rows.missing else []
    return ", ".join(filter(None, told))


def _window(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return f"since {first}" if first else f"until {last}" if last else ""
    return f"{first} to {last}"


def dated_text(dated: DatedValue) -> str:
    """Return a parameter's value with the day from which it holds."""
    return f"{dated.parameter} is {quoted(dated.value, dated.unit)} since {dated.since.isoformat()}"


def margin_text(margin: Margin, *, limit: bool) -> str:
    """Return by how much a comparison failed, with the `limit` or without; nothing for a margin of nought."""
    if not margin.amount:
        return ""
    if isinstance(margin.limit, date):
        side = "before" if margin.short else "after"
        return f"{counted(int(margin.amount), 'day')} {side} {margin.limit}"
    told = f"{_distance(margin)} {'short' if margin.short else 'over'}"
    if not limit:
        return told
    return f"{told} {'of ' if margin.short else ''}{quoted(margin.limit, margin.unit)}"


def _distance(margin: Margin) -> str:
    """Return a distance; one with no places to be seen is not nothing: 60_000 / 50_000 - 1 is a little below 20%."""
    if margin.unit == PERCENT:
        amount, places, unit = margin.amount * 100, PLACES - 2, " percentage points"
    else:
        amount, places, unit = margin.amount, PLACES, f" {margin.unit}" if margin.unit else ""
    least = f"less than {Decimal(1).scaleb(-places)}"
    number = _number(amount, places)
    return (least if number == "0" else number) + unit
