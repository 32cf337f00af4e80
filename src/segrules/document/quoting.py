"""A text as a YAML value: in quotes, and whether it needs them."""

from __future__ import annotations

import yaml

from segrules.document.characters import INVISIBLE

_LINE_ESCAPES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})


def quoted(text: str) -> str:
    """Return a text of one line in quotes, so that YAML reads it as it stands.

    Quotes that stand around it already and cannot do, as in `'Don't'`, give way to those that can.
    """
    if len(text) > 2 and text[0] == text[-1] and text[0] in "\"'" and text.count(text[0]) % 2:
        text = text[1:-1]
    return in_quotes(text)


def in_quotes(value: str, hidden: str = "") -> str:
    """Return a value in quotes on one line, with escapes for the characters that are to be hidden."""
    if any(character in value for character in "\t\n\r" + hidden):
        escapes = {ord(character): _escape(character) for character in hidden} | _LINE_ESCAPES
        return '"' + escaped(value, '"').translate(escapes) + '"'
    return written_in_quotes(value)


def written_in_quotes(written: str) -> str:
    """Return a plain value, as it stands in the file and perhaps on several lines, in quotes.

    They are double ones, unless that takes escapes that single ones do not need.
    """
    quote = "'" if ('"' in written or "\\" in written) and not INVISIBLE.search(written) else '"'
    return f"{quote}{escaped(written, quote)}{quote}"


def escaped(text: str, quote: str) -> str:
    """Return a text as it stands inside of quotes of a sort, or with `""` outside of any."""
    if quote == "'":
        return text.replace("'", "''")
    if quote == '"':
        return INVISIBLE.sub(lambda found: _escape(found[0]), text.replace("\\", "\\\\").replace('"', '\\"'))
    return text


def _escape(character: str) -> str:
    code = ord(character)
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def reads_without_quotes(written: str, value: str, *, in_flow: bool, is_key: bool) -> bool:
    """Whether YAML reads what is written without quotes as a value, as a list item or a key, in brackets or outside."""
    if is_key:
        text, wanted = f"{written}: x", [" ".join(value.split()), "x"]
    else:
        text, wanted = (written if in_flow else f"- {written}"), [" ".join(value.split())]
    return bool(value.strip()) and _scalars(f"[{text}]" if in_flow else text) == wanted


def reads_as(written: str, value: str, *, in_flow: bool) -> bool:
    """Whether what is written on one line, in quotes or without, is surely read as a value that is no key."""
    if "\n" in written or "\r" in written or INVISIBLE.search(written):
        return False
    found = _events(f"[{written}]" if in_flow else f"- {written}")
    return [" ".join(event.value.split()) for event in found] == [" ".join(value.split())]


def _scalars(text: str) -> list[str | None]:
    """Return the plain values in a text, None for those in quotes or blocks; nothing if it cannot be read."""
    return [None if event.style else " ".join(event.value.split()) for event in _events(text)]


def _events(text: str) -> list[yaml.ScalarEvent]:
    try:
        return [event for event in yaml.parse(text, Loader=yaml.CSafeLoader) if isinstance(event, yaml.ScalarEvent)]
    except yaml.YAMLError:
        return []
