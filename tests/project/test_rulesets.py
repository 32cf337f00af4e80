"""Shipped rulesets pass their own tests; published programmes run, and name their source."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import segrules
from segrules.document.document import read_tests
from segrules.testing.outcome import Status
from segrules.testing.run import run_tests

ROOT = Path(__file__).resolve().parents[2]
RULESETS = sorted(ROOT.glob("rulesets/**/ruleset.yaml"))
PUBLISHED = sorted(ROOT.glob("rulesets/published/*/ruleset.yaml"))


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.parent.name)
def test_a_shipped_ruleset_has_tests_and_passes_them(path: Path) -> None:
    outcome = run_tests(path, path.with_name("tests.yaml"))
    assert [one.message for one in outcome.said] == []
    assert outcome.count(Status.PASSED) == len(outcome.cases) > 0


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.parent.name)
def test_a_published_programme_runs_on_its_sample(path: Path) -> None:
    suite, _ = read_tests(path.with_name("tests.yaml"))
    assert suite is not None
    assert suite.as_of is not None
    result = segrules.load(path).evaluate(as_of=date.fromisoformat(suite.as_of.value))
    assert result.wide.height > 0
    assert result.quarantine.height == 0


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.parent.name)
def test_a_published_programme_names_its_source(path: Path) -> None:
    said = " ".join(path.with_name("README.md").read_text("utf-8").split())
    assert "**Source.**" in said
    assert "as published" in said
    assert "illustrative, not endorsed" in said
    assert f"segrules evaluate rulesets/published/{path.parent.name} --as-of" in said
