"""What came of each treatment: the end of an evaluation of a ruleset that has some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from segrules.cli import terminal
from segrules.diagnostics.listing import counted
from segrules.explain.treatments import value_text
from segrules.language.formatting import text_of

if TYPE_CHECKING:
    from segrules.engine.allocation_summary import AllocationSummary
    from segrules.engine.summary import Summary
    from segrules.engine.treatment_counts import TreatmentCounts

_STATUSES = ("granted", "reduced", "refused", "outranked", "held_out", "unknown")


def show(summary: Summary) -> None:
    """Show the statuses, the money given and what is left of budgets, as talk."""
    if summary.treatments:
        for note in _suppressed(summary):
            terminal.say(note)
        terminal.say("\n".join(_in_columns(list(_rows_of_table(summary)))))
        if summary.allocation:
            terminal.say(_total(summary.allocation))


def _suppressed(summary: Summary) -> Iterator[str]:
    if summary.suppressed:
        yield f"{counted(summary.suppressed, 'row')} suppressed"
    if summary.perhaps_suppressed:
        yield f"{counted(summary.perhaps_suppressed, 'row')} without treatments, as `suppress` is unknown"


def _total(allocation: AllocationSummary) -> str:
    """Return what the grants are worth together, and how near that is to the best."""
    value = value_text(allocation.value, allocation.unit)
    if not allocation.gap:
        return f"total value {value}, the highest there is"
    return f"total value {value}, at most {value_text(allocation.gap * 100, None)}% below the highest there is"


def _rows_of_table(summary: Summary) -> Iterator[list[str]]:
    """Yield the head and a row for each treatment; a column that would be empty is left out, but for the eligible."""
    treatments = summary.treatments
    columns: list[tuple[str, list[str]]] = [
        ("treatments", [f"  {name}" for name in treatments]),
        ("eligible", [f"{one.eligible:,}" for one in treatments.values()]),
    ]
    for status in _STATUSES:
        counts = [getattr(one, status) for one in treatments.values()]
        columns.append((status.replace("_", " "), [f"{count:,}" for count in counts] if any(counts) else []))
    columns.append(("amount", [_money(one.amount, one.unit) for one in treatments.values()]))
    columns.append(("budget left", [_left(one) for one in treatments.values()]))
    unit = summary.allocation.unit if summary.allocation else None
    columns.append(("value", ["" if one.value is None else value_text(one.value, unit) for one in treatments.values()]))
    yield from map(list, zip(*([head, *cells] for head, cells in columns if any(cells)), strict=True))


def _in_columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield lines with the cells below each other: the first ones begin together, the others end together."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells]).rstrip()


def _left(counts: TreatmentCounts) -> str:
    left = sum((one.left for one in counts.budget.values()), start=Decimal(0))
    return _money(left, counts.unit) if counts.budget else ""


def _money(amount: Decimal | None, unit: str | None) -> str:
    return "" if amount is None else f"{text_of(amount, ',')}{f' {unit}' if unit else ''}"
