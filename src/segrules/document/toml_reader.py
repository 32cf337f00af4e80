"""TOML text to nodes, the same that YAML gives, so that one reader of structure serves both.

Python's own `tomllib` says whether a text is TOML, but not where things stand in it. So a text that it takes is gone
through once more here, for the places.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Passage, Source, Span
from segrules.document import project_messages as messages
from segrules.document.nodes import Entry, Mapping, Node, Scalar, Sequence, Style

_MARK = "\ufeff"
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SIGN = re.compile(r"\[\[?|\]\]?|[{},=.]")
_QUOTED = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'{3}.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^\s,\]}#]+(?: [0-9][^\s,\]}#]*)?")  # a blank may part a date from its time
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")


def read_toml(source: Source) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """Read a file's text as TOML: its keys and values, or None and why it is no TOML."""
    text = source.text.removeprefix(_MARK)
    start = len(source.text) - len(text)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (_refusal(source, start, str(error)),)
    except RecursionError:
        return None, (messages.not_toml(source.span(start, start), "Too much inside one another"),)
    return _Reading(source, start).whole(), ()


def _refusal(source: Source, start: int, said: str) -> Diagnostic:
    """Return what is said where `tomllib` stopped, which stands behind its words."""
    place = _PLACE.search(said)
    at = len(source.text.rstrip())
    if place and place["line"]:
        line = int(place["line"])
        at = source.line_starts[line - 1] + int(place["column"]) - 1 + (start if line == 1 else 0)
    return messages.not_toml(source.span(at, at), said[: place.start()] if place else said)


class _Escaped(Scalar):
    """A text that is not spelt as it reads."""

    __slots__ = ()

    @property
    def passage(self) -> Passage:
        """The value; where its characters stand is known roughly."""
        offsets = [min(self.span.start + at, self.span.end) for at in range(len(self.value))]
        return Passage(self.value, self.span.source, lambda: [*offsets, self.span.end])


@dataclass(slots=True)
class _Table:
    """A table while it grows: each key with what stands behind it, a list being one of tables."""

    entries: dict[str, tuple[Scalar, _Table | list[_Table] | Node]] = field(default_factory=dict)

    def below(self, key: Scalar, *, listed: bool = False) -> _Table:
        """Return the table behind a key, or the last of a list; `listed` adds one to the list."""
        _, known = self.entries.setdefault(key.value, (key, [] if listed else _Table()))
        if not isinstance(known, list):
            assert isinstance(known, _Table), "tomllib refuses a key below a value"
            return known
        if listed:
            known.append(_Table())
        return known[-1]


@dataclass(slots=True)
class _Reading:
    """Goes through a text that is TOML, from `at` on."""

    source: Source
    at: int

    def whole(self) -> Mapping:
        """Return all that stands in the text."""
        root = table = _Table()
        self._pass_gap()
        while self.at < len(self.source.text):
            listed = self._passed("[[")
            if listed or self._passed("["):
                table = _entered(root, self._keys(), listed=listed)
                self._passed("]]" if listed else "]")
            else:
                self._entry(table)
            self._pass_gap()
        return _mapping(root, self.source.span(0, self.at))

    def _entry(self, table: _Table) -> None:
        """Take `key = value`, or `first.second = value`."""
        *ways, last = self._keys()
        self._passed("=")
        _entered(table, ways).entries[last.value] = (last, self._value())

    def _keys(self) -> list[Scalar]:
        found = [self._scalar(_BARE_KEY)]
        while self._passed("."):
            found.append(self._scalar(_BARE_KEY))
        return found

    def _value(self) -> Node:
        self._pass_gap()
        start = self.at
        if self._passed("["):
            items = []
            while not self._passed("]"):
                items.append(self._value())
                self._passed(",")
            return Sequence(tuple(items), self.source.span(start, self.at))
        if self._passed("{"):
            table = _Table()
            while not self._passed("}"):
                self._entry(table)
                self._passed(",")
            return _mapping(table, self.source.span(start, self.at))
        return self._scalar(_BARE_VALUE)

    def _scalar(self, bare: re.Pattern[str]) -> Scalar:
        """Take a text in quotes, or what may stand without them; the quotes are not part of its place."""
        self._pass_gap()
        start, text = self.at, self.source.text
        found = _QUOTED.match(text, start) or bare.match(text, start)
        assert found is not None, "tomllib takes no other"
        self.at = found.end()
        if found[0][0] not in "\"'":
            return Scalar(found[0], Style.PLAIN, self.source.span(start, self.at))
        value = tomllib.loads(f"text = {found[0]}")["text"]
        if value == found[0][1:-1]:
            return Scalar(value, Style.DOUBLE, self.source.span(start + 1, self.at - 1))
        return _Escaped(value, Style.DOUBLE, self.source.span(start, self.at))

    def _passed(self, sign: str) -> bool:
        """Pass a sign, if it is the next thing."""
        self._pass_gap()
        if there := self.source.text.startswith(sign, self.at):
            self.at += len(sign)
        return there

    def _pass_gap(self) -> None:
        gap = _GAP.match(self.source.text, self.at)
        assert gap is not None, "it matches the empty text"
        self.at = gap.end()


def _entered(table: _Table, keys: list[Scalar], *, listed: bool = False) -> _Table:
    """Return the table behind keys, each in that behind the one before."""
    for key in keys:
        table = table.below(key, listed=listed and key is keys[-1])
    return table


def _mapping(table: _Table, span: Span) -> Mapping:
    return Mapping(tuple(Entry(key, _node(value, key.span)) for key, value in table.entries.values()), span)


def _node(value: _Table | list[_Table] | Node, span: Span) -> Node:
    """Return a value as a node; a table with a header stands where its name does."""
    if isinstance(value, list):
        return Sequence(tuple(_mapping(table, span) for table in value), span)
    return _mapping(value, span) if isinstance(value, _Table) else value
