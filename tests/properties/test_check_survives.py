"""Whatever a file says, checking it ends with diagnostics whose places lie in the file, and with nothing else."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from segrules.checker.check import check
from segrules.document.document import read_text

RULESETS = sorted((Path(__file__).parents[2] / "rulesets").glob("*/ruleset.yaml"))

WORDS = st.sampled_from(
    "and or not in between is missing 'gold' 5 30% 2026-01-31 90_days ( ) [ ] { } : , . - > >= = == tier deals.amount "
    "sum( count( first( rank( ntile( over all descending where by true if then else partners region".split()
)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[Path, str]:
    """A ruleset's path, beside which its imports are, and a text that is not quite what stands there."""
    path = draw(st.sampled_from(RULESETS))
    text = path.read_text(encoding="utf-8")
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 12))
        text = text[:start] + draw(st.one_of(WORDS, st.text(max_size=3))) + text[start + length :]
    return path, text


@given(damaged())
def test_a_damaged_ruleset_gives_diagnostics_inside_its_files(damaged: tuple[Path, str]) -> None:
    document, read = read_text(damaged[1], str(damaged[0]))
    program, checked = check(document.ruleset) if document is not None else (None, ())
    found = (*read, *checked)
    assert program is not None or any(diagnostic.is_error for diagnostic in found)
    for diagnostic in found:
        labels = [diagnostic.label, *diagnostic.related]
        spans = [label.span for label in labels if label]
        assert all(0 <= span.start <= span.end <= len(span.source.text) for span in spans)
