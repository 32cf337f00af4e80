"""`check --fix`, as a person uses it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.interfaces.command import RULESET, Segrules

ODD = RULESET.replace("revenue >= enough and csat >= 4", "revnue => enough && csat is not missing")
MENDED = RULESET.replace("revenue >= enough and csat >= 4", "revenue >= enough and csat is present")


def here(text: str) -> Path:
    path = Path("ruleset.yaml")
    path.write_text(text)
    return path


def test_fix_mends_what_takes_no_guess_and_shows_what_is_left(segrules: Segrules) -> None:
    path = here(ODD)
    found = segrules("check", "--fix", "--format", "concise")
    assert found.status == 1
    assert found.out.startswith("ruleset.yaml:21:15: error[SR204] `revnue`")
    assert found.err == "Fixed 3 problems (1 more with --unsafe-fixes).\nFound 1 error in 1 ruleset.\n"
    assert path.read_text() == MENDED.replace("revenue >=", "revnue >=")


@pytest.mark.parametrize("options", [["--unsafe-fixes"], ["--fix", "--unsafe-fixes"]])
def test_unsafe_fixes_take_the_likely_guess_as_well(segrules: Segrules, options: list[str]) -> None:
    path = here(ODD)
    found = segrules("check", *options)
    assert (found.status, found.out) == (0, "")
    assert found.err == "Fixed 4 problems.\nAll checks passed: 1 ruleset.\n"
    assert path.read_text() == MENDED


def test_nothing_is_written_without_fix_and_it_is_said_what_could_be_mended(segrules: Segrules) -> None:
    path = here(ODD)
    found = segrules("check")
    assert "help: write `and` (--fix does that)\n" in found.out
    assert "help: did you mean `revenue`? (--unsafe-fixes does that)\n" in found.out
    assert found.err == (
        "Found 4 errors in 1 ruleset.\n3 problems can be fixed with --fix (1 more with --unsafe-fixes).\n"
    )
    assert path.read_text() == ODD


def test_a_file_with_nothing_to_mend_is_not_touched(segrules: Segrules) -> None:
    path = here(MENDED)
    os.utime(path, (1, 1))
    assert segrules("check", "--fix").err == "Fixed no problems.\nAll checks passed: 1 ruleset.\n"
    assert path.stat().st_mtime == 1


def test_line_ends_marks_links_and_permissions_stay(segrules: Segrules) -> None:
    path = here("")
    content = "\ufeff" + ODD.replace("\n", "\r\n").replace("revnue", "revenue")
    target = path.rename("elsewhere.yaml")
    target.write_bytes(content.encode())
    target.chmod(0o640)
    path.symlink_to(target)
    assert segrules("check", "--fix").status == 0
    assert path.is_symlink()
    assert target.read_bytes() == ("\ufeff" + MENDED.replace("\n", "\r\n")).encode()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(one.name for one in Path().iterdir()) == ["elsewhere.yaml", "partners.csv", "ruleset.yaml"]


def test_a_file_with_two_names_keeps_both(segrules: Segrules) -> None:
    here(ODD)
    Path("other.txt").hardlink_to("ruleset.yaml")
    segrules("check", "--unsafe-fixes")
    assert Path("other.txt").read_text() == MENDED


@pytest.fixture
def shared(segrules: Segrules) -> Segrules:
    """A ruleset `one` with a table beside it, an import above, and one mistake in each of these two."""
    Path("one").mkdir()
    Path("segrules.toml").touch()
    Path("shared.yaml").write_text("segrules: 1\nmetrics:\n  large: revenue => 9\n")
    Path("one/table.csv").write_text("revenue,segment\n=> 9,gold\n-,other\n")
    tables = RULESET[: RULESET.index("segmentations")].replace("partners.csv", "../partners.csv")
    segmented = (
        "segmentations:\n  tier:\n    hit_policy: first\n    table: {file: table.csv}\nimports: [../shared.yaml]\n"
    )
    Path("one/ruleset.yaml").write_text(tables + segmented)
    return segrules


TABLE, SHARED = Path("one/table.csv"), Path("shared.yaml")


def test_what_lies_below_a_named_folder_is_mended_and_what_is_imported_from_elsewhere_is_told(
    shared: Segrules,
) -> None:
    found = shared("check", "one", "--fix", "--format", "concise")
    assert (found.status, found.out.splitlines()[0][:36]) == (1, "shared.yaml:3:18: error[SR108] `=>` ")
    assert found.err == (
        "Fixed 1 problem.\nFound 1 error in 1 ruleset.\n"
        "1 problem can be fixed outside of what was named, in shared.yaml: segrules check --fix .\n"
    )
    assert TABLE.read_text() == "revenue,segment\n>= 9,gold\n-,other\n"
    assert SHARED.read_text().endswith("revenue => 9\n")
    assert shared("check", "--fix", ".").err.startswith("Fixed 1 problem.\n")
    assert SHARED.read_text().endswith("revenue >= 9\n")


def test_of_a_named_file_nothing_else_is_mended(shared: Segrules) -> None:
    told = (
        "2 problems can be fixed outside of what was named, in one/table.csv and shared.yaml: segrules check --fix .\n"
    )
    found = shared("check", "--fix", "one/ruleset.yaml")
    assert found.err == f"Fixed no problems.\nFound 2 errors in 1 ruleset.\n{told}"
    assert TABLE.read_text() == "revenue,segment\n=> 9,gold\n-,other\n"
    assert shared("check", "one/ruleset.yaml").err == f"Found 2 errors in 1 ruleset.\n{told}"


def test_a_file_above_the_working_folder_is_mended_by_naming_a_folder_that_holds_it(
    shared: Segrules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("one")
    found = shared("check", "--fix")
    assert found.err == (
        "Fixed 1 problem.\nFound 1 error in 1 ruleset.\n"
        "1 problem can be fixed outside of what was named, in ../shared.yaml: segrules check --fix ..\n"
    )
    assert shared("check", "--fix", "..").status == 0


def test_a_guess_outside_of_what_was_named_is_told_with_the_option_that_takes_it(shared: Segrules) -> None:
    SHARED.write_text("segrules: 1\nmetrics:\n  large: revnue >= 9\n")
    found = shared("check", "--fix", "one")
    assert found.err == (
        "Fixed 1 problem.\nFound 1 error in 1 ruleset.\n"
        "1 problem can be fixed outside of what was named, in shared.yaml: segrules check --unsafe-fixes .\n"
    )


def test_a_ruleset_that_is_a_link_to_elsewhere_is_named(segrules: Segrules) -> None:
    here(ODD.replace("revnue", "revenue").replace("partners.csv", "../partners.csv"))
    Path("one").mkdir()
    Path("one/ruleset.yaml").symlink_to("../ruleset.yaml")
    assert segrules("check", "--fix", "one").err == "Fixed 3 problems.\nAll checks passed: 1 ruleset.\n"
    assert "&&" not in Path("ruleset.yaml").read_text()


def test_a_file_that_may_not_be_written_is_told_and_left(segrules: Segrules, monkeypatch: pytest.MonkeyPatch) -> None:
    path = here(ODD)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("segrules.document.saving.mkstemp", full)
    found = segrules("check", "--fix")
    assert found.status == 1
    assert "No space left" in found.err
    assert path.read_text() == ODD


def test_a_project_file_is_mended_as_well(segrules: Segrules) -> None:
    here(MENDED)
    Path("segrules.toml").write_text("[severity]\nunguarded-optinal = 'off'\npricing-by-place = \"wrning\" # so\n")
    assert segrules("check", "--unsafe-fixes").status == 0
    mended = "[severity]\nunguarded-optional = 'off'\npricing-by-place = \"warning\" # so\n"
    assert Path("segrules.toml").read_text() == mended
