"""Where a `#` begins a comment: between the values of a file, and within an expression or a block of cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property

from segrules.diagnostics.source import Source, Span
from segrules.document.decision_table import DecisionTable
from segrules.document.nodes import Mapping, Node, Scalar, Sequence
from segrules.document.ruleset import RulesetText
from segrules.document.written import Dated, Entry, Formula, Record, Since, TableBlock
from segrules.document.yaml_reader import read_yaml
from segrules.language.tokens import scan


@dataclass(frozen=True)
class Values:
    """The values of a file in the order of their places, and those of them that have comments of their own.

    `by_line` is a file in which a comment is a line of its own that begins with `#`.
    """

    source: Source
    spans: tuple[Span, ...]
    with_comments: tuple[Formula | TableBlock, ...] = ()
    by_line: bool = False

    def around(self, offset: int) -> Span | None:
        """Return the value that an offset lies in."""
        at = bisect_right(self._starts, offset) - 1
        return self.spans[at] if at >= 0 and offset < self.spans[at].end else None

    def is_comment(self, offset: int) -> bool:
        """Return whether the `#` at an offset begins a comment, or stands in one, and is no part of a text."""
        value = self.around(offset)
        if value is None or _is_behind_head(value, offset):
            return not self.by_line or self.source.line(self.source.position(offset).line).startswith("#")
        for written in self.with_comments:
            offsets = written.passage.offsets
            if value.start <= offsets[0] <= offset < offsets[-1]:
                return _is_comment_in(written, bisect_left(offsets, offset))
        return False

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.spans]


def _is_behind_head(value: Span, offset: int) -> bool:
    """Return whether an offset is on the line of the `|` or `>` of a block, whose text begins below."""
    text = value.source.text
    return text[value.start] in "|>" and value.source.line_starts[value.position.line] > offset


def _is_comment_in(written: Formula | TableBlock, at: int) -> bool:
    text = written.value
    if isinstance(written, TableBlock):
        return text[text.rfind("\n", 0, at) + 1 : at + 1].lstrip().startswith("#")
    return not any(token.start <= at < token.end for token in scan(text))


def values_of_yaml(source: Source, ruleset: RulesetText) -> Values:
    """Return the values of a ruleset's file, or of one that it imports."""
    root, _ = read_yaml(source)
    spans = {(span.start, span.end): span for span in _scalars(root) if span.start < span.end}
    written = (one for one in _with_comments(ruleset) if one.passage.source is source)
    return Values(source, tuple(spans[place] for place in sorted(spans)), tuple(written))


def values_of_csv(source: Source, table: DecisionTable) -> Values:
    """Return the rows of a decision table that stands in a file of its own."""
    return Values(source, tuple(row.span for row in table.rows), by_line=True)


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
