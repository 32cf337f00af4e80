"""How the treatments of a group combine, in the rows where something is lost; as the language has it, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from segrules.backends.polars.arithmetic import WIDE
from segrules.backends.polars.ranges import MAX_UNITS

ROW = "~row"
"""The column of a row's place among those of the entity."""

_WINNER, _LEFT, _GIVEN = "~winner", "~left", "~given"


@dataclass(frozen=True, slots=True)
class Lost:
    """The rows in which a treatment loses, each with the treatment that it loses to."""

    rows: pl.Series
    winners: pl.Series


@dataclass(frozen=True, slots=True)
class Capped:
    """The rows in which a treatment gets nothing, and those in which it gets less, each with how much."""

    lost: Lost
    rows: pl.Series
    amounts: pl.Series


def first_of(rows: pl.DataFrame, members: Sequence[str]) -> dict[str, Lost]:
    """Return where members lose to the first. The column of a member holds what it is to get, missing if nothing."""
    return _lost(rows, {name: pl.col(name).is_not_null() for name in members})


def best_of(rows: pl.DataFrame, members: Sequence[str]) -> dict[str, Lost]:
    """Return where members lose to the one with the largest amount, the first of equal ones."""
    largest = pl.max_horizontal(members)
    return _lost(rows, {name: (pl.col(name) == largest).fill_null(False) for name in members})


def _lost(rows: pl.DataFrame, wins: Mapping[str, pl.Expr]) -> dict[str, Lost]:
    """Return where each member loses to the first that may win."""
    winner = pl.coalesce(pl.when(may_win).then(pl.lit(name)) for name, may_win in wins.items())
    decided = rows.with_columns(winner.alias(_WINNER))
    found = {}
    for name in wins:
        lost = decided.filter(pl.col(name).is_not_null() & (pl.col(_WINNER) != name))
        found[name] = Lost(lost[ROW], lost[_WINNER])
    return found


def below_cap(rows: pl.DataFrame, steps: Mapping[str, int], cap: int) -> dict[str, Capped]:
    """Return what a cap takes from members, whose amounts are multiples of their steps.

    Each gets what those before it leave; who gets nothing loses to the last that got some.
    """
    left = pl.lit(min(cap, MAX_UNITS), dtype=WIDE).alias(_LEFT)
    shared = rows.with_columns(left, pl.lit(None, dtype=pl.String).alias(_WINNER))
    found = {}
    for name, step in steps.items():
        whole = pl.col(_LEFT) // pl.lit(step, dtype=WIDE) * pl.lit(step, dtype=WIDE)
        given = pl.when(pl.col(name).is_not_null()).then(pl.min_horizontal(name, whole))
        shared = shared.with_columns(given.alias(_GIVEN))
        lost = shared.filter((pl.col(name) > 0) & (pl.col(_GIVEN) == 0))
        less = shared.filter((pl.col(_GIVEN) > 0) & (pl.col(_GIVEN) < pl.col(name)))
        found[name] = Capped(Lost(lost[ROW], lost[_WINNER]), less[ROW], less[_GIVEN])
        some = pl.col(_GIVEN) > 0
        shared = shared.with_columns(
            (pl.col(_LEFT) - pl.col(_GIVEN).fill_null(pl.lit(0, dtype=WIDE))).alias(_LEFT),
            pl.when(some).then(pl.lit(name)).otherwise(pl.col(_WINNER)).alias(_WINNER),
        )
    return found
