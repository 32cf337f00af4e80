"""SR633: a parameter that nothing reads, so that another value of it would change nothing."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, told
from segrules.lint.reading import is_own, read_in
from segrules.program.program import Program


def unused_parameter(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each parameter of the ruleset's own file that nothing reads."""
    read = read_in(program).parameters
    for parameter in program.parameters:
        if parameter.name not in read and is_own(program, parameter.span):
            yield told(
                catalogue.UNUSED_PARAMETER,
                f"nothing reads the parameter `{parameter.name}`",
                parameter.span,
                "another value would change nothing",
                "write its name where its value is meant, or take it out",
            )
