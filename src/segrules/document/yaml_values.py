"""From a place where YAML stumbled to the value that was meant there, and what is wrong with it."""

from __future__ import annotations

import re

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.document.draft import Draft, Finding, Replacement
from segrules.document.yaml_causes import (
    FLOW_MARK,
    HASH,
    TAG,
    Value,
    after_bracket,
    cause_in_item,
    cause_of,
    finding_of,
    quoting_help,
    tag_cause,
    text_after_quote,
    unbalanced_bracket,
    unclosed_quote_cause,
)
from segrules.document.yaml_flow import Flow, FlowItem, read_flow
from segrules.document.yaml_keys import sign_before_key
from segrules.document.yaml_lines import Line, line_at, lines_after

_KEY = re.compile(r"[^\W\d][\w.-]*[ \t]*:(?:\s|\Z)")


def problem_with_value(draft: Draft, offset: int, flow_start: int | None) -> Finding | None:
    """Return what is wrong with the value around an offset, or None if nothing seems to be.

    `flow_start` is where the list or mapping in brackets begins that the offset stands in, if that is known.
    """
    if flow_start is not None and (finding := _problem_with_brackets(draft, flow_start, offset)):
        return finding
    value = _value_of_line(draft, offset)
    if value is None:
        return None
    if value.text[:1] in ("[", "{"):
        return _problem_with_brackets(draft, value.start, offset)
    cause = cause_of(value)
    return finding_of(value, cause) if cause else None


def _problem_with_brackets(draft: Draft, flow_start: int, offset: int) -> Finding | None:
    flow = read_flow(draft.text, flow_start)
    whole = Value(draft, flow_start, flow.end, _prefix(line_at(draft.text, flow_start)))
    if flow.unclosed is not None:
        return finding_of(whole, unbalanced_bracket(draft.text, flow.unclosed, flow.wrong))
    around = _value_of_line(draft, flow_start)
    if around and around.start == flow_start and (cause := after_bracket(around)):
        return finding_of(around, cause)
    item = flow.item_at(offset)
    if item is None and flow.end <= offset and (swallowed := HASH.search(draft.text, flow_start, flow.end)):
        item = flow.item_at(swallowed.start())
    if item is None:
        return None
    value = _value_of_item(draft, item)
    cause = cause_of(value)
    if draft.text[flow_start] == "{" and _is_hole(flow, item):
        value = whole
    return sign_before_key(draft, item.whole_start) or (finding_of(value, cause) if cause else None)


def _is_hole(flow: Flow, item: FlowItem) -> bool:
    """Return whether brackets seem to be a `{value:format}` of a text, and not a mapping."""
    has_no_value = item.key is not None and item.start == item.end
    return has_no_value and not any(other.key for other in flow.items if other is not item)


def cut_item(draft: Draft, item: FlowItem) -> Diagnostic | None:
    """Return what to say about an item in brackets that YAML cut at a comma."""
    value = _value_of_item(draft, item)
    cause = cause_in_item(value)
    return finding_of(value, cause).diagnostic if cause else None


def unclosed_quote(draft: Draft, start: int, flow_start: int | None) -> Finding:
    """Return what to say about a quote that is closed too late, or never; the rest of its line is not read."""
    line = line_at(draft.text, start)
    in_flow = flow_start is not None or line.value[:1] in ("[", "{")
    end = FLOW_MARK.search(draft.text, start, line.end) if in_flow else None
    value = Value(draft, start, end.start() if end else max(line.end, start + 1), "")
    finding = finding_of(value, unclosed_quote_cause(value))
    if start == line.key_start and _KEY.match(draft.text, start + 1):
        return Finding(finding.diagnostic, (Replacement(start, start + 1, ""),))
    return finding


def tag(draft: Draft, start: int, end: int | None = None) -> Diagnostic:
    """Return what to say about a tag; `end` is where the value ends, if it is a text."""
    word = TAG.match(draft.text, start)
    value = Value(draft, start, end or (word.end() if word else start + 1), _prefix(line_at(draft.text, start)))
    return finding_of(value, tag_cause(value, is_text=end is not None)).diagnostic


def text_after_multiline_quote(draft: Draft, start: int, end: int) -> Finding:
    """Return what to say about text behind a quote that closes a text of several lines; the text ends at `end`."""
    value = Value(draft, start, max(line_at(draft.text, end).end, end), _prefix(line_at(draft.text, start)))
    return finding_of(value, text_after_quote(value, end))


def advice_to_quote(draft: Draft, start: int, end: int) -> str:
    """Return the advice to put a value in quotes, with its quoted form."""
    return quoting_help(Value(draft, start, end, _prefix(line_at(draft.text, start))))


def _value_of_line(draft: Draft, offset: int) -> Value | None:
    line = line_at(draft.text, offset)
    if offset < line.value_start or not line.value:
        return None
    return Value(draft, line.value_start, _end_of_value(line), _prefix(line))


def _prefix(line: Line) -> str:
    return f"{line.key}: " if line.key is not None else "- " if line.dashes else ""


def _end_of_value(line: Line) -> int:
    """Return where a value ends: lines below it that are indented further, and have no key, go on with it."""
    end = line.end
    for below in lines_after(line):
        if below.is_blank or below.key is not None or below.dashes or below.indent <= line.key_column:
            break
        end = below.end
    return end


def _value_of_item(draft: Draft, item: FlowItem) -> Value:
    if item.key is None or item.start == item.end:
        return Value(draft, item.whole_start, item.end, "", in_flow=True)
    return Value(draft, item.start, item.end, f"{item.key}: ", in_flow=True)
