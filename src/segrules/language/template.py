"""Texts with holes: `{revenue_12m:,.0f} USD`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Passage
from segrules.language import messages
from segrules.language.formatting import FORMAT
from segrules.language.parser import parse_expression
from segrules.language.syntax import Hole, Template
from segrules.language.values import MAX_PLACES

_PIECE = re.compile(r"(?P<text>[^{}]+)|(?P<brace>\{\{|\}\})|(?P<open>\{)|(?P<stray>\})")

# what may stand in a hole and holds a colon or a brace of its own: quoted texts, and the time of a datetime
_IN_HOLE = re.compile(
    r"""(?P<kept>'(?:''|[^'])*+'|"(?:""|[^"])*+"|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+|[^{}:'"])"""
    r"|(?P<colon>:)|(?P<close>\})|(?P<other>(?s:.))"
)


def parse_template(passage: Passage) -> tuple[Template | None, tuple[Diagnostic, ...]]:
    """Return a text's pieces and holes, and what is wrong with it; the template is None where a hole has no tree.

    Places in the expressions are offsets into the whole passage.
    """
    parts: list[str | Hole] = []
    diagnostics: list[Diagnostic] = []
    complete = True
    for piece, problems in _pieces(passage):
        diagnostics += problems
        if piece is None:
            complete = False
        elif isinstance(piece, str) and parts and isinstance(parts[-1], str):
            parts[-1] += piece
        else:
            parts.append(piece)
    return (tuple(parts) if complete else None), tuple(diagnostics)


_Piece = tuple[str | Hole | None, tuple[Diagnostic, ...]]


def _pieces(passage: Passage) -> Iterator[_Piece]:
    position = 0
    while match := _PIECE.match(passage.text, position):
        position = match.end()
        match match.lastgroup:
            case "brace":
                yield match[0][0], ()
            case "stray":
                yield "}", (messages.stray_brace(passage.span(match.start(), match.end())),)
            case "open":
                piece, position = _hole(passage, match.start())
                yield piece
            case _:
                yield match[0], ()


def _hole(passage: Passage, start: int) -> tuple[_Piece, int]:
    """Return the hole that begins at a brace, and where the text goes on."""
    colon, end = _ends(passage.text, start + 1)
    if end is None:
        said = messages.unclosed_hole(passage.span(start, start + 1))
        return (None, (said,)), len(passage.text)
    inner_end = end if colon is None else colon
    if not passage.text[start + 1 : inner_end].strip():
        return (None, (messages.empty_hole(passage.span(start, end + 1)),)), end + 1
    tree, diagnostics = parse_expression(_only(passage, start + 1, inner_end))
    format_, problems = (None, ()) if colon is None else _format(passage, colon + 1, end)
    hole = None if tree is None or problems else Hole(tree, format_, start=start, end=end + 1)
    return (hole, (*diagnostics, *problems)), end + 1


def _ends(text: str, start: int) -> tuple[int | None, int | None]:
    """Return where the last colon of a hole stands, and its closing brace."""
    colon = None
    for match in _IN_HOLE.finditer(text, start):
        match match.lastgroup:
            case "colon":
                colon = match.start()
            case "close":
                return colon, match.start()
            case "other" if match[0] == "{":
                return colon, None
    return colon, None


def _only(passage: Passage, start: int, end: int) -> Passage:
    """Return a passage with blanks before a part of it, so that places in the part are places in the whole."""
    return Passage(" " * start + passage.text[start:end], passage.source, lambda: passage.offsets[: end + 1])


def _format(passage: Passage, start: int, end: int) -> tuple[str | None, tuple[Diagnostic, ...]]:
    written = passage.text[start:end].strip()
    parts = FORMAT.fullmatch(written)
    if written and parts and int(parts["places"] or 0) <= MAX_PLACES:
        return written, ()
    return None, (messages.unknown_format(passage.span(start, end), written, _near(written)),)


def _near(written: str) -> str | None:
    """Return the format that one with a forgotten or needless letter was meant to be: `.2`, `0.2f`, `%`."""
    with_style = written + "f" if written[-1:].isdigit() else written
    candidates = (with_style, with_style.replace("0.", ".", 1), f".1{written}", with_style.replace("d", ".0f"))
    return next((one for one in candidates if one and one != written and FORMAT.fullmatch(one)), None)
