"""Lines of text with comments behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from segrules.diagnostics.render.cells import cells, width

BEFORE_COMMENT = 2
"""The blanks before a comment that stands behind something."""


@dataclass(slots=True)
class Line:
    """A line to be written; `column` is where its comment stood before, `blank` asks for an empty line above.

    If it is `open_ended`, empty lines below would become a part of what it says.
    """

    text: str
    comment: str = ""
    column: int = 0
    blank: bool = False
    open_ended: bool = False


def written(lines: Sequence[Line]) -> Iterator[str]:
    """Yield lines as text. Comments that stood in one column on lines next to each other stand so again."""
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and _go_together(lines[end - 1], lines[end]):
            end += 1
        widest = max(columns(line.text) for line in lines[start:end])
        for line in lines[start:end]:
            if line.blank:
                yield ""
            yield _with_comment(line, widest)
        start = end


def columns(text: str) -> int:
    """Return how many columns a text takes on a screen: wide characters take two."""
    return len(text) if text.isascii() else width(cells(text))


def _go_together(above: Line, below: Line) -> bool:
    both = bool(above.comment and below.comment and above.text.strip() and below.text.strip())
    return both and above.column == below.column and not below.blank


def _with_comment(line: Line, widest: int) -> str:
    if not line.comment or not line.text.strip():
        return line.text + line.comment
    return line.text + " " * (widest - columns(line.text) + BEFORE_COMMENT) + line.comment
