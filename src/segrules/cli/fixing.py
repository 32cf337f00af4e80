"""`check --fix`: the fixes of diagnostics are made in the texts of files, round by round, until nothing is left to do.

Nothing is written here. A round takes the fixes that do not touch each other, and all rulesets that read the file are
checked again with its new text: what makes a file unreadable, brings new errors, or, for a fix that is safe, changes
what a ruleset means, is not done.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Fix, each_once
from segrules.diagnostics.source import Source
from segrules.document.edits import apart, with_edits
from segrules.document.files import Reader, read_source
from segrules.engine.checked import Checked
from segrules.engine.together import together
from segrules.program.fingerprint import ruleset_hash
from segrules.program.program import Program

MOST_ROUNDS = 50

Known = tuple[Path, str, str, str]
"""How a diagnostic is known again when its file has changed: file, code, message, and the line that it is about."""


Check = Callable[[Path, Reader], Checked]
"""What gives all that is said of a ruleset, with the texts of its files as they are read."""


@dataclass(slots=True)
class Fixed:
    """How rulesets are after fixing: the new texts of files, what is still said of each, and how much was mended."""

    texts: dict[Path, str]
    by_ruleset: dict[str, tuple[Diagnostic, ...]]
    count: int

    @property
    def left(self) -> list[Diagnostic]:
        """What is still said, each thing once."""
        return each_once(one for found in self.by_ruleset.values() for one in found)


def fix(rulesets: Iterable[Path], check: Check, wanted: Iterable[Applicability], may: Callable[[Path], bool]) -> Fixed:
    """Return the texts of files with fixes of the wanted sorts made; `may` says which files may be changed."""
    fixing = _Fixing(check, may)
    fixing.look(rulesets, {})
    for _ in range(MOST_ROUNDS):
        if not any(fixing.round(applicability) for applicability in wanted):
            break
    return Fixed(fixing.texts, fixing.by_ruleset(), fixing.count)


@dataclass(slots=True)
class _Look:
    """What is said of a ruleset, and the files that it was read from."""

    checked: Checked
    files: set[Path]


@dataclass(slots=True)
class _Fixing:
    """The texts as they are now, what is said of every ruleset, and the fixes that were tried in vain."""

    check: Check
    may: Callable[[Path], bool]
    texts: dict[Path, str] = field(default_factory=dict)
    looks: dict[Path, _Look] = field(default_factory=dict)
    in_vain: set[Known] = field(default_factory=set)
    count: int = 0

    def by_ruleset(self) -> dict[str, tuple[Diagnostic, ...]]:
        """Return what is said of each ruleset, by its path."""
        return together({str(ruleset): look.checked for ruleset, look in self.looks.items()})

    def found(self) -> list[Diagnostic]:
        """Return what is said of all rulesets, each thing once."""
        return each_once(one for found in self.by_ruleset().values() for one in found)

    def look(self, rulesets: Iterable[Path], texts: dict[Path, str]) -> dict[Path, _Look]:
        """Check rulesets, with some texts in place of what is in files; without any, take that down."""
        looks = {ruleset: self._look(ruleset, self.texts | texts) for ruleset in rulesets}
        if not texts:
            self.looks |= looks
        return looks

    def _look(self, ruleset: Path, texts: dict[Path, str]) -> _Look:
        files: set[Path] = set()

        def read(path: str | os.PathLike[str]) -> tuple[Source | None, tuple[Diagnostic, ...]]:
            name = os.fspath(path)
            files.add(Path(name).resolve())
            text = texts.get(Path(name).resolve())
            return read_source(name) if text is None else (Source(name, text), ())

        return _Look(self.check(ruleset, read), files)

    def round(self, applicability: Applicability) -> bool:
        """Make fixes of a sort, in each file those that do not touch each other; return whether there were any."""
        by_file: dict[Path, list[Diagnostic]] = {}
        for one in self.found():
            file = _file_of(one.fix) if one.fix and one.fix.applicability is applicability else None
            if file and self.may(file) and _known(one, file) not in self.in_vain:
                by_file.setdefault(file, []).append(one)
        done = [self._mend(file, mistakes) for file, mistakes in by_file.items()]
        return any(done)

    def _mend(self, file: Path, mistakes: Sequence[Diagnostic]) -> bool:
        """Make as many fixes of a file as can be made together, and return whether one was."""
        chosen = _apart(mistakes)
        good = chosen if self._attempt(file, chosen) else []
        if not good:
            alone = [one for one in chosen if len(chosen) > 1 and self._attempt(file, [one], keep=False)]
            self.in_vain |= {_known(one, file) for one in chosen if one not in alone}
            good = next((some for some in (alone, alone[:1]) if some and self._attempt(file, some)), [])
        self.count += len(good)
        return bool(good)

    def _attempt(self, file: Path, mistakes: Sequence[Diagnostic], *, keep: bool = True) -> bool:
        """Make fixes if nothing speaks against it, and return whether that is so."""
        edits = [edit for one in mistakes if one.fix for edit in one.fix.edits]
        source = edits[0].span.source
        text = with_edits(source, edits)
        if text is None or text == source.text:
            return False
        affected = [ruleset for ruleset, look in self.looks.items() if file in look.files]
        after = self.look(affected, {file: text})
        better = [_is_better(self.looks[one].checked, after[one].checked, mistakes) for one in affected]
        if not better or not all(better):
            return False
        if keep:
            self.texts[file] = text
            self.looks |= after
        return True


def _file_of(fix: Fix) -> Path | None:
    """Return the file that a fix changes, None for several."""
    files = {Path(edit.span.source.name).resolve() for edit in fix.edits}
    return files.pop() if len(files) == 1 else None


def _known(mistake: Diagnostic, file: Path) -> Known:
    span = mistake.fix.edits[0].span if mistake.fix else None
    line = span.source.line(span.position.line) if span else ""
    return file, mistake.code.number, mistake.message, line


def _apart(mistakes: Sequence[Diagnostic]) -> list[Diagnostic]:
    by_fix = {id(one.fix): one for one in mistakes}
    return [by_fix[id(fix)] for fix in apart(one.fix for one in mistakes if one.fix)]


# Whether it is better than before


def _is_better(before: Checked, after: Checked, mended: Sequence[Diagnostic]) -> bool:
    """Whether what was mended is gone, and no error came of it that the mistakes had not hidden."""
    said, still = _said(before.diagnostics), _said(after.diagnostics)
    gone = all(still[key] < said[key] for key in _said(mended) if key in said)
    if not gone or (before.program and not _is_as_good(before.program, after.program, mended)):
        return False
    first = min(_depth(one) for one in mended)
    opens = any(one.code is catalogue.UNKNOWN_KEY for one in mended)
    depths = range(first if opens else first + 1)
    return all(_errors(after, depth) <= _errors(before, depth) for depth in depths)


def _is_as_good(before: Program, after: Program | None, mended: Sequence[Diagnostic]) -> bool:
    """Whether a ruleset that could be used still can, and after safe fixes means the same."""
    safe = all(one.fix and one.fix.applicability is Applicability.SAFE for one in mended)
    return after is not None and (not safe or ruleset_hash(after) == ruleset_hash(before))


def _said(diagnostics: Iterable[Diagnostic]) -> Counter[tuple[str, str, str]]:
    places = ((one, one.label.span.source.name if one.label else "") for one in diagnostics)
    return Counter((name, one.code.number, one.message) for one, name in places)


def _depth(diagnostic: Diagnostic) -> int:
    """Return how late a mistake is found: what is wrong in the YAML hides what is wrong in an expression, and so on."""
    return _DEPTHS.get(diagnostic.code.number[:3], len(_DEPTHS))


_DEPTHS = {"SR0": 0, "SR3": 1, "SR1": 2, "SR2": 3}


def _errors(checked: Checked, depth: int) -> int:
    return sum(one.is_error and _depth(one) == depth for one in checked.diagnostics)
