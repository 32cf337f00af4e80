"""Which texts stand without quotes."""

from __future__ import annotations

import re

from segrules.document.quoting import reads_without_quotes

_WORDS = re.compile(r"[^\W\d_](?:(?:[\w .,;()/%+-]|(?<=\w)'(?=\w))*[\w.)%+])?")
_OTHER_VALUES = frozenset("y n yes no on off true false null".split())
"""What other YAML readers take for true, false or nothing when it stands without quotes."""


def needs_no_quotes(text: str, *, in_flow: bool) -> bool:
    """Return whether YAML reads a text of one line as it stands; in brackets less may stand in it."""
    if text != text.strip() or not text.isprintable() or text.startswith(("---", "...")):
        return False
    return reads_without_quotes(text, text, in_flow=in_flow, is_key=False)


def is_plain_words(text: str, *, in_flow: bool) -> bool:
    """Return whether a text reads the same to everybody without quotes: words, and nothing that might be a value."""
    if not _WORDS.fullmatch(text) or text.lower() in _OTHER_VALUES or " - " in text:
        return False
    return needs_no_quotes(text, in_flow=in_flow) and not (
        in_flow and "'" in text
    )  # a bracket might seem to be in quotes


def hidden_characters(raw: str, value: str) -> str:
    """Return the characters of a text that cannot be seen and that the file holds as escapes only."""
    return "".join({c for c in value if not c.isprintable() and c not in raw and c not in "\t\n\r"})
