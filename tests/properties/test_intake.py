"""What holds of the intake for any data: columns are read as single values are, and nothing is lost or changed."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from segrules.language import types
from segrules.language.types import Kind, Type
from segrules.program.program import Column, FileFormat
from tests.unit.engine.tables import apart, codes, column, program, relation, table, taken

DECLARED = st.one_of(
    st.sampled_from([types.BOOLEAN, types.INTEGER, types.NUMBER, types.STRING, types.DATE, types.DATETIME]),
    st.integers(0, 18).map(types.decimal),
    st.just(Type(Kind.STRING, values=("NA", "EMEA", "7", ""))),
    st.sampled_from([types.INTEGER, types.STRING, types.DATE, types.DATETIME, types.decimal(2), types.NUMBER]).map(
        types.list_of
    ),
)

NUMBERS = st.from_regex(r"[+-]{0,2}[0-9]{0,20}[.,]?[0-9]{0,20}([eE][+-]?[0-9]{1,3})?", fullmatch=True)
DAYS = st.from_regex(r"[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]", fullmatch=True)
TIMES = st.from_regex(
    r"[T ][0-2][0-9]:[0-6][0-9](:[0-6][0-9](\.[0-9]{0,10})?)?(Z|[+-][0-2][0-9](:?[0-9]{2})?)?", fullmatch=True
)
WORDS = st.sampled_from(
    ["", " ", "true", "TRUE", "False", "yes", "NaN", "-inf", "Infinity", "n/a", "NA", "EMEA", "7", "1_000", "1.234,5",
     "[]", "[1, null]", '["a", "2024-01-31"]', "[1.25]", "[[1]]", "{}", "null", "a;b", "1;2;", "1.0", "1e400", "0x1F"]
)  # fmt: skip
TEXTS = st.one_of(
    NUMBERS,
    DAYS,
    st.builds(str.__add__, DAYS, st.one_of(TIMES, st.just(" 00:00:00.000"))),
    WORDS,
    st.text(max_size=5),
    st.from_regex(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}( [0-9]{1,2}:[0-9]{2})?", fullmatch=True),
)
FORMATS = st.sampled_from(["%d.%m.%Y", "%m/%d/%Y", "%d-%m-%Y %H:%M", "%Y%m%d", "%d.%m.%y", "%d %b %Y", "%Y-%d-%m"])
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York"])
DOUBLES = st.one_of(
    st.floats(),
    st.integers(-(2**63), 2**63).map(float),
    st.decimals(-(10**9), 10**9, places=4).map(float),
    st.decimals(-(10**15), 10**15, places=2).map(float),
)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    pl.Boolean: st.booleans(),
    pl.Int8: st.integers(-128, 127),
    pl.Int64: st.integers(-(2**63), 2**63 - 1),
    pl.UInt64: st.integers(0, 2**64 - 1),
    pl.Int128: st.integers(-(2**100), 2**100),
    pl.Float64: DOUBLES,
    pl.Decimal(38, 0): st.decimals(-(10**37), 10**37, places=0),
    pl.Decimal(20, 6): st.decimals(-(10**13), 10**13, places=6),
    pl.Date: st.dates(),
    pl.Datetime("us"): st.datetimes(),
    pl.Datetime("us", "UTC"): st.datetimes(timezones=st.just(UTC)),
    pl.Binary: st.binary(max_size=4),
    pl.Time: st.times(),
    pl.Duration("us"): st.timedeltas(timedelta(-9), timedelta(9)),
    pl.List(pl.Int64): st.lists(st.none() | st.integers(-5, 5), max_size=3),
    pl.List(pl.Float64): st.lists(st.none() | DOUBLES, max_size=3),
    pl.List(pl.String): st.lists(st.none() | TEXTS, max_size=3),
}


@st.composite
def columns(draw: st.DrawFn) -> Column:
    missing = draw(st.sampled_from([(), ("n/a",), ("7", "NaN", "[]"), ("",)]))
    split = draw(st.sampled_from([None, ";"]))
    return column("x", draw(DECLARED), optional=True, missing=missing, split=split)


def same_either_way(declared: Column, source: FileFormat, zone: str, series: pl.Series) -> None:
    """Check that a column means the same as a series and as values read one by one."""
    one_table = program(table("t", declared, source=source), timezone=zone)
    at_once = apart(one_table, {"t": pl.DataFrame({"x": series})})
    one_by_one = apart(one_table, {"t": [{"x": value} for value in series.to_list()]})
    assert_frame_equal(at_once.frames["t"], one_by_one.frames["t"], check_exact=True)
    assert at_once.quarantine["row"].to_list() == one_by_one.quarantine["row"].to_list()
    assert at_once.quarantine["constraint"].to_list() == one_by_one.quarantine["constraint"].to_list()


@given(columns(), st.booleans(), FORMATS, ZONES, st.lists(st.none() | TEXTS, max_size=8))
def test_a_column_of_texts_is_read_as_its_texts_are_one_by_one(
    declared: Column, decimal_comma: bool, date_format: str, zone: str, texts: list[str | None]
) -> None:
    source = FileFormat(decimal_comma=decimal_comma, date_formats=(date_format,))
    same_either_way(declared, source, zone, pl.Series(texts, dtype=pl.String))


@given(columns(), ZONES, st.data())
def test_a_column_with_types_is_read_as_its_values_are_one_by_one(
    declared: Column, zone: str, data: st.DataObject
) -> None:
    dtype = data.draw(st.sampled_from(list(VALUES)))
    values = data.draw(st.lists(st.none() | VALUES[dtype], max_size=8))
    same_either_way(declared, FileFormat(), zone, pl.Series(values, dtype=dtype))


@given(columns(), ZONES, st.data())
def test_a_file_says_what_the_table_in_it_says(declared: Column, zone: str, data: st.DataObject) -> None:
    dtype = data.draw(st.sampled_from(list(VALUES)))
    values = data.draw(st.lists(st.none() | VALUES[dtype], max_size=8))
    other = data.draw(st.lists(st.none() | DOUBLES, min_size=len(values), max_size=len(values)))
    frame = pl.DataFrame({"x": pl.Series(values, dtype=dtype), "y": pl.Series(other, dtype=pl.Float64)})
    second = column("y", types.decimal(2), optional=True)
    one_table = program(table("t", declared, second), timezone=zone)
    in_memory = apart(one_table, {"t": frame})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.parquet"
        frame.write_parquet(path)
        in_file = apart(one_table, {"t": path})
    assert_frame_equal(in_file.frames["t"], in_memory.frames["t"], check_exact=True)
    assert_frame_equal(in_file.quarantine, in_memory.quarantine)


SPELT = {
    types.BOOLEAN: st.booleans().map(lambda value: (value, str(value))),
    types.INTEGER: st.integers(-(2**63), 2**63 - 1).map(lambda value: (value, str(value))),
    types.NUMBER: st.floats(allow_nan=False, allow_infinity=False).map(lambda value: (value, repr(value))),
    types.decimal(4): st.decimals(-(10**33), 10**33, places=4).map(lambda value: (value, str(value))),
    types.STRING: st.text(st.characters(codec="utf-8")).map(lambda value: (value, value)),
    types.DATE: st.dates().map(lambda value: (value, value.isoformat())),
    types.DATETIME: st.datetimes().map(lambda value: (value, value.isoformat())),
    types.list_of(types.STRING): st.lists(st.none() | st.text(st.characters(codec="utf-8"))).map(
        lambda value: (value, json.dumps(value))
    ),
}


@given(st.sampled_from(list(SPELT)), st.data())
def test_the_text_of_a_value_is_read_as_the_value(declared: Type, data: st.DataObject) -> None:
    pairs = data.draw(st.lists(SPELT[declared], max_size=8))
    texts = pl.DataFrame({"x": pl.Series([text for _, text in pairs], dtype=pl.String)})
    found = taken(table("t", column("x", declared)), texts)
    assert found.frames["t"]["x"].to_list() == [value for value, _ in pairs]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), min_size=1, max_size=8))
def test_csv_keeps_every_text(texts: list[str]) -> None:
    rows = pl.DataFrame({"id": range(len(texts)), "x": texts})
    data = rows.write_csv(quote_style="always").encode()
    found = taken(table("t", column("x", types.STRING, optional=True), column("id", types.INTEGER)), data)
    assert found.frames["t"]["x"].to_list() == texts


SMALL = st.one_of(st.none(), st.sampled_from(["1", "2", "3", "x", "", "1.5"]))
PARENTS = table("parents", column("id", types.INTEGER), column("n", types.INTEGER, optional=True), key=["id"])
CHILDREN = table(
    "children",
    column("id", types.INTEGER, unique=True, optional=True),
    column("parent_id", types.INTEGER, optional=True),
    column("n", types.decimal(0)),
    relations=(relation("parent", "parents", "parent_id", required=True),),
)
FAMILY = program(PARENTS, CHILDREN)
ROWS = st.fixed_dictionaries(
    {
        "parents": st.lists(st.fixed_dictionaries({"id": SMALL, "n": SMALL}), max_size=6),
        "children": st.lists(st.fixed_dictionaries({"id": SMALL, "parent_id": SMALL, "n": SMALL}), max_size=6),
    }
)


@given(ROWS, st.booleans())
def test_what_is_told_is_what_is_set_apart_and_the_rest_is_right(
    rows: dict[str, list[dict[str, str | None]]], as_frames: bool
) -> None:
    tables: dict[str, Any] = {**rows}
    if as_frames:
        names = {"parents": ["id", "n"], "children": ["id", "parent_id", "n"]}
        tables = {name: pl.DataFrame(rows[name], schema=dict.fromkeys(names[name], pl.String)) for name in rows}
    before = deepcopy(tables)
    found = apart(FAMILY, tables)
    own = found.quarantine.filter(pl.col("constraint") != "parent set apart")
    if own.is_empty():
        assert found.quarantine.is_empty()
        assert_frame_equal(taken(FAMILY, tables).frames["children"], found.frames["children"])
    else:
        groups = own.select("table", "column", "constraint").n_unique()
        assert len(codes(FAMILY, tables)) == groups
    assert taken(FAMILY, found.frames).counts["children"].kept == found.counts["children"].kept
    for name, counts in found.counts.items():
        assert counts.read == counts.kept + counts.set_apart == len(rows[name])
        assert found.quarantine.filter(table=name)["row"].n_unique() == counts.set_apart
    for name, given_table in tables.items():
        if isinstance(given_table, pl.DataFrame):
            assert given_table.equals(before[name])
        else:
            assert given_table == before[name]
