"""Whatever a file of tests says, running it ends with outcomes and diagnostics whose places lie in the files."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from segrules.testing.outcome import Status
from segrules.testing.run import run_tests

RULESETS = sorted((Path(__file__).parents[2] / "rulesets").rglob("ruleset.yaml"))

WORDS = st.sampled_from(
    "missing none conflict use: test: given: expect: tier: [ ] { } , : - 1 2_000 30% 2026-01-31 gold 'gold' [] {} "
    "true false P1 A 1.005 certainty: reasons: possible: rule: {tier: missing as_of: parameters:".split()
)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[Path, str]:
    """A ruleset, and tests that are not quite those beside it."""
    path = draw(st.sampled_from(RULESETS))
    text = path.with_name("tests.yaml").read_text("utf-8")
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 12))
        text = text[:start] + draw(st.one_of(WORDS, st.text(max_size=3))) + text[start + length :]
    return path, text


@given(damaged())
def test_damaged_tests_give_outcomes_and_diagnostics_inside_the_files(damaged: tuple[Path, str]) -> None:
    ruleset, text = damaged
    with TemporaryDirectory() as folder:
        tests = Path(folder, "tests.yaml")
        tests.write_bytes(text.encode("utf-8", errors="surrogatepass"))
        outcome = run_tests(ruleset, tests)
    for case in outcome.cases:
        assert (case.status is Status.PASSED) == (case.diagnostics == ())
    found = list(outcome.said)
    for diagnostic in found:
        spans = [label.span for label in (diagnostic.label, *diagnostic.related) if label]
        assert all(0 <= span.start <= span.end <= len(span.source.text) for span in spans)
        assert diagnostic.message
