"""One table in every form that a caller can give: the same typed rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from segrules.diagnostics.source import Source
from segrules.language import types
from segrules.language.types import Kind, Type
from segrules.program.program import FileFormat
from tests.unit.engine.tables import codes, column, complaints, program, table, taken
from tests.unit.engine.workbook import Cell, workbook

DEALS = table(
    "deals",
    column("id", types.STRING),
    column("won", types.BOOLEAN),
    column("lines", types.INTEGER),
    column("score", types.NUMBER, optional=True),
    column("amount", types.decimal(2)),
    column("region", Type(Kind.STRING, values=("NA", "EMEA"))),
    column("closed_on", types.DATE),
    column("closed_at", types.DATETIME, optional=True),
    column("tags", types.list_of(types.STRING), optional=True),
    key=["id"],
)
EXPECTED = pl.DataFrame(
    {
        "id": ["007", "8"],
        "won": [True, False],
        "lines": [3, -4],
        "score": [0.1, None],
        "amount": [Decimal("19.99"), Decimal("1000000.00")],
        "region": ["EMEA", "NA"],
        "closed_on": [date(2024, 2, 29), date(2025, 12, 31)],
        "closed_at": [datetime.fromisoformat("2024-02-29T12:50:01.250000"), None],
        "tags": [["a", "b"], []],
    },
    schema_overrides={"amount": pl.Decimal(38, 2), "region": pl.Enum(["NA", "EMEA"])},
)
CSV = """id,won,lines,score,amount,region,closed_on,closed_at,tags
007,true,3,0.1,19.99,EMEA,2024-02-29,2024-02-29T12:50:01.25,"[""a"", ""b""]"
8,FALSE,-4,,1000000,NA,2025-12-31,,[]
"""


def as_texts(rows: list[dict[str, object]]) -> str:
    return "".join(json.dumps(row, default=str) + "\n" for row in rows)


def plain_rows() -> list[dict[str, object]]:
    """The rows as JSON has them: an amount is a double."""
    return [{**row, "amount": float(row["amount"])} for row in EXPECTED.to_dicts()]


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def parquet(frame: pl.DataFrame, path: Path) -> Path:
    frame.write_parquet(path)
    return path


def arrow(frame: pl.DataFrame, path: Path) -> Path:
    frame.write_ipc(path)
    return path


def arrow_stream(frame: pl.DataFrame, path: Path) -> Path:
    frame.write_ipc_stream(path)
    return path


def excel_rows() -> bytes:
    texts: list[list[Cell]] = [
        ["007", True, 3, 0.1, 19.99, "EMEA", date(2024, 2, 29), "2024-02-29T12:50:01.25", '["a", "b"]'],
        [8, False, -4, None, 1000000, "NA", date(2025, 12, 31), None, "[]"],
    ]
    return workbook([EXPECTED.columns, *texts])


class Stream:
    """Something with an Arrow C stream and nothing else."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


FORMS: dict[str, Callable[[Path], object]] = {
    "data frame": lambda _: EXPECTED,
    "data frame with other types": lambda _: EXPECTED.with_columns(
        pl.col("lines").cast(pl.Int8),
        pl.col("score").cast(pl.Float32),
        pl.col("amount").cast(pl.Float64),
        pl.col("region").cast(pl.Categorical),
        pl.col("closed_on").cast(pl.Datetime("ns")),
        pl.col("closed_at").dt.replace_time_zone("UTC").dt.cast_time_unit("ms"),
    ),
    "lazy frame": lambda _: EXPECTED.lazy(),
    "arrow stream": lambda _: Stream(EXPECTED),
    "list of dicts": lambda _: EXPECTED.to_dicts(),
    "csv": lambda folder: write(folder / "deals.csv", CSV),
    "csv, path as text": lambda folder: str(write(folder / "deals.csv", CSV)),
    "csv from stdin": lambda _: CSV.encode(),
    "parquet": lambda folder: parquet(EXPECTED, folder / "deals.parquet"),
    "parquet from stdin": lambda folder: parquet(EXPECTED, folder / "deals.parquet").read_bytes(),
    "ndjson": lambda folder: write(folder / "deals.ndjson", as_texts(plain_rows())),
    "ndjson from stdin": lambda _: as_texts(plain_rows()).encode(),
    "ndjson of mixed types": lambda folder: write(
        folder / "deals.jsonl", as_texts([{**plain_rows()[0], "lines": "3"}, {**plain_rows()[1], "won": "false"}])
    ),
    "arrow file": lambda folder: arrow(EXPECTED, folder / "deals.arrow"),
    "arrow stream file": lambda folder: arrow_stream(EXPECTED, folder / "deals.arrows"),
    "excel": lambda folder: write(folder / "deals.xlsx", excel_rows()),
    "excel from stdin": lambda _: excel_rows(),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_typed_rows(form: str, tmp_path: Path) -> None:
    given = FORMS[form](tmp_path)
    frame = taken(DEALS, given).frames["deals"]
    if form == "data frame with other types":
        frame = frame.with_columns(EXPECTED["closed_at"])
    assert_frame_equal(frame, EXPECTED)


def test_a_folder_of_parquet_and_a_pattern_are_one_table(tmp_path: Path) -> None:
    narrow = EXPECTED.with_columns(pl.col("lines").cast(pl.Int32))
    parquet(narrow.head(1), tmp_path / "1.parquet")
    parquet(EXPECTED.tail(1), tmp_path / "2.parquet")
    write(tmp_path / "1.csv", "".join(CSV.splitlines(keepends=True)[:2]))
    write(tmp_path / "2.csv", "".join(CSV.splitlines(keepends=True)[::2]))
    for given in (tmp_path, tmp_path / "*.parquet", tmp_path / "[12].csv"):
        assert_frame_equal(taken(DEALS, given).frames["deals"], EXPECTED)


def test_lists_and_dates_are_read_from_files_that_hold_them_in_different_types(tmp_path: Path) -> None:
    one = table("t", column("marks", Type(Kind.LIST, item=types.INTEGER)), column("day", types.DATE))
    parquet(pl.DataFrame({"marks": [[1, 2]], "day": [date(2026, 1, 1)]}), tmp_path / "1.parquet")
    parquet(pl.DataFrame({"marks": ["[3]"], "day": ["2026-02-01"]}), tmp_path / "2.parquet")
    assert taken(one, tmp_path).frames["t"].rows() == [([1, 2], date(2026, 1, 1)), ([3], date(2026, 2, 1))]


def test_an_optional_column_that_one_file_lacks_is_missing_in_its_rows(tmp_path: Path) -> None:
    one = table("t", column("id", types.STRING), column("x", types.STRING, optional=True))
    write(tmp_path / "1.csv", "id,x\na,1\n")
    write(tmp_path / "2.csv", "id\nb\n")
    found = taken(one, tmp_path / "*.csv")
    assert found.frames["t"].rows() == [("a", "1"), ("b", None)]
    assert [said.code.number for said in found.diagnostics] == ["SR511"]


def test_the_sample_is_read_when_no_table_is_given(tmp_path: Path) -> None:
    write(tmp_path / "sample.csv", CSV)
    span = Source(str(tmp_path / "ruleset.yaml"), "text").span(0, 1)
    with_sample = replace(DEALS, span=span, source=FileFormat(file="sample.csv"))
    assert_frame_equal(taken(program(with_sample), {}).frames["deals"], EXPECTED)


def test_a_column_is_found_by_its_header_or_else_by_its_name() -> None:
    one = table("t", column("id", types.STRING, header="Customer ID"))
    assert taken(one, [{"Customer ID": "a", "id": "b"}]).frames["t"]["id"].to_list() == ["a"]
    assert taken(one, [{"id": "b"}]).frames["t"]["id"].to_list() == ["b"]
    assert taken(one, pl.DataFrame({"id": ["b"]})).frames["t"]["id"].to_list() == ["b"]


def test_columns_that_are_not_declared_are_not_read() -> None:
    one = table("t", column("id", types.STRING))
    assert taken(one, pl.DataFrame({"id": ["a"], "x": [object()]})).frames["t"].columns == ["id"]


def test_no_rows_are_a_table_too() -> None:
    assert taken(DEALS, []).frames["deals"].schema == EXPECTED.schema
    assert taken(DEALS, EXPECTED.clear()).frames["deals"].schema == EXPECTED.schema
    assert taken(DEALS, CSV.splitlines()[0].encode()).frames["deals"].schema == EXPECTED.schema


def test_a_missing_column_is_told_with_the_nearest_there_is() -> None:
    (said,) = complaints(DEALS, EXPECTED.rename({"amount": "amuont"}))
    assert (said.code.number, said.help) == ("SR510", "did you mean `header: amuont`?")


def test_an_optional_column_that_is_absent_is_told_and_missing() -> None:
    found = taken(DEALS, EXPECTED.drop("score"))
    assert found.frames["deals"]["score"].null_count() == 2
    assert [said.code.number for said in found.diagnostics] == ["SR511"]


def test_a_declared_column_that_stands_twice_is_refused() -> None:
    one = table("t", column("a", types.STRING))
    assert codes(one, b"a,b,a\n1,2,3\n") == ["SR512"]
    assert codes(one, workbook([["a", "b", "a"], ["1", "2", "3"]])) == ["SR512"]
    assert taken(one, b"a,b,b\n1,2,3\n").frames["t"].height == 1


@pytest.mark.parametrize("given", [3, None, {"id": ["a"]}, ["a"], object()])
def test_what_is_no_table_is_refused(given: object) -> None:
    assert codes(table("t", column("id", types.STRING)), given) in (["SR523"], ["SR513"])


def test_a_lazy_frame_that_fails_is_told_and_not_raised() -> None:
    broken = pl.LazyFrame({"id": ["x"]}).with_columns(pl.col("id").cast(pl.Int64))
    assert codes(table("t", column("id", types.STRING)), broken) == ["SR523"]
    assert codes(table("t", column("id", types.STRING)), pl.LazyFrame({"id": ["x"]}).select("y")) == ["SR523"]


def test_a_table_that_cannot_be_handed_over_without_a_package_says_which() -> None:
    class Frame:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            raise ModuleNotFoundError("no", name="pyarrow")

    (said,) = complaints(table("t", column("id", types.STRING)), Frame())
    assert (said.code.number, said.help) == ("SR524", "run `pip install pyarrow`")


def test_an_arrow_stream_of_something_else_than_rows_is_refused() -> None:
    class Column:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return pl.Series([1, 2]).__arrow_c_stream__(requested_schema)

    assert codes(table("t", column("id", types.STRING)), Column()) == ["SR523"]


def test_a_stream_is_read_once() -> None:
    asked: list[int] = []

    class Once(Stream):
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            asked.append(1)
            return super().__arrow_c_stream__(requested_schema)

    taken(DEALS, Once(EXPECTED))
    assert asked == [1]
