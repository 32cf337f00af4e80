"""Between which values a stored column lies."""

from __future__ import annotations

from collections.abc import Iterable

from segrules.lint.regions.axis import Domain
from segrules.lint.regions.numbers import scale_of
from segrules.lint.regions.subjects import References, written_value
from segrules.program.program import Column, Program


def domain_of(program: Program, column: Column, days: Iterable[References]) -> Domain:
    """Return the places between which a column's values lie on any of some days."""
    scale, days = scale_of(column.type), list(days)
    if scale is None:
        return Domain()
    ends = []
    for bound, widest in ((column.minimum, min), (column.maximum, max)):
        values = [] if bound is None else [written_value(program, bound, references) for references in days]
        known = [scale.place(value) for value in values if value is not None]
        ends.append(widest(known) if known and len(known) == len(values) else None)
    return Domain(*ends)
