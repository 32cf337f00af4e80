"""Imports: the files that a ruleset shares with others, read once each, and what they declare beside its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.source import Source, Span
from segrules.document import import_messages as messages
from segrules.document import nodes
from segrules.document.files import Reader, nearest_file, read_source
from segrules.document.import_paths import Location, locate, real, repository_of
from segrules.document.ruleset import ImportText, RulesetText, Way
from segrules.document.structure import read_import
from segrules.document.structure_messages import BEGINNING_OF_IMPORT
from segrules.document.structure_place import noun_below
from segrules.document.written import Entry, Text
from segrules.document.yaml_reader import read_yaml

_OF_RULESETS = ("ruleset", "entity", "segmentations", "treatments")
_SHARED = ("tables", "parameters", "metrics", "groups")


@dataclass(slots=True)
class _File:
    """A file that was read; `ways` are the files that it imports, each with the place where it first says so."""

    source: Source
    text: RulesetText | ImportText
    ways: list[tuple[Path, Span]] = field(default_factory=list)


def with_imports(ruleset: RulesetText, source: Source, read: Reader) -> tuple[RulesetText, tuple[Diagnostic, ...]]:
    """Return a ruleset with all that its imports declare, before its own, and everything that is wrong with them."""
    if not ruleset.imports:
        return ruleset, ()
    reading = _Reading(repository_of(Path(source.name).parent), read)
    start = real(Path(source.name))
    reading.read_all(start, _File(source, ruleset))
    order, cycles = _in_order_of_need(reading.files, start)
    shared = [reading.files[path].text for path in order]
    declared: dict[str, Any] = {}
    for section in _SHARED:
        declared[section], clashes = _together(section, [getattr(text, section) for text in shared])
        reading.diagnostics += clashes
    kinds = tuple(kind for text in shared for kind in text.kinds)
    unread = frozenset[str]().union(*(text.unread for text in shared))
    imported = tuple(reading.files[path].source for path in order if path != start)
    whole = replace(
        ruleset, **declared, kinds=kinds, unread=unread, whole=reading.complete, imported=imported,
        ways=_ways(ruleset, reading.files, start),
    )  # fmt: skip
    return whole, (*reading.diagnostics, *cycles)


def imported_files(ruleset: RulesetText, source: Source) -> tuple[Path, ...]:
    """Return the files that a ruleset imports, and those that they import, as far as they can be read."""
    reading = _Reading(repository_of(Path(source.name).parent), read_source)
    reading.read_all(real(Path(source.name)), _File(source, ruleset))
    return tuple(Path(file.source.name) for file in list(reading.files.values())[1:])


@dataclass(slots=True)
class _Reading:
    """Reads files, each once, and notes what is wrong; not `complete` if one could not be read at all."""

    repository: Path
    read: Reader
    files: dict[Path, _File] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    complete: bool = True
    _unreadable: set[Path] = field(default_factory=set)

    def read_all(self, path: Path, first: _File) -> None:
        """Take a file and read everything that it imports, and what that imports in turn."""
        self.files[path] = first
        pending = [first]
        while pending:
            file = pending.pop(0)
            for written in file.text.imports:
                pending += self._follow(file, written)

    def _follow(self, importer: _File, written: Text) -> list[_File]:
        """Note where an import leads, and return the file if it is new."""
        found = locate(written, importer.source, self.repository)
        if isinstance(found, Diagnostic):
            self._give_up(found)
            return []
        new = found.path not in self.files and found.path not in self._unreadable
        if new and (file := self._read(found, written)):
            self.files[found.path] = file
        if first := next((span for path, span in importer.ways if path == found.path), None):
            self.diagnostics.append(messages.repeated(written.span, written.value, first))
        elif found.path in self.files:
            importer.ways.append((found.path, written.span))
        return [self.files[found.path]] if new and found.path in self.files else []

    def _read(self, location: Location, written: Text) -> _File | None:
        source, of_file = self.read(location.name)
        if source is None:
            self._give_up(*(_of_file(written, location, one) for one in of_file))
        else:
            node, of_yaml = read_yaml(source, if_empty=BEGINNING_OF_IMPORT)
            if key := _key_of_a_ruleset(node):
                self._give_up(messages.is_a_ruleset(written.span, written.value, key))
            else:
                text, of_structure = read_import(node, source)
                self.diagnostics += [*of_yaml, *of_structure]
                if text is not None:
                    return _File(source, text)
                self._give_up(messages.nothing_in_it(written.span, written.value))
        self._unreadable.add(location.path)
        return None

    def _give_up(self, *found: Diagnostic) -> None:
        self.diagnostics += found
        self.complete = False


def _of_file(written: Text, location: Location, found: Diagnostic) -> Diagnostic:
    """Return what is said of a file that cannot be opened: at the import, unless there is a place in the file."""
    if found.label is not None:
        return replace(found, related=(*found.related, Label(written.span, "imported here")))
    near = nearest_file(location.name) if found.code is catalogue.FILE_NOT_FOUND else None
    folder = Path(written.span.source.name).parent
    return messages.not_read(written.span, found, near and Path(os.path.relpath(near, folder)).as_posix())


def _key_of_a_ruleset(node: nodes.Node | None) -> Span | None:
    entries = node.entries if isinstance(node, nodes.Mapping) else ()
    return next((entry.key.span for entry in entries if entry.key.value in _OF_RULESETS), None)


def _in_order_of_need(files: Mapping[Path, _File], start: Path) -> tuple[list[Path], list[Diagnostic]]:
    """Return the files, each after those that it imports, and what is said of those that import each other."""
    order: list[Path] = []
    cycles: list[Diagnostic] = []
    open_: list[tuple[Path, Iterator[tuple[Path, Span]], list[Span]]] = [(start, iter(files[start].ways), [])]
    seen = {start}
    while open_:
        path, ways, followed = open_[-1]
        way = next(ways, None)
        if way is None:
            open_.pop()
            order.append(path)
            continue
        target, span = way
        followed[:] = [span]
        on_the_way = [one for one, _, _ in open_]
        if target in on_the_way:
            circle = open_[on_the_way.index(target) :]
            names = [files[one].source.name for one, _, _ in circle]
            cycles.append(messages.cycle([*names, names[0]], [spans[0] for _, _, spans in circle]))
        elif target not in seen:
            seen.add(target)
            open_.append((target, iter(files[target].ways), []))
    return order, cycles


def _ways(ruleset: RulesetText, files: Mapping[Path, _File], start: Path) -> tuple[Way, ...]:
    """Return where each import of the ruleset's own file leads, as far as it could be read."""
    target_of = {span: path for path, span in files[start].ways}
    ways = []
    for written in ruleset.imports:
        if target := target_of.get(written.span):
            reached = [files[path] for path in _reached(files, target)]
            kinds = frozenset(kind.value for file in reached for kind in file.text.kinds)
            ways.append(Way(written, tuple(file.source for file in reached), kinds))
    return tuple(ways)


def _reached(files: Mapping[Path, _File], target: Path) -> tuple[Path, ...]:
    """Return a file and all that it imports, each once."""
    reached = {target: None}
    pending = [target]
    while pending:
        for path, _ in files[pending.pop()].ways:
            if path not in reached:
                reached[path] = None
                pending.append(path)
    return tuple(reached)


def _together(
    section: str, declared: Sequence[Sequence[Entry[Any]]]
) -> tuple[tuple[Entry[Any], ...], list[Diagnostic]]:
    """Return what several files declare under one key; of two things with one name the first is kept."""
    found: dict[str, Entry[Any]] = {}
    clashes = []
    for entry in (entry for entries in declared for entry in entries):
        first = found.setdefault(entry.name.value, entry)
        if first is not entry:
            noun = noun_below(section) or section
            clashes.append(messages.declared_twice(entry.name.value, noun, entry.name.span, first.name.span))
    return tuple(found.values()), clashes
