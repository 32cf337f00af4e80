"""Fingerprints of what tables are read from.

A file that was read whole is hashed as it was read, so that a pipe is right, too; beside the reading of the rest, since
hashing holds no lock of Python's. A Parquet file, which is read column by column, is hashed from the disk when somebody
asks; its size and times tell whether it is still the file that was read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Literal

import polars as pl

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.engine import input_messages
from segrules.engine.content import content_hash
from segrules.engine.formats import STANDARD_INPUT, OpenedFile, folder_of
from segrules.engine.typed_table import GivenTable
from segrules.explain.provenance import FilesRead, Fingerprint, RowsGiven
from segrules.program.program import Table

Pending = Callable[[], Fingerprint]
"""A fingerprint that is there when it is asked for."""

Stamp = tuple[int, int, int]
_PYTHON = "python"


class Fingerprints:
    """Takes the fingerprints of the tables of one run; that of the content of rows in memory only if `content` is set.

    It is a context; when it is left, nothing goes on at work.
    """

    def __init__(self, *, content: bool = False) -> None:
        self._content = content
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="segrules-fingerprints")
        self._scanned: dict[str, _Scanned] = {}
        self._pending: dict[str, Pending] = {}

    def __enter__(self) -> Fingerprints:
        """Begin."""
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        """Wait for what is still to be done; after a failure only for what has begun."""
        self._worker.shutdown(cancel_futures=failure is not None)

    def begin_files(self, table: Table, path: str, files: Sequence[OpenedFile]) -> None:
        """Begin with the files at a path, in the order in which they are read, or with standard input."""
        parts = [self._part(file) for file in files]
        if [part.path for part in parts] == [path]:
            self._pending[table.name] = parts[0].fingerprint
        else:
            names = [Path(part.path).relative_to(folder_of(path)).as_posix() for part in parts]
            self._pending[table.name] = lambda: _listed(parts, names)

    def begin_rows(self, table: Table, kind: Literal["rows", "query"], given: GivenTable, typed: pl.DataFrame) -> None:
        """Begin with the rows of a table, as they were given and with their declared types."""
        columns = {
            name: str(values.dtype) if isinstance(values, pl.Series) else _PYTHON
            for name, values in given.columns.items()
        }
        found = RowsGiven(kind, given.height, columns, content_hash(table, typed) if self._content else None)
        self._pending[table.name] = lambda: found

    def taken(self) -> tuple[Mapping[str, Pending], Sequence[Diagnostic]]:
        """Return the fingerprints by table when all has been read, and what is said about files that have changed."""
        changed = [input_messages.changed(name) for name, file in self._scanned.items() if file.has_changed()]
        return self._pending, changed

    def _part(self, file: OpenedFile) -> _Part:
        if file.data is not None:
            return _Part(file.path, len(file.data), self._worker.submit(_hash, file.data).result)
        path = Path(file.path).absolute()
        scanned = self._scanned[file.path] = _Scanned(path, _stamp(path))
        return _Part(file.path, scanned.stamp[0] if scanned.stamp else 0, scanned.hash)


@dataclass(frozen=True, slots=True)
class _Part:
    """A file of a table, its size in bytes, and its hash, which is there when it is asked for."""

    path: str
    size: int
    hash: Callable[[], str | None]

    def fingerprint(self) -> FilesRead:
        """Return the fingerprint of the file alone."""
        return FilesRead("bytes" if self.path == STANDARD_INPUT else "file", 1, self.size, self.hash())


@dataclass(frozen=True, slots=True)
class _Scanned:
    """A file on the disk, and how it was when it was opened."""

    path: Path
    stamp: Stamp | None

    def has_changed(self) -> bool:
        """Whether it is not any more what it was."""
        return self.stamp is None or _stamp(self.path) != self.stamp

    def hash(self) -> str | None:
        """Return the hash of its bytes, or None if it has changed."""
        try:
            with self.path.open("rb") as file:
                found = file_digest(file, "sha256").hexdigest()
        except OSError:
            return None
        return None if self.has_changed() else found


def _listed(parts: Sequence[_Part], names: Sequence[str]) -> FilesRead:
    hashes = [part.hash() for part in parts]
    lines = "".join(f"{found}  {name}\n" for found, name in zip(hashes, names, strict=True))
    listed = None if None in hashes else _hash(lines.encode())
    return FilesRead("files", len(parts), sum(part.size for part in parts), listed)


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
