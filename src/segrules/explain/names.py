"""What things are called where people read them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COLUMN = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)?")


@dataclass(frozen=True, slots=True)
class Names:
    """What the rows of the entity are called, and the ways up, which lack a row and not a value."""

    entity: str
    ways_up: frozenset[str] = frozenset()

    def lacking(self, name: str) -> str:
        """Return what is said of something that is missing: a column, a way up that finds no row, an expression."""
        if name in self.ways_up:
            return f"{name} finds no row"
        return f"{name} is missing" if _COLUMN.fullmatch(name) else f"{name} has no value"
