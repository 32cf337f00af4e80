"""From the rows of the files to those that rules are about: `where` leaves some out, `keys_from` makes others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.tables import Record, Tables
from segrules.program.program import Program


def prepared(program: Program, as_of: date, rows: Mapping[str, Sequence[Record]]) -> Tables:
    """Return the tables with only the rows for which their `where` is true; the rows given are valid otherwise."""
    every = Interpreter(program, as_of, Tables(program, rows))
    kept = {
        name: [row for index, row in enumerate(records) if every.keeps(name, index)] for name, records in rows.items()
    }
    return Tables(program, kept)
