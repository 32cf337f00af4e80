"""What is said about the parameters of a run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.spelling import nearest
from segrules.program.nodes import Reference
from segrules.program.program import Parameter


def unknown_parameter(name: str, known: Sequence[str]) -> Diagnostic:
    """Return what is said of a value for a parameter that the ruleset does not have."""
    near = nearest(name, known)
    listed = ", ".join(f"`{one}`" for one in known)
    way_out = f"did you mean `{near}`?" if near else (f"it has {listed}" if known else "it has none")
    return Diagnostic(catalogue.UNKNOWN_PARAMETER, f"the ruleset has no parameter `{name}`", help=way_out)


def no_value_yet(parameter: Parameter, reader: Reference, day: date) -> Diagnostic:
    """Return what is said of an evaluation as of a day before the first value of a dated parameter."""
    first = parameter.dated[0]
    return Diagnostic(
        catalogue.NO_VALUE_YET,
        f"the parameter `{parameter.name}` has no value yet on {day.isoformat()}",
        Label(first.span, f"its first value holds from {first.day.isoformat()}"),
        related=(Label(reader.span, "it is needed here"),),
        help=f"evaluate as of {first.day.isoformat()} or later, or write a value for an earlier day",
    )
