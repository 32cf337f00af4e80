"""What came of each treatment: the end of an evaluation of a ruleset that has some."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from segrules.cli import terminal
from segrules.language.formatting import text_of

if TYPE_CHECKING:
    from rich.table import Table

    from segrules.engine.summary import Summary
    from segrules.engine.treatment_counts import TreatmentCounts

_STATUSES = ("granted", "reduced", "refused", "outranked", "held_out", "unknown")


def show(summary: Summary) -> None:
    """Show the statuses, the money given and what is left of budgets, as talk."""
    if not summary.treatments:
        return
    for note in _suppressed(summary):
        terminal.say(note)
    console = terminal.console(sys.stderr)
    with console.capture() as drawn:
        console.print(_table(summary))
    terminal.say("\n".join(line.rstrip() for line in drawn.get().splitlines()))


def _suppressed(summary: Summary) -> Iterator[str]:
    if summary.suppressed:
        yield f"{_rows(summary.suppressed)} suppressed"
    if summary.perhaps_suppressed:
        yield f"{_rows(summary.perhaps_suppressed)} without treatments, as `suppress` is unknown"


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _table(summary: Summary) -> Table:
    from rich.table import Table
    from rich.text import Text

    statuses = [one for one in _STATUSES if any(getattr(counts, one) for counts in summary.treatments.values())]
    heads = ["eligible", *(one.replace("_", " ") for one in statuses), "amount", "budget left"]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column(Text("treatments", style="bold"), no_wrap=True)
    for head in heads:
        table.add_column(Text(head, style="bold"), justify="right", no_wrap=True)
    for name, counts in summary.treatments.items():
        numbers = [f"{counts.eligible:,}", *(f"{getattr(counts, one):,}" for one in statuses)]
        table.add_row(Text(f"  {name}"), *numbers, _money(counts.amount, counts.unit), _left(counts))
    return table


def _left(counts: TreatmentCounts) -> str:
    left = sum((one.left for one in counts.budget.values()), start=Decimal(0))
    return _money(left, counts.unit) if counts.budget else ""


def _money(amount: Decimal | None, unit: str | None) -> str:
    return "" if amount is None else f"{text_of(amount, ',')}{f' {unit}' if unit else ''}"
