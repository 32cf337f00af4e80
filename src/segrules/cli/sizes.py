"""How large each segment is: the end of every evaluation."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from segrules.cli import terminal
from segrules.diagnostics.listing import counted
from segrules.program.program import CONFLICT, NO_SEGMENT

if TYPE_CHECKING:
    from rich.table import Table

    from segrules.engine.summary import Sizes, Summary

_BAR = 30
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def show(summary: Summary) -> None:
    """Show every segmentation's segments with their sizes, as talk."""
    for note in _left_out(summary):
        terminal.say(note)
    console = terminal.console(sys.stderr)
    with console.capture() as drawn:
        console.print(_table(summary, blocks=console.encoding.startswith("utf")))
    terminal.say("\n".join(line.rstrip() for line in drawn.get().splitlines()))


def _left_out(summary: Summary) -> Iterator[str]:
    """Yield what became of rows that take no part, other than those that a `where` is there to leave out."""
    for table, rows in summary.rows.items():
        if rows.set_apart:
            yield f"{counted(rows.set_apart, 'row')} of {table} set apart"
        if rows.where_unknown:
            yield f"{counted(rows.where_unknown, 'row')} of {table} left out, as their `where` is unknown"
        if rows.without_key:
            yield f"{counted(rows.without_key, 'row')} without a key belong to no row of {table}"


def _table(summary: Summary, *, blocks: bool) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    for justify in ("left", "right", "right", "left"):
        table.add_column(justify=justify, no_wrap=True)
    for name, sizes in summary.segmentations.items():
        table.add_row(Text(name, style="bold"))
        rows = sizes.certain + sizes.provisional
        for segment, size in _counted(sizes):
            bar = Text(_bar(size / rows if rows else 0, blocks=blocks), style="blue")
            table.add_row(Text(f"  {segment}"), *_numbers(size, rows), bar)
        if sizes.provisional:
            table.add_row(Text("  provisional", style="yellow"), *_numbers(sizes.provisional, rows))
    return table


def _numbers(size: int, rows: int) -> tuple[str, str]:
    return f"{size:,}", f"{size / rows:.1%}" if rows else "-"


def _counted(sizes: Sizes) -> Iterator[tuple[str, int]]:
    yield from sizes.segments.items()
    if sizes.unassigned:
        yield NO_SEGMENT, sizes.unassigned
    if sizes.conflict:
        yield CONFLICT, sizes.conflict


def _bar(share: float, *, blocks: bool) -> str:
    eighths = min(_BAR * 8, round(share * _BAR * 8))
    if not blocks:
        return "#" * round(eighths / 8)
    return (_EIGHTHS[-1] * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()
