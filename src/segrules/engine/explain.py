"""One row of a run explained by the scalar interpreter, on the part of the data that its answer depends on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

import polars as pl

from segrules.backends.scalar.interpreter import Interpreter
from segrules.engine.row_messages import no_such_row
from segrules.engine.slices import find_row, slice_for, typed_key
from segrules.errors import InputInvalid
from segrules.explain.enough import what_would_be_enough
from segrules.explain.explanation import Explanation
from segrules.explain.hiding import without_sensitive
from segrules.explain.provenance import Provenance
from segrules.explain.row import trace_row
from segrules.explain.treatments import TreatmentTrace
from segrules.meaning.population import Groups
from segrules.meaning.tables import RowAt, Tables
from segrules.program.nodes import Statistic
from segrules.program.program import Program
from segrules.program.sensitivity import Sensitivity


def explain_row(
    program: Program,
    frames: Mapping[str, pl.DataFrame],
    quarantine: pl.DataFrame,
    key: Sequence[object],
    as_of: date,
    provenance: Provenance,
    others: Callable[[Statistic], Groups] | None,
    treatments: Callable[[int], tuple[TreatmentTrace, ...]],
    sensitivity: Sensitivity,
) -> Explanation:
    """Return the explanation of the row of the entity with a key, its parts as text or as values.

    `treatments` tells what became of those of a row, which is given by its place. `others` are the rows that statistics
    compare; whole tables would be a great deal to take into the interpreter.
    Sensitive values are hidden. Raises `InputInvalid` if there is no such row; it says whether `quarantine` has it.
    """
    place = find_row(program, frames, key)
    if place is None:
        table = program.table(program.entity)
        raise InputInvalid([no_such_row(table, frames[table.name], quarantine, key, typed_key(program, key))])
    part = slice_for(program, frames, place)
    known = Interpreter(program, as_of, Tables(program, part.rows), others)
    row = RowAt(program.entity, part.row)
    shown = without_sensitive(trace_row(known, row), sensitivity)
    search = partial(what_would_be_enough, known, row, sensitivity)
    return Explanation(shown, provenance, search, treatments(place))
