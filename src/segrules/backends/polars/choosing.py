"""Who is chosen among all rows and treatments for the highest total value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from segrules.allocation.allocate import allocate
from segrules.allocation.problem import Allocated, Candidate, Choice, problem_of
from segrules.backends.polars.arithmetic import WIDE
from segrules.backends.polars.running import AMOUNT, ROW, WORTH, Running
from segrules.backends.polars.sharing import GIVEN, MONEY, PLACE
from segrules.program.program import Program

_TREATMENT, _NUMBER = "~treatment", "~number"


def choose(program: Program, as_of: date, running: Mapping[str, Running], keys: Sequence[str]) -> Allocated | None:
    """Give the rows in the running for some treatments what is chosen for them; None where there is nobody to choose.

    `running` stand in file order, `keys` are the columns of the entity's key.
    """
    line = _line(running, keys)
    if not line.height:
        return None
    names = list(running)
    columns = line.select(_NUMBER, _TREATMENT, WORTH, AMOUNT, pl.col(MONEY, PLACE).fill_null("")).iter_rows()
    candidates = [Candidate(row, names[treatment], *rest) for row, treatment, *rest in columns]
    allocated = allocate(problem_of(program, as_of, candidates))
    decided = line.select(ROW, _TREATMENT).hstack(_decided(allocated.choices)).sort(ROW)
    for place, one in enumerate(running.values()):
        own = decided.filter(pl.col(_TREATMENT) == place).drop(ROW, _TREATMENT)
        one.give_chosen(one.rows.hstack(own))
    return allocated


def _line(running: Mapping[str, Running], keys: Sequence[str]) -> pl.DataFrame:
    """Return all candidates, by key and then as treatments stand in the file; `~number` numbers their rows."""
    parts = [
        one.rows.select(ROW, *keys, WORTH, AMOUNT, MONEY, PLACE, pl.lit(place).alias(_TREATMENT))
        for place, one in enumerate(running.values())
    ]
    line = pl.concat(parts).sort(*keys, _TREATMENT)
    return line.with_columns((pl.col(ROW) != pl.col(ROW).shift(fill_value=0)).cum_sum().alias(_NUMBER))


def _decided(choices: Sequence[Choice]) -> pl.DataFrame:
    """Return what was decided, as columns."""
    refusals = [(None, None, None) if one.is_granted else one.refusal for one in choices]
    statuses, causes, others = zip(*refusals, strict=True)
    return pl.DataFrame(
        {
            GIVEN: pl.Series([one.is_granted for one in choices], dtype=pl.Boolean()),
            "status": pl.Series(statuses, dtype=pl.String()),
            "cause": pl.Series(causes, dtype=pl.String()),
            "other": pl.Series(others, dtype=pl.String()),
            "money_left": pl.Series([one.money_left for one in choices], dtype=WIDE),
            "places_left": pl.Series([one.places_left for one in choices], dtype=pl.Int64()),
        }
    )
