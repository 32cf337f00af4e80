"""A text as a quoted YAML value."""

from __future__ import annotations


def quoted(text: str) -> str:
    """Return a text of one line in quotes, so that YAML reads it as it stands.

    Quotes that stand around it already and cannot do, as in `'Don't'`, give way to those that can.
    """
    if len(text) > 2 and text[0] == text[-1] and text[0] in "\"'" and text.count(text[0]) % 2:
        text = text[1:-1]
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
