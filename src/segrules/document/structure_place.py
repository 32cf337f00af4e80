"""Where the structure reader stands in a file, and what it has found so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Span
from segrules.document.nodes import Mapping, Node, Scalar, Sequence, Unreadable
from segrules.document.shapes import Key
from segrules.document.written import Record

_WORD = re.compile(r"[^\W\d]\w*")

_NOUNS = {
    "tables": "table",
    "columns": "column",
    "belongs_to": "relation",
    "derived": "derived column",
    "parameters": "parameter",
    "metrics": "metric",
    "scorecards": "scorecard",
    "terms": "term",
    "points": "step",
    "segmentations": "segmentation",
    "rules": "rule",
    "from": "band",
    "up_to": "band",
    "all": "condition",
    "any": "condition",
    "none": "condition",
    "of": "condition",
    "treatments": "treatment",
    "kinds": "kind",
    "groups": "group",
    "attributes": "attribute",
    "fixtures": "fixture",
    "tests": "test",
    "given": "table",
    "expect": "row",
    "severity": "diagnostic",
}


def noun_below(key: str) -> str | None:
    """Return what one of the things below a key is called: a `rule` below `rules`."""
    return _NOUNS.get(key)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: under a key of the language, as one item of its list, or under a name below it.

    `span` is what a message points at when nothing better is there. `inside` are the records around the value, the
    outermost first, each with the key that leads inwards. `whole` is what the file as a whole is called.
    """

    key: str
    span: Span
    name: str | None = None
    is_item: bool = False
    required: bool = True
    inside: tuple[tuple[type[Record], str], ...] = ()
    whole: str = "the ruleset"

    def under(self, record: type[Record], key: Key, span: Span) -> Place:
        """Return the place under a key of the record that stands here."""
        return Place(key.name, span, required=key.required, inside=(*self.inside, (record, key.name)))

    def named(self, name: Scalar) -> Place:
        """Return the place under a name that the author chose."""
        return replace(self, name=name.value, span=name.span)

    def item(self, node: Node) -> Place:
        """Return the place of one item of the list that stands here."""
        first = node.entries[0].key.span if isinstance(node, Mapping) and node.entries else node.span
        return replace(self, is_item=True, span=first)

    def __str__(self) -> str:
        """Return how the place is called in a message."""
        noun = noun_below(self.key)
        if self.name is not None:
            return f"the {noun} `{self.name}`" if noun else f"`{self.name}` below `{self.key}`"
        if self.is_item:
            return f"this {noun}" if noun else f"an item of `{self.key}`"
        return f"`{self.key}`" if self.key else self.whole


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong, and the words in all that was left out for it."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def report(self, diagnostic: Diagnostic) -> None:
        """Take down one thing that is wrong."""
        self.diagnostics.append(diagnostic)

    def leave_out(self, node: Node) -> None:
        """Remember the names that a value may have declared."""
        match node:
            case Scalar():
                self.unread.add(node.value)
            case Sequence():
                for item in node.items:
                    self.leave_out(item)
            case Mapping():
                for entry in node.entries:
                    self.unread.add(entry.key.value)
                    self.leave_out(entry.value)
            case Unreadable():
                self.leave_out_text(node.span)

    def leave_out_text(self, span: Span) -> None:
        """Remember every word of a stretch of the file."""
        self.unread.update(_WORD.findall(span.text))
