"""SR615: a price that rests on where or who somebody is, and on nothing that they do."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.diagnostics.listing import listed
from segrules.lint.rests_on import Basis, foundation
from segrules.program.program import Program
from segrules.program.treatments import Treatment

_WHERE_AND_WHO = frozenset({"geographic", "demographic"})


def pricing_by_place(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each treatment of the kind `pricing` that rests on geography and demographics only."""
    for treatment in program.treatments:
        if treatment.kind == "pricing":
            rests = foundation(program, [treatment.when])
            bases = {basis.column.basis for basis in rests.columns}
            if bases and bases <= _WHERE_AND_WHO and not rests.counts_rows:
                yield _diagnostic(treatment, rests.columns)


def _diagnostic(treatment: Treatment, columns: tuple[Basis, ...]) -> Diagnostic:
    names = listed([basis.column.name for basis in columns])
    return told(
        catalogue.PRICING_BY_PLACE,
        f"`{treatment.name}` makes a price by {names} alone: that says where or who somebody is, not what they need",
        treatment.when.span,
        "nothing about what they do",
        "ask for behaviour, too, such as revenue, or for a segment that rests on it",
        tuple(Label(basis.column.span, str(basis.column.basis)) for basis in columns),
    )
