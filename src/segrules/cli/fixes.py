"""`check --fix`: which files may be changed, writing them, and what is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from segrules.diagnostics.diagnostic import Applicability, Diagnostic
from segrules.diagnostics.listing import plural
from segrules.document.saving import save
from segrules.fixing.candidates import files_of
from segrules.fixing.fix import Fixed, fix

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


def fix_files(rulesets: Sequence[Path], paths: Sequence[Path], *, unsafe: bool) -> Fixed:
    """Make fixes in the files of rulesets, and return how these then are.

    A file that a ruleset imports from elsewhere, neither below the working folder nor below a path that was named,
    is left alone.
    """
    fixed = fix(rulesets, (SAFE, UNSAFE) if unsafe else (SAFE,), _within(paths))
    for file, text in fixed.texts.items():
        save(file, text)
    return fixed


def done(fixed: Fixed, paths: Sequence[Path], *, unsafe: bool) -> str:
    """Return a line on how many problems were fixed, and how many more the other option would fix."""
    more = "" if unsafe else _more(_fixable(fixed.left, paths)[UNSAFE])
    return f"Fixed {_problems(fixed.count)}{more}."


def offer(diagnostics: Sequence[Diagnostic], paths: Sequence[Path]) -> str:
    """Return a line on how many problems could be fixed, empty if none."""
    by_option = _fixable(diagnostics, paths)
    if not by_option[SAFE]:
        return f"{_problems(by_option[UNSAFE])} can be fixed with --unsafe-fixes." if by_option[UNSAFE] else ""
    return f"{_problems(by_option[SAFE])} can be fixed with --fix{_more(by_option[UNSAFE])}."


def _problems(count: int) -> str:
    return f"{count or 'no'} {plural(count, 'problem')}"


def _more(count: int) -> str:
    return f" ({count} more with --unsafe-fixes)" if count else ""


def _fixable(diagnostics: Sequence[Diagnostic], paths: Sequence[Path]) -> Counter[Applicability]:
    """Return how many fixes there are of each sort, in files that may be changed."""
    may_change = _within(paths)
    fixes = [one.fix for one in diagnostics if one.fix]
    return Counter(fix.applicability for fix in fixes if all(map(may_change, files_of(fix))))


def _within(paths: Sequence[Path]) -> Callable[[Path], bool]:
    """Return which files may be changed: what is below the working folder or a path that was named."""
    roots = [Path().resolve(), *(path.resolve() for path in paths)]
    return lambda file: any(file.is_relative_to(root) for root in roots)
