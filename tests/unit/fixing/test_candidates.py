"""Which fixes can be made at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix
from segrules.diagnostics.source import Source
from segrules.fixing.candidates import Candidate, apart, candidates

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


def candidate(source: Source, start: int, end: int) -> Candidate:
    fix = Fix("", (Edit(source.span(start, end), "x"),))
    return Candidate(Diagnostic(catalogue.UNKNOWN_KEY, "", fix=fix), fix, Path(source.name))


def said(*sources: Source, applicability: Applicability = UNSAFE) -> Diagnostic:
    """A diagnostic whose fix changes the first letter of some files."""
    edits = tuple(Edit(source.span(0, 1), "x") for source in sources)
    return Diagnostic(catalogue.UNKNOWN_KEY, "odd", fix=Fix("", edits, applicability))


def files(diagnostics: Iterable[Diagnostic], applicability: Applicability) -> list[str]:
    return [one.file.name for one in candidates(diagnostics, applicability)]


def test_of_fixes_that_touch_the_first_is_taken() -> None:
    source = Source("ruleset.yaml", "a: bcdef\n")
    first, behind, away = (candidate(source, *at) for at in ((3, 5), (5, 6), (7, 8)))
    assert apart([away, behind, first]) == [first, away]


def test_a_fix_of_several_files_and_what_has_none_are_no_candidates() -> None:
    one, other = Source("one.yaml", "a: 1\n"), Source("other.yaml", "a: 1\n")
    diagnostics = [said(one, other), Diagnostic(catalogue.UNKNOWN_KEY, ""), said(other, other)]
    assert files(diagnostics, UNSAFE) == ["other.yaml"]


def test_candidates_are_of_one_sort() -> None:
    one, other = Source("one.yaml", "a: 1\n"), Source("other.yaml", "a: 1\n")
    diagnostics = [said(one, applicability=SAFE), said(other)]
    assert (files(diagnostics, SAFE), files(diagnostics, UNSAFE)) == (["one.yaml"], ["other.yaml"])


def test_a_diagnostic_is_known_again_on_another_line_and_not_in_another_text() -> None:
    texts = ("a: 1\n", "# why\na: 1\n", "a: 2\n")
    sources = [Source("ruleset.yaml", text) for text in texts]
    first, below, other = (candidate(one, one.text.index("a"), one.text.index("a") + 1) for one in sources)
    assert first.identity == below.identity != other.identity
