"""Shipped rulesets pass their own tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from segrules.testing.outcome import Status
from segrules.testing.run import run_tests

ROOT = Path(__file__).resolve().parents[2]
RULESETS = sorted(ROOT.glob("rulesets/**/ruleset.yaml"))


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.parent.name)
def test_a_shipped_ruleset_has_tests_and_passes_them(path: Path) -> None:
    outcome = run_tests(path, path.with_name("tests.yaml"))
    failed = [one.message for case in outcome.cases for one in case.diagnostics]
    assert ([one.message for one in outcome.diagnostics], failed) == ([], [])
    assert outcome.count(Status.PASSED) == len(outcome.cases) > 0
