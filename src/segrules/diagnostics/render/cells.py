"""Text as a terminal shows it: how many columns each character takes, and nothing that could disturb the screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

TAB_WIDTH = 4

_JOINER = "\u200d"
_WIDE_FORM = "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A character of a text: what is shown for it, and the columns that takes."""

    shown: str
    width: int


def cells(text: str) -> list[Cell]:
    """Return what is shown for each character of a line.

    A tab reaches to the next stop. A control character, or one that would change the direction of the text, is shown
    as a replacement. A character that is joined to the one before takes no column of its own.
    """
    found: list[Cell] = []
    column = 0
    for index, character in enumerate(text):
        cell = _tab(column) if character == "\t" else _cell(character, text[index - 1] if index else "")
        found.append(cell)
        column += cell.width
    return found


def width(shown: Sequence[Cell]) -> int:
    """Return the columns that cells take together."""
    return sum(cell.width for cell in shown)


def printable(text: str) -> str:
    """Return a text of any number of lines without anything that could disturb the screen; empty last lines go."""
    if text.isprintable():
        return text
    lines = text.splitlines()
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join("".join(cell.shown for cell in cells(line)) for line in lines)


def _tab(column: int) -> Cell:
    blanks = TAB_WIDTH - column % TAB_WIDTH
    return Cell(" " * blanks, blanks)


def _cell(character: str, before: str) -> Cell:
    if character.isascii() and character.isprintable():
        return Cell(character, 1)
    if character == _WIDE_FORM:
        return Cell(character, 1 if before and _own_width(before) == 1 else 0)
    if character == _JOINER or before == _JOINER or ord(character) in _SKIN_TONES:
        return Cell(character, 0)
    if unicodedata.category(character) in _UNPRINTABLE:
        return Cell(_picture(character), 1)
    return Cell(character, _own_width(character))


def _own_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _picture(character: str) -> str:
    return chr(0x2400 + ord(character)) if ord(character) < 0x20 else "\ufffd"
