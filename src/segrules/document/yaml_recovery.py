"""Several YAML errors in one run: what cannot be read is replaced, and the rest is read again."""

from __future__ import annotations

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.document.characters import invisible_characters
from segrules.document.draft import Draft, Finding, Replacement
from segrules.document.nodes import Node
from segrules.document.yaml_builder import build
from segrules.document.yaml_lines import line_at

MOST_ROUNDS = 20
_MOST_CHARACTERS = 5_000_000
"""How many characters all rounds may read together, if there are more than two: a large file gets fewer rounds."""
_MENDED_BY_RULE_OF_THUMB = (catalogue.TAB_INDENTATION, catalogue.INVISIBLE_CHARACTER)


def build_with_recovery(draft: Draft) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read a draft in as many rounds as it takes; there is no tree if something of it had to be left out.

    A second error on a line that was mended is most likely an error of the mending: it is not reported, and the line
    is left out.
    """
    found: list[Diagnostic] = []
    mended: set[int] = set()
    is_whole = True
    if invisible := invisible_characters(draft):
        found.append(invisible.diagnostic)
        mended |= _lines(draft, invisible)
        draft = draft.with_replacements(invisible.replacements)
    for _ in range(max(2, min(MOST_ROUNDS, _MOST_CHARACTERS // (len(draft.text) + 1)))):
        tree = build(draft)
        finding = tree.finding
        if finding is None:
            return tree.root if is_whole else None, (*found, *tree.diagnostics)
        lines = _lines(draft, finding)
        if mended & lines:
            finding = _without_line(draft, finding)
        else:
            found.append(finding.diagnostic)
        if finding is None:
            return None, (*found, *tree.diagnostics)
        is_whole = is_whole and not finding.loses_text
        mended |= lines
        draft = draft.with_replacements(finding.replacements)
    return None, tuple(found)


def _lines(draft: Draft, finding: Finding) -> set[int]:
    """Return the lines of the file on which a further error would not be the author's."""
    starts = [finding.replacements[0].start]
    if finding.diagnostic.code in _MENDED_BY_RULE_OF_THUMB:
        starts = [replacement.start for replacement in finding.replacements]
    lines = {draft.source.position(draft.offsets[start]).line for start in starts}
    label = finding.diagnostic.label
    return lines | {label.span.position.line} if label else lines


def _without_line(draft: Draft, finding: Finding) -> Finding | None:
    """Return a finding that leaves its whole line out, or None if that was done before."""
    line = line_at(draft.text, finding.replacements[0].start)
    if line.is_blank:
        return None
    left_out = Replacement(line.content_start, line.end, "")
    return Finding(finding.diagnostic, (left_out,), loses_text=True)
