"""Every message about the population that one record is decided against."""

from __future__ import annotations

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.program.nodes import Statistic
from segrules.program.printer import print_expression


def needed(statistic: Statistic, entity: str) -> Diagnostic:
    """Word a record alone, of a ruleset that compares rows."""
    return Diagnostic(
        catalogue.POPULATION_NEEDED,
        f"`{print_expression(statistic)}` compares a row with the others of `{entity}`, and one record has no others",
        Label(statistic.span, "needs all rows"),
        help="evaluate whole tables",
    )
