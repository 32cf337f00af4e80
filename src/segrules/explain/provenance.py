"""Where an answer comes from, beside the day and the parameters: which rules, which version, which data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FilesRead:
    """The files that a table was read from: one, those of a folder or a pattern, or the bytes of one.

    `sha256` is that of the bytes, in hexadecimal; of a folder or a pattern that of the list of its files, as
    `sha256sum` writes one: a line each, in the order in which they were read, with the name from the folder, or from
    where the pattern begins. It is None where a Parquet file was not any more the one that was read when the
    fingerprint was first asked for.
    """

    kind: Literal["file", "files", "bytes"]
    files: int
    bytes: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class RowsGiven:
    """Rows in memory, or those that a query gave: how many, and the type that each declared column came in.

    `sha256` is that of their content, if it was asked for; see `segrules.engine.content`.
    """

    kind: Literal["rows", "query"]
    rows: int
    columns: Mapping[str, str]
    sha256: str | None


Fingerprint = FilesRead | RowsGiven


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer comes from: the ruleset by its hash, the version of segrules that gave it, and the data.

    `tables` are those of a run; for one record there are none, but perhaps the `population` among which it stands.
    """

    hash: str
    segrules: str
    tables: Mapping[str, Fingerprint]
    population: Fingerprint | None = None
