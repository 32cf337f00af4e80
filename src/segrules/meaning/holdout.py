"""Who is in a control group: a hash of the row's key says so, the same in every run, on every machine.

A row is held out of a treatment when the first 8 bytes, as one number with the highest byte first, of the SHA-256 of
the ruleset's name, the treatment's name and the parts of the row's key, in UTF-8 with U+001F between them, are below
the share of 2^64. Numbers are written in digits, dates as ISO has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from math import ceil

from segrules.language.formatting import text_of
from segrules.meaning.tables import Key

BETWEEN = "\x1f"
"""What stands between the parts of what is hashed."""

_BYTES = 8
_ALL = 1 << (8 * _BYTES)


class Holdout:
    """The control group of one treatment, ready for many rows."""

    def __init__(self, ruleset: str, treatment: str, share: Fraction) -> None:
        self._start = sha256(f"{ruleset}{BETWEEN}{treatment}{BETWEEN}".encode())
        self._below = min(_ALL, ceil(share * _ALL))

    def has(self, key: Key) -> bool:
        """Return whether the row with a key is held out."""
        return self.those([key_text(key)])[0]

    def those(self, keys: Sequence[str]) -> list[bool]:
        """Return which rows are held out, whose keys are written so (see `key_text`)."""
        if self._below == _ALL:
            return [True] * len(keys)
        start, below, found = self._start, self._below.to_bytes(_BYTES), []
        for key in keys:
            hashed = start.copy()
            hashed.update(key.encode())
            found.append(hashed.digest()[:_BYTES] < below)
        return found


def key_text(key: Key) -> str:
    """Return the parts of a key as they are hashed."""
    return BETWEEN.join(text_of(part) for part in key)
