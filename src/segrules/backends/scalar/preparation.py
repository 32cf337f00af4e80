"""From the rows of the files to those that rules are about: `where` leaves some out, `keys_from` makes others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from segrules.backends.scalar.interpreter import Interpreter
from segrules.meaning.tables import Record, Tables
from segrules.program.program import Program


def prepared(program: Program, as_of: date, rows: Mapping[str, Sequence[Record]]) -> Tables:
    """Return the tables with only the rows for which their `where` is true; the rows given are valid otherwise."""
    of_files = _kept(Interpreter(program, as_of, Tables(program, rows)), rows)
    with_keys = Tables(program, of_files)
    return Tables(program, _kept(Interpreter(program, as_of, with_keys), [table.name for table in program.tables]))


def _kept(known: Interpreter, names: Iterable[str]) -> dict[str, list[Record]]:
    return {
        name: [row for index, row in enumerate(known.tables.rows(name)) if known.keeps(name, index)] for name in names
    }
