"""Advice that comments ask to be passed over.

A comment at the end of a line is about that line, one on a line of its own about the next. A value of several lines,
such as a block of text, counts as standing on the line on which it begins as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Diagnostic, Edit
from segrules.diagnostics.lookup import code_called
from segrules.diagnostics.source import Source, Span
from segrules.document import ignore_messages as messages
from segrules.document.comments import Values, values_of_csv, values_of_yaml
from segrules.document.document import Document
from segrules.document.ignore_comments import Ignore, has_ignores, read_ignores


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What is left of what was found, what is wrong with comments, and which of them hide nothing."""

    left: tuple[Diagnostic, ...]
    mistakes: tuple[Diagnostic, ...]
    unused: tuple[Diagnostic, ...]


def pass_over(found: Sequence[Diagnostic], document: Document) -> PassedOver:
    """Leave out the advice that comments in a ruleset's files ask to be ignored."""
    files = {values.source: _File(values, *read_ignores(values)) for values in _commented(document)}
    left = tuple(one for one in found if not _is_hidden(one, files))
    mistakes = (said for file in files.values() for said in (*file.mistakes, *file.naming_nothing(left)))
    unused = (said for file in files.values() for said in file.unused())
    return PassedOver(left, tuple(mistakes), tuple(unused))


def _commented(document: Document) -> Iterator[Values]:
    """Yield the values of each file in which there may be such comments."""
    for source in (document.source, *document.ruleset.imported):
        if has_ignores(source):
            yield values_of_yaml(source, document.ruleset)
    for entry in document.ruleset.segmentations:
        table = entry.value.read
        source = table.rows[0].span.source if table and table.rows else document.source
        if table and source is not document.source and has_ignores(source):
            yield values_of_csv(source, table)


@dataclass(slots=True)
class _File:
    """The comments of a file, and what each of them hides."""

    values: Values
    ignores: tuple[Ignore, ...]
    mistakes: tuple[Diagnostic, ...]
    used: set[tuple[Ignore, Code]] = field(default_factory=set)

    def hides(self, found: Diagnostic, span: Span) -> bool:
        """Return whether a comment hides what is found at a span, and remember that it does."""
        for line in self._lines(span):
            for ignore in self.ignores:
                if ignore.line == line and found.code in ignore.codes:
                    self.used.add((ignore, found.code))
                    return True
        return False

    def _lines(self, span: Span) -> tuple[int, ...]:
        value = self.values.around(span.start)
        return (span.position.line, *([value.position.line] if value else []))

    def naming_nothing(self, left: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield what is said about comments that do not say what they ignore."""
        for ignore in self.ignores:
            if not ignore.names:
                there = [one.code for one in left if one.label and self._is_about(ignore, one.label.span)]
                advice = dict.fromkeys(code.slug for code in there if code.is_advice)
                yield messages.names_nothing(ignore.comment, list(advice))

    def _is_about(self, ignore: Ignore, span: Span) -> bool:
        return span.source is self.values.source and ignore.line in self._lines(span)

    def unused(self) -> Iterator[Diagnostic]:
        """Yield what is said about comments that hide nothing."""
        for ignore in self.ignores:
            codes = [code for code in ignore.codes if (ignore, code) not in self.used]
            if codes:
                names = [name for name in ignore.names if code_called(name.text) in codes]
                place = ignore.comment if len(names) == len(ignore.names) else names[0]
                yield messages.unused(place, codes, ignore.line, _without(ignore, codes))


def _is_hidden(found: Diagnostic, files: dict[Source, _File]) -> bool:
    file = files.get(found.label.span.source) if found.label else None
    return bool(file and found.label and file.hides(found, found.label.span))


def _without(ignore: Ignore, codes: Sequence[Code]) -> Edit:
    """Return the edit that takes codes out of a comment, or all of it if they are all that it names."""
    kept = [name.text for name in ignore.names if code_called(name.text) not in codes]
    first, last = ignore.names[0], ignore.names[-1]
    place, text = (first.to(last), ", ".join(kept)) if kept else (_comment_alone(ignore.whole), "")
    return Edit(place, text, verbatim=True)


def _comment_alone(comment: Span) -> Span:
    """Return a comment with the blanks before it, or all of its line if there is nothing else on it."""
    source, start, end = comment.source, comment.start, comment.end
    if source.text[end : end + 1] == "#":  # another comment goes on behind it
        return comment
    line = comment.position.line
    first = source.line_starts[line - 1]
    if not source.text[first:start].strip():
        return source.span(first, source.line_starts[line] if line < len(source.line_starts) else end)
    return source.span(first + len(source.text[first:start].rstrip()), end)
