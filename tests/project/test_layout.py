"""What we ship is laid out as `segrules fmt` lays it out."""

from __future__ import annotations

from pathlib import Path

import pytest

from segrules.cli.main import run

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("folder", ["rulesets", "bench"])
def test_our_rulesets_have_the_canonical_layout(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["fmt", "--check", str(ROOT / folder)])
    assert (capsys.readouterr().out, status) == ("", 0)
