"""Parameters with values by day: all of them in one type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from segrules.checker import parameter_messages
from segrules.checker.coercion import meeting_type
from segrules.checker.fitting import fit
from segrules.checker.world import World
from segrules.diagnostics.source import Span
from segrules.document.written import ConstantText, Dated
from segrules.language import types
from segrules.language.types import Kind, Type
from segrules.language.values import Value
from segrules.program.program import Since

_Constants = ConstantText | tuple[ConstantText, ...]
_Read = Callable[[_Constants, Type | None], tuple[Value, Type | None]]


def read_dated(
    world: World, name: str, written: Dated[_Constants], read: _Read, declared: Type | None
) -> tuple[tuple[Since, ...], Type | None]:
    """Return the values by day, the earliest first, in the one type in which they meet; it is None after a report."""
    found = [read(one.value, declared) for one in written.values]
    kinds = [kind for _, kind in found if kind is not None]
    if len(kinds) < len(found):
        return (), None
    meeting = declared or _meeting(kinds)
    if meeting is None:
        odd = next(at for at in range(1, len(kinds)) if _meeting(kinds[: at + 1]) is None)
        first, other = ((_place(written.values[at].value), kinds[at]) for at in (0, odd))
        world.report(parameter_messages.mixed_days(name, first, other))
        return (), None
    values = (
        Since(date.fromisoformat(one.day.value), fit(value, meeting), one.day.span.to(_place(one.value)))
        for one, (value, _) in zip(written.values, found, strict=True)
    )
    return tuple(sorted(values, key=lambda since: since.day)), meeting.present()


def _meeting(kinds: Sequence[Type]) -> Type | None:
    """Return the type in which values meet that hold one after another; here a day meets a time in a time."""
    if all(kind.kind is Kind.LIST for kind in kinds):
        item = _meeting([kind.item for kind in kinds if kind.item])
        return item and types.list_of(item.present())
    if {kind.kind for kind in kinds} == {Kind.DATE, Kind.DATETIME}:
        return types.DATETIME
    return meeting_type(kinds)


def _place(written: _Constants) -> Span:
    return written[0].span.to(written[-1].span) if isinstance(written, tuple) else written.span
