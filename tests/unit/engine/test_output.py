"""Files of a result: all of the new ones or all of the old ones, whatever happens."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import polars as pl
import pytest
from pydantic import BaseModel

from segrules.engine import output
from segrules.engine.output import FileFormat, parts, write

if TYPE_CHECKING:
    from segrules.engine.result import Result

MOMENTS = ["2026-01-31T12:50:00", "2026-01-31T12:50:01.000005"]
VALUES = pl.DataFrame(
    {
        "id": ["a", "", None],
        "tags": [["x", 'say "hi", \\ ü'], [], None],
        "amounts": [[Decimal("1.20")], [None], None],
        "amount": [Decimal("1.20"), Decimal("-0.05"), None],
        "share": [0.1, 1e16, None],
        "won": [True, False, None],
        "day": [date(2026, 1, 31), date(1, 1, 1), None],
        "at": [datetime.fromisoformat(text) for text in MOMENTS] + [None],
        "tier": pl.Series(["gold", "silver", None], dtype=pl.Enum(["gold", "silver"])),
    }
)


class Numbers(BaseModel):
    rows: int


@dataclass
class Made:
    """What `write` reads of a result."""

    wide: pl.DataFrame = field(default_factory=lambda: VALUES)
    rows: int = 3
    program: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(treatments=()))

    @property
    def treatments(self) -> pl.DataFrame:
        return VALUES.select("id", "amount", status=pl.lit("granted"))

    @property
    def assignments(self) -> pl.DataFrame:
        return VALUES.select("id", "tier", reason=pl.lit(None, pl.String))

    @property
    def quarantine(self) -> pl.DataFrame:
        return pl.DataFrame(schema={"table": pl.String, "row": pl.Int64})

    @property
    def summary(self) -> Numbers:
        return Numbers(rows=self.rows)

    def reasons(self) -> pl.DataFrame:
        return self.assignments.with_columns(reason=pl.lit("because"))


def result(**changed: Any) -> Result:
    return cast("Result", Made(**changed))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_treatments_are_a_file_where_there_are_any(tmp_path: Path) -> None:
    write(result(program=SimpleNamespace(treatments=("mdf_fund",))), tmp_path, "csv")
    assert (tmp_path / "treatments.csv").read_text("utf-8").splitlines()[:2] == ["id,amount,status", "a,1.20,granted"]


@pytest.mark.parametrize("file_format", ["csv", "parquet", "ndjson"])
def test_four_files_are_written_the_same_on_every_run(tmp_path: Path, file_format: FileFormat) -> None:
    write(result(), tmp_path / "one" / "deep", file_format)
    write(result(), tmp_path / "two", file_format)
    written = files(tmp_path / "one" / "deep")
    assert set(written) == {
        *(f"{name}.{file_format}" for name in ("assignments", "wide", "quarantine")),
        "summary.json",
    }
    assert files(tmp_path / "two") == written
    assert json.loads(written["summary.json"]) == {"rows": 3}


def test_in_csv_a_list_is_json_and_missing_the_empty_field(tmp_path: Path) -> None:
    write(result(), tmp_path, "csv")
    lines = (tmp_path / "wide.csv").read_text("utf-8").splitlines()
    first, second, third = csv.DictReader(lines)
    assert json.loads(first["tags"]) == ["x", 'say "hi", \\ ü']
    assert (second["tags"], json.loads(second["amounts"])) == ("[]", [None])
    assert first["at"] == "2026-01-31T12:50:00"
    assert second["at"].rstrip("0") == MOMENTS[1]
    assert (first["day"], second["day"], first["won"], first["amount"]) == ("2026-01-31", "0001-01-01", "true", "1.20")
    assert set(third.values()) == {""}
    assert lines[2].startswith('"",'), "an empty text is not missing"


def test_ndjson_and_parquet_keep_lists_and_what_is_missing(tmp_path: Path) -> None:
    write(result(), tmp_path, "ndjson")
    write(result(), tmp_path, "parquet")
    first, _, third = (json.loads(line) for line in (tmp_path / "wide.ndjson").read_text("utf-8").splitlines())
    assert (first["tags"], first["amount"], first["at"]) == (["x", 'say "hi", \\ ü'], "1.20", "2026-01-31T12:50:00")
    assert set(third.values()) == {None}
    assert pl.read_parquet(tmp_path / "wide.parquet").equals(VALUES)


def test_reasons_are_written_when_asked_for(tmp_path: Path) -> None:
    write(result(), tmp_path / "without", "csv")
    write(result(), tmp_path / "with", "csv", reasons=True)
    assert "because" not in (tmp_path / "without" / "assignments.csv").read_text()
    assert (tmp_path / "with" / "assignments.csv").read_text().count("because") == 3


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "wide.csv").write_text("old")
    write(result(), tmp_path, "csv")
    assert files(tmp_path)["notes.txt"] == b"mine"
    assert files(tmp_path)["wide.csv"] != b"old"


@pytest.mark.parametrize("fails_at", ["_write_file", "_move_into_place"])
@pytest.mark.parametrize("failure", [OSError("disk full"), KeyboardInterrupt()])
def test_a_failure_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: str, failure: BaseException
) -> None:
    old, absent = tmp_path / "old", tmp_path / "absent" / "below"
    write(result(), old, "csv")
    before = files(old)

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(output, fails_at, fail)
    for folder in (old, absent):
        with pytest.raises(type(failure)):
            write(result(rows=4), folder, "csv")
    assert files(old) == before
    assert not absent.parent.exists()


@pytest.mark.parametrize("moves", [0, 1, 2, 3])
def test_a_failure_between_two_files_puts_the_old_ones_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    new.mkdir()
    write(result(), old, "csv")
    before = files(old)
    left = [moves]
    replace = Path.replace

    def replace_a_few(self: Path, target: Path) -> Path:
        if self.parent.name == "new":
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", replace_a_few)
    for folder in (old, new):
        left[0] = moves
        with pytest.raises(KeyboardInterrupt):
            write(result(wide=VALUES.head(1), rows=4), folder, "csv")
    assert files(old) == before
    assert files(new) == {}


def test_a_folder_in_the_place_of_a_file_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "wide.csv").mkdir()
    with pytest.raises(OSError, match=r"wide\.csv"):
        write(result(), tmp_path, "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["wide.csv"]


@pytest.mark.parametrize("file_format", ["csv", "parquet", "ndjson"])
def test_the_parts_of_a_stream_are_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_format: FileFormat
) -> None:
    monkeypatch.setattr(output, "_ROWS_AT_ONCE", 2)
    write(result(), tmp_path, file_format)
    assert b"".join(parts(VALUES, file_format)) == (tmp_path / f"wide.{file_format}").read_bytes()


def test_an_empty_table_has_its_header() -> None:
    assert b"".join(parts(VALUES.clear(), "csv")).decode() == ",".join(VALUES.columns) + "\n"
