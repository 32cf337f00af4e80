"""Edits into the text of a file: what is put into a value is written in the value's own style.

An edit names a stretch of a value as the expression language reads it. In the file that stretch may hold escapes, and
what is put there may need some; a plain value that could no longer be read without quotes gets them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from segrules.diagnostics.diagnostic import Diagnostic, Edit, Fix
from segrules.diagnostics.source import Source
from segrules.document.csv_edits import csv_pieces, is_csv
from segrules.document.draft import Replacement, replaced
from segrules.document.nodes import Mapping, Node, Scalar, Style
from segrules.document.nodes import Sequence as ListNode
from segrules.document.quoting import escaped, reads_as, reads_without_quotes, written_in_quotes
from segrules.document.toml_reader import read_toml
from segrules.document.yaml_reader import read_yaml


@dataclass(frozen=True, slots=True)
class _Place:
    """A scalar, and where it stands: in brackets, as a key."""

    scalar: Scalar
    in_flow: bool
    is_key: bool


def with_edits(source: Source, edits: Sequence[Edit]) -> str | None:
    """Return a file's text with edits made, None if it would then say something else than they mean."""
    pieces = _written_pieces(source, edits)
    return None if pieces is None else replaced(source.text, pieces)


def with_written_fixes(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics with fixes that programs can make: to be put into the files as they are, or left out."""
    return [replace(one, fix=_written_fix(one.fix)) if one.fix else one for one in diagnostics]


def _written_fix(fix: Fix) -> Fix | None:
    by_source: dict[Source, list[Edit]] = {}
    for edit in fix.edits:
        by_source.setdefault(edit.span.source, []).append(edit)
    written: list[Edit] = []
    for source, edits in by_source.items():
        pieces = _written_pieces(source, edits)
        if not pieces:
            return None
        written += [Edit(source.span(one.start, one.end), one.text, verbatim=True) for one in pieces]
    return replace(fix, edits=tuple(written))


def _written_pieces(source: Source, edits: Sequence[Edit]) -> list[Replacement] | None:
    """Return what to put where in a file, None if it would then say something else than the edits mean."""
    if is_csv(source):
        return csv_pieces(source, edits)
    if source.name.endswith(".toml"):
        return _toml_pieces(source, edits)
    for quote_all in (False, True):
        pieces, meant = _pieces(source, edits, quote_all=quote_all)
        if meant is None or _values(Source(source.name, replaced(source.text, pieces))) == meant:
            return pieces
    return None


def _toml_pieces(source: Source, edits: Sequence[Edit]) -> list[Replacement] | None:
    """Return what to put where in a project file; its words need no escapes, and texts keep their quotes."""
    pieces = []
    for edit in edits:
        quote = edit.span.text[:1] if edit.span.text[:1] in ("'", '"') else ""
        pieces.append(Replacement(edit.span.start, edit.span.end, f"{quote}{edit.replacement}{quote}"))
    text = replaced(source.text, pieces)
    return pieces if read_toml(Source(source.name, text))[0] is not None else None


def _pieces(source: Source, edits: Sequence[Edit], *, quote_all: bool) -> tuple[list[Replacement], list[str] | None]:
    """Return what to put where, and what all values of the file should then be, if that is known and not sure."""
    places = _places(source)
    starts = [place.scalar.span.start for place in places]
    of_values: dict[int, list[Edit]] = {}
    pieces = []
    for edit in edits:
        at = bisect_left(starts, edit.span.start + 1) - 1
        if edit.verbatim or at < 0 or places[at].scalar.span.end < edit.span.end:
            pieces.append(Replacement(edit.span.start, edit.span.end, edit.replacement))
        else:
            of_values.setdefault(at, []).append(edit)
    values: dict[int, str] = {}
    is_known, is_sure = not pieces, True
    for at, there in of_values.items():
        found, values[at] = _edited(places[at], there, quote_all=quote_all)
        is_sure = is_sure and _reads_alone(places[at], found, values[at])
        pieces += found
    if is_sure or not is_known:
        return pieces, None
    return pieces, [_words(values.get(at, place.scalar.value)) for at, place in enumerate(places)]


@lru_cache(maxsize=2)
def _places(source: Source) -> list[_Place]:
    """Return the scalars of a file in its order, each once; a file is asked for all its fixes, one by one."""
    root, _ = read_yaml(source)
    found = {place.scalar.span.start: place for place in _below(root, in_flow=False)} if root else {}
    return [found[start] for start in sorted(found)]


def _below(node: Node, *, in_flow: bool, is_key: bool = False) -> Iterator[_Place]:
    in_brackets = in_flow or node.span.text[:1] in ("[", "{")
    match node:
        case Scalar():
            yield _Place(node, in_flow, is_key)
        case ListNode():
            for item in node.items:
                yield from _below(item, in_flow=in_brackets)
        case Mapping():
            for entry in node.entries:
                yield from _below(entry.key, in_flow=in_brackets, is_key=True)
                yield from _below(entry.value, in_flow=in_brackets)


def _values(source: Source) -> list[str]:
    return [_words(place.scalar.value) for place in _places(source)]


def _words(text: str) -> str:
    """Return a text in which it does not matter how blanks and line ends part it."""
    return " ".join(text.split())


# One value


def _edited(place: _Place, edits: Sequence[Edit], *, quote_all: bool) -> tuple[list[Replacement], str]:
    """Return what to put into a scalar, and its new value."""
    scalar = place.scalar
    stretches = sorted(_stretch(scalar, edit) for edit in edits)
    value = replaced(scalar.value, [Replacement(start, end, text) for start, end, text in stretches])
    pieces = [_written(scalar, start, end, text) for start, end, text in stretches]
    if scalar.style is not Style.PLAIN:
        return pieces, value
    written = _with_pieces(scalar, pieces)
    text = written.strip()
    bare = not quote_all and reads_without_quotes(text, value, in_flow=place.in_flow, is_key=place.is_key)
    if bare and text == written:
        return pieces, value
    return [Replacement(scalar.span.start, scalar.span.end, text if bare else written_in_quotes(text))], value


def _with_pieces(scalar: Scalar, pieces: Sequence[Replacement]) -> str:
    """Return a scalar as it then stands in the file."""
    start = scalar.span.start
    return replaced(scalar.span.text, [Replacement(one.start - start, one.end - start, one.text) for one in pieces])


def _reads_alone(place: _Place, pieces: Sequence[Replacement], value: str) -> bool:
    """Whether a value says what it should whatever stands around it, so that the file need not be read again."""
    text = _with_pieces(place.scalar, pieces)
    is_block = place.scalar.style in (Style.LITERAL, Style.FOLDED)
    return not place.is_key and not is_block and reads_as(text, value, in_flow=place.in_flow)


def _stretch(scalar: Scalar, edit: Edit) -> tuple[int, int, str]:
    """Return which characters of a scalar's value an edit replaces; a word that goes takes a blank with it."""
    offsets = scalar.passage.offsets
    length = len(scalar.value)
    start = bisect_left(offsets, edit.span.start, 0, length)
    end = max(start, bisect_left(offsets, edit.span.end, 0, length))
    if not edit.replacement:
        before, after = scalar.value[start - 1 : start] if start else "", scalar.value[end : end + 1]
        if before in ("", " ", "\n"):
            end += len(scalar.value[end:]) - len(scalar.value[end:].lstrip(" "))
        elif after in ("", "\n", "\r"):
            start = len(scalar.value[:start].rstrip(" "))
    return start, end, edit.replacement


def _written(scalar: Scalar, start: int, end: int, text: str) -> Replacement:
    """Return a piece of a scalar's value as a piece of the file."""
    offsets, source = scalar.passage.offsets, scalar.span.source.text
    first = _escape_start(scalar, offsets, start)
    last = offsets[end - 1] + 1 if end > start else first
    return Replacement(first, max(first, last), escaped(text, _quote_of(scalar, source)))


def _quote_of(scalar: Scalar, text: str) -> str:
    return text[scalar.span.start] if scalar.style in (Style.SINGLE, Style.DOUBLE) else ""


def _escape_start(scalar: Scalar, offsets: Sequence[int], at: int) -> int:
    r"""Return where a character of a value begins in the file: an escape such as `\"` before its last character."""
    quote = _quote_of(scalar, scalar.span.source.text)
    behind = offsets[at - 1] + 1 if at else scalar.span.start + len(quote)
    if not quote or at == len(scalar.value):
        return offsets[at] if at < len(scalar.value) else max(behind, scalar.span.start)
    written = scalar.span.source.text[behind : offsets[at] + 1]
    lead = written.lstrip(" \t\r\n")
    is_escape = lead == "''" if quote == "'" else lead.startswith("\\")
    return offsets[at] + 1 - len(lead) if is_escape else offsets[at]
