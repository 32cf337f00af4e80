"""The patterns of `like`: `*` is any text, `?` one character, and `~` takes either of them, or itself, as written."""

from __future__ import annotations

import re

_WILDCARDS = {"*": ".*", "?": "."}
_SPECIAL = frozenset(r"\.+*?()|[]{}^$")


def like_regex(pattern: str) -> str:
    """Return a pattern as a regular expression that Python and Rust read alike.

    It covers the whole text. In Python that takes `re.fullmatch`: its `$` alone also matches before a last line end.
    """
    return f"(?s)^{''.join(_parts(pattern))}$"


def like(text: str, pattern: str) -> bool:
    """Tell whether a pattern covers a text from its first to its last character."""
    return re.fullmatch(like_regex(pattern), text) is not None


def _parts(pattern: str) -> list[str]:
    parts: list[str] = []
    characters = iter(pattern)
    for character in characters:
        if character == "~":
            escaped = next(characters, "")
            parts.append(_literal(escaped if escaped in ("*", "?", "~") else character + escaped))
        elif parts[-1:] != [".*"] or character != "*":
            parts.append(_WILDCARDS.get(character) or _literal(character))
    return parts


def _literal(text: str) -> str:
    return "".join(f"\\{character}" if character in _SPECIAL else character for character in text)
