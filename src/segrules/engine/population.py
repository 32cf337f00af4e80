"""The rows that statistics compare, as they were in one run: kept in a file, so that one record can stand among them.

The file is Parquet: the key of every row, and for each statistic the row's groups, its value and whether it takes part.
What it belongs to stands in its metadata.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import polars as pl

from segrules.engine import call_messages, population_messages
from segrules.engine.slices import records
from segrules.errors import InputInvalid
from segrules.explain.provenance import FilesRead, Fingerprint, RowsGiven
from segrules.language.values import Value
from segrules.meaning.population import Groups, Member, grouped
from segrules.plan.population import Compared
from segrules.program.canonical import print_among
from segrules.program.fingerprint import ruleset_hash
from segrules.program.nodes import Among, Statistic
from segrules.program.program import Program

_METADATA = "segrules.population"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns that hold what statistics compare rows by."""

    value: str
    over: tuple[str, ...]
    where: str | None


class Population:
    """The rows that the statistics of a ruleset compare, on one day.

    It never changes and may be shared between threads. What statistics need of it is put in order when first asked for.
    """

    def __init__(
        self,
        frame: pl.DataFrame,
        key: tuple[str, ...],
        compared: Mapping[str, _Columns],
        *,
        ruleset: str,
        ruleset_hash: str,
        as_of: date,
        fingerprint: Fingerprint,
    ) -> None:
        """Take the rows; `compared` says for each way of comparing them, in the program's canonical text, by what."""
        self.ruleset = ruleset
        self.hash = ruleset_hash
        self.as_of = as_of
        self.fingerprint = fingerprint
        self._frame = frame
        self._key = key
        self._compared = compared
        self._groups: dict[Among, Groups] = {}

    def __len__(self) -> int:
        """Return how many rows there are."""
        return self._frame.height

    def groups(self, statistic: Statistic) -> Groups:
        """Return the rows that take part in a statistic, by group."""
        among = statistic.among
        if among not in self._groups:
            members = self._members(self._compared[print_among(among)])
            self._groups[among] = grouped(statistic.value.type, members)
        return self._groups[among]

    def _members(self, by: _Columns) -> Iterator[tuple[tuple[Value, ...], Member]]:
        present = [pl.col(name).is_not_null() for name in by.over] + ([pl.col(by.where)] if by.where else [])
        rows = self._frame.filter(present) if present else self._frame
        for row in records(rows.select(list(dict.fromkeys((*self._key, *by.over, by.value))))):
            member = Member(tuple(row[name] for name in self._key), row[by.value])
            yield tuple(row[name] for name in by.over), member

    def save(self, path: str | Path) -> None:
        """Write the population to a file: beside it and then into place, so that there is always a whole one.

        Raises OSError if the disk cannot take it.
        """
        target = Path(path)
        with NamedTemporaryFile(prefix=".segrules-", dir=target.parent, delete=False) as file:
            beside = Path(file.name)
            try:
                self._frame.write_parquet(file, metadata={_METADATA: json.dumps(self._about())})
                file.flush()
                os.fsync(file.fileno())
                beside.replace(target)
            except pl.exceptions.PolarsError as error:  # how Polars tells that a disk is full
                beside.unlink(missing_ok=True)
                raise OSError(str(error)) from error
            except BaseException:
                beside.unlink(missing_ok=True)
                raise

    def _about(self) -> dict[str, object]:
        compared = {text: [by.value, list(by.over), by.where] for text, by in self._compared.items()}
        return {
            "version": _VERSION, "ruleset": self.ruleset, "hash": self.hash, "as_of": self.as_of.isoformat(),
            "key": list(self._key), "compared": compared,
        }  # fmt: skip


def population_of(program: Program, as_of: date, compared: tuple[Compared, ...], frame: pl.DataFrame) -> Population:
    """Return the population of a run, whose rows stand in a frame."""
    columns = {print_among(one.among): _Columns(one.value, one.over, one.where) for one in compared}
    return Population(
        frame,
        program.table(program.entity).key,
        columns,
        ruleset=program.ruleset,
        ruleset_hash=ruleset_hash(program),
        as_of=as_of,
        fingerprint=RowsGiven("rows", frame.height, {name: str(dtype) for name, dtype in frame.schema.items()}, None),
    )


def load_population(path: str | Path) -> Population:
    """Return the population in a file; raise `InputInvalid` if there is none."""
    file = Path(path)
    if not file.is_file():
        raise InputInvalid([population_messages.not_there(str(path))])
    try:
        data = file.read_bytes()
        about = json.loads(pl.read_parquet_metadata(BytesIO(data))[_METADATA])
        columns = {
            text: _Columns(value, tuple(over), where) for text, (value, over, where) in about["compared"].items()
        }
        return Population(
            pl.read_parquet(data),
            tuple(about["key"]),
            columns,
            ruleset=about["ruleset"],
            ruleset_hash=about["hash"],
            as_of=date.fromisoformat(about["as_of"]),
            fingerprint=FilesRead("file", 1, len(data), sha256(data).hexdigest()),
        )
    except (pl.exceptions.PolarsError, OSError, KeyError, TypeError, ValueError) as error:
        raise InputInvalid([population_messages.not_one(str(path))]) from error


def fitting(population: Population | str | Path, program: Program, as_of: date) -> Population:
    """Return a population for records of a program on a day; raise `InputInvalid` if it is of another one."""
    if not isinstance(population, Population | str | Path):
        raise InputInvalid([call_messages.wrong_population(population)])
    found = population if isinstance(population, Population) else _cached(Path(population))
    if found.hash != _hash(program):
        raise InputInvalid([population_messages.other_ruleset(found.ruleset, program.ruleset)])
    if found.as_of != as_of:
        raise InputInvalid([population_messages.other_day(found.as_of, as_of)])
    return found


def _cached(path: Path) -> Population:
    try:
        status = path.stat()
    except OSError:
        return load_population(path)
    return _loaded(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _loaded(path: Path, _changed: int, _size: int) -> Population:
    """Return a file's population, read again only when the file has changed."""
    return load_population(path)


@lru_cache(maxsize=64)
def _hash(program: Program) -> str:
    return ruleset_hash(program)
