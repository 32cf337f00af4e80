"""Whether rulesets are better for fixes: what was to be fixed is gone, and nothing worse has come of it.

What makes a file unreadable, brings new errors, or, for a fix that is safe, changes what a ruleset means, is no
improvement. Nor is what a ruleset that did not ask for it finds a mistake in: two that share a file would take turns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, each_once
from segrules.document.edits import with_edits
from segrules.engine.checked import Checked
from segrules.fixing.candidates import Candidate
from segrules.fixing.workspace import Workspace
from segrules.program.fingerprint import ruleset_hash
from segrules.program.program import Program

_DEPTHS = {"SR0": 0, "SR3": 1, "SR1": 2, "SR2": 3}
"""How late a mistake is found, by its family: what is wrong in the YAML hides what is wrong in an expression."""


def improved(before: Workspace, file: Path, fixes: Sequence[Candidate]) -> Workspace | None:
    """Return the workspace with fixes of a file made, None if a ruleset that reads the file is not better for it."""
    after = _with_fixes(before, file, fixes)
    readers = before.readers(file)
    if after is None or not readers:
        return None
    fixed = [one.diagnostic for one in fixes]
    pairs = [(before.readings[one].checked, after.readings[one].checked) for one in readers]
    better = all(_is_better(*pair, fixed) for pair in pairs)
    return after if better and _are_no_worse(pairs, fixed) else None


def _with_fixes(workspace: Workspace, file: Path, fixes: Sequence[Candidate]) -> Workspace | None:
    """Return the workspace with the file's new text, None if it has none."""
    edits = [edit for one in fixes for edit in one.fix.edits]
    if not edits:
        return None
    source = edits[0].span.source
    text = with_edits(source, edits)
    return None if text is None or text == source.text else workspace.with_text(file, text)


def _is_better(before: Checked, after: Checked, fixed: Sequence[Diagnostic]) -> bool:
    """Whether what was fixed is gone, and no error came of it that the mistakes had not hidden."""
    said, still, asked = _said(before.diagnostics), _said(after.diagnostics), _said(fixed)
    if any(still[key] >= said[key] for key in asked if key in said):
        return False
    if before.program and not _is_as_good(before.program, after.program, fixed):
        return False
    if not asked.keys() <= said.keys() and not _said(_errors(after)) <= _said(_errors(before)):
        return False
    return all(_at(depth, _errors(after)) <= _at(depth, _errors(before)) for depth in _depths_in_sight(fixed))


def _are_no_worse(pairs: Sequence[tuple[Checked, Checked]], fixed: Sequence[Diagnostic]) -> bool:
    """Whether rulesets together have no more errors, of which one in a shared file is one for all of them."""
    before, after = (each_once(error for pair in pairs for error in _errors(pair[at])) for at in (0, 1))
    return all(_at(depth, after) <= _at(depth, before) for depth in _depths_in_sight(fixed))


def _is_as_good(before: Program, after: Program | None, fixed: Sequence[Diagnostic]) -> bool:
    """Whether a ruleset that could be used still can, and after safe fixes means the same."""
    safe = all(one.fix and one.fix.applicability is Applicability.SAFE for one in fixed)
    return after is not None and (not safe or ruleset_hash(after) == ruleset_hash(before))


def _said(diagnostics: Iterable[Diagnostic]) -> Counter[tuple[str, str, str]]:
    places = ((one, one.label.span.source.name if one.label else "") for one in diagnostics)
    return Counter((name, one.code.number, one.message) for one, name in places)


def _depths_in_sight(fixed: Sequence[Diagnostic]) -> range:
    """Return the depths at which mistakes were not hidden by those that were fixed.

    They hide what is found later. A key that is known at last has a value, which is read for the first time.
    """
    first = min(_depth(one) for one in fixed)
    opens = any(one.code is catalogue.UNKNOWN_KEY for one in fixed)
    return range(first if opens else first + 1)


def _depth(diagnostic: Diagnostic) -> int:
    return _DEPTHS.get(diagnostic.code.number[:3], len(_DEPTHS))


def _errors(checked: Checked) -> list[Diagnostic]:
    return [one for one in checked.diagnostics if one.is_error]


def _at(depth: int, errors: Iterable[Diagnostic]) -> int:
    """Return how many errors are found at a depth."""
    return sum(_depth(one) == depth for one in errors)
