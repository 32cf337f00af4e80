"""`segrules schema`: the JSON Schemas that editors use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from segrules.cli import terminal

EXAMPLE = "segrules schema --out schemas"


def schema(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write the schemas there instead of showing them.")
    ] = None,
) -> None:
    """Show the JSON Schema of rulesets, or write every schema: for editors, and for programs that read results."""
    import json

    from segrules.document.schema import ruleset_schema

    if out is None:
        terminal.put(json.dumps(ruleset_schema(), indent=2, ensure_ascii=False) + "\n")
        return
    for path in write_all(out):
        terminal.say(f"wrote {path}")


def write_all(folder: Path) -> tuple[Path, ...]:
    """Write every schema into a folder, which is made if need be, and return their paths."""
    from segrules.diagnostics.render.json_form import write_diagnostics_schema
    from segrules.document.schema import write_schemas
    from segrules.engine.summary_schema import write_summary_schema
    from segrules.explain.schema import write_trace_schema

    results = (write_trace_schema, write_summary_schema, write_diagnostics_schema)
    return (*write_schemas(folder), *(write(folder) for write in results))
