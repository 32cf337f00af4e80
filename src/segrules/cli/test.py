"""`segrules test`: the tests beside the rulesets."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from segrules.cli import terminal
from segrules.cli.options import Messages, MessagesOption
from segrules.diagnostics.listing import plural

if TYPE_CHECKING:
    from segrules.testing.outcome import SuiteOutcome

EXAMPLE = "segrules test rulesets/"


def test(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH", help="Rulesets, tests.yaml files, or folders with any number of them; default here."
        ),
    ] = None,
    messages: MessagesOption = Messages.FULL,
) -> int:
    """Run the tests that stand beside rulesets, in tests.yaml."""
    from segrules.cli.reporting import rendered, reported, status

    suites = _suites(paths or [Path()])
    without = [ruleset for ruleset, tests in suites if ruleset and ruleset.is_file() and not tests.is_file()]
    outcomes: list[SuiteOutcome] = []
    for ruleset, tests in suites:
        if ruleset not in without:
            with reported(messages), terminal.busy(str(tests)):
                outcomes.append(_outcome(ruleset, tests))
            if messages is not Messages.JSON:
                _show(outcomes, messages)
    found = [one for outcome in outcomes for one in outcome.said]
    if messages is Messages.JSON:
        terminal.put(rendered(found, messages, colour=False))
    for ruleset in without:
        terminal.say(f"{ruleset}: no tests")
    terminal.say(_closing(outcomes))
    return status(found)


def _show(outcomes: Sequence[SuiteOutcome], messages: Messages) -> None:
    """Show what is said of the last ruleset, with an empty line between it and what was said before."""
    from segrules.cli.reporting import rendered

    *before, last = outcomes
    if last.said:
        apart = "\n" if messages is Messages.FULL and any(one.said for one in before) else ""
        terminal.put(apart + rendered(last.said, messages, colour=terminal.has_colour(sys.stdout)))


def _suites(paths: Sequence[Path]) -> list[tuple[Path | None, Path]]:
    """Return rulesets with the files of their tests, which may not be there; None is a ruleset that is not there."""
    from segrules.cli.paths import rulesets
    from segrules.document.document import RULESET_FILE, TESTS_FILE

    found: list[tuple[Path | None, Path]] = []
    for path in paths:
        if path.name == TESTS_FILE and not path.is_dir():
            beside = path.with_name(RULESET_FILE)
            found.append((beside if beside.is_file() or not path.is_file() else None, path))
        else:
            found += [(ruleset, ruleset.with_name(TESTS_FILE)) for ruleset in rulesets([path])]
    return list({tests.resolve(): (ruleset, tests) for ruleset, tests in found}.values())


def _outcome(ruleset: Path | None, tests: Path) -> SuiteOutcome:
    from segrules.testing.run import run_tests, without_ruleset

    return without_ruleset(tests) if ruleset is None else run_tests(ruleset, tests)


def _closing(outcomes: Sequence[SuiteOutcome]) -> str:
    """Return the last line: how many tests there were, and how they ended."""
    from segrules.testing.outcome import Status

    counts = {status: sum(outcome.count(status) for outcome in outcomes) for status in Status}
    total, failed, wrong = sum(counts.values()), counts[Status.FAILED], counts[Status.WRONG]
    unread = sum(not outcome.cases and any(one.is_error for one in outcome.diagnostics) for outcome in outcomes)
    where = f"in {_counted(len(outcomes), 'ruleset')}"
    if not (failed or wrong or unread):
        return f"All tests passed: {_counted(total, 'test')} {where}." if total else "There are no tests."
    parts = [f"{failed} failed"] if failed else []
    parts += [f"{wrong} could not be run"] if wrong else []
    parts += [f"{counts[Status.PASSED]} passed"]
    ending = f"; the tests of {_counted(unread, 'ruleset')} could not be read" if unread else ""
    return f"Of {_counted(total, 'test')} {where}, {', '.join(parts)}{ending}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {plural(number, noun)}"
