"""How the treatments of a group combine, one member after another: as the language has it, for all rows at once."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from segrules.backends.polars.arithmetic import WIDE
from segrules.backends.polars.ranges import MAX_UNITS
from segrules.backends.polars.running import AMOUNT, Running
from segrules.language.values import MAX_INTEGER
from segrules.meaning.treatments import Cause, Status

Members = Mapping[str, Running]
"""The rows in the running for each treatment of a group, in file order."""


def keep_first(members: Members, height: int) -> None:
    """Take rows out of every member but the first; `height` is how many rows the entity has."""
    first = _nobody(members, height)
    for name, running in members.items():
        winners = first.gather(running.places)
        running.take_out(winners.is_not_null(), Status.OUTRANKED, Cause.GROUP, winners.drop_nulls())
        first.scatter(running.places, name)


def keep_best(members: Members, height: int) -> None:
    """Take rows out of every member but the one with the largest amount, the first of equal ones."""
    largest = (running.rows[AMOUNT].max() for running in members.values())
    kind = _type_of(max((one for one in largest if isinstance(one, int)), default=0))
    best, most = _nobody(members, height), pl.repeat(-1, height, dtype=kind, eager=True)
    for name, running in members.items():
        amounts = running.rows[AMOUNT].cast(kind)
        better = amounts > most.gather(running.places)
        most.scatter(running.places.filter(better), amounts.filter(better))
        best.scatter(running.places.filter(better), name)
    for name, running in members.items():
        winners = best.gather(running.places)
        lost = winners != name
        running.take_out(lost, Status.OUTRANKED, Cause.GROUP, winners.filter(lost))


def keep_below(cap: int, members: Members, steps: Mapping[str, int], height: int) -> None:
    """Give each member what those before it leave of a cap, a multiple of its step.

    Who asks for something and gets nothing loses to the last that got some.
    """
    most = min(cap, MAX_UNITS)
    last, left = _nobody(members, height), pl.repeat(most, height, dtype=_type_of(most), eager=True)
    for name, running in members.items():
        places, asked = running.places, running.rows[AMOUNT]
        there, before = left.gather(places), last.gather(places)
        given = _below(there, asked, steps[name])
        left.scatter(places, (there - given).cast(left.dtype))
        last.scatter(places.filter(given > 0), name)
        running.rows = running.rows.with_columns(given.alias(AMOUNT))
        lost = (asked > 0) & (given == 0)
        running.take_out(lost, Status.OUTRANKED, Cause.CAP, before.filter(lost))


def _below(left: pl.Series, asked: pl.Series, step: int) -> pl.Series:
    """Return as much of what is asked for as is left."""
    size = pl.lit(step, dtype=WIDE)
    return pl.select(pl.min_horizontal(pl.lit(left) // size * size, asked)).to_series()


def _type_of(most: int) -> pl.DataType:
    """Return the type of amounts up to this one: a column of the wide one costs twice the memory."""
    return pl.Int64() if most <= MAX_INTEGER else WIDE


def _nobody(members: Members, height: int) -> pl.Series:
    return pl.repeat(None, height, dtype=pl.Enum(list(members)), eager=True)
