"""Fixes do what they say: the file can still be read, and nothing else in it is touched.

A ruleset that was only spelt oddly means afterwards what it meant before.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from segrules.diagnostics.diagnostic import Applicability, Diagnostic
from segrules.engine.checked import Checked, checked
from segrules.fixing.fix import Fixed, fix
from segrules.program.fingerprint import ruleset_hash
from tests.properties.generators.mistakes import Mistaken, mistaken

ROOT = Path(__file__).parents[2] / "rulesets"
NAMES = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("**/ruleset.yaml"))
SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


@pytest.fixture(scope="module")
def rulesets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the rulesets, in which files may be changed."""
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("fixes") / "rulesets"))


def said(path: Path, text: str) -> Checked:
    path.write_text(text, "utf-8")
    return checked(path)


def fixed(path: Path, text: str, *wanted: Applicability) -> tuple[str, Fixed]:
    path.write_text(text, "utf-8")
    outcome = fix([path], wanted, lambda file: file == path.resolve())
    return outcome.texts.get(path.resolve(), text), outcome


def errors(diagnostics: list[Diagnostic] | tuple[Diagnostic, ...]) -> list[str]:
    return [str(one.code.number) for one in diagnostics if one.is_error]


def of_yaml(found: Checked) -> int:
    return sum(number.startswith("SR0") for number in errors(tuple(found.diagnostics)))


def only_there(text: str, kept: tuple[str, ...]) -> bool:
    """Whether a text still has everything that stood around the mistakes, in order.

    A slip with a quote may reach further, and so may the guess that mends it.
    """
    at = 0
    for part in kept[:-1]:
        at = text.find(part, at) + len(part) if part in text[at:] else len(text) + 1
    return text.startswith(kept[0]) and text.endswith(kept[-1]) and at <= len(text) - len(kept[-1])


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_fixes_touch_nothing_else_and_give_back_what_was_meant(rulesets: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    wrong: Mistaken = data.draw(mistaken(ROOT / name))
    path = rulesets / name
    try:
        right, before = said(path, wrong.right), said(path, wrong.text)
        assert right.program is not None
        for wanted in ((SAFE,), (SAFE, UNSAFE)):
            text, outcome = fixed(path, wrong.text, *wanted)
            after = said(path, text)
            assert of_yaml(after) <= of_yaml(before)
            assert only_there(text, wrong.kept) or not (wrong.respelled or wanted == (SAFE,))
            assert fixed(path, text, *wanted)[0] == text
            odd = [one for one in before.diagnostics if one.is_error]
            if wrong.respelled and odd and all(one.fix and one.fix.applicability is SAFE for one in odd):
                event("only what has a safe fix")
                assert outcome.count > 0
                assert after.program is not None
                assert ruleset_hash(after.program) == ruleset_hash(right.program)
            elif odd:
                event(f"{'odd spellings' if wrong.respelled else 'slips'}, all mended: {after.program is not None}")
    finally:
        shutil.copy(ROOT / name, path)
