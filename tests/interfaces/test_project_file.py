"""A project file at work: what commands say, and how they leave."""

from __future__ import annotations

from pathlib import Path

import pytest

import segrules as package
from segrules.errors import RulesetInvalid
from tests.interfaces.command import EVALUATE, Segrules

TESTS = """\
as_of: 2026-06-30
tests:
  - test: a partner
    given: {partners: [{id: a, revenue: 1}]}
    expect: {a: {tier: other}}
"""


@pytest.fixture(autouse=True)
def _with_tests(folder: Path) -> None:
    (folder / "tests.yaml").write_text(TESTS)


def project(text: str) -> None:
    Path("segrules.toml").write_text(text)


def test_without_one_advice_has_the_severity_of_the_catalogue(segrules: Segrules) -> None:
    found = segrules("check", "--format", "concise")
    assert found.status == 0
    assert "info[SR601]" in found.out
    assert found.err == "Found 1 remark in 1 ruleset.\n"


def test_what_is_off_is_told_nowhere(segrules: Segrules) -> None:
    project('[severity]\nunguarded-optional = "off"\n')
    found = segrules("check")
    assert (found.status, found.out, found.err) == (0, "", "All checks passed: 1 ruleset.\n")
    assert package.load("ruleset.yaml").diagnostics == ()


def test_what_is_a_warning_is_told_by_every_command(segrules: Segrules) -> None:
    assert "SR601" not in segrules(*EVALUATE).said
    project('[severity]\nunguarded-optional = "warning"\n')
    assert "warning[SR601]" in segrules("check").out
    assert "warning[SR601]" in segrules(*EVALUATE).err


def test_what_is_an_error_is_one_for_every_command(segrules: Segrules) -> None:
    project('[severity]\nunguarded-optional = "error"\n')
    for arguments in (("check",), ("test",), EVALUATE):
        found = segrules(*arguments)
        assert found.status == 1
        assert "error[SR601]" in found.said
    with pytest.raises(RulesetInvalid):
        package.load("ruleset.yaml")


def test_a_mistake_in_it_is_told_by_every_command_and_once_for_all_rulesets(segrules: Segrules) -> None:
    Path("other").mkdir()
    Path("other/ruleset.yaml").write_text(Path("ruleset.yaml").read_text())
    project('[severity]\nunguarded-optinal = "off"\n')
    found = segrules("check", "--format", "concise")
    assert found.status == 1
    assert found.out.count("SR821") == 1
    for arguments in (("test", "tests.yaml"), EVALUATE):
        assert segrules(*arguments).status == 1


def test_a_ruleset_that_is_not_there_is_a_wrong_command_whatever_the_project_says(segrules: Segrules) -> None:
    project("[severity]\n")
    assert segrules("check", "absent.yaml").status == 2


def test_a_comment_in_an_imported_file_that_no_ruleset_needs_is_told_once(segrules: Segrules) -> None:
    ignored = "# segrules: ignore[unguarded-optional]"
    text = Path("ruleset.yaml").read_text().replace("entity:", "imports: [shared.yaml]\nentity:")
    Path("ruleset.yaml").write_text(text.replace("csat >= 4", f"csat >= 4 {ignored}"))
    Path("shared.yaml").write_text(f"segrules: 1\nmetrics:\n  rich: revenue > 1 {ignored}\n")
    Path("other").mkdir()
    Path("other/ruleset.yaml").write_text(Path("ruleset.yaml").read_text().replace("shared", "../shared"))
    project('[severity]\nunused-ignore = "hint"\nunused-import = "off"\n')
    found = segrules("check", "--format", "concise")
    assert [line.partition(" `")[0] for line in found.out.splitlines()] == ["shared.yaml:3:21: hint[SR654]"]
