"""The project file: where it is found, what it decides, and what is said where something is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import NOBODY_GETS_IT, UNGUARDED_OPTIONAL, UNKNOWN_NAME, Severity
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.document.project import Project, project_file, project_of

RULESET = Path("rulesets/one/ruleset.yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a ruleset two folders down."""
    (tmp_path / RULESET).parent.mkdir(parents=True)
    (tmp_path / RULESET).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(text: str) -> tuple[Project, tuple[Diagnostic, ...]]:
    Path("segrules.toml").write_text(text, "utf-8")
    return project_of(RULESET)


def told(found: Iterable[Diagnostic]) -> list[tuple[str, str, str, str | None]]:
    return [(one.code.number, str(one.label and one.label.span), one.message, one.help) for one in found]


# Where it is found


def test_the_nearest_one_counts(folder: Path) -> None:
    assert project_file(RULESET) is None
    for path in (Path("segrules.toml"), Path("rulesets/segrules.toml"), Path("rulesets/one/segrules.toml")):
        path.touch()
        assert project_file(RULESET) == path
        assert project_file(RULESET.parent) == path
        assert project_file(folder / RULESET) == folder / path


@pytest.mark.parametrize("is_folder", [True, False], ids=["clone", "work tree"])
def test_none_is_looked_for_above_a_repository(*, is_folder: bool) -> None:
    Path("segrules.toml").touch()
    git = Path("rulesets/.git")
    git.mkdir() if is_folder else git.touch()
    assert project_file(RULESET) is None
    Path("rulesets/segrules.toml").touch()
    assert project_file(RULESET) == Path("rulesets/segrules.toml")


def test_its_name_leads_there_from_the_working_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "segrules.toml").touch()
    monkeypatch.chdir(folder / "rulesets" / "one")
    assert project_file(Path("ruleset.yaml")) == Path("../../segrules.toml")


def test_it_is_found_where_the_ruleset_really_is(folder: Path) -> None:
    (folder / "rulesets" / "segrules.toml").touch()
    (folder / "link").symlink_to(folder / "rulesets" / "one")
    assert project_file(Path("link/ruleset.yaml")) == Path("rulesets/segrules.toml")


# What it decides


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[severity]\n"])
def test_a_file_that_says_nothing_is_right(text: str) -> None:
    assert read(text) == (Project(), ())


def test_a_severity_is_given_by_slug_or_code() -> None:
    project, said = read('[severity]\nUnguarded-Optional = "off"\nsr612 = "error"\n')
    assert said == ()
    assert project.severity == {UNGUARDED_OPTIONAL: None, NOBODY_GETS_IT: Severity.ERROR}


def test_diagnostics_are_as_bad_as_the_project_says() -> None:
    found = [Diagnostic(code, "said") for code in (UNGUARDED_OPTIONAL, NOBODY_GETS_IT, UNKNOWN_NAME)]
    weighed = Project({UNGUARDED_OPTIONAL: None, NOBODY_GETS_IT: Severity.HINT}).weighed(found)
    assert [(one.code, one.severity, one.is_error) for one in weighed] == [
        (NOBODY_GETS_IT, Severity.HINT, False),
        (UNKNOWN_NAME, Severity.ERROR, True),
    ]
    [raised] = Project({UNGUARDED_OPTIONAL: Severity.ERROR}).weighed(found[:1])
    assert raised.is_error


def test_an_error_may_be_called_one() -> None:
    assert read('[severity]\nunknown-name = "error"\n') == (Project(), ())


# What is wrong in it

OF_SEVERITY = 'write `[severity]` on a line of its own, and below it lines such as `unguarded-optional = "off"`'
OF_ONE = 'write a word in quotes, such as `SR601 = "off"`'
WORDS = "write `error`, `warning`, `info`, `hint` or `off`"
MISTAKES = {
    "[severty]": ("SR301", "1:2", "unknown key `severty` in the project file", "did you mean `severity`?"),
    "[lint]": ("SR301", "1:2", "unknown key `lint` in the project file", "the keys that can stand here are `severity`"),
    "[tables]": ("SR311", "1:2", "`tables` does not belong in the project file", "it is a key of a ruleset"),
    'severity = "off"': ("SR303", "1:13", "`severity` takes keys with values, not a single value", OF_SEVERITY),
    "[[severity]]": ("SR303", "1:3", "`severity` takes keys with values, not a list", OF_SEVERITY),
    'severity.SR601 = ["off"]': ("SR303", "1:18", "the diagnostic `SR601` takes a word, not a list", OF_ONE),
    'severity.SR601 = "wran"': ("SR306", "1:19", "the diagnostic `SR601` cannot be `wran`", WORDS),
    'severity.SR601 = "warn"': ("SR306", "1:19", "the diagnostic `SR601` cannot be `warn`", "did you mean `warning`?"),
    "severity.SR601 = false": ("SR306", "1:18", "the diagnostic `SR601` cannot be `false`", "did you mean `off`?"),
    "severity.SR601 = 1": ("SR306", "1:18", "the diagnostic `SR601` cannot be `1`", WORDS),
    'severity."unguarded-optinal" = "off"': (
        "SR821", "1:11", "there is no diagnostic `unguarded-optinal`", "did you mean `unguarded-optional`?",
    ),
    'severity.SR999 = "off"': (
        "SR821", "1:10", "there is no diagnostic `SR999`", "`segrules explain-code` lists them all",
    ),
    'severity.unknown-name = "off"': (
        "SR822", "1:10", "`unknown-name` is an error, and cannot be `off`", "take the line out",
    ),
    'severity.SR511 = "off"': (
        "SR822", "1:10", "`optional-column-absent` is about data, and cannot be `off`", "take the line out",
    ),
    '[severity]\nSR601 = "off"\nunguarded-optional = "off"': (
        "SR823", "3:1", "`SR601` and `unguarded-optional` are the same diagnostic", "keep one of them",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MISTAKES.items())
def test_a_mistake_is_told_with_its_place_and_the_way_out(text: str, expected: tuple[str, str, str, str]) -> None:
    number, place, message, way_out = expected
    assert told(read(text)[1]) == [(number, f"segrules.toml:{place}", message, way_out)]


def test_all_mistakes_are_told_and_what_is_right_counts() -> None:
    project, said = read('[severity]\nSR6O1 = "off"\nSR612 = "info"\nSR204 = "hint"\n[other]\n')
    assert [one.code.number for one in said] == ["SR821", "SR822", "SR301"]
    assert project.severity == {NOBODY_GETS_IT: Severity.INFO}


def test_a_file_that_cannot_be_read_as_text_is_told() -> None:
    Path("segrules.toml").write_bytes(b"\xff\xfe")
    assert [one.code for one in project_of(RULESET)[1]] == [catalogue.NOT_UTF8]
