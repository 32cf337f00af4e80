"""What a place in a file belongs to: the keys that it stands under, as one reads them by indentation.

A ruleset that cannot be read as YAML has scopes too, and a name stays when lines move. An item of a list counts by its
`id`, or by the treatment, test or segment that it is about; one without any adds no name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from segrules.diagnostics.source import Source, Span

_LINE = re.compile(
    r"""(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*)
    (?:(?P<key>"[^"]*"|'[^']*'|[^\s\#&*!|>%@`"'{}\[\],:-][^:\#{}\[\],"']*?)[ ]*:(?=\s|$))?""",
    re.VERBOSE,
)
_NAMING = ("id", "treatment", "test", "segment")
_NAMED = re.compile(rf"(?:^|[{{,]|-[ ])[ ]*({'|'.join(_NAMING)}):[ ]+('[^']*'|\"[^\"]*\"|[^,}}\s][^,}}]*)")
_DASH_BEHIND_KEY = 0.5
"""An item may begin in the column of the key that holds the list, and still stands below it."""


def scope_of(span: Span) -> tuple[str, ...]:
    """Return the names of what a place stands in, from the outside in: `segmentations`, `tier`, `rules`, `gold`."""
    names: list[str] = []
    line = span.position.line
    limit = _first_limit(span.source, line)
    for number in range(line, 0, -1):
        for column, name in _openings(span.source, number):
            if column < limit:
                limit = column
                names += [name] if name else []
        if limit == 0:
            break
    return tuple(reversed(names))


def _first_limit(source: Source, number: int) -> float:
    """Return the column that the first parent stands before: that of the text, on a line that opens nothing."""
    text = source.line(number)
    opens = next(_openings(source, number), None) is not None
    return math.inf if opens or not text.strip() else _indent(text)


def _openings(source: Source, number: int) -> Iterator[tuple[float, str | None]]:
    """Yield the column and name of the items and the key that begin on a line, the innermost first."""
    text = source.line(number)
    found = _LINE.match(text)
    if found is None or text.lstrip().startswith("#"):
        return
    if found["key"] is not None:
        yield found.start("key"), found["key"].strip("'\"")
    dashes = [found.start("dashes") + place.start() for place in re.finditer("-", found["dashes"])]
    for column in reversed(dashes):
        yield column + _DASH_BEHIND_KEY, _item_name(source, number, column)


def _item_name(source: Source, number: int, dash: int) -> str | None:
    found: dict[str, str] = {}
    for text in _item_lines(source, number, dash):
        for key, value in _NAMED.findall(text):
            found.setdefault(key, value.partition(" #")[0].strip().strip("'\""))
    return next((found[key] for key in _NAMING if key in found), None)


def _item_lines(source: Source, number: int, dash: int) -> Iterator[str]:
    """Yield the lines of an item with its own keys: those in one column behind the dash, or in its braces."""
    first = source.line(number)
    yield first[dash:]
    own = len(first) - len(first[dash + 1 :].lstrip(" "))
    for line in range(number + 1, len(source.line_starts) + 1):
        text = source.line(line)
        if text.strip() and _indent(text) <= dash:
            return
        if _indent(text) == own:
            yield text


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
