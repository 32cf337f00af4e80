"""What is measured of data, and what a program compiled for it is good for."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from segrules.backends.polars.compiled import compile_program
from segrules.backends.polars.measuring import measured
from segrules.program.program import Program
from tests.support.rulesets import program_of

AS_OF = date(2026, 6, 30)
RULESET = """
entity: customers
tables:
  customers: {key: id, keys_from: lines}
  lines:
    belongs_to:
      customer: {table: customers, by: id}
    columns: {id: {type: string, optional: true}, n: integer, x: number}
metrics:
  total: sum(lines.n)
  doubles: METRIC
"""


def program(metric: str = "count(lines)") -> Program:
    return program_of(RULESET.replace("METRIC", metric))


def lines(*values: int) -> pl.DataFrame:
    return pl.DataFrame({"id": ["b"] * len(values), "n": values, "x": [0.5] * len(values)})


def test_ranges_are_widened_to_powers_of_two_around_nothing() -> None:
    known = measured(program(), {"lines": lines(-5, 8, 3)})
    assert known.ranges == {("lines", "n"): (-7, 15)}
    assert known.rows == {"lines": 3, "customers": 3}
    assert known.made == {"customers"}


def test_a_table_without_rows_is_measured_as_nothing() -> None:
    assert measured(program(), {"lines": lines().cast({"n": pl.Int64, "id": pl.String})}).ranges == {
        ("lines", "n"): (0, 0)
    }


def test_a_program_compiled_for_a_table_serves_for_a_similar_one() -> None:
    one = program()
    compiled = [compile_program(one, AS_OF, measured(one, {"lines": lines(*values)})) for values in ((5, 9), (7, 15))]
    assert compiled[0] is compiled[1]


@pytest.mark.parametrize(
    ("metric", "engine"),
    [
        ("sum(lines.x)", "in-memory"),
        ("mean(lines.x)", "in-memory"),
        ("stdev(lines.n)", "in-memory"),
        ("mean(lines.n)", "streaming"),
        ("max(lines.x)", "streaming"),
    ],
)
def test_doubles_are_added_by_the_engine_that_keeps_the_order_of_rows(metric: str, engine: str) -> None:
    assert compile_program(program(metric), AS_OF).query.engine == engine


@pytest.mark.parametrize("given", [True, False])
def test_rows_of_keys_are_made_by_their_aggregates_unless_they_are_given(given: bool) -> None:
    one = program()
    below = pl.DataFrame({"id": ["b", "a", None, "b"], "n": [1, 2, 3, 4], "x": [0.5] * 4})
    above = {"customers": pl.DataFrame({"id": ["c", "b"]})} if given else {}
    known = measured(one, {"lines": below, **above})
    frames = {
        name: frame.lazy() for name, frame in {"lines": below, "customers": pl.DataFrame({"id": []}), **above}.items()
    }
    wide = compile_program(one, AS_OF, known).wide(frames).collect(engine="streaming")
    found = list(zip(wide["id"].to_list(), wide["total"].to_list(), strict=True))
    assert found == ([("c", 0), ("b", 5)] if given else [("a", 2), ("b", 5)])
