"""`check --fix`: which files may be changed, writing them, and what is said of it."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Fix
from segrules.diagnostics.listing import plural
from segrules.document.saving import save
from segrules.fixing.candidates import files_of
from segrules.fixing.fix import Fixed, fix

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


_MOST_NAMED = 3


def fix_files(rulesets: Sequence[Path], named: Sequence[Path], *, unsafe: bool) -> Fixed:
    """Make fixes in the files of rulesets, and return how these then are.

    A file that a ruleset reads from elsewhere, which is neither named nor below a folder that is, is left alone.
    """
    fixed = fix(rulesets, (SAFE, UNSAFE) if unsafe else (SAFE,), _within(named))
    for file, text in fixed.texts.items():
        save(file, text)
    return fixed


def done(fixed: Fixed, named: Sequence[Path], *, unsafe: bool) -> str:
    """Return a line on how many problems were fixed, and how many more the other option would fix."""
    more = "" if unsafe else _more(_by_sort(_split(fixed.left, named)[0])[UNSAFE])
    return f"Fixed {_problems(fixed.count)}{more}."


def offer(diagnostics: Sequence[Diagnostic], named: Sequence[Path]) -> str:
    """Return a line on how many problems could be fixed in what was named, empty if none."""
    by_sort = _by_sort(_split(diagnostics, named)[0])
    if not by_sort[SAFE]:
        return f"{_problems(by_sort[UNSAFE])} can be fixed with --unsafe-fixes." if by_sort[UNSAFE] else ""
    return f"{_problems(by_sort[SAFE])} can be fixed with --fix{_more(by_sort[UNSAFE])}."


def elsewhere(diagnostics: Sequence[Diagnostic], named: Sequence[Path], *, unsafe: bool) -> str:
    """Return a line on how many problems could be fixed in other files, and how to; empty if none."""
    fixes = _split(diagnostics, named)[1]
    if not unsafe and _by_sort(fixes)[SAFE]:
        fixes, option = [one for one in fixes if one.applicability is SAFE], "--fix"
    else:
        option = "--unsafe-fixes"
    if not fixes:
        return ""
    files = list(dict.fromkeys(edit.span.source.name for fix in fixes for edit in fix.edits))
    return (
        f"{_problems(len(fixes))} can be fixed outside of what was named, in {_listed(files)}: "
        f"segrules check {option} {shlex.quote(_folder_of_all(files, named))}"
    )


def _listed(files: Sequence[str]) -> str:
    *first, last = files if len(files) <= _MOST_NAMED else [*files[: _MOST_NAMED - 1], f"{len(files) - 2} more"]
    return f"{', '.join(first)} and {last}" if first else last


def _folder_of_all(files: Sequence[str], named: Sequence[Path]) -> str:
    """Return the folder that holds files and all that was named."""
    folders = [path if path.is_dir() else path.parent for path in (*named, *map(Path, files))]
    return os.path.relpath(os.path.commonpath([folder.resolve() for folder in folders]))


def _problems(count: int) -> str:
    return f"{count or 'no'} {plural(count, 'problem')}"


def _more(count: int) -> str:
    return f" ({count} more with --unsafe-fixes)" if count else ""


def _by_sort(fixes: Iterable[Fix]) -> Counter[Applicability]:
    return Counter(fix.applicability for fix in fixes)


def _split(diagnostics: Iterable[Diagnostic], named: Sequence[Path]) -> tuple[list[Fix], list[Fix]]:
    """Return the fixes in files that may be changed, and the others."""
    may_change = _within(named)
    inside: list[Fix] = []
    outside: list[Fix] = []
    for one in diagnostics:
        if one.fix:
            (inside if all(map(may_change, files_of(one.fix))) else outside).append(one.fix)
    return inside, outside


def _within(named: Sequence[Path]) -> Callable[[Path], bool]:
    """Return which files may be changed: what was named, and what is below a folder that was."""
    roots = [path.resolve() for path in named]
    return lambda file: any(file.is_relative_to(root) for root in roots)
