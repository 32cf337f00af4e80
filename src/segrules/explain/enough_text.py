"""What would be enough, as text: the sets of changes, or else what they cannot reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from segrules.explain.changes import MOST_COLUMNS, Change, Changes
from segrules.explain.enough import Enough
from segrules.explain.names import listed
from segrules.explain.shown import shown
from segrules.language.values import Value
from segrules.program.sensitivity import HIDDEN


def enough_lines(enough: Enough) -> Iterator[str]:
    """Yield what would be enough, a set of changes a line."""
    changes = enough.changes
    if changes.sets:
        yield "what would be enough"
        yield from (f"  {_together(one)}" for one in changes.sets)
        if not changes.is_complete:
            yield "  not searched further: there may be other changes, and smaller ones"
        return
    yield _nothing(changes)
    yield from (f"  {one.text}: {one.reason}" for one in enough.beyond)


def _nothing(changes: Changes) -> str:
    if not changes.is_complete:
        return f"no change of {listed(changes.columns)} was found that would be enough, and it was not searched further"
    if not changes.columns:
        return "no actionable column has a say in this"
    few = f"up to {MOST_COLUMNS} of " if len(changes.columns) > MOST_COLUMNS else ""
    return f"no change of {few}{listed(changes.columns)} would be enough"


def _together(changes: Sequence[Change]) -> str:
    return listed([_change(change) for change in changes])


def _change(change: Change) -> str:
    if change.value is HIDDEN:
        return f"another value of {change.column} ({HIDDEN})"
    by = _difference(change.present, change.value)
    return f"{change.column} {shown(change.present)} → {shown(change.value)}{f' ({by})' if by else ''}"


def _difference(present: Value, value: Value) -> str:
    if isinstance(present, bool) or not isinstance(present, (int, float, Decimal)):
        return ""
    less, more = _exact(present), _exact(value)
    return f"{shown(more - less)} more" if more > less else f"{shown(less - more)} less"


def _exact(value: Value) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(str(value))
