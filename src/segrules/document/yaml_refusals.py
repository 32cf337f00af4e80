"""What YAML allows and a ruleset does not: the diagnostics."""

from __future__ import annotations

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from segrules.diagnostics.source import Span


def duplicate_key(key: str, first: Span, second: Span) -> Diagnostic:
    """Return what to say about a key that stands twice in one mapping."""
    return Diagnostic(
        catalogue.KEY_WRITTEN_TWICE,
        f"the key `{key}` stands here twice",
        Label(second, "again"),
        related=(Label(first, "first"),),
        help="rename one of them, or take it out",
    )


def merge_key(span: Span) -> Diagnostic:
    """Return what to say about `<<`."""
    return Diagnostic(
        catalogue.MERGE_KEY,
        "the key `<<` is not supported",
        Label(span, "would copy the keys of another mapping"),
        help="write the keys out; an alias `*name` may stand for a whole value",
    )


def key_not_text(span: Span) -> Diagnostic:
    """Return what to say about a list, a mapping, an alias or nothing where a key should be."""
    what = "a key is missing before this colon" if span.start == span.end else "a key must be a text"
    advice = "write a name there, or put the value in quotes if no key is meant"
    return Diagnostic(catalogue.KEY_NOT_TEXT, what, Label(span, "instead of a key"), help=advice)


def unused_anchor(name: str, span: Span, advice: str) -> Diagnostic:
    """Return what to say about an anchor that no alias names."""
    return Diagnostic(
        catalogue.UNUSED_ANCHOR,
        f"to YAML, `&{name}` is a name for the value behind it and not part of it, and nothing uses the name",
        Label(span, "not part of the value"),
        help=f"take it out; if it belongs to the value, {advice}",
    )


def unknown_anchor(name: str, span: Span, near: str | None, advice: str) -> Diagnostic:
    """Return what to say about an alias of nothing; `near` is the name that may be meant."""
    return Diagnostic(
        catalogue.UNKNOWN_ANCHOR,
        f"to YAML, `*{name}` stands for a value that was marked `&{name}` further up, and there is none",
        Label(span, "stands for nothing"),
        help=f"write `*{near}`" if near else advice,
        fix=Fix(f"write `*{near}`", (Edit(span, f"*{near}", verbatim=True),)) if near else None,
    )


def cyclic_alias(name: str, span: Span) -> Diagnostic:
    """Return what to say about an alias inside the value it names."""
    message = f"`*{name}` stands inside the value that it stands for"
    advice = "write the inner value out"
    return Diagnostic(catalogue.CYCLIC_ALIAS, message, Label(span, "would never end"), help=advice)


def too_deep(span: Span, deepest: int) -> Diagnostic:
    """Return what to say about too many lists and mappings inside each other."""
    message = f"lists and mappings stand inside each other more than {deepest} deep"
    advice = "look for brackets that are opened and never closed"
    return Diagnostic(catalogue.TOO_DEEP, message, Label(span, "one too many"), help=advice)


def too_many_values(span: Span, most: int) -> Diagnostic:
    """Return what to say about more values than a ruleset may have."""
    message = f"the file holds more than {most:,} values"
    return Diagnostic(
        catalogue.TOO_MANY_VALUES, message, Label(span, "one too many"), help="keep data in tables, not in rules"
    )


def too_many_by_aliases(span: Span, most: int) -> Diagnostic:
    """Return what to say about aliases that, written out, are too large."""
    message = f"written out, the aliases of the file stand for more than {most:,} values"
    advice = "use fewer aliases of values that hold aliases"
    return Diagnostic(catalogue.TOO_MANY_VALUES, message, Label(span, "one too many"), help=advice)


def empty_file(span: Span, advice: str) -> Diagnostic:
    """Return what to say about a file without any value; the advice is what to write in it."""
    message = "the file holds only comments" if "#" in span.source.text else "the file is empty"
    return Diagnostic(catalogue.EMPTY_FILE, message, Label(span), help=advice)
