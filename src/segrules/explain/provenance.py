"""Where an answer comes from, beside the day and the parameters: which rules, which version, which data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FilesRead:
    """The files that a table was read from: one, those of a folder or a pattern, or the bytes of one."""

    kind: Literal["file", "files", "bytes"]
    """One file, several, or the bytes of one, as standard input gives them."""
    files: int
    """How many there are."""
    bytes: int
    """How long they are together."""
    sha256: str | None
    """That of the bytes, in hexadecimal; of several files that of their list, as `sha256sum` writes one.

    The list has a line each, in the order in which they were read, with the name from the folder, or from where the
    pattern begins. It is null where a Parquet file was not any more the one that was read when the fingerprint was
    first asked for.
    """


@dataclass(frozen=True, slots=True)
class RowsGiven:
    """Rows in memory, or those that a query gave."""

    kind: Literal["rows", "query"]
    """Rows in memory, or a query that was carried out."""
    rows: int
    """How many there are."""
    columns: Mapping[str, str]
    """The type that each declared column came in."""
    sha256: str | None
    """That of their content, if it was asked for; see `segrules.engine.content`."""


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
