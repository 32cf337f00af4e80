"""Which keys of a mapping are which: unknown ones, ones that belong elsewhere, and ones that need or exclude others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from segrules.diagnostics.spelling import nearest
from segrules.document import structure_messages as messages
from segrules.document.condition_text import ConditionText
from segrules.document.foreign_spellings import known_key
from segrules.document.nodes import Entry, Mapping, Scalar, Unreadable
from segrules.document.ruleset import RulesetText
from segrules.document.shapes import key_of, keys_of, others_of, records_below
from segrules.document.structure_place import Findings, Place, noun_below
from segrules.document.table_text import ColumnText
from segrules.document.written import Record


@dataclass(frozen=True, slots=True)
class WrittenKeys:
    """The keys of a record that are there, also under a wrong spelling; and those that need not be missed."""

    entries: dict[str, Entry] = field(default_factory=dict)
    excused: set[str] = field(default_factory=set)

    def lacks(self, key: str) -> bool:
        """Whether a key is missing and nothing was said that explains it."""
        return key not in self.entries and key not in self.excused


def written_keys(node: Mapping, record: type[Record], place: Place, findings: Findings) -> WrittenKeys:
    """Return the keys of a mapping, and report those that are unknown, missing or too many."""
    written = WrittenKeys({entry.key.value: entry for entry in node.entries if key_of(record, entry.key.value)})
    if others_of(record):
        _leave_to_others(record, written)
    for entry in node.entries:
        if entry.key.value not in written.entries and not others_of(record):
            _take_unknown(entry, record, written, place, findings)
    _keep_one(record, written, place, findings)
    _report_missing(record, written, place, findings)
    _report_company(record, written, place, findings)
    return written


def _leave_to_others(record: type[Record], written: WrittenKeys) -> None:
    """Take a key for a name of the author's where its value is in none of the forms that the language's key has."""
    for name, entry in list(written.entries.items()):
        key = key_of(record, name)
        if key and key.shape.entries and not key.shape.scalar and not isinstance(entry.value, Mapping):
            del written.entries[name]


# Unknown keys


def _take_unknown(entry: Entry, record: type[Record], written: WrittenKeys, place: Place, findings: Findings) -> None:
    """Report a key that the record does not have; its value is read under the key that was probably meant."""
    if isinstance(entry.value, Unreadable):  # what was meant is anybody's guess, and the line has a message
        written.excused.update(key.name for key in keys_of(record))
        findings.leave_out(entry.value)
        return
    meant = known_key(record, entry.key.value, written.entries)
    if meant is None and _report_other_place(entry.key, record, written, place, findings):
        findings.leave_out(entry.value)
        return
    meant = meant or _near(entry.key.value, record, written)
    _report_unknown(entry, record, meant, place, findings)
    if meant and meant not in written.entries:
        written.entries[meant] = entry
        return
    written.excused.update(record.exactly_one)
    findings.leave_out(entry.value)


def _near(word: str, record: type[Record], written: WrittenKeys) -> str | None:
    names = {key.name for key in keys_of(record)}
    return nearest(word, names - written.entries.keys()) or nearest(word, names)


def _report_unknown(entry: Entry, record: type[Record], meant: str | None, place: Place, findings: Findings) -> None:
    if meant:
        findings.report(messages.unknown_key(entry.key, place, record, meant))
    elif record is ConditionText and isinstance(entry.value, Scalar):
        findings.report(messages.condition_as_key(entry.key, place, entry.value.value))
    elif record is ColumnText and entry.key.value == "required":
        findings.report(messages.required_column(entry.key, place))
    elif owner := _owner(entry.key.value):
        findings.report(messages.belongs_elsewhere(entry.key, place, owner))
    else:
        findings.report(messages.unknown_key(entry.key, place, record, None))


def _report_other_place(
    key: Scalar, record: type[Record], written: WrittenKeys, place: Place, findings: Findings
) -> bool:
    """Report a key that stands too deep or not deep enough, if it is one."""
    for levels, (around, inwards) in enumerate(reversed(place.inside), start=1):
        if key_of(around, key.value):
            findings.report(messages.belongs_higher(key, place, inwards, levels))
            return True
    for own in keys_of(record):
        if any(key_of(below, key.value) for below in records_below(own.shape)):
            findings.report(messages.belongs_lower(key, place, own.name))
            written.excused.update({own.name, *record.exactly_one} if own.name in record.exactly_one else {own.name})
            return True
    return False


def _owner(word: str) -> str | None:
    """Return what has a key of that name, somewhere in a ruleset."""
    return next((owner for name, owner in _all_keys() if name == word), None)


def _all_keys() -> Iterator[tuple[str, str]]:
    """Yield every key with what has it, the outermost first."""
    pending: list[tuple[type[Record], str]] = [(RulesetText, "a ruleset")]
    seen: set[type[Record]] = set()
    while pending:
        record, owner = pending.pop(0)
        seen.add(record)
        for key in keys_of(record):
            yield key.name, owner
            noun = noun_below(key.name)
            called = f"a {noun}" if noun else f"`{key.name}`"
            pending += [(below, called) for below in records_below(key.shape) if below not in seen]


# Keys that need or exclude each other


def _keep_one(record: type[Record], written: WrittenKeys, place: Place, findings: Findings) -> None:
    there = [key for key in record.exactly_one if key in written.entries]
    there.sort(key=lambda key: written.entries[key].key.span.start)
    for key in there[1:]:
        entry = written.entries.pop(key)
        findings.report(messages.conflicting_keys(place, record, written.entries[there[0]].key, entry.key))
        findings.leave_out(entry.value)
    if record.exactly_one and not there and not written.excused.intersection(record.exactly_one):
        findings.report(messages.missing_one_of(place, record.exactly_one))


def _report_missing(record: type[Record], written: WrittenKeys, place: Place, findings: Findings) -> None:
    needed = [key.name for key in keys_of(record) if key.required]
    needed += [companion for key, companion in record.calls_for.items() if key in written.entries]
    for name in needed:
        if written.lacks(name):
            findings.report(messages.missing_key(place, record, name))
            written.excused.add(name)


def _report_company(record: type[Record], written: WrittenKeys, place: Place, findings: Findings) -> None:
    """Report a key without the word that it goes with, and the word without the key."""
    for name, (other, word) in record.only_with.items():
        if other in written.excused:
            continue
        stated = _word_under(written, other)
        if stated == word and written.lacks(name):
            findings.report(messages.missing_key(place, record, name))
        elif name in written.entries and stated != word and _is_settled(record, written, other):
            findings.report(messages.key_without_use(written.entries[name].key, other, word))


def _word_under(written: WrittenKeys, name: str) -> str | None:
    entry = written.entries.get(name)
    return entry.value.value if entry and isinstance(entry.value, Scalar) else None


def _is_settled(record: type[Record], written: WrittenKeys, name: str) -> bool:
    """Whether a choice is absent, or one of its words; otherwise it has a message of its own."""
    key = key_of(record, name)
    return name not in written.entries or (key is not None and _word_under(written, name) in key.shape.words)
