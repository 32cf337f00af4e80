"""Codes by what people call them, and the families that they stand in."""

from __future__ import annotations

import re
from functools import cache

from segrules.diagnostics.catalogue import Code, all_codes
from segrules.diagnostics.spelling import nearest

FAMILIES = {
    "SR0": "reading YAML",
    "SR1": "expression syntax",
    "SR2": "names and types",
    "SR3": "structure",
    "SR5": "data",
    "SR6": "lint",
    "SR7": "tests",
    "SR8": "commands and the machine",
}
"""What the codes are about whose numbers begin so."""

_NUMBER = re.compile(r"(?i:sr)\d{3}")


def family_of(code: Code) -> str:
    """Return what the family of a code is about."""
    return FAMILIES[code.number[:3]]


def code_called(word: str) -> Code | None:
    """Return the code with a number or slug, in letters of any case, if there is one."""
    return _by_name().get(word.casefold())


def nearest_code(word: str) -> str | None:
    """Return the number or slug that a word was most likely meant to be, if any is near.

    A number that no code has is near to all of its family, and so to none.
    """
    if _NUMBER.fullmatch(word):
        return None
    meant = nearest(word, _by_name())
    return meant and (meant.upper() if meant == _by_name()[meant].number.casefold() else meant)


@cache
def _by_name() -> dict[str, Code]:
    return {name.casefold(): code for code in all_codes() for name in (code.number, code.slug)}
