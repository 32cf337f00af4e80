"""The traces of Online Retail's customers say what the run says, and follow from the values that they show.

Some customers are looked at; `SEGRULES_EVERY_ROW=1` looks at all 4,372.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import segrules
from segrules.backends.scalar.interpreter import Interpreter
from segrules.engine.result import Result
from segrules.engine.slices import records
from segrules.explain.row import trace_row
from segrules.meaning.tables import RowAt, Tables
from segrules.program.populations import statistics_of
from tests.support.re_evaluation import follows_from_its_values, says_what_the_run_says

RULESETS = Path(__file__).parents[2] / "rulesets"
AS_OF = date(2011, 12, 10)
STEP = 1 if os.environ.get("SEGRULES_EVERY_ROW") else 43


@pytest.mark.parametrize("name", ["online_retail_value", "online_retail_rfm", "online_retail_abc"])
def test_traces_say_what_the_run_says_and_follow_from_their_values(name: str, data_dir: Path) -> None:
    file = data_dir / "online_retail" / "online_retail.parquet"
    result = segrules.load(RULESETS / name).evaluate({"lines": file}, as_of=AS_OF)
    program = result.program
    known = Interpreter(
        program,
        AS_OF,
        Tables(program, {name: records(rows) for name, rows in some_rows(result).items()}),
        result.population.groups if statistics_of(program) else None,
    )
    key, count = result.key[0], len(program.segmentations)
    assigned = result.reasons().rows_by_key(key, named=True)
    places = range(len(known.tables.rows(program.entity)))
    assert len(places) >= result.wide.height // STEP
    for place in places:
        row = trace_row(known, RowAt(program.entity, place))
        assert len(assigned[row.key[0]]) == count
        says_what_the_run_says(row, assigned[row.key[0]])
        follows_from_its_values(row)


def some_rows(result: Result) -> Mapping[str, pl.DataFrame]:
    """Some rows of the entity, with the lines that belong to them."""
    frames = result._intake.frames
    entity = frames[result.program.entity].gather_every(STEP)
    below = {name: rows.join(entity, on=result.key, how="semi", maintain_order="left") for name, rows in frames.items()}
    return {**below, result.program.entity: entity}
