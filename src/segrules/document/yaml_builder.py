"""libyaml's events into nodes.

Scalars stay text and know their places; what an alias names is shared, with the place of each use. What YAML allows and
a ruleset does not is reported on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NoReturn

import yaml

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.spelling import nearest
from segrules.document import yaml_indentation, yaml_keys, yaml_refusals, yaml_values
from segrules.document.draft import Draft, Finding
from segrules.document.nodes import Node, Scalar, Style, Unreadable
from segrules.document.open_collections import Built, OpenCollection, OpenMapping, OpenSequence
from segrules.document.scalar_offsets import content_start
from segrules.document.yaml_flow import FlowItem, items_by_start, read_flow
from segrules.document.yaml_messages import Trouble, explain, second_document

DEEPEST = 64
"""How many lists and mappings may stand inside each other."""
MOST_NODES = 500_000
MOST_NODES_BY_ALIASES = 200_000
"""How many nodes the aliases of a file may stand for, written out."""

_STYLES = {"": Style.PLAIN, "'": Style.SINGLE, '"': Style.DOUBLE, "|": Style.LITERAL, ">": Style.FOLDED}
_BLOCK = ("|", ">")
_MOST_NAMES_COMPARED = 100
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_INDENTED_BLOCK = re.compile(r"[|>][0-9]")


@dataclass(frozen=True, slots=True)
class Tree:
    """What was read of a draft: all of it, if there is no `finding` that stopped the reader."""

    root: Node | None
    diagnostics: tuple[Diagnostic, ...]
    finding: Finding | None = None


def build(draft: Draft) -> Tree:
    """Read a draft up to the first thing that YAML cannot read, or reads otherwise than it was meant."""
    builder = _Builder(draft)
    finding = None
    try:
        for event in yaml.parse(draft.text, Loader=yaml.CSafeLoader):
            _HANDLERS[type(event)](builder, event)
    except _Stopped:
        pass
    except yaml.MarkedYAMLError as error:
        finding = explain(builder.trouble(error))
    except _Misread as misread:
        finding = misread.finding
    root = None if finding or not builder.is_trusted else builder.root
    return Tree(root, tuple(builder.diagnostics), finding)


class _Misread(Exception):
    """YAML can read on, but otherwise than it was meant."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


class _Stopped(Exception):
    """There is more than may be, and that has been reported."""


class _Builder:
    """Takes events one by one; all offsets but those of spans are the draft's."""

    def __init__(self, draft: Draft) -> None:
        self.root: Node | None = None
        self.diagnostics: list[Diagnostic] = []
        self.is_trusted = True
        self._draft = draft
        self._text = draft.text
        self._open: list[OpenCollection] = []
        self._anchors: dict[str, Built | None] = {}
        self._unused: dict[str | None, Diagnostic] = {}
        self._nodes = 0
        self._nodes_by_aliases = 0
        self._flow_start: int | None = None
        self._flow_items: dict[int, FlowItem] | None = None
        self._cut = (0, 0)
        self._last_scalar: tuple[int, int] | None = None
        self._has_document = False

    def trouble(self, error: yaml.MarkedYAMLError) -> Trouble:
        """Return where the YAML parser gave up."""
        mark = error.problem_mark or error.context_mark
        problem = min(mark.index, len(self._text)) if mark else 0
        context = min(error.context_mark.index, len(self._text)) if error.context_mark else problem
        reading = error.context or ""
        is_token = reading.startswith("while scanning") or "quoted scalar" in reading
        words = error.problem or reading
        return Trouble(self._draft, problem, context, is_token, words, self._last_scalar, self._flow_start)

    def pass_over(self, event: Any) -> None:
        """Take an event that says nothing."""

    def start_document(self, event: Any) -> None:
        """Refuse a second document."""
        if self._has_document:
            start = event.start_mark.index
            self._stop(second_document(self._draft, start, start + len("---")))
        self._has_document = True

    def end_document(self, _event: Any) -> None:
        """Report the anchors that nothing used."""
        text = self._draft.source.text
        self.diagnostics += (diagnostic for name, diagnostic in self._unused.items() if f"*{name}" not in text)

    def scalar(self, event: Any) -> None:
        """Take a scalar."""
        start, end = event.start_mark.index, event.end_mark.index
        if event.anchor or event.tag:
            start = content_start(self._text, start, end)
        if event.style in _BLOCK:
            end = start + len(self._text[start:end].rstrip())
        if end > start:
            self._last_scalar = (start, end)
        self._count(start)
        built = Built(self._read_scalar(event, start, end), start, end)
        if event.anchor:
            self._anchors[event.anchor] = built
            self._note_unused(event.anchor, event.start_mark.index, end)
        self._place(built)

    def alias(self, event: Any) -> None:
        """Take an alias as the node that it names."""
        start, end = event.start_mark.index, event.end_mark.index
        span = self._draft.span(start, end)
        self._unused.pop(event.anchor, None)
        named = self._anchors.get(event.anchor)
        if named is None or named.node is None:
            self.diagnostics.append(self._nothing_named(event.anchor, start, end))
            self._place(Built(Unreadable(span), start, end))
            return
        self._nodes_by_aliases += named.nodes
        if self._nodes_by_aliases > MOST_NODES_BY_ALIASES:
            self._stop(yaml_refusals.too_many_by_aliases(span, MOST_NODES_BY_ALIASES))
        if len(self._open) + named.levels > DEEPEST:
            self._stop(yaml_refusals.too_deep(span, DEEPEST))
        self._place(Built(replace(named.node, alias=span), start, end, named.nodes, named.levels))

    def _nothing_named(self, name: str, start: int, end: int) -> Diagnostic:
        span = self._draft.span(start, end)
        if name in self._anchors:
            return yaml_refusals.cyclic_alias(name, span)
        near = nearest(name, islice(self._anchors, _MOST_NAMES_COMPARED))
        self._unused.pop(near, None)
        return yaml_refusals.unknown_anchor(name, span, near, yaml_values.advice_to_quote(self._draft, start, end))

    def start_collection(self, event: Any) -> None:
        """Take the start of a list or mapping."""
        start = event.start_mark.index
        if len(self._open) == DEEPEST:
            self._stop(yaml_refusals.too_deep(self._draft.span(start, start + 1), DEEPEST))
        if event.tag:
            tag = self._text.index("!", start)
            self.diagnostics.append(yaml_values.tag(self._draft, tag))
        if event.anchor:
            self._anchors[event.anchor] = None
        self._count(start)
        kind = OpenMapping if isinstance(event, yaml.MappingStartEvent) else OpenSequence
        if event.anchor or event.tag:
            start = content_start(self._text, start, len(self._text))
        if event.flow_style and self._flow_start is None:
            self._flow_start = start
        self._open.append(kind(self._draft, start, start, event.flow_style, event.anchor))

    def end_collection(self, event: Any) -> None:
        """Take the end of a list or mapping."""
        closed = self._open.pop()
        built = closed.close(event.end_mark.index)
        if closed.start == self._flow_start:
            self._flow_start = self._flow_items = None
        if closed.anchor:
            self._anchors[closed.anchor] = built
        if isinstance(closed, OpenMapping) and closed.duplicates:
            self._report_duplicates(closed.duplicates)
        self._place(built)

    def _report_duplicates(self, duplicates: tuple[Diagnostic, ...]) -> None:
        """Report keys that stand twice; where mending made one mapping of two, that is not the author's doing."""
        if self._draft.is_mended and len(duplicates) > 1:
            self.is_trusted = False
        else:
            self.diagnostics += duplicates

    def _place(self, built: Built) -> None:
        if not self._open:
            self.root = built.node
            return
        if self._cut[0] < built.start < self._cut[1]:
            built.node = None
        self.diagnostics += self._open[-1].hold(built)

    def _read_scalar(self, event: Any, start: int, end: int) -> Scalar | Unreadable:
        span = self._draft.span(start, end)
        value = event.value
        if event.tag:
            tag = self._text.index("!", event.start_mark.index)
            self.diagnostics.append(yaml_values.tag(self._draft, tag, end))
            return Unreadable(self._draft.span(tag, end))
        if self._draft.is_mended and not self._draft.is_as_written(event.start_mark.index, event.end_mark.index):
            return Unreadable(span)
        if not event.style:
            self._refuse_misread(value, start, end)
            return self._cut_item(value, start, end) or Scalar(value, Style.PLAIN, span)
        if event.style in _BLOCK and not value and _INDENTED_BLOCK.match(self._text, start):
            self._misread(yaml_values.problem_with_value(self._draft, start, None))
        return Scalar(value, _STYLES[event.style], span)

    def _refuse_misread(self, value: str, start: int, end: int) -> None:
        """Refuse a plain scalar that should be a key or a list item, but for a blank."""
        if ":" in value and self._flow_start is None:
            self._misread(yaml_keys.keys_without_blank(self._draft, start, end))
        if " - " in value and self._flow_start is None:
            self._misread(yaml_indentation.item_in_item(self._draft, start, end))
        if not value[:1].isalnum() or not value.isprintable():
            around = self._open[-1] if self._open else None
            if isinstance(around, OpenMapping) and around.waiting is None:
                self._misread(yaml_keys.misread_key(self._draft, start, end))

    def _cut_item(self, value: str, start: int, end: int) -> Unreadable | None:
        """Return what stands for an item in brackets that YAML cut at a comma; its other parts are left out."""
        if self._flow_start is None or start < self._cut[1] or not _may_be_cut(value):
            return None
        if self._flow_items is None:
            self._flow_items = items_by_start(read_flow(self._text, self._flow_start))
        item = self._flow_items.get(start)
        diagnostic = yaml_values.cut_item(self._draft, item) if item and item.end > end else None
        if item is None or diagnostic is None:
            return None
        self.diagnostics.append(diagnostic)
        self._cut = (start, item.end)
        return Unreadable(self._draft.span(start, item.end))

    def _note_unused(self, name: str, start: int, end: int) -> None:
        start = self._text.index("&", start)
        span = self._draft.span(start, start + 1 + len(name))
        advice = yaml_values.advice_to_quote(self._draft, start, end)
        self._unused[name] = yaml_refusals.unused_anchor(name, span, advice)

    def _count(self, start: int) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._stop(yaml_refusals.too_many_values(self._draft.span(start, start), MOST_NODES))

    def _stop(self, diagnostic: Diagnostic) -> NoReturn:
        self.diagnostics.append(diagnostic)
        raise _Stopped

    def _misread(self, finding: Finding | None) -> None:
        if finding:
            raise _Misread(finding)


def _may_be_cut(value: str) -> bool:
    """Return whether a value has a bracket or quote too few or too many; an apostrophe in a word is no quote."""
    value = _APOSTROPHE.sub("", value)
    return value.count("(") != value.count(")") or value.count("'") % 2 == 1 or value.count('"') % 2 == 1


_HANDLERS: dict[type, Callable[[_Builder, Any], None]] = {
    yaml.StreamStartEvent: _Builder.pass_over,
    yaml.StreamEndEvent: _Builder.pass_over,
    yaml.DocumentStartEvent: _Builder.start_document,
    yaml.DocumentEndEvent: _Builder.end_document,
    yaml.ScalarEvent: _Builder.scalar,
    yaml.AliasEvent: _Builder.alias,
    yaml.MappingStartEvent: _Builder.start_collection,
    yaml.SequenceStartEvent: _Builder.start_collection,
    yaml.MappingEndEvent: _Builder.end_collection,
    yaml.SequenceEndEvent: _Builder.end_collection,
}
