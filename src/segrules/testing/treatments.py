"""What a test expects of the treatments of a row, checked against the program, and what came out of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.document.suite import TreatmentExpectationText
from segrules.document.written import Entry, Text
from segrules.engine.faults import Unreadable
from segrules.engine.spelling import Spelling
from segrules.language.constants import read_constant
from segrules.language.formatting import json_text
from segrules.language.types import INTEGER, Kind, Type, decimal
from segrules.language.values import Value
from segrules.meaning.tables import Record
from segrules.meaning.treatments import amount_places
from segrules.program.program import Program
from segrules.program.treatments import Attribute, Treatment
from segrules.testing import expectation_mistakes as mistakes
from segrules.testing.expected import Expected, What
from segrules.testing.values import NONE, is_bare, read_value

NOT_ELIGIBLE = "none"
"""The status of a treatment that a row is not eligible for."""

_COLUMNS = {What.STATUS: "status", What.AMOUNT: "amount", What.RANK: "rank", What.WHY: "reason"}


def read_treatments(
    program: Program, written: tuple[Entry[TreatmentExpectationText], ...], wrong: list[Diagnostic]
) -> Iterator[Expected]:
    """Yield what is expected of treatments, by their names; mistakes are collected."""
    names = [one.name for one in program.treatments]
    for entry in written:
        if entry.name.value in names:
            yield from _of_treatment(program, program.treatment(entry.name.value), entry, wrong)
        else:
            wrong.append(mistakes.not_a_treatment(entry.name, names))


def _of_treatment(
    program: Program, treatment: Treatment, entry: Entry[TreatmentExpectationText], wrong: list[Diagnostic]
) -> Iterator[Expected]:
    written, name = entry.value, treatment.name
    if written.status is not None:
        yield Expected(What.STATUS, name, written.status.value, written.status.span)
    money = decimal(amount_places(program))
    for what, text, kind in ((What.AMOUNT, written.amount, money), (What.RANK, written.rank, INTEGER)):
        if text is not None:
            yield from _number(program, what, name, text, kind, wrong)
    if written.reason is not None:
        yield Expected(What.WHY, name, " ".join(written.reason.value.split()), written.reason.span)
    known = dict(treatment.attributes)
    for attribute in written.attributes:
        if attribute.name.value in known:
            value = _constant(attribute.value, _is_text(known[attribute.name.value]))
            yield Expected(What.ATTRIBUTE, f"{name}.{attribute.name.value}", value, attribute.value.span)
        else:
            wrong.append(mistakes.not_an_attribute(attribute.name, name, list(known)))


def _number(
    program: Program, what: What, name: str, text: Text, kind: Type, wrong: list[Diagnostic]
) -> Iterator[Expected]:
    try:
        value = None if is_bare(text, NONE) else read_value(text, kind, Spelling(timezone=program.timezone))
    except Unreadable as unreadable:
        wrong.append(mistakes.unreadable_number(what.value, name, kind, text, unreadable.fault))
    else:
        yield Expected(what, name, value, text.span)


def _is_text(attribute: Attribute) -> bool:
    """Whether an attribute is told as text, whatever the text looks like."""
    return isinstance(attribute, tuple) or attribute.type.kind is Kind.STRING


def _constant(written: Text, is_text: bool) -> Value:
    """Return a constant as JSON has it."""
    found = None if is_text or is_bare(written, NONE) else read_constant(written.passage)
    value = None if is_bare(written, NONE) else written.value if found is None else found[0]
    return _in_json(json_text({"": value}), "")


def _in_json(text: str, name: str) -> Value:
    """Return a value in a JSON text by its name; numbers are exact."""
    found: dict[str, Any] = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return tuple(found[name]) if isinstance(found[name], list) else found[name]


def treatment_answer(what: What, name: str, found: Mapping[str, Record]) -> Value:
    """Return what came out where something is expected of a treatment."""
    treatment, _, attribute = name.partition(".")
    row = found.get(treatment)
    if row is None:
        return NOT_ELIGIBLE if what is What.STATUS else None
    if what is What.ATTRIBUTE:
        return _in_json(str(row["attributes"]), attribute) if row["attributes"] else None
    return row[_COLUMNS[what]]


def treatment_failure(
    program: Program, message: str, label: str, expected: Expected, found: Mapping[str, Record]
) -> Diagnostic:
    """Return what is said about a treatment that is not as expected, and why it is as it is."""
    treatment = program.treatment(expected.name.partition(".")[0])
    row = found.get(treatment.name)
    why = f"`{treatment.name}` is {row['status']}: {row['reason']}" if row else f"not eligible for `{treatment.name}`"
    declared = Label(treatment.span, "declared here")
    return Diagnostic(catalogue.UNEXPECTED_TREATMENT, message, Label(expected.span, label), (declared,), (why,))
