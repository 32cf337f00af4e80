"""The JSON Schema of a trace, made from the declarations in `forms`."""

from __future__ import annotations

from pathlib import Path

from segrules.explain.forms.trace import AskedForm
from segrules.forms import Schema, schema_of, write_schema


def trace_schema() -> Schema:
    """Return the JSON Schema of a trace."""
    return schema_of(AskedForm, "segrules trace")


def write_trace_schema(folder: Path) -> Path:
    """Write the schema into a folder, and return the file."""
    return write_schema(folder, "trace", trace_schema())
