"""`segrules test`: the tests beside the rulesets."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from segrules.cli import terminal
from segrules.cli.options import Messages, MessagesOption

if TYPE_CHECKING:
    from segrules.diagnostics.diagnostic import Diagnostic
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
    from segrules.cli.reporting import rendered, status

    outcomes: list[SuiteOutcome] = []
    without: list[Path] = []
    found: list[Diagnostic] = []
    for ruleset, tests in _suites(paths or [Path()]):
        if ruleset is not None and ruleset.is_file() and not tests.is_file():
            without.append(ruleset)
            continue
        with terminal.busy(str(tests)):
            outcome = _outcome(ruleset, tests)
        outcomes.append(outcome)
        said = [*outcome.diagnostics, *(one for case in outcome.cases for one in case.diagnostics)]
        found += said
        if said and messages is not Messages.JSON:
            terminal.put(("\n" if len(found) > len(said) else "") + _shown(said, messages))
    if messages is Messages.JSON:
        terminal.put(rendered(found, messages, colour=False))
    for ruleset in without:
        terminal.say(f"{ruleset}: no tests")
    terminal.say(_closing(outcomes))
    return status(found)


def _shown(said: Sequence[Diagnostic], messages: Messages) -> str:
    from segrules.cli.reporting import rendered

    return rendered(said, messages, colour=terminal.has_colour(sys.stdout))


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
    return f"{number} {noun}{'' if number == 1 else 's'}"
