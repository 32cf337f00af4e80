"""Which texts YAML reads as they stand, and quotes around the others."""

from __future__ import annotations

import json
import re

_BEGINS_OTHERWISE = re.compile(r"[,\[\]{}#&*!|>'\"%@`]|[-?:](?:\s|$)|---|\.\.\.")
_ENDS_EARLY = re.compile(r":(?:\s|$)|\s#")
_IN_BRACKETS = re.compile(r"[,\[\]{}]|:$")

_WORDS = re.compile(r"[^\W\d_](?:(?:[\w .,;()/%+-]|(?<=\w)'(?=\w))*[\w.)%+])?")
_OTHER_VALUES = frozenset("y n yes no on off true false null".split())
"""What other YAML readers take for true, false or nothing when it stands without quotes."""


def needs_no_quotes(text: str, *, in_flow: bool) -> bool:
    """Return whether YAML reads a text of one line as it stands; in brackets less may stand in it."""
    if not text or text != text.strip() or not text.isprintable():
        return False
    if _BEGINS_OTHERWISE.match(text) or _ENDS_EARLY.search(text):
        return False
    return not (in_flow and _IN_BRACKETS.search(text))


def is_plain_words(text: str, *, in_flow: bool) -> bool:
    """Return whether a text reads the same to everybody without quotes: words, and nothing that might be a value."""
    if not _WORDS.fullmatch(text) or text.lower() in _OTHER_VALUES or " - " in text:
        return False
    return needs_no_quotes(text, in_flow=in_flow) and not (
        in_flow and "'" in text
    )  # a bracket might seem to be in quotes


def in_quotes(text: str) -> str:
    """Return a text in quotes: double ones, unless that takes escapes that single ones do not need."""
    if not text.isprintable():
        return json.dumps(text, ensure_ascii=False)
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
