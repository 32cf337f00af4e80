"""The text that is given to the YAML parser: the file's, with places, and with what could not be read replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Source, Span

PLACEHOLDER = "x"
"""Stands where a value could not be read; it is a plain scalar in every context."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """Put `text` in place of a text's characters from `start` to `end`, not included."""

    start: int
    end: int
    text: str


def replaced(text: str, replacements: Iterable[Replacement]) -> str:
    """Return a text with stretches of it replaced; they may touch, but not overlap."""
    parts, done = [], 0
    for new in sorted(replacements, key=lambda replacement: (replacement.start, replacement.end)):
        parts += [text[done : new.start], new.text]
        done = new.end
    return "".join([*parts, text[done:]])


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
    """A text to parse; `offsets` say where each of its characters, and its end, stands in the source."""

    source: Source
    text: str
    offsets: Sequence[int]
    is_mended: bool = False

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of the draft stands in the file."""
        return Span(self.source, self.offsets[start], self.offsets[end])

    def is_as_written(self, start: int, end: int) -> bool:
        """Return whether a stretch of the draft is what stands in the file."""
        return not self.is_mended or self.text[start:end] == self.span(start, end).text

    def with_replacements(self, replacements: Iterable[Replacement]) -> Draft:
        """Return the draft with stretches of it replaced; they may touch, but not overlap."""
        texts: list[str] = []
        offsets: list[int] = []
        done = 0
        for new in sorted(replacements, key=lambda replacement: replacement.start):
            texts += [self.text[done : new.start], new.text]
            offsets += self.offsets[done : new.start]
            offsets += [self.offsets[min(new.start + i, new.end)] for i in range(len(new.text))]
            done = new.end
        texts.append(self.text[done:])
        offsets += self.offsets[done:]
        return Draft(self.source, "".join(texts), offsets, is_mended=True)


def draft_of(source: Source) -> Draft:
    """Return a source's text as it stands, without its byte-order mark."""
    mark = 1 if source.text.startswith("\ufeff") else 0
    return Draft(source, source.text[mark:], range(mark, len(source.text) + 1))
