"""`segrules test`, as a person uses it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.interfaces.command import RULESET, Segrules

TESTS = """\
as_of: 2026-06-30
tests:
  - test: enough is gold
    given: {partners: [{id: a, revenue: 100, csat: 4}]}
    expect: {a: {tier: gold, reasons: {tier: 100 of 100}}}
  - test: less is not
    given: {partners: [{id: a, revenue: 99, csat: 4}]}
    expect: {a: {tier: other}}
"""


def test_tests_that_pass_say_how_many_there_were(segrules: Segrules) -> None:
    Path("tests.yaml").write_text(TESTS)
    for path in (".", "ruleset.yaml", "tests.yaml", "../" + Path.cwd().name):
        found = segrules("test", path)
        assert (found.status, found.out) == (0, "")
        assert found.err == "All tests passed: 2 tests in 1 ruleset.\n"


def test_a_failure_shows_both_answers_and_the_places(segrules: Segrules) -> None:
    Path("tests.yaml").write_text(TESTS.replace("revenue: 99", "revenue: 101"))
    found = segrules("test")
    assert found.status == 1
    assert "less is not: `tier` of `a` is `gold`, not `other`" in found.out
    assert "tests.yaml:8:24" in found.out
    assert "ruleset.yaml:20:18" in found.out
    assert "note: a is gold in tier" in found.out
    assert found.err == "Of 2 tests in 1 ruleset, 1 failed, 1 passed.\n"


def test_messages_may_be_short_or_json(segrules: Segrules) -> None:
    Path("tests.yaml").write_text(TESTS.replace("revenue: 99", "revenue: 101").replace("tier: gold,", "teir: gold,"))
    concise, as_json = segrules("test", "--messages", "concise"), segrules("test", "--messages", "json")
    assert concise.status == as_json.status == 1
    assert len(concise.out.splitlines()) == 2
    assert [one["code"] for one in json.loads(as_json.out)] == ["SR340", "SR701"]
    assert "1 failed, 1 could not be run, 0 passed" in as_json.err


def test_rulesets_without_tests_are_named(segrules: Segrules) -> None:
    found = segrules("test")
    assert (found.status, found.out) == (0, "")
    assert found.err == "ruleset.yaml: no tests\nThere are no tests.\n"
    Path("other").mkdir()
    Path("other", "ruleset.yaml").write_text(RULESET)
    Path("other", "tests.yaml").write_text(TESTS)
    assert segrules("test", ".", "other").err == "ruleset.yaml: no tests\nAll tests passed: 2 tests in 1 ruleset.\n"


def test_json_without_failures_is_an_empty_list(segrules: Segrules) -> None:
    Path("tests.yaml").write_text(TESTS)
    assert segrules("test", "--messages", "json").out == "[]\n"


def test_what_cannot_be_read_is_told(segrules: Segrules) -> None:
    Path("tests.yaml").write_text("tests: [")
    found = segrules("test")
    assert found.status == 1
    assert found.err.endswith("the tests of 1 ruleset could not be read.\n")
    Path("tests.yaml").write_text(TESTS)
    Path("ruleset.yaml").write_text(RULESET.replace("csat >= 4", "cast >= 4"))
    assert "did you mean `csat`?" in segrules("test").out


def test_a_path_that_is_not_there_is_a_wrong_command(segrules: Segrules) -> None:
    Path("empty").mkdir()
    Path("alone").mkdir()
    Path("alone", "tests.yaml").write_text(TESTS)
    assert segrules("test", "nowhere").status == 2
    assert segrules("test", "nowhere/tests.yaml").status == 2
    assert segrules("test", "empty").status == 2
    alone = segrules("test", "alone/tests.yaml")
    assert (alone.status, "SR343" in alone.out) == (1, True)


def test_an_empty_file_is_told_how_tests_begin(segrules: Segrules) -> None:
    Path("tests.yaml").write_text("")
    found = segrules("test")
    assert found.status == 1
    assert "help: begin with `as_of: 2026-06-30` and `tests:`" in found.out


def test_a_certainty_is_told_by_segmentation(segrules: Segrules) -> None:
    Path("tests.yaml").write_text(TESTS.replace("{tier: other}", "{certainty: certain}"))
    assert "help: name the segmentation below it: `certainty: {tier: …}`" in segrules("test").out
    Path("tests.yaml").write_text(TESTS.replace("{tier: other}", "{certainty: {tier: sure}}"))
    assert "`tier` below `certainty` cannot be `sure`" in segrules("test").out
