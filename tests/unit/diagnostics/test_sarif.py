"""SARIF: what code scanning shows of a diagnostic, and where."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Label
from segrules.diagnostics.fingerprint import fingerprints
from segrules.diagnostics.page import page_of
from segrules.diagnostics.render import sarif
from segrules.diagnostics.source import Source
from tests.unit.diagnostics.samples import NOWHERE, REMARK, TEXT, UNKNOWN, WARNING

URI = "rulesets/gr%C3%B6%C3%9Fe%20%26%20co/ruleset.yaml"


def run(*diagnostics: Diagnostic) -> dict[str, Any]:
    [found] = json.loads(sarif.render(diagnostics, version="1.2.3"))["runs"]
    assert isinstance(found, dict)
    return found


def test_a_result_says_what_is_wrong_where_and_the_way_out() -> None:
    [result] = run(UNKNOWN)["results"]
    here = {"uri": URI, "uriBaseId": "%SRCROOT%"}
    region = {"startLine": 5, "startColumn": 37, "endLine": 5, "endColumn": 50}
    gold = {"startLine": 4, "startColumn": 18, "endLine": 4, "endColumn": 22}
    tables = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 7}
    assert result == {
        "ruleId": "SR204",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "text": "`certifcations` is not a name here\n"
            "help: did you mean `certifications`?\n"
            "note: it is 100% wrong: no\nname\n"
            "see [the \\[tables\\]](1)\n"
            "see [rulesets/größe & co/ruleset.yaml:4:18](2)"
        },
        "locations": [
            {
                "physicalLocation": {"artifactLocation": here, "region": region},
                "message": {"text": "unknown"},
                "logicalLocations": [{"name": "when", "fullyQualifiedName": "segmentations.tier.rules.gold.when"}],
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": {"uri": "shared.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": tables,
                },
                "message": {"text": "the [tables]"},
            },
            {"id": 2, "physicalLocation": {"artifactLocation": here, "region": gold}},
        ],
        "fixes": [
            {
                "description": {"text": "write `certifications`"},
                "artifactChanges": [
                    {
                        "artifactLocation": here,
                        "replacements": [{"deletedRegion": region, "insertedContent": {"text": "certifications"}}],
                    }
                ],
                "properties": {"applicability": "safe"},
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": fingerprints([UNKNOWN])[0]},
    }


def test_columns_count_code_points_and_the_log_says_so() -> None:
    found = run(UNKNOWN)
    assert found["columnKind"] == "unicodeCodePoints"
    assert TEXT.splitlines()[4][37 - 1 : 50 - 1] == "certifcations"


def test_each_kind_is_a_rule_once_and_results_refer_to_it() -> None:
    found = run(WARNING, UNKNOWN, REMARK, UNKNOWN)
    driver = found["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("segrules", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == ["SR032", "SR204", "SR601"]
    assert [rule["defaultConfiguration"]["level"] for rule in driver["rules"]] == ["warning", "error", "note"]
    for result in found["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert [result["level"] for result in found["results"]] == ["warning", "error", "note", "error"]


def test_a_rule_brings_its_page() -> None:
    [rule] = run(UNKNOWN)["tool"]["driver"]["rules"]
    assert rule["name"] == "unknown-name"
    assert rule["shortDescription"]["text"] == UNKNOWN.code.summary
    assert rule["fullDescription"]["text"] == rule["help"]["text"]
    assert rule["help"]["text"].startswith("A name that nothing has: most often a column")
    assert "##" not in rule["help"]["text"]
    assert rule["help"]["markdown"] == page_of(UNKNOWN.code)
    assert rule["properties"]["tags"] == ["names and types"]


def test_what_has_no_place_is_a_notification_and_not_a_result() -> None:
    found = run(NOWHERE, REMARK)
    assert [result["ruleId"] for result in found["results"]] == ["SR601"]
    [invocation] = found["invocations"]
    assert invocation["executionSuccessful"] is False
    [told] = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] == "there is no file `x.yaml`\nhelp: check the name"
    assert (told["descriptor"], told["level"]) == ({"id": "SR001", "index": 0}, "error")


def test_nothing_found_is_a_run_without_results() -> None:
    found = run()
    assert (found["results"], found["invocations"]) == ([], [{"executionSuccessful": True}])


def test_a_fix_that_is_only_to_be_shown_is_not_offered() -> None:
    assert UNKNOWN.fix is not None
    [result] = run(replace(UNKNOWN, fix=replace(UNKNOWN.fix, applicability=Applicability.DISPLAY)))["results"]
    assert "fixes" not in result


def test_files_are_named_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")

    def named(name: str) -> dict[str, Any]:
        [result] = run(replace(REMARK, label=Label(Source(name, "x").span(0, 1))))["results"]
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert isinstance(location, dict)
        return location

    inside = {"uri": "a/b.yaml", "uriBaseId": "%SRCROOT%"}
    assert named("./a/b.yaml") == named(str(tmp_path / "in" / "a" / "b.yaml")) == named("c/../a/b.yaml") == inside
    assert named("../b.yaml") == {"uri": (tmp_path / "b.yaml").as_uri()}
