"""A result as files: written beside the old ones and moved into place, all of them or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Literal

import polars as pl
import polars.selectors as cs

if TYPE_CHECKING:
    from segrules.engine.result import Result

FileFormat = Literal["csv", "parquet", "ndjson"]

SUMMARY = "summary.json"

_DATETIME = "%Y-%m-%dT%H:%M:%S%.f"
_LIST_IN_JSON = "list"
_ROWS_AT_ONCE = 50_000


def write(result: Result, folder: Path, file_format: FileFormat, *, reasons: bool = False) -> None:
    """Write `assignments`, `wide`, `quarantine` and `summary.json` into a folder, which is made if need be.

    Of a ruleset with treatments there is a file `treatments` too.

    `reasons` asks for a reason in every row of `assignments`. The folder then holds the new files, or, if anything
    fails, what it held before. Raises OSError if the disk cannot take them.
    """
    frames = {"assignments": assignments(result, reasons=reasons), "wide": result.wide, "quarantine": result.quarantine}
    if result.program.treatments:
        frames["treatments"] = result.treatments
    made = _made(folder)
    try:
        with TemporaryDirectory(prefix=".segrules-", dir=folder) as beside:
            new = Path(beside, "new")
            new.mkdir()
            for name, frame in frames.items():
                _write_file(new / f"{name}.{file_format}", partial(write_frame, frame, file_format=file_format))
            _write_file(new / SUMMARY, lambda file: file.write(_summary(result)))
            _move_into_place(new, folder, Path(beside, "old"))
    except BaseException:
        with suppress(OSError):
            for parent in made:
                parent.rmdir()
        raise


def assignments(result: Result, *, reasons: bool) -> pl.DataFrame:
    """Return the assignments, with a reason in every row or in none."""
    return result.reasons() if reasons else result.assignments


def write_frame(frame: pl.DataFrame, file: IO[bytes], file_format: FileFormat, *, header: bool = True) -> None:
    """Write a frame to an open file; `header` is for CSV.

    In CSV a list is JSON text and a missing value the empty field; dates and times are spelt as ISO has them.
    """
    match file_format:
        case "csv":
            flat(frame).write_csv(file, include_header=header)
        case "ndjson":
            frame.with_columns(cs.datetime().dt.to_string(_DATETIME)).write_ndjson(file)
        case "parquet":
            frame.write_parquet(file)


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame as a CSV file holds it: lists as JSON text, dates with times as ISO text."""
    return frame.with_columns(
        cs.datetime().dt.to_string(_DATETIME), *(_json_text(name) for name in frame.select(cs.list()).columns)
    )


def parts(frame: pl.DataFrame, file_format: FileFormat) -> Iterator[bytes]:
    """Yield the file that a frame makes, in parts, for a stream that takes bytes and is no file."""
    slices = frame.iter_slices(_ROWS_AT_ONCE) if frame.height and file_format != "parquet" else [frame]
    for number, rows in enumerate(slices):
        part = BytesIO()
        write_frame(rows, part, file_format, header=number == 0)
        yield part.getvalue()


def _json_text(name: str) -> pl.Expr:
    encoded = pl.struct(pl.col(name).alias(_LIST_IN_JSON)).struct.json_encode()
    bare = encoded.str.strip_prefix(f'{{"{_LIST_IN_JSON}":').str.strip_suffix("}")
    return pl.when(pl.col(name).is_not_null()).then(bare).alias(name)


def _summary(result: Result) -> bytes:
    return (result.summary.model_dump_json(indent=2) + "\n").encode()


def _made(folder: Path) -> list[Path]:
    """Make a folder and those above it; return those that were not there, the lowest first."""
    absent = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return absent


def _write_file(path: Path, fill: Callable[[IO[bytes]], object]) -> None:
    try:
        with path.open("wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
    except pl.exceptions.PolarsError as error:  # how Polars tells that a disk is full, for Parquet
        raise OSError(str(error)) from error


def _move_into_place(new: Path, folder: Path, old: Path) -> None:
    """Replace the files of a folder by new ones of the same names; on any failure put back what was there."""
    old.mkdir()
    names = sorted(path.name for path in new.iterdir())
    kept = {name: _kept(folder / name, old / name) for name in names}
    try:
        for name in names:
            (new / name).replace(folder / name)
    except BaseException:
        _put_back(kept, new, folder)
        raise


def _kept(path: Path, copy: Path) -> Path | None:
    """Keep the file that a new one will replace; a hard link where the disk has them."""
    if not path.exists():
        return None
    try:
        copy.hardlink_to(path)
    except OSError:
        shutil.copy2(path, copy)
    return copy


def _put_back(kept: Mapping[str, Path | None], new: Path, folder: Path) -> None:
    moved = [name for name in kept if not (new / name).exists()]
    for name in moved:
        copy = kept[name]
        if copy is None:
            (folder / name).unlink()
        else:
            copy.replace(folder / name)
