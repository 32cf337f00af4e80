"""Lists and mappings while they are read: what goes into them, and what may not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Span
from segrules.document import yaml_refusals
from segrules.document.draft import Draft
from segrules.document.nodes import Entry, Mapping, Node, Scalar, Sequence, Style, Unreadable
from segrules.document.yaml_keys import colon_missing_in_braces


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

    def hold(self, built: Built) -> Iterable[Diagnostic]:
        """Take what comes next, and return what is wrong with it."""
        self.end = built.end
        self.nodes += built.nodes
        if self.levels <= built.levels:
            self.levels = built.levels + 1
        return self.add(built)

    def close(self, end: int) -> Built:
        """Return the whole; `end` is where YAML says it ends, which outside of brackets is far behind it."""
        if self.in_flow:
            self.end = end
        return Built(self.node(self.draft.span(self.start, self.end)), self.start, self.end, self.nodes, self.levels)

    @abstractmethod
    def add(self, built: Built) -> Iterable[Diagnostic]:
        """Put in what comes next."""

    @abstractmethod
    def node(self, span: Span) -> Node:
        """Return what has been put in."""


@dataclass(slots=True)
class OpenSequence(OpenCollection):
    """A list."""

    items: list[Node] = field(default_factory=list)

    def add(self, built: Built) -> Iterable[Diagnostic]:
        """Put in an item."""
        if built.node:
            self.items.append(built.node)
        return ()

    def node(self, span: Span) -> Sequence:
        """Return the list."""
        return Sequence(tuple(self.items), span)


@dataclass(slots=True)
class OpenMapping(OpenCollection):
    """A mapping; `waiting` is what was read where a key belongs, until its value comes; `key` the same if it is one."""

    entries: list[Entry] = field(default_factory=list)
    keys: dict[str, Scalar] = field(default_factory=dict)
    merged: tuple[Entry, ...] = ()
    waiting: Built | None = None
    key: Scalar | None = None
    lacks_colon: bool = False
    duplicates: tuple[Diagnostic, ...] = ()

    def add(self, built: Built) -> Iterable[Diagnostic]:
        """Put in a key, or the value of the key before."""
        waiting = self.waiting
        if waiting is None:
            self.waiting = built
            return self._add_key(built.node)
        self.waiting = None
        if self.key is None or built.node is None:
            return ()
        if self.in_flow and built.start == built.end == waiting.end and isinstance(built.node, Scalar):
            return self._add_without_value(self.key, waiting)
        if _is_merge(self.key):
            # The keys are taken all the same: what would be missing without them has been said.
            self.merged = built.node.entries if isinstance(built.node, Mapping) else ()
        else:
            self.entries.append(Entry(self.key, built.node))
        return ()

    def _add_key(self, node: Node | None) -> Iterable[Diagnostic]:
        self.key = None
        if node is None or isinstance(node, Unreadable):
            return ()
        if not isinstance(node, Scalar) or node.alias or (not node.value and node.style is Style.PLAIN):
            return (yaml_refusals.key_not_text(node.alias or node.span),)
        first = self.keys.setdefault(node.value, node)
        if _is_merge(node):
            self.key = node
            return (yaml_refusals.merge_key(node.span),)
        if first is not node:
            self.duplicates += (yaml_refusals.duplicate_key(node.value, first.span, node.span),)
            return ()
        self.key = node
        return ()

    def _add_without_value(self, key: Scalar, place: Built) -> Iterable[Diagnostic]:
        """Report the first such item only: in `{a, b}` the braces are the mistake."""
        self.entries.append(Entry(key, Unreadable(key.span)))
        reported, self.lacks_colon = self.lacks_colon, True
        return () if reported else (colon_missing_in_braces(self.draft, place.start, place.end),)

    def node(self, span: Span) -> Mapping:
        """Return the mapping."""
        merged = (entry for entry in self.merged if entry.key.value not in self.keys)
        return Mapping((*self.entries, *merged), span)


def _is_merge(key: Scalar) -> bool:
    return key.value == "<<" and key.style is Style.PLAIN
