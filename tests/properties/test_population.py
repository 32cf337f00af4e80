"""A record among the rows of a run, from the population that the run saved, is decided as the run decided it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

import segrules
from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.preparation import prepared
from segrules.engine.population import Population
from segrules.engine.ruleset import Ruleset
from segrules.meaning.tables import RowAt
from segrules.program.populations import statistics_of
from tests.properties.answers import given_frames, loaded, loaded_text, typed_rows
from tests.properties.generators.cases import Case, cases

AS_OF = date(2026, 6, 30)
EVERY = loaded_text("""
segrules: 1
ruleset: every
entity: t
tables:
  t:
    key: [id, no]
    columns:
      id: string
      no: integer
      group: {type: string, optional: true}
      n: {type: integer, optional: true}
      x: {type: number, optional: true}
      money: {type: decimal(2), optional: true}
      level: {type: string, values: [low, mid, high], ordered: true, optional: true}
      ok: {type: boolean, optional: true}
metrics:
  a: rank(n over all)
  b: rank(x descending over group where ok)
  c: dense_rank(level over all)
  d: dense_rank(n descending over group)
  e: row_number(money over all)
  f: row_number(level descending over group)
  g: percentile(x over group)
  h: percentile(n descending over all where ok)
  i: ntile(3, n over all)
  j: qcut(3, money over all)
  k: qcut(4, x descending over group)
  l: quantile(x, 30% over group)
  m: cumulative_share(n over all)
  o: cumulative_share(x over group where x >= 0)
  p: zscore(x over all)
  q: sum(money over group)
  r: sum(x over all where ok)
  s: mean(n over group)
  t_: stdev(x over all)
  u: median(money over level)
  v: min(level_as_number over group)
  w: max(x over all)
  y: mode(level over group)
  z: count(n over group where ok)
  aa: count_distinct(group over all)
  ab: any(ok over group)
  ac: all(ok over all)
  ad: share(ok over level)
  level_as_number: if level = 'low' then 1 else 2
""")

ROWS = st.fixed_dictionaries(
    {
        "group": st.sampled_from(["a", "b", None]),
        "n": st.sampled_from([1, 0, 2, 2, -1, None]),
        "x": st.sampled_from([0.5, 1.0, 2.25, 2.25, 0.0, None]),
        "money": st.sampled_from(["1.10", "2.25", "0.00", None]),
        "level": st.sampled_from(["low", "mid", "high", None]),
        "ok": st.sampled_from([True, True, False, None]),
    }
)


def with_keys(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": "ab"[number % 2], "no": number // 2, **row} for number, row in enumerate(rows)]


def evaluated(ruleset: Ruleset, rows: list[dict[str, Any]], at: int) -> dict[str, Any]:
    return ruleset.evaluate({"t": rows}, as_of=AS_OF).wide.row(at, named=True)


def decided(record: dict[str, Any], population: Population) -> dict[str, Any]:
    found = EVERY.decide(record, as_of=AS_OF, population=population).metrics
    return {"id": record["id"], "no": record["no"], **found}


@given(st.lists(ROWS, min_size=1, max_size=8), ROWS, st.integers(0, 7))
def test_a_record_takes_the_place_of_its_row_and_a_new_one_joins(
    rows: list[dict[str, Any]], changed: dict[str, Any], at: int
) -> None:
    """What is decided is what a run over the changed table gives."""
    before = with_keys(rows)
    population = EVERY.evaluate({"t": before}, as_of=AS_OF).population
    after = with_keys([*rows[:at], changed, *rows[at + 1 :]])
    place = min(at, len(rows))
    assert decided(after[place], population) == evaluated(EVERY, after, place)
    assert [decided(row, population) for row in before] == EVERY.evaluate({"t": before}, as_of=AS_OF).wide.to_dicts()


@given(cases())
def test_every_row_of_a_run_is_decided_as_in_the_run(case: Case) -> None:
    """Statistics of statistics included: the others keep the values that they had in the run."""
    ruleset = loaded(case)
    assume(statistics_of(ruleset.program))
    program = ruleset.bound(None, case.as_of)
    result = ruleset.evaluate(given_frames(program, case), as_of=case.as_of)
    with TemporaryDirectory() as folder:
        result.save_population(Path(folder, "population"))
        population = segrules.load_population(Path(folder, "population"))
    tables = prepared(program, case.as_of, typed_rows(case))
    for index in range(len(tables.rows(program.entity))):
        alone = Interpreter(program, case.as_of, tables, population.groups)
        among = Interpreter(program, case.as_of, tables)
        for name in program.results:
            assert alone.value(program.entity, index, name) == among.value(program.entity, index, name)
        for one in program.segmentations:
            at = RowAt(program.entity, index)
            assert alone.decide(one.name, at) == among.decide(one.name, at)
