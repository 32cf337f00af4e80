"""Items of lists where they stand in a file: what goes with one that is taken out."""

from __future__ import annotations

import re

from segrules.diagnostics.source import Span

_DASH = re.compile(r"[ \t]*-[ \t]+")
_COMMA = re.compile(r",\s*$")


def stretch_of_item(item: Span) -> Span | None:
    """Return what goes with an item that is not the first of its list: its line behind a dash, or a comma before it.

    None where a comment would go too, or be left to another item, and where the item is not all on one line.
    """
    whole = _with_quotes(item)
    number, text = whole.position.line, whole.source.text
    starts = (*whole.source.line_starts, len(text))
    start, end = starts[number - 1], starts[number]
    if _DASH.fullmatch(text, start, whole.start):
        is_alone = not text[whole.end : end].strip() and "#" not in whole.source.line(number - 1)
        return whole.source.span(start, end) if is_alone else None
    comma = _COMMA.search(text, 0, whole.start)
    if comma is None or "#" in text[starts[whole.source.position(comma.start()).line - 1] : whole.start]:
        return None
    return whole.source.span(comma.start(), whole.end)


def _with_quotes(item: Span) -> Span:
    text = item.source.text
    quote = text[item.start - 1]
    is_quoted = quote in ("'", '"') and text[item.end : item.end + 1] == quote
    return item.source.span(item.start - 1, item.end + 1) if is_quoted else item
