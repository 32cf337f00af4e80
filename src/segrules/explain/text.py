"""A trace as text for a terminal: the answer in one sentence, then what decided it; `full` folds nothing."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

from segrules.diagnostics.source import Span
from segrules.explain.outline import Item, Outline

_INDENT = "  "


def render(told: Outline, *, full: bool = False, width: int = 100) -> str:
    """Return the text of an outline, wrapped to `width` columns."""
    lines: list[str] = []
    for part in told.parts:
        if full or part.matters:
            lines += ["", *item_lines(part, told.place, full=full)]
    lines += ["", told.note] if told.note else []
    answer = textwrap.wrap(told.sentence, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join([*answer, *(line for text in lines for line in _wrapped(text, width))]) + "\n"


def item_lines(item: Item, place: Callable[[Span], str], *, full: bool = False, indent: str = "") -> Iterator[str]:
    """Yield an item and what stands under it, line by line; `place` gives how a place is called."""
    text = item.text if full or item.brief is None else item.brief
    where = f"  ({place(item.span)})" if item.span is not None and (item.outcome or full) else ""
    yield f"{indent}{text}{where}"
    for one in item.items if full else item.shown:
        yield from item_lines(one, place, full=full, indent=indent + _INDENT)
    if item.rest and not full:
        yield f"{indent}{_INDENT}{item.rest}"


def _wrapped(line: str, width: int) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(
        line, width, subsequent_indent=indent + "    ", break_long_words=False, break_on_hyphens=False
    ) or [""]
