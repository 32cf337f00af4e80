"""What the tests of the commands share."""

from __future__ import annotations

from pathlib import Path

import pytest

from segrules.cli.main import run
from tests.interfaces.command import PARTNERS, RULESET, Outcome, Segrules


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a ruleset and its data."""
    (tmp_path / "ruleset.yaml").write_text(RULESET)
    (tmp_path / "partners.csv").write_text(PARTNERS)
    return tmp_path


@pytest.fixture
def segrules(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> Segrules:
    """Run a command in this process, in a folder with a ruleset and its data."""
    monkeypatch.chdir(folder)

    def call(*arguments: str) -> Outcome:
        status = run(arguments)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        assert "\x1b" not in captured.out + captured.err
        return Outcome(status, captured.out, captured.err)

    return call
