"""What the documentation shows is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from segrules.checker.check import check
from segrules.document.document import read_text

ROOT = Path(__file__).parents[2]
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
