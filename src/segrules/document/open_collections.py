"""Lists and mappings while they are read: what goes into them, and what may not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.document import yaml_layout, yaml_refusals
from segrules.document.draft import Draft
from segrules.document.nodes import Entry, Mapping, Node, Scalar, Sequence, Style, Unreadable

_MERGE = "<<"


@dataclass(slots=True)
class Built:
    """A node, where it stands in the draft, and how much it holds: nodes, and levels of lists and mappings.

    There is no node where something is left out that was reported.
    """

    node: Node | None
    start: int
    end: int
    nodes: int = 1
    levels: int = 0


@dataclass(slots=True)
class OpenCollection(ABC):
    """A list or mapping whose end is not read yet; `start` and `end` are offsets of the draft."""

    draft: Draft
    start: int
    end: int
    in_flow: bool
    anchor: str | None
    nodes: int = 1
    levels: int = 1

    def hold(self, built: Built) -> list[Diagnostic]:
        """Take what comes next, and return what is wrong with it."""
        self.end = built.end
        self.nodes += built.nodes
        if self.levels <= built.levels:
            self.levels = built.levels + 1
        return self._hold(built)

    def close(self, end: int) -> Built:
        """Return the whole; `end` is where YAML says it ends, which outside of brackets is far behind it."""
        if self.in_flow:
            self.end = end
        return Built(self._node(), self.start, self.end, self.nodes, self.levels)

    @abstractmethod
    def _hold(self, built: Built) -> list[Diagnostic]: ...

    @abstractmethod
    def _node(self) -> Node: ...


@dataclass(slots=True)
class OpenSequence(OpenCollection):
    """A list."""

    items: list[Node] = field(default_factory=list)

    def _hold(self, built: Built) -> list[Diagnostic]:
        if built.node:
            self.items.append(built.node)
        return []

    def _node(self) -> Sequence:
        return Sequence(tuple(self.items), self.draft.span(self.start, self.end))


@dataclass(slots=True)
class OpenMapping(OpenCollection):
    """A mapping; `waiting` is the key whose value comes next."""

    entries: list[Entry] = field(default_factory=list)
    keys: dict[str, Scalar] = field(default_factory=dict)
    merged: list[Entry] = field(default_factory=list)
    waiting: Built | None = None
    lacks_colon: bool = False

    def _hold(self, built: Built) -> list[Diagnostic]:
        if self.waiting is None:
            self.waiting, diagnostics = self._key(built)
            return diagnostics
        key, self.waiting = self.waiting, None
        return self._value(key, built)

    def _key(self, built: Built) -> tuple[Built, list[Diagnostic]]:
        """Return the key, without its node if it cannot be one, and what is wrong with it."""
        left_out = Built(None, built.start, built.end)
        match built.node:
            case None | Unreadable(alias=None):
                return left_out, []
            case Scalar(alias=None) as key if key.value or key.style is not Style.PLAIN:
                pass
            case other:
                return left_out, [yaml_refusals.key_not_text(other.alias or other.span)]
        if key.value == _MERGE and key.style is Style.PLAIN:
            return built, [yaml_refusals.merge_key(key.span)]
        if first := self.keys.get(key.value):
            return left_out, [yaml_refusals.duplicate_key(key.value, first.span, key.span)]
        self.keys[key.value] = key
        return built, []

    def _value(self, key: Built, built: Built) -> list[Diagnostic]:
        name, value = key.node, built.node
        if not isinstance(name, Scalar) or value is None:
            return []
        if name.value == _MERGE and name.style is Style.PLAIN:
            # The keys are taken all the same: what would be missing without them has been said.
            self.merged += value.entries if isinstance(value, Mapping) else ()
            return []
        if self.in_flow and built.start == built.end == key.end and isinstance(value, Scalar):
            self.entries.append(Entry(name, Unreadable(name.span)))
            return self._colon_missing(key)
        self.entries.append(Entry(name, value))
        return []

    def _colon_missing(self, key: Built) -> list[Diagnostic]:
        """Say of the first item only that it has no value: in `{a, b}` the braces are the mistake."""
        reported, self.lacks_colon = self.lacks_colon, True
        return [] if reported else [yaml_layout.colon_missing_in_braces(self.draft, key.start, key.end)]

    def _node(self) -> Mapping:
        merged = {entry.key.value: entry for entry in self.merged if entry.key.value not in self.keys}
        return Mapping((*self.entries, *merged.values()), self.draft.span(self.start, self.end))
