"""SR616: who gets a treatment, or how much of it, rests on a column that is declared protected."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.lint.rests_on import Basis, foundation
from segrules.program.nodes import Expression
from segrules.program.program import Program
from segrules.program.treatments import Treatment


def rests_on_protected(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each treatment and protected column that it rests on."""
    for treatment in program.treatments:
        for basis in foundation(program, _deciding(treatment)).columns:
            if basis.column.sensitivity == "protected":
                yield _diagnostic(treatment, basis)


def _deciding(treatment: Treatment) -> tuple[Expression, ...]:
    """Return what decides who gets a treatment, and how much."""
    return (treatment.when, *treatment.needed, *(rank.value for rank in treatment.ranks))


def _diagnostic(treatment: Treatment, basis: Basis) -> Diagnostic:
    name, through = basis.column.name, basis.through.name
    way = "" if basis.is_itself else f", by way of `{through}`"
    return told(
        catalogue.RESTS_ON_PROTECTED,
        f"`{treatment.name}` rests on `{name}`, which is protected{way}",
        basis.through.span,
        "protected" if basis.is_itself else f"rests on `{name}`",
        f"decide by something else than `{name}`, such as what somebody needs or does",
        (Label(basis.column.span, "declared protected"),),
    )
