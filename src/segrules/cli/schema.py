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

    from segrules.diagnostics.render.json_form import write_diagnostics_schema
    from segrules.document.schema import ruleset_schema, write_schemas
    from segrules.explain.schema import write_trace_schema

    if out is None:
        terminal.put(json.dumps(ruleset_schema(), indent=2, ensure_ascii=False) + "\n")
        return
    for path in (*write_schemas(out), write_trace_schema(out), write_diagnostics_schema(out)):
        terminal.say(f"wrote {path}")
