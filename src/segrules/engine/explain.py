"""One row of a run explained by the scalar interpreter, on the part of the data that its answer depends on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

import polars as pl

from segrules.backends.scalar.interpreter import Interpreter
from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.engine.slices import find_row, slice_for
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
    Sensitive values are hidden.
    """
    place = find_row(program, frames, key)
    if place is None:
        raise InputInvalid([_unknown_row(program, frames[program.entity], key)])
    part = slice_for(program, frames, place)
    known = Interpreter(program, as_of, Tables(program, part.rows), others)
    row = RowAt(program.entity, part.row)
    shown = without_sensitive(trace_row(known, row), sensitivity)
    search = partial(what_would_be_enough, known, row, sensitivity)
    return Explanation(shown, provenance, search, treatments(place))


def _unknown_row(program: Program, rows: pl.DataFrame, key: Sequence[object]) -> Diagnostic:
    names = program.table(program.entity).key
    if len(key) != len(names):
        asked = ", ".join(f"`{name}`" for name in names)
        return Diagnostic(
            catalogue.UNKNOWN_ROW, f"the key of `{program.entity}` is {asked}", help="give one value for each, in order"
        )
    shown = " ".join(str(part) for part in key)
    first = ", ".join(" ".join(str(part) for part in row) for row in rows.select(names).head(5).rows())
    return Diagnostic(
        catalogue.UNKNOWN_ROW,
        f"no row of `{program.entity}` has the key `{shown}`",
        help=f"use a key that is there, such as {first}" if first else "there are no rows",
    )
