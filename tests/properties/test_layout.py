"""`fmt` changes the layout of a file and nothing else, whatever it was, and has nothing to change after that."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from segrules.checker.check import check
from segrules.diagnostics.source import Source
from segrules.document.document import read_text
from segrules.formatter.format import lay_out
from segrules.program.fingerprint import ruleset_hash
from tests.properties.generators.cases import Case, cases
from tests.support.disorder import disordered

ROOT = Path(__file__).resolve().parents[2]
FEWER = settings(max_examples=settings().max_examples // 4)  # an example takes a quarter of a second
FILES = sorted((ROOT / "rulesets").glob("**/*.yaml"))


def hash_of(path: Path, text: str) -> str | None:
    document, _ = read_text(text, str(path))
    program = check(document.ruleset)[0] if document else None
    return ruleset_hash(program) if program else None


def words(text: str) -> list[str]:
    """All words of a text in order, comments' too: a layout moves none of them past another."""
    return re.findall(r"\w+", re.sub(r"\\u([0-9a-f]{4})", lambda escape: chr(int(escape[1], 16)), text))


def leaves(text: str) -> list[str]:
    """All keys and values, without blanks, quotes and numbered comments, and without the bars of tables."""
    events = yaml.parse(text.removeprefix("\ufeff"), Loader=yaml.CSafeLoader)
    values = (event.value for event in events if isinstance(event, yaml.ScalarEvent))
    return [re.sub(r"# c\d+|[-|\s'\"]", "", value).replace("==", "=") for value in values]


def assert_only_the_layout_changed(path: Path, text: str) -> None:
    found = lay_out(Source(str(path), text))
    assert (found.diagnostics, found.unproven) == ((), False)
    assert lay_out(Source(str(path), found.text)) == found
    assert words(found.text) == words(text)
    assert leaves(found.text) == leaves(text)
    assert hash_of(path, found.text) == hash_of(path, text)


@FEWER
@given(path=st.sampled_from(FILES), seed=st.integers(0, 2**32))
def test_a_shipped_file_in_disorder_says_the_same_when_it_is_laid_out(path: Path, seed: int) -> None:
    assert_only_the_layout_changed(path, disordered(path.read_text("utf-8"), Random(seed)))


@FEWER
@given(case=cases(percent_spread=0), seed=st.integers(0, 2**32))
def test_a_generated_ruleset_in_disorder_says_the_same_when_it_is_laid_out(case: Case, seed: int) -> None:
    path = Path("ruleset.yaml")
    assert_only_the_layout_changed(path, case.text)
    assert_only_the_layout_changed(path, disordered(case.text, Random(seed)))
