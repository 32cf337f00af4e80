"""`segrules explain-code`: the page of a diagnostic, found by whatever name it has."""

from __future__ import annotations

import io

import pytest

from segrules.cli import terminal
from segrules.cli.main import run
from segrules.diagnostics.catalogue import UNKNOWN_NAME, all_codes
from segrules.diagnostics.page import page_of
from tests.interfaces.command import Segrules


@pytest.mark.parametrize("name", ["SR204", "sr204", "unknown-name", "Unknown-Name"])
def test_a_code_is_found_by_its_number_and_slug_in_letters_of_any_case(segrules: Segrules, name: str) -> None:
    found = segrules("explain-code", name)
    assert (found.status, found.out, found.err) == (0, page_of(UNKNOWN_NAME), "")


def test_a_page_says_how_bad_it_is_and_has_a_bad_and_a_good_text(segrules: Segrules) -> None:
    lines = segrules("explain-code", "unknown-name").out.splitlines()
    assert lines[:3] == ["# SR204 unknown-name", "", "*Error; names and types.*"]
    assert lines.index("## Bad") < lines.index("```text diagnostics") < lines.index("## Good")


def test_the_page_of_advice_says_how_to_be_spared_it(segrules: Segrules) -> None:
    standing = segrules("explain-code", "unguarded-optional").out.splitlines()[2]
    assert standing.startswith(
        "*Info; lint. A project can weigh it otherwise, and `# segrules: ignore[unguarded-optional]`"
    )


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("unknwon-name", "did you mean `unknown-name`?"),
        ("unknown_name", "did you mean `unknown-name`?"),
        ("SR2O4", "did you mean `SR204`?"),
        ("SR999", "`segrules explain-code` lists them all"),
        ("zebra", "`segrules explain-code` lists them all"),
    ],
)
def test_a_code_that_is_not_there_is_a_wrong_command(segrules: Segrules, name: str, way_out: str) -> None:
    found = segrules("explain-code", name)
    assert (found.status, found.out) == (2, "")
    assert f"there is no diagnostic `{name}`; {way_out}" in found.err


def test_without_a_code_all_are_listed_by_family(segrules: Segrules) -> None:
    found = segrules("explain-code")
    families = [family.splitlines() for family in found.out.rstrip("\n").split("\n\n")]
    assert [family[0] for family in families][:3] == ["reading YAML", "expression syntax", "names and types"]
    listed = [line.split()[:2] for _, *codes in families for line in codes]
    assert listed == [[code.number, code.slug] for code in all_codes()]


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_a_page_is_laid_out_with_names_above_its_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal(io.BytesIO(), "utf-8")
    monkeypatch.setattr("sys.stdout", screen)
    assert terminal.is_terminal(screen)
    assert run(["explain-code", "SR325"]) == 0
    shown = screen.buffer.getvalue().decode()  # type: ignore[attr-defined]
    assert "```" not in shown
    assert "ruleset.yaml" in shown
    assert "What is said of it:" in shown
