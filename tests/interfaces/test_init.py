"""`segrules init`: a new repository in which everything runs, and nothing that was there is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from segrules.cli.main import run
from segrules.starter import RULESET, Host
from tests.interfaces.command import Segrules

ROOT = Path(__file__).parents[2]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, segrules: Segrules) -> Path:
    folder = tmp_path / "demo"
    assert segrules("init", str(folder)).status == 0
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.usefixtures("repository")
def test_what_init_makes_is_green_and_without_advice(segrules: Segrules) -> None:
    checked = segrules("check")
    assert (checked.status, checked.out) == (0, "")
    assert segrules("fmt", "--check").status == 0
    assert segrules("test").status == 0
    evaluated = segrules("evaluate", str(RULESET), "--as-of", "2026-06-30")
    assert evaluated.status == 0
    assert "30,000.00 USD" in evaluated.err


def test_what_it_says_next_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, segrules: Segrules) -> None:
    monkeypatch.chdir(tmp_path)
    said = segrules("init", "demo").err
    entered, *commands = [line.strip() for line in said.splitlines() if line.startswith("  ")]
    assert entered == "cd demo"
    monkeypatch.chdir("demo")
    assert [segrules(*command.split()[1:]).status for command in commands] == [0, 0, 0]


@pytest.mark.parametrize("host", Host)
def test_the_workflow_runs_green(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, segrules: Segrules
) -> None:
    segrules("init", str(tmp_path / "demo"), "--ci", host)
    monkeypatch.chdir(tmp_path / "demo")
    (workflow,) = (
        file for name in (".github/workflows/segrules.yml", ".gitlab-ci.yml") if (file := Path(name)).exists()
    )
    commands = [line.partition(" || ")[0].partition(" > ")[0] for line in _lines(yaml.safe_load(workflow.read_text()))]
    ours = [command.split()[1:] for command in commands if command.startswith("segrules ")]
    assert [command[0] for command in ours] == ["check", "fmt", "test"]
    assert [segrules(*command).status for command in ours] == [0, 0, 0]


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    "hooks", [ROOT / ".pre-commit-hooks.yaml", Path(".pre-commit-config.yaml")], ids=["ours", "new"]
)
def test_the_hooks_run_green(hooks: Path, segrules: Segrules) -> None:
    read = yaml.safe_load(hooks.read_text())
    listed = read["repos"][0]["hooks"] if isinstance(read, dict) else read
    assert [hook["id"] for hook in listed] == ["segrules-check", "segrules-fmt", "segrules-test"]
    assert [segrules(*hook["entry"].split()[1:]).status for hook in listed] == [0, 0, 0]


def test_files_that_are_there_are_kept(tmp_path: Path, segrules: Segrules) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "README.md").write_text("ours")
    (folder / "schemas").mkdir()
    (folder / "schemas" / "ruleset.schema.json").write_text("ours")
    outcome = segrules("init", str(folder))
    assert outcome.status == 0
    assert "Kept what was there: README.md, schemas/" in outcome.err
    assert (folder / "schemas" / "ruleset.schema.json").read_text() == "ours"
    assert (folder / "README.md").read_text() == "ours"
    assert (folder / RULESET / "ruleset.yaml").exists()


def test_a_ruleset_that_is_there_stops_it(repository: Path, segrules: Segrules) -> None:
    (repository / "README.md").unlink()
    outcome = segrules("init", ".")
    assert outcome.status == 2
    assert "is there already, and nothing was written" in outcome.err
    assert not (repository / "README.md").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert run(["init", str(tmp_path / "file")]) == 2


def _lines(value: object) -> Iterator[str]:
    """Yield every text of a workflow, in order."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _lines(one)
    elif isinstance(value, str):
        yield value
