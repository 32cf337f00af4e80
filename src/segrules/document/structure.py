"""Nodes to a ruleset, its tests or a project file as written: one reader that follows the shapes of their classes.

All problems of a file are collected. What is wrong is left out, or read as what it was meant to be, so that the rest
can be checked too; the names in what was left out are kept in `RulesetText.unread`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.diagnostics.source import Passage, Source
from segrules.document import structure_messages as messages
from segrules.document.condition_text import ConditionText
from segrules.document.nodes import Entry as YamlEntry
from segrules.document.nodes import Mapping, Node, Scalar, Sequence, Unreadable
from segrules.document.project_text import ProjectText
from segrules.document.ruleset import ImportText, RulesetText
from segrules.document.shapes import Shape, key_of, keys_of, others_of
from segrules.document.structure_keys import written_keys
from segrules.document.structure_place import Findings, Place
from segrules.document.structure_scalars import (
    is_empty,
    listed,
    read_day,
    read_name,
    read_scalar,
)
from segrules.document.suite import SuiteText
from segrules.document.written import Choice, Dated, Entry, Record, Since, Text, Word


def read_ruleset(node: Node | None, source: Source) -> tuple[RulesetText | None, tuple[Diagnostic, ...]]:
    """Return the ruleset that a file's top node holds, and everything that is wrong with its structure.

    The ruleset is None only if the node is no mapping. A `ruleset` or `entity` that is missing or wrong is the empty
    name. No node, or an unreadable one, was reported when the YAML was read.
    """
    nothing = Passage("", source, lambda: (0,))
    substitutes: dict[str, Any] = {
        "segrules": Choice("1", nothing.whole),
        "ruleset": Word("", nothing),
        "entity": Word("", nothing),
    }
    return _read_whole(node, RulesetText, "the ruleset", substitutes)


def read_import(node: Node | None, source: Source) -> tuple[ImportText | None, tuple[Diagnostic, ...]]:
    """Return what the top node of an imported file holds, as `read_ruleset` does."""
    return _read_whole(node, ImportText, "the imported file", {"segrules": Choice("1", source.span(0, 0))})


def read_suite(node: Node | None) -> tuple[SuiteText | None, tuple[Diagnostic, ...]]:
    """Return the tests that a file's top node holds, and everything that is wrong with its structure.

    The suite is None if there are no tests in it. No node, or an unreadable one, was reported when the YAML was read.
    """
    findings = Findings()
    if not isinstance(node, Mapping) or not node.entries:
        _report_nothing(node, SuiteText, "the file", findings)
        return None, tuple(findings.diagnostics)
    values = _read_fields(node, SuiteText, Place("", node.entries[0].key.span, whole="the file"), findings)
    suite = SuiteText(**values, span=node.span) if "tests" in values else None
    return suite, in_order(findings.diagnostics)


def read_project(node: Mapping) -> tuple[ProjectText, tuple[Diagnostic, ...]]:
    """Return the project file that a file's keys are, and everything that is wrong with its structure."""
    findings = Findings()
    values = _read_fields(node, ProjectText, Place("", node.span, whole="the project file"), findings)
    return ProjectText(**values, span=node.span), in_order(findings.diagnostics)


_Whole = TypeVar("_Whole", RulesetText, ImportText)


def _read_whole(
    node: Node | None, record: type[_Whole], called: str, substitutes: dict[str, Any]
) -> tuple[_Whole | None, tuple[Diagnostic, ...]]:
    findings = Findings()
    if not isinstance(node, Mapping) or not node.entries:
        _report_nothing(node, record, called, findings)
        return None, tuple(findings.diagnostics)
    place = Place("", node.entries[0].key.span, whole=called)
    values = _read_fields(node, record, place, findings)
    whole = record(**(substitutes | values), span=node.span, unread=frozenset(findings.unread))
    return whole, in_order(findings.diagnostics)


def _report_nothing(node: Node | None, record: type[Record], called: str, findings: Findings) -> None:
    match node:
        case Mapping():
            findings.report(messages.empty_collection(Place("", node.span, whole=called), node))
        case Scalar() | Sequence():
            findings.report(messages.wrong_shape(Place("", node.span, whole=called), node, Shape(record=record)))


def _read_fields(node: Mapping, record: type[Record], place: Place, findings: Findings) -> dict[str, Any]:
    written = written_keys(node, record, place, findings)
    values = {}
    for key in keys_of(record):
        if entry := written.entries.get(key.name):
            value = _read(entry.value, key.shape, place.under(record, key, entry.key.span), findings)
            if value is not None:
                values[key.field] = value
    others = others_of(record)
    if others is not None and others.shape.entries is not None:
        rest = [entry for entry in node.entries if entry.key.value not in written.entries]
        values[others.field] = _read_named(rest, others.shape, others.shape.entries, place, findings)
    return values


def _read(node: Node, shape: Shape, place: Place, findings: Findings) -> object | None:
    """Return what stands at a place in the form that its shape gives it, None if it has to be left out."""
    value = _read_form(node, shape, place, findings)
    if value is None:
        findings.leave_out(node)
    return value


def _read_form(node: Node, shape: Shape, place: Place, findings: Findings) -> object | None:
    match node:
        case Unreadable():
            return None
        case Scalar():
            return _read_scalar(node, shape, place, findings)
        case Sequence(items=()) if shape.items and shape.may_be_empty:
            return ()
        case Mapping(entries=()) if shape.entries and shape.may_be_empty:
            return ()
        case Sequence(items=()) | Mapping(entries=()):
            findings.report(messages.empty_collection(place, node))
            return None
        case Sequence():
            return _read_list(node, shape, place, findings)
        case Mapping():
            return _read_mapping(node, shape, place, findings)


def _read_scalar(node: Scalar, shape: Shape, place: Place, findings: Findings) -> object | None:
    if is_empty(node, shape):
        findings.report(messages.empty_value(place))
        return None
    several_names = shape.scalar is Word and shape.items and "," in node.value
    if shape.scalar and not several_names:
        return read_scalar(node, shape, place, findings)
    if shape.items and shape.items.scalar:
        return _read_one_as_list(node, shape.items, place, findings)
    findings.report(messages.wrong_shape(place, node, shape))
    return None


def _read_one_as_list(node: Scalar, item: Shape, place: Place, findings: Findings) -> tuple[object, ...]:
    """Report a value where a list is needed, and return the list that it was probably meant to be."""
    if item.scalar is Text or item.scalar is Word:
        texts = listed(node, item.scalar)
        findings.report(messages.listed_value(place, node, [text.value for text in texts]))
        return texts
    findings.report(messages.wrong_shape(place, node, Shape(items=item)))
    return (read_scalar(node, item, place, findings),)


def _read_list(node: Sequence, shape: Shape, place: Place, findings: Findings) -> object | None:
    if shape.items:
        return _read_items(node, shape.items, place, findings)
    findings.report(messages.wrong_shape(place, node, shape))
    if shape.record is ConditionText:
        return _read_all(node, place, findings)
    return None


def _read_items(node: Sequence, item: Shape, place: Place, findings: Findings) -> tuple[object, ...] | None:
    values = (_read(one, item, place.item(one), findings) for one in node.items)
    return tuple(value for value in values if value is not None) or None


def _read_all(node: Sequence, place: Place, findings: Findings) -> ConditionText | None:
    """Return a list of conditions that stands where one is needed as the `all` of them."""
    key = key_of(ConditionText, "all")
    assert key is not None
    assert key.shape.items is not None
    conditions: Any = _read_items(node, key.shape.items, place.under(ConditionText, key, place.span), findings)
    return ConditionText(span=node.span, all=conditions) if conditions else None


def _read_mapping(node: Mapping, shape: Shape, place: Place, findings: Findings) -> object | None:
    first = node.entries[0].key
    if shape.dated and first.value[:1].isdigit():  # no key of the language begins so
        return _read_dated(node, shape.dated, place, findings)
    if shape.record:
        return _read_record(node, shape.record, place, findings)
    if shape.entries:
        return _read_entries(node, shape, shape.entries, place, findings)
    findings.report(messages.wrong_shape(place, node, shape))
    return None


def _read_dated(node: Mapping, shape: Shape, place: Place, findings: Findings) -> Dated[object] | None:
    """Return values by day; None if one of them cannot be read, as without it another would hold in its place."""
    days = [read_day(entry.key, place, findings) for entry in node.entries]
    values = [_read(entry.value, shape, replace(place, span=entry.key.span), findings) for entry in node.entries]
    known = [Since(day, value) for day, value in zip(days, values, strict=True) if day and value is not None]
    return Dated(tuple(known)) if len(known) == len(values) else None


def _read_record(node: Mapping, record: type[Record], place: Place, findings: Findings) -> Record | None:
    values = _read_fields(node, record, place, findings)
    complete = all(key.field in values for key in keys_of(record) if key.required)
    if complete and _has_its_one(record, values):
        return record(**values, span=node.span)
    return None


def _has_its_one(record: type[Record], values: dict[str, Any]) -> bool:
    return not record.exactly_one or any(
        key.field in values for key in keys_of(record) if key.name in record.exactly_one
    )


def _read_entries(
    node: Mapping, shape: Shape, inner: Shape, place: Place, findings: Findings
) -> tuple[Entry[object], ...] | None:
    return _read_named(node.entries, shape, inner, place, findings) or None


def _read_named(
    entries: Iterable[YamlEntry], shape: Shape, inner: Shape, place: Place, findings: Findings
) -> tuple[Entry[object], ...]:
    found: dict[str, Entry[object]] = {}
    for entry in entries:
        here = place.named(entry.key)
        name = _read_entry_name(entry.key, shape, here, findings)
        value = _read(entry.value, inner, here, findings)
        if name is None or value is None:
            findings.unread.add(entry.key.value)
        else:
            found.setdefault(name.value, Entry(name, value))
    return tuple(found.values())


def _read_entry_name(key: Scalar, shape: Shape, place: Place, findings: Findings) -> Word | None:
    if not key.value:
        findings.report(messages.empty_name(place, key))
        return None
    return Word(key.value, key.passage) if shape.any_name else read_name(key, place, findings)
