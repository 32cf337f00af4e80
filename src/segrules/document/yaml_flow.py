"""A list in `[…]` or a mapping in `{…}` as a person sees it: an item goes on through brackets and quotes in it.

YAML sees it otherwise: to it `[x > 1, y in (1, 2)]` has three items, and a bracket inside an item is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from segrules.document.yaml_lines import line_at, opens_quote

_MARK = re.compile(r"""["'\[\](){},#]|\r\n|\r|\n""")
_LINE_END = re.compile(r"[\r\n]")
_KEY = re.compile(
    r"""(?P<key>"[^"\r\n]*"|'[^'\r\n]*'|[^\s"'\[\]{}(),=<>:][^"'\[\]{}(),=<>:\r\n]{0,200}?)[ \t]{0,99}:(?=\s|\Z)\s*"""
)
_CLOSING = {"[": "]", "{": "}", "(": ")"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}


@dataclass(frozen=True, slots=True)
class FlowItem:
    """An item of a list, or a value of a mapping with its key; `whole_start` is where the key begins.

    No blanks are counted before and behind it.
    """

    key: str | None
    whole_start: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Flow:
    """What stands between two brackets.

    `items` are those of inner brackets first. `end` is behind the closing bracket, or where the text stops being a
    part of the list; `unclosed` is the bracket that is not closed, `wrong` the one that closes it wrongly.
    """

    items: tuple[FlowItem, ...]
    end: int
    unclosed: int | None = None
    wrong: int | None = None

    def item_at(self, offset: int) -> FlowItem | None:
        """Return the innermost item that an offset stands in, or just behind."""
        return next((item for item in self.items if item.whole_start <= offset <= item.end), None)


@dataclass(slots=True)
class _Open:
    """A bracket that is not closed yet; one inside an item's text, as in `y in (1, 2)`, has no items of its own."""

    offset: int
    closing: str
    is_text: bool
    item_start: int
    item_has_text: bool = False


def items_by_start(flow: Flow) -> dict[int, FlowItem]:
    """Return items by where they, or the values of their keys, begin; the innermost where several do."""
    return {item.start: item for item in reversed(flow.items)}


def read_flow(text: str, start: int) -> Flow:
    """Read the list or mapping whose bracket stands at `start`."""
    opened: list[_Open] = []
    items: list[FlowItem] = []
    end = start
    for end in _marks(text, start):
        mark = text[end : end + 1]
        if mark in _CLOSING:
            opened.append(_opened(text, opened, end))
        elif mark == "," and not opened[-1].is_text:
            items.append(_item(text, opened[-1].item_start, end))
            opened[-1].item_start, opened[-1].item_has_text = end + 1, False
        elif mark in _OPENING and _closes(opened, mark):
            closed = opened.pop()
            if closed.closing != mark:
                return Flow(tuple(items), end + 1, closed.offset, end)
            if not closed.is_text:
                items.append(_item(text, closed.item_start, end))
            if not opened:
                return Flow(tuple(items), end + 1)
    return Flow(tuple(items), end, opened[-1].offset)


def _opened(text: str, around: list[_Open], offset: int) -> _Open:
    is_text = bool(around) and _is_text(text, around[-1], offset)
    if around:
        around[-1].item_has_text = True
    return _Open(offset, _CLOSING[text[offset]], is_text, offset + 1)


def _is_text(text: str, around: _Open, offset: int) -> bool:
    if around.is_text or around.item_has_text or text[offset] == "(":
        return True
    before = text[around.item_start : offset].lstrip()
    key = _KEY.match(before)
    return bool(before[key.end() if key else 0 :])


def _closes(opened: list[_Open], mark: str) -> bool:
    """Return whether a bracket closes a list or a text's bracket; what is wrong with `(` and `)` is for expressions."""
    if mark == ")":
        return opened[-1].closing == ")"
    while opened[-1].closing == ")":
        opened.pop()
    return True


def _item(text: str, start: int, end: int) -> FlowItem:
    whole_start = end - len(text[start:end].lstrip())
    end = whole_start + len(text[whole_start:end].rstrip())
    key = _KEY.match(text, whole_start, end)
    return FlowItem(key["key"] if key else None, whole_start, key.end() if key else whole_start, end)


def _marks(text: str, start: int) -> Iterator[int]:
    """Yield the offsets of brackets and commas, without those in quotes and comments, then the offset of the end."""
    indent = line_at(text, start).indent
    offset = start
    while match := _MARK.search(text, offset):
        offset = match.end()
        character = match[0]
        if character in "\r\n":
            line = line_at(text, offset)
            if not line.is_blank and line.indent <= indent and line.content[0] not in "]}":
                yield match.start()
                return
        elif character in "\"'":
            offset = _behind_quoted(text, match.start())
        elif character == "#":
            offset = line_at(text, offset).after if text[match.start() - 1] in " \t" else offset
        else:
            yield match.start()
    yield len(text)


def _behind_quoted(text: str, start: int) -> int:
    """Return where a text in quotes ends, if it does on its line; an apostrophe in a word is passed over."""
    end = text.find(text[start], start + 1) if opens_quote(text, start) else -1
    is_closed = end > 0 and not _LINE_END.search(text, start, end)
    return end + 1 if is_closed else start + 1
