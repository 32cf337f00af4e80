"""JUnit: a suite a ruleset, a failing test case an error, and names that last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hypothesis import given
from hypothesis import strategies as st

from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.render import full, junit
from segrules.diagnostics.source import Source
from tests.unit.diagnostics.samples import NOWHERE, REMARK, SHARED, SOURCE, TEXT, UNKNOWN


def report(checked: Mapping[str, Sequence[Diagnostic]]) -> Element:
    return ElementTree.fromstring(junit.render(checked))


def names(suite: Element) -> list[str | None]:
    return [case.get("name") for case in suite.iter("testcase")]


def test_an_error_is_a_case_that_fails_with_all_that_is_said() -> None:
    root = report({SOURCE.name: [UNKNOWN]})
    [case] = root.iter("testcase")
    assert case.attrib == {
        "name": "SR204 unknown-name in segmentations.tier.rules.gold.when",
        "classname": "rulesets.größe & co.ruleset",
    }
    [failure] = case
    assert failure.attrib == {"type": "SR204", "message": UNKNOWN.message}
    assert failure.text == full.render([UNKNOWN]).rstrip("\n")


def test_a_ruleset_without_an_error_is_a_case_that_passes_and_what_else_is_said_is_output() -> None:
    [clean, remarked] = report({"clean/ruleset.yaml": [], SOURCE.name: [REMARK]})
    assert (names(clean), names(remarked)) == (["no errors"], ["no errors"])
    assert clean.find("system-out") is None
    assert remarked.findtext("system-out") == full.render([REMARK]).rstrip("\n")
    assert not list(remarked.iter("failure"))


def test_the_counts_are_those_of_the_cases() -> None:
    root = report({SOURCE.name: [UNKNOWN, REMARK, UNKNOWN], "clean.yaml": [], "gone.yaml": [NOWHERE]})
    counts = [(one.get("tests"), one.get("failures"), one.get("errors")) for one in (root, *root)]
    assert counts == [("4", "3", "0"), ("2", "2", "0"), ("1", "0", "0"), ("1", "1", "0")]


def test_cases_of_one_name_are_numbered_and_another_file_is_named() -> None:
    imported = replace(UNKNOWN, label=Label(SHARED.span(0, 6)))
    [suite] = report({SOURCE.name: [UNKNOWN, UNKNOWN, imported, NOWHERE]})
    assert names(suite) == [
        "SR204 unknown-name in segmentations.tier.rules.gold.when",
        "SR204 unknown-name in segmentations.tier.rules.gold.when (2)",
        "SR204 unknown-name in shared.yaml tables",
        "SR001 file-not-found",
    ]


def test_a_case_keeps_its_name_when_its_line_moves() -> None:
    moved = Source(SOURCE.name, "# new\n" + TEXT)
    assert UNKNOWN.label is not None
    start = UNKNOWN.label.span.start + len("# new\n")
    below = replace(UNKNOWN, label=Label(moved.span(start, start + 13)))
    assert names(report({SOURCE.name: [UNKNOWN]})) == names(report({SOURCE.name: [below]}))


@given(st.text())
def test_any_text_makes_a_file_that_can_be_read(text: str) -> None:
    source = Source(text or "x", text + "x")
    one = Diagnostic(UNKNOWN.code, text, Label(source.span(0, len(text)), text), help=text)
    [failure] = report({"x": [one, replace(one, code=REMARK.code)]}).iter("failure")
    assert "SR204" in (failure.text or "")
