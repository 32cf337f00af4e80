"""Annotations of GitHub: the syntax of its workflow commands, and its limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.render import github
from tests.unit.diagnostics.samples import LONG, NOWHERE, REMARK, SOURCE, UNKNOWN, WARNING


@pytest.fixture(autouse=True)
def _no_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


def kinds(rendered: str) -> list[str]:
    return [line.split(" ")[0].removeprefix("::") for line in rendered.splitlines()]


def test_an_annotation_has_its_place_and_everything_that_is_said() -> None:
    assert github.render([UNKNOWN]) == (
        "::error file=rulesets/größe & co/ruleset.yaml,line=5,col=37,endColumn=50,title=SR204 unknown-name::"
        "`certifcations` is not a name here%0Ahelp: did you mean `certifications`?"
        "%0Anote: it is 100%25 wrong: no%0Aname%0Asee shared.yaml:1:1 (the [tables])"
        "%0Asee rulesets/größe & co/ruleset.yaml:4:18\n"
    )


def test_a_place_of_several_lines_has_no_columns() -> None:
    assert github.render([LONG]).startswith(
        "::error file=rulesets/größe & co/ruleset.yaml,line=4,endLine=5,title=SR303 "
    )


def test_without_a_place_only_the_message_is_given() -> None:
    expected = "::error title=SR001 file-not-found::there is no file `x.yaml`%0Ahelp: check the name\n"
    assert github.render([NOWHERE]) == expected


def test_signs_of_the_syntax_are_escaped_in_a_property(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(github, "path_from", lambda _folder, _name: "a,b:c%d\r\n.yaml")
    assert "file=a%2Cb%3Ac%25d%0D%0A.yaml,line=" in github.render([REMARK])


def test_the_worst_come_first() -> None:
    assert kinds(github.render([REMARK, WARNING, UNKNOWN])) == ["error", "warning", "notice"]


@pytest.mark.parametrize("one", [UNKNOWN, WARNING, REMARK])
def test_ten_of_a_kind_are_all_shown(one: Diagnostic) -> None:
    assert len(github.render([one] * 10).splitlines()) == 10


def test_more_are_counted_in_a_last_notice_which_keeps_its_place() -> None:
    lines = github.render([REMARK] * 12 + [WARNING] * 11 + [UNKNOWN] * 13).splitlines()
    assert kinds("\n".join(lines)) == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert lines[-1].startswith("::notice title=segrules::3 errors and 1 warning and 3 notices more")


def test_ten_notices_beside_too_many_errors_make_room_for_the_count() -> None:
    lines = github.render([UNKNOWN] * 11 + [REMARK] * 10).splitlines()
    assert kinds("\n".join(lines)) == ["error"] * 10 + ["notice"] * 10
    assert lines[-1].startswith("::notice title=segrules::1 error and 1 notice more")


def test_files_are_named_from_the_root_of_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert f"file=sub/{SOURCE.name}," in github.render([REMARK])


def test_nothing_found_is_nothing_said() -> None:
    assert github.render([]) == ""
