"""What a table was read from, as provenance tells it."""

from __future__ import annotations

import os
import struct
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import polars as pl
import pytest

from segrules.engine.content import content_hash
from segrules.engine.fingerprints import Fingerprints
from segrules.engine.formats import OpenedFile
from segrules.engine.intake import take_in
from segrules.explain.provenance import FilesRead, Fingerprint, RowsGiven
from segrules.language import types
from segrules.language.types import Kind, Type
from segrules.program.program import FileFormat, Table
from tests.unit.engine.tables import column, compiling, complaints, program, table, taken

ROWS = table("rows", column("id", types.STRING), column("n", types.INTEGER), key=["id"])
FRAME = pl.DataFrame({"id": ["a", "b"], "n": [1, 2], "other": [True, False]})
CSV = b"id,n\na,1\nb,2\n"
EVERYTHING = table(
    "rows",
    column("id", types.STRING),
    column("won", types.BOOLEAN, optional=True),
    column("n", types.INTEGER, optional=True),
    column("x", types.NUMBER, optional=True),
    column("amount", types.decimal(2), optional=True),
    column("region", Type(Kind.STRING, values=("NA", "EMEA")), optional=True),
    column("day", types.DATE, optional=True),
    column("at", types.DATETIME, optional=True),
    column("tags", types.list_of(types.STRING), optional=True),
    key=["id"],
)
VALUES = pl.DataFrame(
    {
        "id": ["a", "b", "ü\n", ""],
        "won": [True, False, None, None],
        "n": [1, -2, None, None],
        "x": [0.1, -1e300, None, None],
        "amount": [Decimal("19.90"), Decimal("-0.05"), None, None],
        "region": ["EMEA", "NA", None, None],
        "day": [date(2024, 2, 29), date(1, 1, 1), None, None],
        "at": [datetime.fromisoformat("2024-02-29T12:50:01.250000"), datetime.fromisoformat("1969-12-31"), None, None],
        "tags": [["x", "y,z"], [], None, [""]],
    }
)


def fingerprint(given: object, what: Table = ROWS) -> Fingerprint:
    return taken(what, given).fingerprints["rows"]


def content(given: object, what: Table = EVERYTHING) -> str | None:
    of = program(what)
    found = take_in(of, {"rows": given}, "stop", compiling({}), fingerprint=True).fingerprints["rows"]
    assert isinstance(found, RowsGiven)
    return found.sha256


class Chunks:
    """A stream of Arrow with a chunk for every row."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = pl.concat([frame[at : at + 1] for at in range(frame.height)], rechunk=False)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


# Files


def test_a_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    FRAME.write_parquet(tmp_path / "rows.parquet")
    FRAME.write_ndjson(tmp_path / "rows.ndjson")
    (tmp_path / "rows.csv").write_bytes(CSV)
    for name in ("rows.parquet", "rows.ndjson", "rows.csv"):
        data = (tmp_path / name).read_bytes()
        expected = FilesRead("file", 1, len(data), sha256(data).hexdigest())
        assert fingerprint(tmp_path / name) == expected
        assert fingerprint(data) == replace(expected, kind="bytes")


def test_several_files_are_known_by_the_list_that_sha256sum_writes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, rows in (("b", FRAME[:1]), ("in/a", FRAME[1:])):
        rows.write_parquet(tmp_path / f"{name}.parquet")
        rows.write_csv(tmp_path / f"{name}.csv")
    for given, names in (
        (tmp_path, "b.parquet in/a.parquet"),
        (tmp_path / "**/*.csv", "b.csv in/a.csv"),
        (tmp_path / "*.csv", "b.csv"),
        (tmp_path / "in", "a.parquet"),
    ):
        folder = given if given.is_dir() else tmp_path
        summed = subprocess.run(["sha256sum", *names.split()], cwd=folder, capture_output=True, check=True)
        size = sum((folder / name).stat().st_size for name in names.split())
        expected = FilesRead("files", len(names.split()), size, sha256(summed.stdout).hexdigest())
        assert fingerprint(given) == expected


def test_the_names_of_several_files_do_not_depend_on_how_their_folder_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    FRAME.write_parquet(tmp_path / "data" / "1.parquet")
    absolute = fingerprint(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    assert [fingerprint(path) for path in ("data", "./data/", "data/*.parquet", "./data/?.parquet")] == [absolute] * 4
    monkeypatch.chdir(tmp_path / "data")
    assert [fingerprint(path) for path in (".", "*.parquet", "../data/*")] == [absolute] * 3


def test_a_pipe_is_known_by_what_came_through_it(tmp_path: Path) -> None:
    pipe = tmp_path / "rows.csv"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=[CSV])
    writer.start()
    assert fingerprint(pipe) == FilesRead("file", 1, len(CSV), sha256(CSV).hexdigest())
    writer.join()


def test_a_hash_that_has_not_begun_when_all_is_read_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    begins, shutdown = Event(), ThreadPoolExecutor.shutdown

    def busy_until_shutdown(pool: ThreadPoolExecutor, **options: bool) -> None:
        shutdown(pool, **{**options, "wait": False})
        begins.set()
        shutdown(pool)

    monkeypatch.setattr(ThreadPoolExecutor, "shutdown", busy_until_shutdown)
    with Fingerprints() as fingerprints:
        fingerprints._worker.submit(begins.wait)
        fingerprints.begin_files(ROWS, "-", [OpenedFile("-", [], CSV)])
        found, _ = fingerprints.taken()
    assert found["rows"]() == FilesRead("bytes", 1, len(CSV), sha256(CSV).hexdigest())


def test_the_sample_of_a_ruleset_has_a_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes(CSV)
    what = replace(ROWS, source=FileFormat(file=str(tmp_path / "rows.csv")))
    found = taken(program(what), {}).fingerprints["rows"]
    assert found == FilesRead("file", 1, len(CSV), sha256(CSV).hexdigest())


def test_a_relative_path_is_hashed_where_it_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FRAME.write_parquet(tmp_path / "rows.parquet")
    monkeypatch.chdir(tmp_path)
    found = taken(ROWS, "rows.parquet")
    monkeypatch.chdir("/")
    assert found.fingerprints["rows"] == fingerprint(tmp_path / "rows.parquet")


@pytest.mark.parametrize("happens", ["written", "removed"])
def test_a_parquet_file_that_changes_before_it_is_hashed_has_no_hash(tmp_path: Path, happens: str) -> None:
    path = tmp_path / "rows.parquet"
    FRAME.write_parquet(path)
    size = path.stat().st_size
    found = taken(ROWS, path)
    if happens == "written":
        FRAME[:1].write_parquet(path)
    else:
        path.unlink()
    assert found.fingerprints["rows"] == FilesRead("file", 1, size, None)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    class Rewriting(Chunks):
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            FRAME[:1].write_parquet(tmp_path / "rows.parquet")
            return super().__arrow_c_stream__(requested_schema)

    FRAME.write_parquet(tmp_path / "rows.parquet")
    tables = {"rows": tmp_path / "rows.parquet", "others": Rewriting(FRAME)}
    (said,) = complaints(program(ROWS, replace(ROWS, name="others")), tables)
    assert (said.code.slug, said.message) == (
        "changed-while-read",
        f"`{tmp_path / 'rows.parquet'}` has changed while it was read",
    )


# Rows in memory


def test_rows_in_memory_are_known_by_their_number_and_the_columns_that_are_read() -> None:
    columns = {"id": "String", "n": "Int64"}
    assert fingerprint(FRAME) == RowsGiven("rows", 2, columns, None)
    assert fingerprint(Chunks(FRAME)) == RowsGiven("rows", 2, columns, None)
    assert fingerprint(FRAME.lazy()) == RowsGiven("query", 2, columns, None)
    assert fingerprint(FRAME.to_dicts()) == RowsGiven("rows", 2, {"id": "python", "n": "python"}, None)


def test_what_an_import_has_no_use_for_and_what_is_made_of_keys_has_no_fingerprint() -> None:
    made = replace(table("makers", column("id", types.STRING), key=["id"]), keys_from="rows")
    assert set(taken(program(made, ROWS), {"rows": FRAME}).fingerprints) == {"rows"}


def test_content_is_the_same_in_every_library_and_however_it_is_cut() -> None:
    expected = content(VALUES)
    assert content(VALUES.lazy()) == expected
    assert content(Chunks(VALUES)) == expected
    assert content(VALUES.to_dicts()) == expected
    assert content(VALUES.select(reversed(VALUES.columns), other=1)) == expected
    other_types = VALUES.with_columns(
        pl.col("n").cast(pl.Int8),
        pl.col("amount").cast(pl.Float64),
        pl.col("region").cast(pl.Categorical),
        pl.col("at").dt.cast_time_unit("ms"),
    )
    assert content(other_types) == expected


def test_content_is_the_same_in_pyarrow() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    assert content(pyarrow.Table.from_pylist(VALUES.to_dicts())) == content(VALUES)


def test_content_is_the_same_in_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    assert content(pandas.DataFrame(VALUES.to_dicts())) == content(VALUES)


def test_content_is_the_same_in_duckdb(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    VALUES.write_parquet(tmp_path / "rows.parquet")
    with duckdb.connect() as connection:
        assert content(connection.read_parquet(str(tmp_path / "rows.parquet"))) == content(VALUES)


def test_content_differs_with_every_value_and_with_the_order() -> None:
    dicts = VALUES.to_dicts()
    changes = {
        "id": "c", "won": None, "n": 2, "x": 0.10000000000000002, "amount": Decimal("19.91"), "region": "NA",
        "day": date(2024, 2, 28), "at": datetime.fromisoformat("2024-02-29T12:50:01.250001"), "tags": ["x,", "y,z"],
    }  # fmt: skip
    others = [[{**dicts[0], name: value}, *dicts[1:]] for name, value in changes.items()]
    hashes = [content(rows) for rows in (dicts, dicts[::-1], dicts[:-1], [], *others)]
    assert len(set(hashes)) == len(hashes)


def test_the_hash_of_content_is_that_of_the_text_that_is_described() -> None:
    def bits(double: float) -> str:
        text = str(struct.unpack("<q", struct.pack("<d", double))[0])
        return f"{len(text)}:{text}"

    text = (
        "2:id6:string3:won7:boolean1:n7:integer1:x6:number6:amount10:decimal(2)6:region6:string3:day4:date"
        "2:at8:datetime4:tags14:list of string\n"
        f"1:a4:true1:1{bits(0.1)}5:19.904:EMEA10:2024-02-2926:2024-02-29T12:50:01.2500008:1:x3:y,z\n"
        f"1:b5:false2:-2{bits(-1e300)}5:-0.052:NA10:0001-01-0126:1969-12-31T00:00:00.0000000:\n"
        "3:ü\n~~~~~~~~\n"
        "0:~~~~~~~2:0:\n"
    )
    frame = taken(EVERYTHING, VALUES).frames["rows"]
    assert content_hash(EVERYTHING, frame) == sha256(text.encode()).hexdigest()
