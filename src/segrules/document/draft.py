"""The text that is given to the YAML parser: the file's, with places, and with what could not be read replaced."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Source, Span

PLACEHOLDER = "x"
"""Stands where a value could not be read; it is a plain scalar in every context."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """Put `text` in place of the draft's characters from `start` to `end`, not included."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that keeps a draft from being read, and what to put in its place to read on.

    `loses_text` where not even a placeholder is left of what the author wrote, so that keys may be missing.
    """

    diagnostic: Diagnostic
    replacements: tuple[Replacement, ...]
    loses_text: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to parse; `offsets` say where each of its characters, and its end, stands in the source.

    `repairs` are the stretches of the source that were replaced, in order; nothing that overlaps them is what the
    author wrote.
    """

    source: Source
    text: str
    offsets: Sequence[int]
    repairs: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of the draft stands in the file."""
        return Span(self.source, self.offsets[start], self.offsets[end])

    def is_repaired(self, span: Span) -> bool:
        """Return whether a stretch of the source holds anything that was replaced."""
        first = bisect_right(self.repairs, span.start, key=lambda repair: repair[1])
        return first < len(self.repairs) and self.repairs[first][0] < span.end

    def with_replacements(self, replacements: Iterable[Replacement]) -> Draft:
        """Return the draft with stretches of it replaced; they may touch, but not overlap."""
        texts: list[str] = []
        offsets: list[int] = []
        done = 0
        replacements = sorted(replacements, key=lambda replacement: replacement.start)
        for new in replacements:
            texts += [self.text[done : new.start], new.text]
            offsets += self.offsets[done : new.start]
            offsets += [self.offsets[min(new.start + i, new.end)] for i in range(len(new.text))]
            done = new.end
        texts.append(self.text[done:])
        offsets += self.offsets[done:]
        repairs = [(self.offsets[new.start], self.offsets[new.end]) for new in replacements]
        return Draft(self.source, "".join(texts), offsets, _merged([*self.repairs, *repairs]))


def draft_of(source: Source) -> Draft:
    """Return a source's text as it stands, without its byte-order mark."""
    mark = 1 if source.text.startswith("\ufeff") else 0
    return Draft(source, source.text[mark:], range(mark, len(source.text) + 1))


def _merged(stretches: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
