"""What things are called where people read them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from segrules.program.program import Program

_COLUMN = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)?")
_ARE_MISSING = ("is missing", "are missing")
_FIND_NO_ROW = ("finds no row", "find no row")
_HAVE_NO_VALUE = ("has no value", "have no value")


@dataclass(frozen=True, slots=True)
class Names:
    """What the rows of the entity are called, and the ways up, which lack a row and not a value."""

    entity: str
    ways_up: frozenset[str] = frozenset()

    def lacking(self, names: Sequence[str]) -> str:
        """Return what is said of what is missing: columns, ways up that find no row, expressions without a value."""
        ways_up = [name for name in names if name in self.ways_up]
        columns = [name for name in names if name not in ways_up and _COLUMN.fullmatch(name)]
        others = [name for name in names if name not in ways_up and name not in columns]
        told = [
            f"{listed(some)} {verbs[len(some) > 1]}"
            for some, verbs in ((columns, _ARE_MISSING), (ways_up, _FIND_NO_ROW), (others, _HAVE_NO_VALUE))
            if some
        ]
        return listed(told)


def names_of(program: Program) -> Names:
    """Return what things are called in a program: ways up of other tables with their table, as blame names them."""
    ways_up = (
        relation.name if table.name == program.entity else f"{table.name}.{relation.name}"
        for table in program.tables
        for relation in table.relations
    )
    return Names(program.entity, frozenset(ways_up))


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list in a sentence: `a, b and c`."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
