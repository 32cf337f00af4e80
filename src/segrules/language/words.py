"""The words of the language: what a name cannot be, and which word a mistyped one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from segrules.diagnostics.spelling import distance

CONSTANTS = {"true": True, "false": False, "missing": None}

INFIX = frozenset("and or in contains between is like then else where by over".split())
"""Words that stand between two operands, or between an operand and what belongs to it."""

PREFIX = frozenset({"not", "if"})

RESERVED = frozenset({*CONSTANTS, *INFIX, *PREFIX, "all", "descending", "last", "next", "null", "present"})
"""Words that cannot be names."""

RESERVED_IN_ANY_CASE = frozenset({*CONSTANTS, *PREFIX, "null"})
"""Words that can stand where a name can: `TRUE` or `NOT` as a name would be read as that name without a sound."""

UNITS = ("day", "week", "month", "quarter", "year")
"""The units of a duration, each also with an `s`; none of them is reserved."""


def is_reserved(name: str) -> bool:
    """Return whether a name is a word of the language."""
    return name in RESERVED or name.lower() in RESERVED_IN_ANY_CASE


def is_name(text: str) -> bool:
    """Return whether a text can be a name: an identifier that is no word of the language."""
    return text.isidentifier() and not is_reserved(text)


def mistyped(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that a word was most likely meant to be: one slip away, in longer ones two.

    Words of two letters are near to too many others: of them only swapped letters are taken for a slip.
    """
    slips = {candidate: distance(word.lower(), candidate) for candidate in candidates}
    near = [
        candidate
        for candidate, count in slips.items()
        if count <= (1 if len(candidate) <= 4 else 2) and (len(candidate) > 2 or set(word) == set(candidate))
    ]
    return min(near, key=lambda candidate: (slips[candidate], candidate), default=None)
