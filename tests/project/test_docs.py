"""What the documentation shows is right."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from segrules.checker.check import check
from segrules.document.document import read_text
from tests.interfaces.command import process

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"```console\n\$ (segrules [^\n]+)\n(.*?)```", re.DOTALL)
FILE_OR_COMMAND = re.compile(r"```(?:\w+ file=(?P<name>\S+)|console)\n(?P<text>.*?)(?<=\n)```(?=\n)", re.DOTALL)
WHOLE = re.compile(r"```yaml\n((?:(?!```).)*?^segrules: 1\b(?:(?!```).)*)```", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", ["README.md", "docs/language.md"])
def test_a_ruleset_that_is_shown_whole_has_no_errors(page: str) -> None:
    shown = WHOLE.findall((ROOT / page).read_text(encoding="utf-8"))
    assert shown
    for text in shown:
        document, read = read_text(text)
        assert document is not None
        _, checked = check(document.ruleset)
        assert [diagnostic.message for diagnostic in (*read, *checked)] == []


def test_what_the_readme_shows_of_commands_is_what_they_print(request: pytest.FixtureRequest) -> None:
    """With `--update` what they print is written into the page."""
    page = ROOT / "README.md"
    text = page.read_text(encoding="utf-8")
    printed = COMMAND.sub(lambda shown: f"```console\n$ {shown[1]}\n{_output(shown[1])}```", text)
    assert COMMAND.search(text)
    if request.config.getoption("--update"):
        page.write_text(printed, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == printed


def _output(command: str) -> str:
    found = process(*shlex.split(command)[1:], cwd=ROOT)
    assert found.returncode == 0, found.stderr
    return found.stdout


def test_what_is_shown_of_check_is_what_its_commands_say(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The files that `docs/check.md` shows are laid out from top to bottom, and its commands run in between."""
    page = ROOT / "docs" / "check.md"
    text = page.read_text(encoding="utf-8")
    said = FILE_OR_COMMAND.sub(lambda shown: _laid_out_or_said(shown, tmp_path), text)
    if request.config.getoption("--update"):
        page.write_text(said, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == said
    assert COMMAND.search(text)


def _laid_out_or_said(shown: re.Match[str], folder: Path) -> str:
    if command := COMMAND.fullmatch(shown[0]):
        found = process(*shlex.split(command[1])[1:], cwd=folder, stderr=subprocess.STDOUT)
        assert found.returncode in (0, 1), found.stdout
        return f"```console\n$ {command[1]}\n{found.stdout}```"
    path = folder / shown["name"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(shown["text"], encoding="utf-8")
    return shown[0]
