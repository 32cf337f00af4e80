"""`check --fix`: which files may be changed, writing them, and what is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from segrules.cli.fixing import Check, fix
from segrules.diagnostics.diagnostic import Applicability, Diagnostic
from segrules.document.saving import save

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


def mend(
    rulesets: Sequence[Path], paths: Sequence[Path], check: Check, *, unsafe: bool
) -> tuple[dict[str, tuple[Diagnostic, ...]], str]:
    """Make fixes in the files of rulesets; return what is left to say of each, and a line on what was done.

    A file that a ruleset imports from elsewhere, neither below the working folder nor below a path that was named,
    is left alone.
    """
    may = _within(paths)
    fixed = fix(rulesets, check, (SAFE, UNSAFE) if unsafe else (SAFE,), may)
    for file, text in fixed.texts.items():
        save(file, text)
    left = _by_option([one for one in fixed.left if _may_be_mended(one, may)])
    more = f" ({left[UNSAFE]} more with --unsafe-fixes)" if left[UNSAFE] and not unsafe else ""
    return fixed.by_ruleset, f"Fixed {_problems(fixed.count)}{more}."


def offer(diagnostics: Sequence[Diagnostic], paths: Sequence[Path]) -> str:
    """Return a line on how many problems could be mended, empty if none."""
    may = _within(paths)
    by_option = _by_option([one for one in diagnostics if _may_be_mended(one, may)])
    if not by_option[SAFE]:
        return f"{_problems(by_option[UNSAFE])} can be fixed with --unsafe-fixes." if by_option[UNSAFE] else ""
    more = f" ({by_option[UNSAFE]} more with --unsafe-fixes)" if by_option[UNSAFE] else ""
    return f"{_problems(by_option[SAFE])} can be fixed with --fix{more}."


def _problems(count: int) -> str:
    return f"{count or 'no'} problem{'' if count == 1 else 's'}"


def _by_option(diagnostics: Sequence[Diagnostic]) -> Counter[Applicability]:
    return Counter(one.fix.applicability for one in diagnostics if one.fix)


def _may_be_mended(diagnostic: Diagnostic, may: Callable[[Path], bool]) -> bool:
    edits = diagnostic.fix.edits if diagnostic.fix else ()
    return all(may(Path(edit.span.source.name).resolve()) for edit in edits)


def _within(paths: Sequence[Path]) -> Callable[[Path], bool]:
    """Return which files may be changed: what is below the working folder or a path that was named."""
    roots = [Path().resolve(), *(path.resolve() for path in paths)]
    return lambda file: any(file.is_relative_to(root) for root in roots)
