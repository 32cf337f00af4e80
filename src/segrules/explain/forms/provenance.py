"""What an answer comes from: rules, version and data."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from segrules.explain.provenance import FilesRead, Fingerprint, Provenance, RowsGiven


class FilesForm(TypedDict):
    """The files that a table was read from."""

    kind: Literal["file", "files", "bytes"]
    """A file, the files of a folder or a pattern, or the bytes of a file."""
    files: int
    """How many files."""
    bytes: int
    """How many bytes in all."""
    sha256: str | None
    """SHA-256 of the bytes, of several files that of their list; null where a file has changed since."""


class GivenForm(TypedDict):
    """Rows in memory, or those that a query gave."""

    kind: Literal["rows", "query"]
    """Which of the two."""
    rows: int
    """How many rows."""
    columns: dict[str, str]
    """The type that each declared column came in."""
    sha256: str | None
    """SHA-256 of the content, if it was asked for."""


class ProvenanceForm(TypedDict):
    """What the answer comes from, beside the day and the parameters, which are in the legend."""

    hash: str
    """The ruleset's hash: SHA-256 of what it means, in hexadecimal."""
    segrules: str
    """The version of segrules that gave it."""
    tables: dict[str, FilesForm | GivenForm]
    """What each table was read from; nothing for one record."""
    population: NotRequired[FilesForm | GivenForm]
    """The rows among which one record stands, if there are any."""


def provenance_form(one: Provenance) -> ProvenanceForm:
    """Return the JSON form of where an answer comes from."""
    found: ProvenanceForm = {
        "hash": one.hash,
        "segrules": one.segrules,
        "tables": {name: _fingerprint(table) for name, table in one.tables.items()},
    }
    if one.population is not None:
        found["population"] = _fingerprint(one.population)
    return found


def _fingerprint(one: Fingerprint) -> FilesForm | GivenForm:
    match one:
        case FilesRead(kind=kind, files=files, bytes=size, sha256=found):
            return {"kind": kind, "files": files, "bytes": size, "sha256": found}
        case RowsGiven(kind=kind, rows=rows, columns=columns, sha256=found):
            return {"kind": kind, "rows": rows, "columns": dict(columns), "sha256": found}
