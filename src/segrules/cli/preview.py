"""The first rows of a result, for a person at a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from segrules.cli import terminal

if TYPE_CHECKING:
    from segrules.engine.result import Result

ROWS = 10


def show(result: Result) -> None:
    """Show the key and the segments of the first rows, with their outputs, as data."""
    from rich.table import Table
    from rich.text import Text

    from segrules.diagnostics.render.cells import printable
    from segrules.language.formatting import text_of

    assigned = result.program.results[len(result.program.metrics) :]
    shown = result.wide.select(*result.key, *assigned).head(ROWS)
    table = Table(box=None, pad_edge=False)
    for name in shown.columns:
        table.add_column(Text(name))
    for row in shown.rows():
        table.add_row(*(Text("-" if value is None else printable(text_of(_value(value)))) for value in row))
    terminal.console(sys.stdout).print(table)
    if result.wide.height > ROWS:
        terminal.put(f"{ROWS} of {result.wide.height:,} rows; --out DIR writes them all\n")


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
