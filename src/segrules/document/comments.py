"""Where a `#` begins a comment: between the values of a file, and within an expression or a block of cells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from segrules.diagnostics.source import Source, Span
from segrules.document.decision_table import DecisionTable
from segrules.document.nodes import Mapping, Node, Scalar, Sequence
from segrules.document.ruleset import RulesetText
from segrules.document.written import Dated, Entry, Formula, Record, Since, TableBlock
from segrules.document.yaml_reader import read_yaml
from segrules.language.tokens import scan

_COMMENT = re.compile(r"#[^\r\n]*")
_BLOCK_HEAD = re.compile(r"[|>][^\r\n]*")
_LINE_OF_COMMENT = re.compile(r"(?<![^\r\n])#[^\r\n]*")


def comments_between(text: str, scalars: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where comments begin and end in a YAML file, given that of its scalars, in order and none of them empty.

    Between scalars every `#` begins one, also right behind a bracket or a quote.
    """
    return _between(_COMMENT, text, ((_behind_head(text, start), end) for start, end in scalars))


def _behind_head(text: str, start: int) -> int:
    """Return where a scalar's text begins: that of a block below the line of its `|` or `>`."""
    head = _BLOCK_HEAD.match(text, start)
    return head.end() if head else start


def _between(comment: re.Pattern[str], text: str, values: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in values:
        yield from (found.span() for found in comment.finditer(text, at, start))
        at = end
    yield from (found.span() for found in comment.finditer(text, at))


@dataclass(frozen=True)
class Values:
    """The values of a file and the comments between them, in order, and the values that have comments of their own."""

    source: Source
    spans: tuple[Span, ...]
    comments: tuple[tuple[int, int], ...]
    with_comments: tuple[Formula | TableBlock, ...] = ()

    def around(self, offset: int) -> Span | None:
        """Return the value that an offset lies in."""
        at = bisect_right(self.spans, offset, key=lambda span: span.start) - 1
        return self.spans[at] if at >= 0 and offset < self.spans[at].end else None

    def is_comment(self, offset: int) -> bool:
        """Return whether the `#` at an offset begins a comment, or stands in one, and is no part of a text."""
        at = bisect_right(self.comments, offset, key=lambda comment: comment[0]) - 1
        if at >= 0 and offset < self.comments[at][1]:
            return True
        value = self.around(offset)
        if value is None:
            return False
        for written in self.with_comments:
            offsets = written.passage.offsets
            if value.start <= offsets[0] <= offset < offsets[-1]:
                return _is_comment_in(written, bisect_left(offsets, offset))
        return False


def _is_comment_in(written: Formula | TableBlock, at: int) -> bool:
    text = written.value
    if isinstance(written, TableBlock):
        return text[text.rfind("\n", 0, at) + 1 : at + 1].lstrip().startswith("#")
    return not any(token.start <= at < token.end for token in scan(text))


def values_of_yaml(source: Source, ruleset: RulesetText) -> Values:
    """Return the values of a ruleset's file, or of one that it imports."""
    root, _ = read_yaml(source)
    by_place = {(span.start, span.end): span for span in _scalars(root) if span.start < span.end}
    places = sorted(by_place)
    comments = comments_between(source.text, places)
    written = (one for one in _with_comments(ruleset) if one.passage.source is source)
    return Values(source, tuple(by_place[place] for place in places), tuple(comments), tuple(written))


def values_of_csv(source: Source, table: DecisionTable) -> Values:
    """Return the rows of a decision table that stands in a file of its own; between them a comment is a whole line."""
    rows = tuple(row.span for row in table.rows)
    comments = _between(_LINE_OF_COMMENT, source.text, ((row.start, row.end) for row in rows))
    return Values(source, rows, tuple(comments))


def _scalars(node: Node | None) -> Iterator[Span]:
    match node:
        case Scalar():
            yield node.span
        case Sequence():
            for item in node.items:
                yield from _scalars(item)
        case Mapping():
            for entry in node.entries:
                yield entry.key.span
                yield from _scalars(entry.value)


def _with_comments(written: object) -> Iterator[Formula | TableBlock]:
    match written:
        case Formula() | TableBlock():
            yield written
        case tuple():
            for one in written:
                yield from _with_comments(one)
        case Record() | Entry() | Dated() | Since():
            for field in fields(written):
                yield from _with_comments(getattr(written, field.name))
