"""What is said about comments that ask that advice be passed over."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code, Severity
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.listing import listed
from segrules.diagnostics.source import Span

_EXAMPLE = "unguarded-optional"


def names_nothing(comment: Span, found: Sequence[str]) -> Diagnostic:
    """`# segrules: ignore`; `found` are the slugs of the advice that there is."""
    return Diagnostic(
        catalogue.BARE_IGNORE,
        "this comment does not say what it ignores",
        Label(comment, "names nothing"),
        notes=("a comment that ignored everything would hide what is found tomorrow",),
        help=f"write `{written(found or [_EXAMPLE])}`",
        fix=_written_there(comment, written(found)) if found else None,
    )


def misspelt(comment: Span, meant: Sequence[str], *, is_sure: bool) -> Diagnostic:
    """`# segrules ignore[unguarded-optional]`, or one without square brackets; `meant` are the names in it."""
    right = written(meant or [_EXAMPLE])
    return Diagnostic(
        catalogue.MISSPELT_IGNORE,
        "this comment is not spelt as one that ignores something",
        Label(comment, "ignores nothing"),
        help=f"write `{right}`",
        fix=_written_there(comment, right, Applicability.SAFE if is_sure else Applicability.UNSAFE) if meant else None,
    )


def unknown(name: Span, meant: str | None) -> Diagnostic:
    """`# segrules: ignore[unguarded-optinal]`."""
    return Diagnostic(
        catalogue.UNKNOWN_IGNORE,
        f"there is no diagnostic `{name.text}`",
        Label(name, "unknown"),
        help=f"did you mean `{meant}`?" if meant else "`segrules explain-code` lists them all",
        fix=_written_there(name, meant) if meant else None,
    )


def not_advice(name: Span, code: Code) -> Diagnostic:
    """`# segrules: ignore[unknown-name]`."""
    why = "it is about data, and this is about a ruleset"
    if code.severity is Severity.ERROR:
        why = "where it is found, the ruleset has no meaning"
    message = f"`{code.slug}` cannot be ignored: {why}"
    label = Label(name, "cannot be ignored")
    return Diagnostic(catalogue.IGNORED_ERROR, message, label, help="mend what it finds, and take it out here")


def unused(place: Span, codes: Sequence[Code], line: int, edit: Edit) -> Diagnostic:
    """`# segrules: ignore[unguarded-optional]` where nothing of the kind is found."""
    return Diagnostic(
        catalogue.UNUSED_IGNORE,
        f"{listed([code.slug for code in codes], 'or')} is not found on line {line}, and need not be ignored",
        Label(place, "ignores nothing"),
        help="take it out",
        fix=Fix("take it out", (edit,), Applicability.SAFE),
    )


def written(names: Sequence[str]) -> str:
    """Return the comment that ignores diagnostics by their names."""
    return f"# segrules: ignore[{', '.join(names)}]"


def _written_there(place: Span, text: str, applicability: Applicability = Applicability.UNSAFE) -> Fix:
    """Return the fix of what stands in a comment, and so is part of no value."""
    return Fix(f"write `{text}`", (Edit(place, text, verbatim=True),), applicability)
