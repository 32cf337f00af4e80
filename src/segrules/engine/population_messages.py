"""Every message about the population among which one record is decided."""

from __future__ import annotations

from datetime import date

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.program.nodes import Statistic
from segrules.program.printer import print_expression

_SAVE = "save one from a run, with `--save-population FILE`"


def needed(statistic: Statistic, entity: str) -> Diagnostic:
    """Word a record alone, of a ruleset that compares rows."""
    return Diagnostic(
        catalogue.POPULATION_NEEDED,
        f"`{print_expression(statistic)}` compares a row with the others of `{entity}`, and one record has no others",
        Label(statistic.span, "needs a population"),
        help=f"{_SAVE}, and pass it as `population`",
    )


def not_there(path: str) -> Diagnostic:
    """Word a file that is not there."""
    return Diagnostic(catalogue.NO_POPULATION, f"there is no file `{path}`", help=_SAVE)


def not_one(path: str) -> Diagnostic:
    """Word a file that is something else, or damaged."""
    return Diagnostic(catalogue.NO_POPULATION, f"`{path}` is no population that segrules saved", help=_SAVE)


def other_ruleset(theirs: str, ours: str) -> Diagnostic:
    """Word a population of another ruleset, or of other rules or parameter values of the same."""
    if theirs != ours:
        message = f"the population is of the ruleset `{theirs}`, and this is `{ours}`"
    else:
        message = f"the population is of other rules of `{ours}`, or of other parameter values"
    return Diagnostic(
        catalogue.OTHER_POPULATION,
        message,
        help="save one from a run of these rules with these values, with `--save-population FILE`",
    )


def other_day(theirs: date, ours: date) -> Diagnostic:
    """Word a population of another day."""
    return Diagnostic(
        catalogue.POPULATION_OF_ANOTHER_DAY,
        f"the population is of {theirs.isoformat()}, and the record is decided as of {ours.isoformat()}",
        help=f"decide as of {theirs.isoformat()}, or save one from a run as of {ours.isoformat()}",
    )
