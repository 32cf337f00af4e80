"""Files that are not what they should be: each is told, none ends in a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from segrules.language import types
from segrules.program.program import FileFormat
from tests.unit.engine.tables import codes, column, complaints, program, table, taken
from tests.unit.engine.workbook import workbook

IDS = table("ids", column("id", types.STRING))
FRAME = pl.DataFrame({"id": [str(number) for number in range(1_000)]})


def test_a_file_that_is_not_there_is_told_with_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "ids.csv").write_text("id\n1\n")
    (said,) = complaints(IDS, tmp_path / "idz.csv")
    assert (said.code.number, said.help) == ("SR515", "did you mean `ids.csv`?")


@pytest.mark.parametrize("path", ["nowhere/x.csv", "*.nothing", "a\0b.csv", ""])
def test_a_path_to_nothing_is_told(path: str) -> None:
    assert codes(IDS, path) == ["SR516" if path == "" else "SR515"]


def test_a_folder_without_parquet_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id\n1\n")
    assert codes(IDS, tmp_path) == ["SR516"]


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    names = ("x.csv", "x.parquet")
    for name in names:
        (tmp_path / name).write_text("id\n1\n")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    for name in names:
        (said,) = complaints(IDS, tmp_path / name)
        assert said.code.number == "SR516"
        assert said.message.endswith("cannot be read: Permission denied")


def test_an_ending_that_says_nothing_needs_a_declared_format(tmp_path: Path) -> None:
    path = tmp_path / "ids.dat"
    path.write_text("id\n1\n")
    assert codes(IDS, path) == ["SR519"]
    assert taken(table("ids", *IDS.columns, source=FileFormat(format="csv")), path).frames["ids"].height == 1


def written(name: str, folder: Path) -> bytes:
    path = folder / f"whole.{name}"
    match name:
        case "parquet":
            FRAME.write_parquet(path)
        case "arrow":
            FRAME.write_ipc(path)
        case "arrows":
            FRAME.write_ipc_stream(path)
        case "xlsx":
            path.write_bytes(workbook([["id"], ["1"]]))
        case "ndjson":
            FRAME.write_ndjson(path)
    return path.read_bytes()


@pytest.mark.parametrize("name", ["parquet", "arrow", "xlsx", "ndjson", "arrows"])
@pytest.mark.parametrize("spoil", ["cut", "text", "binary", "brackets"])
def test_a_damaged_file_is_told(name: str, spoil: str, tmp_path: Path) -> None:
    whole = written(name, tmp_path)
    spoilt = {
        "cut": whole[: len(whole) // 2 + 3],
        "text": b"id\n1\n",
        "binary": os.urandom(1_000),
        "brackets": b"[" * 100_000,
    }
    path = tmp_path / f"ids.{name}"
    path.write_bytes(spoilt[spoil])
    (said,) = complaints(IDS, path)
    assert said.code.number == "SR517"


@pytest.mark.parametrize("name", ["parquet", "arrow", "xlsx", "ndjson", "csv"])
def test_an_empty_file_is_told(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"ids.{name}"
    path.write_bytes(b"")
    assert codes(IDS, path) == ["SR518"]


def test_an_empty_workbook_is_told() -> None:
    assert codes(IDS, workbook([])) == ["SR518"]


def test_the_line_of_ndjson_that_is_no_object_is_told() -> None:
    for line in (b"[1]", b"{", b"x", b'{"id": 1} {"id": 2}'):
        (said,) = complaints(IDS, b'{"id": "1"}\n\n' + line + b"\n")
        assert (said.code.number, said.message) == ("SR517", "line 3 of `-` is not a JSON object")


def test_ndjson_keeps_texts_and_numbers_apart_where_they_mix() -> None:
    one = table("t", column("id", types.STRING), column("n", types.decimal(2), optional=True))
    data = b'\xef\xbb\xbf{"id": "007", "n": 1.10}\r\n{"id": 8, "n": "2.5"}\n{"id": true}\n'
    (said,) = complaints(one, data)
    assert said.notes == ("row 3: `true`",)
    found = taken(one, data.replace(b"true", b"9.0")).frames["t"]
    assert found["id"].to_list() == ["007", "8", "9"]


def test_excel_without_its_reader_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fastexcel", None)
    (said,) = complaints(IDS, workbook([["id"], ["1"]]))
    assert (said.code.number, said.help) == ("SR524", "run `pip install 'segrules[excel]'`")


def test_excel_cells_of_mixed_sorts_are_all_read() -> None:
    one = table("t", column("n", types.NUMBER, optional=True, missing=("n/a",)), column("id", types.STRING))
    found = taken(one, workbook([["id", "n"], ["007", 1], [17850, "n/a"], [3.0, 2.5]])).frames["t"]
    assert found.rows() == [(1.0, "007"), (None, "17850"), (2.5, "3")]


def test_what_is_wrong_with_several_tables_is_told_at_once(tmp_path: Path) -> None:
    two = program(IDS, table("other", column("n", types.INTEGER)), table("third", column("n", types.INTEGER)))
    assert codes(two, {"ids": tmp_path / "x.csv", "othr": []}) == ["SR514", "SR515", "SR513", "SR513"]
    assert codes(two, {"ids": b"x\n1\n", "other": b"n\ny\n", "third": b"n\n1,2\n"}) == ["SR510", "SR521", "SR501"]
