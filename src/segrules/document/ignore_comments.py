"""Comments that ask that advice be passed over, as written: `# segrules: ignore[unguarded-optional]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.lookup import code_called, nearest_code
from segrules.diagnostics.source import Source, Span
from segrules.document import ignore_messages as messages
from segrules.document.comments import Values
from segrules.document.misspelt_ignores import IGNORE, NAME, NAMES_AND_REST, begun_otherwise, is_misspelt, misspelt

_COMMENT = re.compile(rf"#[ \t]*(?P<ours>segrules)[ \t]*:[ \t]*(?P<word>[a-z][\w-]*){NAMES_AND_REST}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment, the names in its brackets, if there are any, and the line that it is about.

    `whole` is the comment with the words behind it, which say why.
    """

    comment: Span
    whole: Span
    names: tuple[Span, ...]
    line: int

    @property
    def codes(self) -> tuple[Code, ...]:
        """The advice that it names."""
        known = (code_called(name.text) for name in self.names)
        return tuple(dict.fromkeys(code for code in known if code and code.is_advice))


def has_ignores(source: Source) -> bool:
    """Return whether anything in a file looks like such a comment, or nearly so."""
    return next(_like_ignores(source), None) is not None


def read_ignores(values: Values) -> tuple[tuple[Ignore, ...], tuple[Diagnostic, ...]]:
    """Return the comments of a file that ask for something to be ignored, and what is wrong with their words."""
    found: list[Ignore] = []
    wrong: list[Diagnostic] = []
    for match, is_right in _like_ignores(values.source):
        if values.is_comment(match.start()):
            if is_right:
                found.append(_ignore(values.source, match))
            else:
                wrong.append(misspelt(values.source, match))
    return tuple(found), (*wrong, *(said for ignore in found for said in _wrong_names(ignore)))


def _like_ignores(source: Source) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield what looks like such comments, and whether it is spelt so; `# segrules: 1` is there for other reasons."""
    for sign in re.finditer("#", source.text):
        if match := _COMMENT.match(source.text, sign.start()):
            is_wrong = is_misspelt(match)
            if is_wrong or match["word"].casefold() == IGNORE:
                yield match, not is_wrong
        elif match := begun_otherwise(source.text, sign.start()):
            yield match, False


def _ignore(source: Source, match: re.Match[str]) -> Ignore:
    first, last = match.span("names") if match["names"] else (match.end("word"), match.end("word"))
    return Ignore(
        comment=source.span(match.start(), last),
        whole=source.span(match.start(), match.end()),
        names=tuple(source.span(*name.span()) for name in NAME.finditer(source.text, first, last)),
        line=_line_about(source, match.start()),
    )


def _line_about(source: Source, offset: int) -> int:
    """Return the line of a comment or, if it is alone there, the next one that is no such line."""
    number = source.position(offset).line
    while number < len(source.line_starts) and source.line(number).lstrip().startswith("#"):
        number += 1
    return number


def _wrong_names(ignore: Ignore) -> Iterator[Diagnostic]:
    for name in ignore.names:
        code = code_called(name.text)
        if code is None:
            yield messages.unknown(name, nearest_code(name.text))
        elif not code.is_advice:
            yield messages.not_advice(name, code)
