from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import polars as pl
import pytest

from segrules.backends.polars.compiled import compile_expression, compile_program
from segrules.backends.polars.dtypes import dtype_of
from segrules.backends.polars.query import LARGEST
from segrules.backends.polars.ranges import Measured
from segrules.program.program import Program
from tests.support.rulesets import program_of

AS_OF = date(2026, 6, 30)
Engine = Literal["in-memory", "streaming"]
ENGINES: tuple[Engine, ...] = ("in-memory", "streaming")

CHILDREN = """
    entity: partners
    tables:
      partners:
        key: id
        belongs_to: {region: {table: regions, by: region_id}}
        columns: {id: integer, region_id: {type: string, optional: true}, flag: {type: boolean, optional: true}}
      regions:
        key: id
        columns: {id: string, factor: number}
      deals:
        key: id
        belongs_to: {partner: {table: partners, by: partner_id}}
        columns:
          id: integer
          partner_id: {type: integer, optional: true}
          amount: {type: number, optional: true}
          size: {type: string, optional: true, values: [small, large]}
"""

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def frames(program: Program, rows: Rows) -> dict[str, pl.LazyFrame]:
    return {
        table.name: pl.LazyFrame(
            {column.name: pl.Series([row.get(column.name) for row in rows.get(table.name, ())],
                                    dtype=dtype_of(column.type)) for column in table.columns}
        )
        for table in program.tables
    }  # fmt: skip


def wide(text: str, rows: Rows, engine: Engine = "streaming") -> dict[str, list[Any]]:
    program = program_of(text)
    found = compile_program(program, AS_OF).wide(frames(program, rows)).collect(engine=engine)
    return found.to_dict(as_series=False)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_stand_in_the_order_of_the_entity_with_key_metrics_and_segmentations_as_written(engine: Engine) -> None:
    text = (
        CHILDREN
        + """
    segmentations:
      known: {hit_policy: first, rules: [{segment: a, when: flag}], default: b}
    metrics:
      factor: region.factor
      n: count(deals)
    """
    )
    ids = random.Random(1).sample(range(50_000), 20_000)
    rows: Rows = {
        "partners": [{"id": number, "region_id": "abx"[number % 3]} for number in ids],
        "regions": [{"id": "a", "factor": 1.0}, {"id": "b", "factor": 2.0}],
        "deals": [{"id": number, "partner_id": number // 2} for number in range(50_000)],
    }
    found = wide(text, rows, engine)
    assert list(found) == ["id", "factor", "n", "known"]
    assert found["id"] == ids
    assert found["factor"] == [(1.0, 2.0, None)[number % 3] for number in ids]
    assert found["n"] == [2 if number < 25_000 else 0 for number in ids]


@pytest.mark.parametrize("engine", ENGINES)
def test_sums_means_and_deviations_of_doubles_are_added_in_the_order_of_the_rows(engine: Engine) -> None:
    text = (
        CHILDREN
        + """
    metrics: {total: sum(deals.amount), average: mean(deals.amount)}
    """
    )
    source = random.Random(2)
    amounts = [None if number % 11 == 0 else source.choice((1e-8, 1.0, 1e8)) * source.gauss(0, 1)
               for number in range(100_000)]  # fmt: skip
    rows: Rows = {
        "partners": [{"id": number} for number in range(5)],
        "deals": [{"id": n, "partner_id": n % 5, "amount": amount} for n, amount in enumerate(amounts)],
    }
    expected = [0.0] * 5
    for number, amount in enumerate(amounts):
        expected[number % 5] += amount or 0.0
    found = wide(text, rows, engine)
    assert found["total"] == expected
    counts = [sum(amount is not None for amount in amounts[place::5]) for place in range(5)]
    assert found["average"] == [total / count for total, count in zip(expected, counts, strict=True)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_window_is_the_same_over_a_frame_in_chunks(engine: Engine) -> None:
    program = program_of("""
        entity: partners
        tables:
          partners: {key: id, columns: {id: integer}}
          deals:
            belongs_to: {partner: {table: partners, by: partner_id}}
            columns: {partner_id: integer, amount: {type: number, optional: true}, on: date}
        metrics:
          past: sum(deals.amount where deals.on in last 12 months)
          ahead: sum(deals.amount where deals.on in next 12 months)
          place: percentile(past over all)
    """)
    days = [date(2025, 6, 30), date(2025, 7, 1), date(2026, 6, 30), date(2027, 6, 30), date(2027, 7, 1)]
    part = pl.DataFrame({"partner_id": [1] * 5, "amount": [1.0, 2.0, 4.0, 8.0, 16.0], "on": days})
    tables = {"partners": pl.LazyFrame({"id": [1]}), "deals": pl.concat([part, part], rechunk=False).lazy()}
    found = compile_program(program, AS_OF).wide(tables).collect(engine=engine)
    assert found.rows() == [(1, 12.0, 16.0, 1.0)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "months", ["months_between(joined_on, as_of)", "months_between(as_of, seen)", "months_between(seen, 2020-01-31)"]
)
def test_months_to_a_given_day_are_the_same_over_a_frame_in_chunks(engine: Engine, months: str) -> None:
    program = program_of(f"""
        entity: partners
        tables:
          partners: {{key: id, columns: {{id: integer, joined_on: date, seen: datetime}}}}
        metrics:
          months: {months}
          again: {months} + months_between(joined_on, as_of)
          place: percentile(id over all)
    """)
    days = [date(2019, 2, 28), date(2025, 7, 1), date(2026, 6, 30), date(2027, 6, 30), date(2027, 7, 31)]
    whole = pl.DataFrame({"id": range(5), "joined_on": days, "seen": pl.Series(days).cast(pl.Datetime("us"))})
    chunks = pl.concat([whole[:1], whole[1:3], whole[3:]], rechunk=False)
    wide = compile_program(program, AS_OF).wide
    expected = wide({"partners": whole.lazy()}).collect(engine=engine)
    assert expected["months"].null_count() == 0
    assert wide({"partners": chunks.lazy()}).collect(engine=engine).equals(expected)


def test_aggregates_of_no_rows_and_of_nothing_but_missing_values() -> None:
    text = (
        CHILDREN
        + """
    metrics:
      n: count(deals)
      known: count(deals.amount)
      different: count_distinct(deals.amount)
      total: sum(deals.amount)
      largest: max(deals.amount)
      some: any(deals.amount > 1)
      every: all(deals.amount > 1)
      part: share(deals.amount > 1)
      values: list(deals.size)
    """
    )
    found = wide(text, {"partners": [{"id": 1}, {"id": 2}], "deals": [{"id": 1, "partner_id": 2}]})
    assert [values[0] for values in found.values()] == [1, 0, 0, 0, 0.0, None, False, True, None, []]
    assert [values[1] for values in found.values()] == [2, 1, 0, 0, None, None, None, None, None, []]


def test_ties_and_lists_go_by_code_point_whatever_order_was_declared() -> None:
    text = (
        CHILDREN
        + """
    metrics:
      often: mode(deals.size)
      every: list(deals.size)
      late: last(deals.size by deals.amount)
    """
    )
    deals = [(1, "small", 1.0), (2, "large", 1.0), (3, "small", 0.5), (4, "large", None)]
    rows = [{"id": number, "partner_id": 1, "size": size, "amount": amount} for number, size, amount in deals]
    found = wide(text, {"partners": [{"id": 1}], "deals": rows})
    assert found["often"] == ["large"]
    assert found["every"] == [["large", "large", "small", "small"]]
    assert found["late"] == ["large"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_from_a_table_of_one_row_is_as_any_other(engine: Engine) -> None:
    """Polars keeps such a column as one value, beside which a written value on the left made it fail."""
    text = (
        CHILDREN
        + """
    metrics:
      equal: 49 = region.factor
      least: 49 between region.factor and 50
      ratio: id / region.factor
    """
    )
    ids = list(range(1, 2_000))
    rows = {"partners": [{"id": n, "region_id": "a"} for n in ids], "regions": [{"id": "a", "factor": 49.0}]}
    found = wide(text, rows, engine)
    assert found["equal"] == found["least"] == [True] * len(ids)
    assert found["ratio"] == [number / 49.0 for number in ids]


def test_keys_with_declared_values_meet_keys_with_others() -> None:
    text = """
    entity: countries
    tables:
      countries: {key: code, columns: {code: {type: string, values: [DE, FR, IT]}}}
      sites:
        belongs_to: {country: {table: countries, by: country_code}}
        columns: {country_code: {type: string, values: [IT, XX, DE]}}
    metrics: {n: "count(sites)", known: "count(sites where sites.country.code is present)"}
    """
    sites = [{"country_code": code} for code in ("IT", "XX", "DE", "IT")]
    found = wide(text, {"countries": [{"code": code} for code in ("DE", "FR", "IT")], "sites": sites})
    assert found["n"] == found["known"] == [1, 0, 2]


def test_what_is_known_of_the_data_changes_no_answer() -> None:
    text = """
    entity: partners
    tables:
      partners: {key: id, columns: {id: integer, x: integer, y: decimal(2)}}
    metrics: {sum: x + 1, product: x * y, scaled: y * 1.5}
    """
    program = program_of(text)
    tables = frames(program, {"partners": [{"id": 1, "x": 3, "y": 2}, {"id": 2, "x": -4, "y": -1}]})
    known = Measured({"partners": 2}, {("partners", "x"): (-4, 3), ("partners", "y"): (-100, 200)})
    with_, without = (compile_program(program, AS_OF, *given).wide(tables).collect() for given in ((known,), ()))
    assert with_.equals(without)


def test_a_table_condition_is_compiled_with_the_values_of_parameters() -> None:
    program = program_of(
        """
        entity: partners
        parameters: {least: 2}
        tables:
          partners: {key: id, columns: {id: integer, x: {type: integer, optional: true}}, where: x + 1 >= least}
        """
    )
    where = program.table("partners").where
    assert where is not None
    frame = pl.DataFrame({"x": [0, 1, None, 2**63 - 1]})
    assert frame.select(compile_expression(where, program)).to_series().to_list() == [False, True, None, None]


def deep(definitions: str) -> pl.LazyFrame:
    """The query of a ruleset about a hierarchy, of two rows."""
    program = program_of(f"""
    entity: partners
    tables:
      partners:
        key: id
        columns: {{id: integer, parent_id: {{type: integer, optional: true}}, x: integer}}
        belongs_to: {{parent: {{table: partners, by: parent_id, as: children}}}}
      deals:
        columns: {{partner_id: integer, y: integer}}
        belongs_to: {{partner: {{table: partners, by: partner_id}}}}
        derived:
          y_0: y
{definitions}""")
    partners = pl.DataFrame({"id": [1, 2], "parent_id": [None, 1], "x": [10, 5]})
    deals = pl.DataFrame({"partner_id": [1, 2], "y": [1, 1]})
    return compile_program(program, AS_OF).wide({"partners": partners.lazy(), "deals": deals.lazy()})


def test_a_frame_that_is_joined_to_itself_at_many_levels_does_not_grow_beyond_measure() -> None:
    levels = "".join(f"      m_{n}: x + sum(children.m_{n - 1})\n" for n in range(1, 25))
    query = deep(f"    metrics:\n      m_0: x\n{levels}")
    assert query.collect()["m_24"].to_list() == [15, 5]
    assert query.explain(optimized=False).count("JOIN") < LARGEST


def test_frames_that_are_joined_to_each_other_in_turn_do_not_grow_beyond_measure() -> None:
    above = "".join(f"      m_{n}: x + sum(deals.y_{n - 1})\n" for n in range(1, 25))
    below = "".join(f"          y_{n}: y + partner.m_{n}\n" for n in range(1, 25))
    query = deep(f"{below}    metrics:\n{above}")
    assert query.collect()["m_24"].to_list() == [10 * 24 + 24, 5 * 24 + 24]
    assert query.explain(optimized=False).count("JOIN") <= LARGEST
