"""Rulesets in, new texts of their files out: fixes are made round by round, until nothing is left to do.

Nothing is written here. A round takes, file by file, the fixes that do not touch each other, and makes as many of them
as can be made together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from segrules.diagnostics.diagnostic import Applicability, Diagnostic, each_once
from segrules.fixing.candidates import Candidate, Identity, apart, candidates
from segrules.fixing.improvement import improved
from segrules.fixing.workspace import Workspace, workspace_of

MOST_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Fixed:
    """How rulesets are after fixing: new texts of files, what is left to say of each, and how many fixes."""

    texts: Mapping[Path, str]
    by_ruleset: dict[str, tuple[Diagnostic, ...]]
    count: int

    @property
    def left(self) -> list[Diagnostic]:
        """What is still said, each thing once."""
        return each_once(one for found in self.by_ruleset.values() for one in found)


def fix(rulesets: Iterable[Path], wanted: Collection[Applicability], may_change: Callable[[Path], bool]) -> Fixed:
    """Return the texts of files with fixes of the wanted sorts made; `may_change` says which files may be changed.

    A sort has its turn when nothing is left to do of those before it.
    """
    fixing = _Fixing(workspace_of(rulesets), may_change)
    for _ in range(MOST_ROUNDS):
        if not any(fixing.round(applicability) for applicability in wanted) and not fixing.tries_again():
            break
    return Fixed(fixing.workspace.texts, fixing.workspace.by_ruleset(), fixing.count)


@dataclass(slots=True)
class _Fixing:
    """The rulesets as they are now, how many fixes were made, and those that were tried in vain.

    `has_changed` says whether any were made since the first of these was tried.
    """

    workspace: Workspace
    may_change: Callable[[Path], bool]
    in_vain: set[Identity] = field(default_factory=set)
    has_changed: bool = False
    count: int = 0

    def round(self, applicability: Applicability) -> bool:
        """Make fixes of a sort, and return whether there were any."""
        by_file: dict[Path, list[Candidate]] = {}
        for one in candidates(self.workspace.diagnostics(), applicability):
            if self.may_change(one.file) and one.identity not in self.in_vain:
                by_file.setdefault(one.file, []).append(one)
        made = [self._make(file, apart(found)) for file, found in by_file.items()]
        return any(made)

    def tries_again(self) -> bool:
        """Take up again what was in vain before other fixes were made, and return whether there is any."""
        again = self.has_changed and bool(self.in_vain)
        self.in_vain, self.has_changed = set(), False
        return again

    def _make(self, file: Path, chosen: Sequence[Candidate]) -> bool:
        """Make all fixes of a file, else those that can be made each alone, else the first of these."""
        if self._accept(file, chosen):
            return True
        alone = [one for one in chosen if len(chosen) > 1 and improved(self.workspace, file, [one])]
        self.in_vain |= {one.identity for one in chosen if one not in alone}
        return self._accept(file, alone) or self._accept(file, alone[:1])

    def _accept(self, file: Path, chosen: Sequence[Candidate]) -> bool:
        """Make fixes of a file if its rulesets are better for it, and return whether they are."""
        after = improved(self.workspace, file, chosen)
        if after is None:
            return False
        self.workspace = after
        self.count += len(chosen)
        self.has_changed = True
        return True
