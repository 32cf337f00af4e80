"""Comments that are nearly such as ask that advice be passed over: `# segrules ignore[unguarded-optional]`."""

from __future__ import annotations

import re

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.lookup import code_called, nearest_code
from segrules.diagnostics.source import Source
from segrules.diagnostics.spelling import nearest
from segrules.document import ignore_messages as messages

IGNORE = "ignore"
NAMES_AND_REST = r"(?P<names>[ \t]*\[[^\]#\r\n]*\])?(?P<rest>[^#\r\n]*)"
"""What stands behind the word."""
NAME = re.compile(r"[^\[\],\s](?:[^\[\],]*[^\[\],\s])?")

_FOREIGN = ("allow", "disable", "noqa", "skip", "suppress")
_WORDS = "|".join((IGNORE, *_FOREIGN))
_OURS = r"seg[ \t_-]?rules?"
_COMMENT = re.compile(
    rf"#[ \t]*(?:(?:(?P<ours>{_OURS})(?:[ \t]*[:;,.=-]|[ \t])|(?!(?:{_WORDS})\b)[a-z]+[ \t]*[:;,.=-])[ \t]*)?"
    rf"(?P<word>[a-z][\w-]*){NAMES_AND_REST}",
    re.IGNORECASE,
)
"""A word, perhaps behind the name of a tool: `# segrules ignore[SR601]`, `# noqa: SR601`, and many a sentence."""
_NEXT_NAME = re.compile(r"[ \t\[({:=,;]*(?P<name>[\w-]+)(?:[ \t]*[\])}])?")
_BRACKETS = ("[", "(", "{", ":")


def is_misspelt(match: re.Match[str]) -> bool:
    """Return whether a comment that begins as it should goes on as none does that ignores something."""
    if match["word"].casefold() != IGNORE:
        return _is_nearly_ignore(match["word"])
    return match["names"] is None and (match["rest"].lstrip().startswith(_BRACKETS) or bool(_named(match)[0]))


def begun_otherwise(text: str, start: int) -> re.Match[str] | None:
    """Return the comment at a `#` if it begins otherwise, would ignore advice, and is more than a sentence.

    Behind `segrules` anything that is named will do, or nothing; elsewhere it must be advice, in brackets or behind a
    colon.
    """
    match = _COMMENT.match(text, start)
    if match is None or not _is_nearly_ignore(match["word"]):
        return None
    names, _ = _named(match)
    if not match["ours"]:
        is_marked = match["names"] or match["rest"].lstrip().startswith((*_BRACKETS, "="))
        return match if is_marked and any(_is_advice(name) for name in names) else None
    is_call = (match["names"] or "").startswith("[")  # no sentence has `ignore[`
    is_named = any(code_called(name) or nearest_code(name) for name in names)
    return match if is_call or is_named or not (names or match["rest"].strip()) else None


def misspelt(source: Source, match: re.Match[str]) -> Diagnostic:
    """Return what is said of a comment that is nearly right."""
    names, end = _named(match)
    meant = [name if code_called(name) else nearest_code(name) or name for name in names]
    is_sure = bool(match["ours"]) and meant == names and match["word"].casefold() in (IGNORE, *_FOREIGN)
    return messages.misspelt(source.span(match.start(), end), meant, is_sure=is_sure)


def _is_nearly_ignore(word: str) -> bool:
    first = word.casefold().partition("-")[0]  # of `ignore-next-line`
    return first in (IGNORE, *_FOREIGN) or nearest(first, [IGNORE]) is not None


def _is_advice(name: str) -> bool:
    code = code_called(name)
    return code is not None and code.is_advice


def _named(match: re.Match[str]) -> tuple[list[str], int]:
    """Return the names in brackets behind the word, or the codes and slugs right behind it, and where they end."""
    if match["names"]:
        return NAME.findall(match["names"]), match.end("names")
    names: list[str] = []
    end = match.end("word")
    while (one := _NEXT_NAME.match(match.string, end, match.end())) and code_called(one["name"]):
        names.append(one["name"])
        end = one.end()
    return names, end
