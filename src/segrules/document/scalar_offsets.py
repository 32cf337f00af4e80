r"""Where each character of a YAML scalar's value stands in the file.

The scalar is read once more, by the rules of the YAML scanner, keeping offsets instead of characters: quotes, escapes,
indentation and line ends go, folding makes a blank of a line end. An escape such as `\"` or `\u00e9` maps to its last
character, a folded blank to the line end it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from segrules.diagnostics.source import Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_PLAIN_PART = re.compile(r"(?P<blanks>[ \t\r\n]+)|[^ \t\r\n]+")
_SINGLE_PART = re.compile(r"(?P<blanks>[ \t\r\n]+)|(?P<escape>'')|[^ \t\r\n']+")
_DOUBLE_PART = re.compile(
    r"(?P<blanks>[ \t\r\n]+)"
    r"|(?P<joined>\\(?:\r\n|\r|\n)[ \t\r\n]*)"
    r"|(?P<escape>\\(?:x.{2}|u.{4}|U.{8}|.))"
    r"|[^ \t\r\n\\]+"
)
_PROPERTIES = re.compile(r"(?:&[0-9A-Za-z_-]+|!\S*|[ \t\r\n]+|(?<=[ \t\r\n])#[^\r\n]*)*")
_BLOCK_HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n|\r|\n)?")
_LINE = re.compile(r"(?P<indent> *)(?P<text>[^\r\n]*)(?P<end>\r\n|\r|\n|\Z)")


def offsets_of(value: str, span: Span) -> Sequence[int]:
    """Return the file offset of every character of a scalar's value, then of its end.

    `span` is where the scalar is written: with its quotes, or from its `|` or `>` on.
    """
    text = span.source.text
    first = text[span.start : span.start + 1]
    if first == '"' and span.end > span.start + 1:
        inside = Span(span.source, span.start + 1, span.end - 1)
        return [*_flow_offsets(inside, _DOUBLE_PART), inside.end]
    if first == "'" and span.end > span.start + 1:
        inside = Span(span.source, span.start + 1, span.end - 1)
        return [*_flow_offsets(inside, _SINGLE_PART), inside.end]
    if first in ("|", ">"):
        return _block_offsets(value, span)
    if len(value) == span.end - span.start:
        return range(span.start, span.end + 1)
    return [*_flow_offsets(span, _PLAIN_PART), span.end]


def content_start(text: str, start: int, end: int) -> int:
    """Return where a node's content begins, behind its anchor and tag."""
    properties = _PROPERTIES.match(text, start, end)
    return properties.end() if properties else start


def folded_blanks(value: str, text: str, offsets: Sequence[int]) -> str:
    r"""Return the value with \n in place of every blank that stands for a line end of the file's text."""
    return "".join(
        "\n" if character == " " and text[offset] in "\r\n" else character
        for character, offset in zip(value, offsets, strict=False)
    )


def _flow_offsets(span: Span, part: re.Pattern[str]) -> Iterator[int]:
    for match in part.finditer(span.source.text, span.start, span.end):
        match match.lastgroup:
            case "blanks":
                yield from _blanks(match)
            case "joined":
                yield from _line_ends(match)[1:]
            case "escape":
                yield match.end() - 1
            case _:
                yield from range(match.start(), match.end())


def _blanks(match: re.Match[str]) -> Sequence[int]:
    """Blanks in a line stay; one line end is a blank, of several all but the first stay."""
    ends = _line_ends(match)
    if not ends:
        return range(match.start(), match.end())
    return ends[1:] or ends


def _line_ends(match: re.Match[str]) -> list[int]:
    return [end.start() for end in _LINE_END.finditer(match.string, match.start(), match.end())]


def _block_offsets(value: str, span: Span) -> list[int]:
    text = span.source.text
    header = _BLOCK_HEADER.match(text, span.start)
    start = header.end() if header else span.end
    if not value:
        return [span.end]
    lines = _block_lines(text, start, _block_indent(value, text, start))
    offsets = _folded_offsets(text, lines) if text[span.start] == ">" else _literal_offsets(lines)
    found = [offset for _, offset in zip(value, offsets, strict=False)]
    return [*found, found[-1] + (text[found[-1]] not in "\r\n")]


def _block_indent(value: str, text: str, start: int) -> int:
    """Return by how many blanks a block's lines are indented: what its first line with text has more than the value."""
    body = value.lstrip("\n")
    if not body:
        return len(text)
    for _ in range(len(value) - len(body)):
        start = _next_line(text, start).end()
    return len(_next_line(text, start)["indent"]) - (len(body) - len(body.lstrip(" ")))


def _next_line(text: str, start: int) -> re.Match[str]:
    line = _LINE.match(text, start)
    assert line is not None  # the pattern matches the empty text
    return line


def _block_lines(text: str, start: int, indent: int) -> Iterator[tuple[range, int]]:
    """Yield the offsets of every line's text, behind the indentation, and that of its line end."""
    while start < len(text):
        line = _next_line(text, start)
        content = min(line.start() + indent, line.end("indent"))
        if content < line.start() + indent and line["text"]:
            return
        yield range(content, line.end("text")), line.start("end")
        start = line.end()


def _literal_offsets(lines: Iterator[tuple[range, int]]) -> Iterator[int]:
    for content, end in lines:
        yield from content
        yield end


def _folded_offsets(text: str, lines: Iterator[tuple[range, int]]) -> Iterator[int]:
    """Fold: between two lines of text the line end is a blank, or gives way to the empty lines between them.

    A line that begins with a blank keeps the line ends around it.
    """
    previous: int | None = None
    empty: list[int] = []
    was_indented = False
    for content, end in lines:
        if not content:
            empty.append(end)
            continue
        indented = text[content.start] in " \t"
        if previous is not None and (indented or was_indented or not empty):
            yield previous
        yield from empty
        yield from content
        previous, empty, was_indented = end, [], indented
    if previous is not None:
        yield previous
    yield from empty
