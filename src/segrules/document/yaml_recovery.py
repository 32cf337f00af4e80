"""Several YAML errors in one run: what cannot be read is replaced, and the rest is read again."""

from __future__ import annotations

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.document.characters import invisible_characters
from segrules.document.draft import Draft, Finding, Replacement
from segrules.document.nodes import Node
from segrules.document.yaml_builder import Tree, build
from segrules.document.yaml_lines import line_at, lines_after

MOST_ROUNDS = 20
_MOST_CHARACTERS = 5_000_000
"""How many characters all rounds may read together, if there are more than two: a large file gets fewer rounds."""
_ALL_LINES_MENDED = (catalogue.TAB_INDENTATION, catalogue.INVISIBLE_CHARACTER)
_GUESSES = (
    catalogue.WRONG_INDENTATION,
    catalogue.LIST_AMONG_KEYS,
    catalogue.COLON_MISSING,
    catalogue.UNREADABLE_YAML,
)
"""Errors of layout, which are mended by guessing what was meant."""


def build_with_recovery(draft: Draft) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read a draft in as many rounds as it takes; there is no tree if it would not be what the author meant."""
    recovery = _Recovery(draft)
    if invisible := invisible_characters(draft):
        recovery.mend(invisible)
    for _ in range(max(2, min(MOST_ROUNDS, _MOST_CHARACTERS // (len(draft.text) + 1)))):
        tree = build(recovery.draft)
        if tree.finding is None:
            return recovery.result(tree)
        if not recovery.mend(tree.finding):
            return None, (*recovery.found, *tree.diagnostics)
    return None, tuple(recovery.found)


class _Recovery:
    """The draft as far as it is mended, and what was reported.

    An error on a line that was mended, or an error of layout directly below one, is most likely an error of the
    mending: it is mended too, but not reported, and the tree is given up.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.found: list[Diagnostic] = []
        self._mended: set[int] = set()
        self._below: set[int] = set()
        self._is_trusted = True

    def mend(self, finding: Finding) -> bool:
        """Report a finding and replace what it is about; return whether there was anything to replace."""
        lines = _lines(self.draft, finding)
        is_guess = finding.diagnostic.code in _GUESSES
        replacements = finding.replacements
        if lines & self._mended:
            replacements = _without_line(self.draft, finding)
            self._is_trusted = False
        elif is_guess and (lines & self._below or (finding.loses_text and not self._is_trusted)):
            self._is_trusted = False
        else:
            self.found.append(finding.diagnostic)
        self._is_trusted = self._is_trusted and not finding.loses_text
        self._mended |= lines
        self._below.add(_line_below(self.draft, finding))
        self.draft = self.draft.with_replacements(replacements)
        return bool(replacements)

    def result(self, tree: Tree) -> tuple[Node | None, tuple[Diagnostic, ...]]:
        """Return the tree, if it can be trusted, and all that was found."""
        return tree.root if self._is_trusted else None, (*self.found, *tree.diagnostics)


def _lines(draft: Draft, finding: Finding) -> set[int]:
    """Return the lines of the file that are mended."""
    starts = [finding.replacements[0].start]
    if finding.diagnostic.code in _ALL_LINES_MENDED:
        starts = [replacement.start for replacement in finding.replacements]
    lines = {_line_number(draft, start) for start in starts}
    label = finding.diagnostic.label
    return lines | {label.span.position.line} if label else lines


def _line_below(draft: Draft, finding: Finding) -> int:
    last = line_at(draft.text, max(replacement.start for replacement in finding.replacements))
    below = next((line for line in lines_after(last) if not line.is_blank), last)
    return _line_number(draft, below.start)


def _line_number(draft: Draft, offset: int) -> int:
    return draft.source.position(draft.offsets[offset]).line


def _without_line(draft: Draft, finding: Finding) -> tuple[Replacement, ...]:
    """Leave the whole line out, if that was not done before."""
    line = line_at(draft.text, finding.replacements[0].start)
    return () if line.is_blank else (Replacement(line.content_start, line.end, ""),)
