"""Tables beside records, read and indexed once for as long as they hold the same."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from segrules.engine.record import RecordIntake
from segrules.program.program import Program
from segrules.program.sensitivity import Sensitivity

if TYPE_CHECKING:
    import polars as pl


class IntakeBeside:
    """Makes what takes in records beside tables, and keeps the last one.

    It serves again while the same frames, or files that were not written to, are given. Other tables, such as lists,
    are read each time.
    """

    def __init__(self, program: Program, as_of: date, sensitivity: Sensitivity) -> None:
        self._program = program
        self._as_of = as_of
        self._sensitivity = sensitivity
        self._kept: tuple[_Seen, RecordIntake] | None = None

    def beside(self, tables: Mapping[str, object]) -> RecordIntake:
        """Return what takes in records beside these tables; raises what `RecordIntake` does."""
        seen = _Seen.of(tables)
        kept = self._kept  # read once: another thread may put another there
        if kept is not None and seen is not None and seen.holds_the_same_as(kept[0]):
            return kept[1]
        intake = RecordIntake(self._program, self._as_of, tables, self._sensitivity)
        if seen is not None:
            self._kept = seen, intake
        return intake


@dataclass(frozen=True, slots=True)
class _Seen:
    """What tables held when they were given: frames as they were, files by when they were written and how long."""

    frames: Mapping[str, pl.DataFrame]
    files: Mapping[str, tuple[Path, int, int]]

    @classmethod
    def of(cls, tables: Mapping[str, object]) -> _Seen | None:
        """Return what tables hold; None if some cannot be told from what they become."""
        frames = {name: frame.clone() for name, one in tables.items() if (frame := _frame(one)) is not None}
        files = {name: file for name, one in tables.items() if (file := _file(one)) is not None}
        return cls(frames, files) if len(frames) + len(files) == len(tables) else None

    def holds_the_same_as(self, other: _Seen) -> bool:
        """Whether nothing has changed; that takes a look at every value, but makes nothing of it."""
        return (
            self.files == other.files
            and self.frames.keys() == other.frames.keys()
            and all(_are_same(frame, other.frames[name]) for name, frame in self.frames.items())
        )


def _frame(table: object) -> pl.DataFrame | None:
    """Return a frame of Polars, without which one can decide."""
    polars = sys.modules.get("polars")
    return table if polars is not None and isinstance(table, polars.DataFrame) else None


def _file(table: object) -> tuple[Path, int, int] | None:
    if not isinstance(table, str | Path):
        return None
    path = Path(table)
    try:
        status = path.stat()
    except OSError:
        return None
    return path, status.st_mtime_ns, status.st_size


def _are_same(frame: pl.DataFrame, other: pl.DataFrame) -> bool:
    return frame.schema == other.schema and frame.equals(other)
