"""What messages about a file of tests share: wrong words with the nearest right one, values and what they should be."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.listing import counted, listed
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest
from segrules.document.written import Text
from segrules.engine.faults import Fault
from segrules.language.types import Kind, Type

SHOWN = 12

KINDS = {
    Kind.BOOLEAN: "`true` or `false`",
    Kind.INTEGER: "a whole number, such as `12` or `2_000_000`",
    Kind.NUMBER: "a number, such as `2.5` or `30%`",
    Kind.DECIMAL: "a number, such as `2.50` or `30%`",
    Kind.STRING: "a text",
    Kind.DATE: "a date, such as `2026-01-31`",
    Kind.DATETIME: "a date with a time, such as `2026-01-31T12:50`",
    Kind.LIST: "a list, such as `[a, b]`",
}

FAULTS = {
    Fault.TYPE: catalogue.WRONG_TYPE_IN_DATA,
    Fault.PLACES: catalogue.PLACES_IN_DATA,
    Fault.VALUES: catalogue.VALUE_NOT_DECLARED,
}


def near_word(code: Code, message: str, span: Span, label: str, word: str, names: Sequence[str]) -> Diagnostic:
    """Return a diagnostic about a wrong word with the nearest right one."""
    near = nearest(word, names)
    if near:
        fix = Fix(f"write `{near}`", (Edit(span, near),), Applicability.UNSAFE)
        return Diagnostic(code, message, Label(span, label), help=f"did you mean `{near}`?", fix=fix)
    verb = "is" if len(names) < 2 else "are"
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return Diagnostic(code, message, Label(span, label), help=f"there {verb} {listed(names[:SHOWN])}{more}")


def wrong(declared: Type, fault: Fault) -> str:
    """Return what is wrong with a value, as a label says it."""
    match fault:
        case Fault.PLACES:
            return f"more than {counted(declared.places, 'decimal place')}"
        case Fault.VALUES:
            return "not one of the declared values"
    return f"not of type {declared}"


def right(declared: Type, written: Text | tuple[Text, ...], fault: Fault) -> str:
    """Return what to write in place of a value that cannot stand there."""
    values = (declared.item or declared).values
    if fault is Fault.VALUES and values:
        near = nearest(written.value, values) if isinstance(written, Text) else None
        return f"did you mean `{near}`?" if near else f"write one of {listed(values[:SHOWN])}"
    return f"write {KINDS[declared.kind]}; `missing` where there is none"
