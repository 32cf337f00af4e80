"""The JSON form of diagnostics: what `json` makes and `schemas/diagnostics.schema.json` describes.

The text below each field is its description in the schema. Keys are added in later versions, never renamed or taken
away.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypedDict

from segrules.forms import Schema, schema_of, write_schema


class SpanForm(TypedDict):
    """A stretch of a file, its end not included; lines, columns and offsets count code points."""

    line: int
    """The line in which it begins, from 1."""
    column: int
    """The column in which it begins, from 1."""
    end_line: int
    """The line in which it ends."""
    end_column: int
    """The column behind its last character."""
    offset: int
    """Where it begins, from 0, counted from the beginning of the file."""
    end_offset: int
    """Where it ends, counted in the same way."""


class LabelForm(TypedDict):
    """A place in a file, and what is so there."""

    file: str
    """The file, as the command was given it."""
    span: SpanForm
    """Where in the file."""
    label: str
    """What is so there; it may be empty."""


class EditForm(TypedDict):
    """A text that takes the place of another."""

    file: str
    """The file to change."""
    span: SpanForm
    """What to take away; where it is empty, the text is put in between."""
    replacement: str
    """What to write there, as it is: quotes and escapes that the file needs are in it."""


class FixForm(TypedDict):
    """Edits that mend the cause."""

    title: str
    """What they do."""
    applicability: Literal["safe", "unsafe", "display"]
    """Whether what is meant stays the same (safe), perhaps does not (unsafe), or it is only to be shown (display)."""
    edits: list[EditForm]
    """The edits; they do not overlap."""


class DiagnosticForm(TypedDict):
    """One thing that is wrong, or worth knowing, in a ruleset or its data."""

    code: str
    """Its kind, by number, such as `SR204`; `segrules explain-code` tells more about it."""
    slug: str
    """Its kind, by name, such as `unknown-name`."""
    severity: Literal["error", "warning", "info", "hint"]
    """How bad it is; with an error the ruleset or the data cannot be used."""
    message: str
    """What is wrong, in one sentence."""
    file: str | None
    """The file that it is about, as the command was given it; null where there is no text to point at."""
    span: SpanForm | None
    """Where in the file; null where there is no text to point at."""
    label: str | None
    """What is so there; null where there is no text to point at."""
    related: list[LabelForm]
    """Other places that matter."""
    notes: list[str]
    """Further facts."""
    help: str | None
    """What to do."""
    fix: FixForm | None
    """How to mend it, if that is known."""
    fingerprint: str
    """The same in every run, wherever the lines have moved to: to tell what is new from what is known."""


def diagnostics_schema() -> Schema:
    """Return the JSON Schema of a list of diagnostics."""
    return schema_of(list[DiagnosticForm], "segrules diagnostics")


def write_diagnostics_schema(folder: Path) -> Path:
    """Write the schema into a folder, and return the file."""
    return write_schema(folder, "diagnostics", diagnostics_schema())
