"""Whatever a file says, checking it ends with diagnostics whose places lie in the file, and with nothing else."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from segrules.checker.check import check
from segrules.diagnostics.source import Source
from segrules.document.structure import read_ruleset
from segrules.document.yaml_reader import read_yaml

RULESETS = sorted((Path(__file__).parents[2] / "rulesets").glob("*/ruleset.yaml"))

WORDS = st.sampled_from(
    "and or not in between is missing 'gold' 5 30% 2026-01-31 90_days ( ) [ ] { } : , . - > >= = == tier deals.amount "
    "sum( count( first( over where by true if then else partners region".split()
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(RULESETS)).read_text(encoding="utf-8")
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 12))
        text = text[:start] + draw(st.one_of(WORDS, st.text(max_size=3))) + text[start + length :]
    return text


@given(damaged())
def test_a_damaged_ruleset_gives_diagnostics_inside_the_file(text: str) -> None:
    source = Source("ruleset.yaml", text)
    node, read = read_yaml(source)
    ruleset, shaped = read_ruleset(node, source)
    program, checked = check(ruleset) if ruleset is not None else (None, ())
    found = (*read, *shaped, *checked)
    assert program is not None or any(diagnostic.is_error for diagnostic in found)
    for diagnostic in found:
        labels = [diagnostic.label, *diagnostic.related]
        assert all(0 <= label.span.start <= label.span.end <= len(text) for label in labels if label)
