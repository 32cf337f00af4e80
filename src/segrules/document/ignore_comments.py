"""Comments that ask that advice be passed over, as written: `# segrules: ignore[unguarded-optional]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.lookup import code_called, nearest_code
from segrules.diagnostics.source import Source, Span
from segrules.diagnostics.spelling import nearest
from segrules.document import ignore_messages as messages
from segrules.document.comments import Values

_COMMENT = re.compile(
    r"#[ \t]*segrules[ \t]*:[ \t]*(?P<word>[A-Za-z][\w-]*)(?P<names>[ \t]*\[[^\]#\r\n]*\])?(?P<rest>[^#\r\n]*)"
)
_NAME = re.compile(r"[^\[\],\s](?:[^\[\],]*[^\[\],\s])?")
_WORD = re.compile(r"[\w-]+")
_IGNORE = "ignore"
_FOREIGN = ("allow", "disable", "noqa", "skip", "suppress")
_OTHER_BRACKETS = ("[", "(", "{", ":")


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
    """Return whether anything in a file looks like such a comment."""
    return _COMMENT.search(source.text) is not None


def read_ignores(values: Values) -> tuple[tuple[Ignore, ...], tuple[Diagnostic, ...]]:
    """Return the comments of a file that ask for something to be ignored, and what is wrong with their words."""
    found: list[Ignore] = []
    wrong: list[Diagnostic] = []
    for match in _COMMENT.finditer(values.source.text):
        if values.is_comment(match.start()):
            if _is_misspelt(match):
                wrong.append(_misspelt(values.source, match))
            elif match["word"].casefold() == _IGNORE:
                found.append(_ignore(values.source, match))
    return tuple(found), (*wrong, *(said for ignore in found for said in _wrong_names(ignore)))


def _is_misspelt(match: re.Match[str]) -> bool:
    """Return whether a comment is nearly one that ignores something; `# segrules: 1` may be there for other reasons."""
    word = match["word"].casefold()
    if word != _IGNORE:
        return word in _FOREIGN or nearest(word, [_IGNORE]) is not None
    rest = match["rest"].lstrip()
    return match["names"] is None and (rest.startswith(_OTHER_BRACKETS) or bool(_named(match)))


def _named(match: re.Match[str]) -> list[re.Match[str]]:
    """Return the codes and slugs behind the first word of a comment."""
    words = _WORD.finditer(match.string, match.end("word"), match.end())
    return [word for word in words if code_called(word[0])]


def _misspelt(source: Source, match: re.Match[str]) -> Diagnostic:
    named = _named(match)
    end = named[-1].end() if named else match.end("word")
    end += source.text[end : end + 1] in (")", "]", "}")
    return messages.misspelt(source.span(match.start(), end), [word[0] for word in named])


def _ignore(source: Source, match: re.Match[str]) -> Ignore:
    first, last = match.span("names") if match["names"] else (match.end("word"), match.end("word"))
    return Ignore(
        comment=source.span(match.start(), last),
        whole=source.span(match.start(), match.end()),
        names=tuple(source.span(*name.span()) for name in _NAME.finditer(source.text, first, last)),
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
