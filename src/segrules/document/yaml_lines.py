"""A line of YAML as a person sees it: indentation, dashes, key, value; whether or not YAML can read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_QUOTED_KEY = r""""(?:[^"\\\r\n]|\\.)*"|'(?:[^'\r\n]|'')*'"""
_PLAIN_KEY = r"""(?!-[ \t])[^\s"'\[\]{}#&*!|>%@`,=<>()?:](?:[^"'\[\]{}#=<>:\r\n]|:(?=[^\s])){0,200}?"""
_LINE = re.compile(
    r"(?P<indent>[ \t]*)"
    r"(?P<dashes>(?:-(?:[ \t]+|(?=[\r\n]|\Z)))*)"
    rf"(?:(?P<key>{_QUOTED_KEY}|{_PLAIN_KEY})[ \t]{{0,99}}:(?:[ \t]+|(?=[\r\n]|\Z)))?"
    r"(?P<value>[^\r\n]*)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `start`, `key_start`, `value_start` and `end` are offsets into the whole text.

    `end` leaves out blanks and a comment at the end of the line; `key` is None where there is no `key: `.
    """

    text: str
    start: int
    key: str | None
    key_start: int
    value_start: int
    end: int
    after: int
    """Where the next line begins."""
    dashes: tuple[int, ...]
    """The columns, from 0, of the dashes before the key or value."""

    @property
    def content_start(self) -> int:
        """Where the line's first character stands that is no blank."""
        return self.start + self.dashes[0] if self.dashes else self.key_start

    @property
    def indent(self) -> int:
        """By how many blanks the line is indented."""
        return self.content_start - self.start

    @property
    def key_column(self) -> int:
        """The column, from 0, of the key, or of the value if there is no key."""
        return self.key_start - self.start

    @property
    def content(self) -> str:
        """The line without its indentation and comment."""
        return self.text[self.content_start : self.end]

    @property
    def value(self) -> str:
        """What stands behind the key and dashes."""
        return self.text[self.value_start : self.end]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on the line but perhaps a comment."""
        return self.end <= self.content_start


def line_at(text: str, offset: int) -> Line:
    """Return the line that holds an offset."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return _line_from(text, start)


def lines_after(line: Line) -> Iterator[Line]:
    """Yield the lines below a line."""
    while line.after < len(line.text):
        line = _line_from(line.text, line.after)
        yield line


def lines_before(line: Line) -> Iterator[Line]:
    """Yield the lines above a line, from the nearest on."""
    while line.start:
        start = line.start - 1
        if line.text[start] == "\n" and start and line.text[start - 1] == "\r":
            start -= 1
        line = line_at(line.text, start)
        yield line


def _line_from(text: str, start: int) -> Line:
    match = _LINE.match(text, start)
    assert match is not None  # the pattern matches the empty text
    after = match.end()
    after += 2 if text.startswith("\r\n", after) else 1
    key_start = match.end("dashes")
    end = max(without_comment(text, match.start("value"), match.end()), key_start)
    if match["key"] is not None:
        end = max(end, text.index(":", match.end("key")) + 1)
    dashes = tuple(i - start for i in range(match.start("dashes"), key_start) if text[i] == "-")
    value_start = min(match.start("value"), end)
    return Line(text, start, match["key"], key_start, value_start, end, min(after, len(text)), dashes)


def without_comment(text: str, start: int, end: int) -> int:
    """Return where the stretch from `start` to `end` of a line ends without its comment and the blanks before it.

    A `#` in quotes begins no comment here, though to YAML it may.
    """
    quote: str | None = None
    for i in range(start, end):
        character = text[i]
        if quote:
            quote = None if character == quote else quote
        elif opens_quote(text, i) and text.find(character, i + 1, end) > 0:
            quote = character
        elif character == "#" and (i == start or text[i - 1] in " \t"):
            end = i
            break
    return start + len(text[start:end].rstrip())


def opens_quote(text: str, offset: int) -> bool:
    """Return whether a quote stands at an offset and begins a text: an apostrophe in a word does not."""
    return text[offset] in "\"'" and not (offset and (text[offset - 1].isalnum() or text[offset - 1] in "_\"'"))


def closing_quote(text: str, start: int) -> int | None:
    """Return the offset of the quote that, to YAML, closes the one at `start`, if it stands on the same line."""
    pattern = r"""(?:[^"\\\r\n]|\\[^\r\n])*(")""" if text[start] == '"' else r"""(?:[^'\r\n]|'')*(')"""
    match = re.compile(pattern).match(text, start + 1)
    return match.start(1) if match else None
