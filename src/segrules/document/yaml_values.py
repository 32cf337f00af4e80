"""Values that YAML reads otherwise than they were meant, or not at all: what is wrong with one, and its quoted form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.document.draft import PLACEHOLDER, Draft, Finding, Replacement
from segrules.document.quoting import quoted
from segrules.document.yaml_flow import FlowItem, read_flow
from segrules.document.yaml_keys import sign_before_key
from segrules.document.yaml_lines import Line, closing_quote, line_at, lines_after

_LONGEST_SHOWN = 70
_COLON = re.compile(r":(?=\s|\Z)")
_KEY = re.compile(r"[^\W\d][\w.-]*[ \t]*:(?:\s|\Z)")
_KEY_IN_VALUE = re.compile(r"(?<![^ \t])[^\W\d]\w*\Z")
_HASH = re.compile(r"(?<=[ \t,\[{])#")
_MARK_OF_FLOW = re.compile(r"[\[\]{},]")
_HALF_A_COMPARISON = re.compile(r">=?[ \t]*[^ \t]")
_TAG = re.compile(r"!\S*")
_NEGATION = re.compile(r"!(?=[\w(])[^!\r\n]*")


@dataclass(frozen=True, slots=True)
class Value:
    """A value as the author meant it: a stretch of the draft, and the key or dash before it."""

    draft: Draft
    start: int
    end: int
    prefix: str
    in_flow: bool = False

    @property
    def text(self) -> str:
        """What stands there."""
        return self.draft.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Cause:
    """What is wrong with a value, and in which stretch of the draft; without `help` the value is to be quoted."""

    code: Code
    message: str
    start: int
    end: int
    label: str
    help: str | None = None
    notes: tuple[str, ...] = ()


def problem_with_value(draft: Draft, offset: int, flow_start: int | None) -> Finding | None:
    """Return what is wrong with the value around an offset, or None if nothing seems to be.

    `flow_start` is where the list or mapping in brackets begins that the offset stands in, if that is known.
    """
    if flow_start is not None and (finding := _problem_in_brackets(draft, flow_start, offset)):
        return finding
    value = _value_of_line(draft, offset)
    if value is None:
        return None
    if cause := _cause(value):
        return _finding(value, cause)
    return _problem_in_brackets(draft, value.start, offset) if value.text[:1] in ("[", "{") else None


def _problem_in_brackets(draft: Draft, flow_start: int, offset: int) -> Finding | None:
    flow = read_flow(draft.text, flow_start)
    if flow.unclosed is not None:
        whole = Value(draft, flow_start, flow.end, _prefix(line_at(draft.text, flow_start)))
        return _finding(whole, _unbalanced_bracket(draft.text, flow.unclosed, flow.wrong))
    item = flow.item_at(offset)
    if item is None and flow.end <= offset and (swallowed := _HASH.search(draft.text, flow_start, flow.end)):
        item = flow.item_at(swallowed.start())
    if item is None:
        return None
    value = _value_of_item(draft, item)
    cause = _cause(value)
    return sign_before_key(draft, item.whole_start) or (_finding(value, cause) if cause else None)


def cut_item(draft: Draft, item: FlowItem) -> Diagnostic | None:
    """Return what to say about an item in brackets that YAML cut at a comma."""
    value = _value_of_item(draft, item)
    cause = _cause_in_item(value)
    return _finding(value, cause).diagnostic if cause else None


def unclosed_quote(draft: Draft, start: int, flow_start: int | None) -> Finding:
    """Return what to say about a quote that is closed too late, or never; the rest of its line is not read."""
    line = line_at(draft.text, start)
    in_flow = flow_start is not None or line.value[:1] in ("[", "{")
    end = _MARK_OF_FLOW.search(draft.text, start, line.end) if in_flow else None
    value = Value(draft, start, end.start() if end else max(line.end, start + 1), "")
    finding = _finding(value, _unclosed_quote(value))
    if start == line.key_start and _KEY.match(draft.text, start + 1):
        return Finding(finding.diagnostic, (Replacement(start, start + 1, ""),))
    return finding


def tag(draft: Draft, start: int, end: int | None = None) -> Diagnostic:
    """Return what to say about a tag; `end` is where the value ends, if it is a text."""
    word = _TAG.match(draft.text, start)
    value = Value(draft, start, end or (word.end() if word else start + 1), _prefix(line_at(draft.text, start)))
    return _finding(value, _tag(value, is_text=end is not None)).diagnostic


def quoting_help(draft: Draft, start: int, end: int) -> str:
    """Return the advice to put a value in quotes, with its quoted form."""
    return _quoting_help(Value(draft, start, end, _prefix(line_at(draft.text, start))))


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


def _cause(value: Value) -> _Cause | None:
    match value.text[:1]:
        case "":
            return _nothing(value) if value.in_flow else None
        case ">" | "|":
            return _text_block(value)
        case '"' | "'":
            return _after_quote(value)
        case "[" | "{":
            return _after_bracket(value)
        case "!":
            return _tag(value, is_text=True)
        case "@" | "`" | "%" | "," | "]" | "}" | "&" | "*":
            return _first_character(value)
        case "-" if value.text[1:2] in ("", " ", "\t"):
            return _dash(value)
        case _:
            return _colon(value) or (_cause_in_item(value) if value.in_flow else None)


def _text_block(value: Value) -> _Cause:
    sign = value.text[0]
    half = "a comparison also needs something on its left, such as `amount > 5`"
    return _Cause(
        catalogue.VALUE_STARTS_TEXT_BLOCK,
        f"to YAML, a value that begins with `{sign}` is a block of text on the lines below",
        value.start,
        value.start + 1,
        "the value begins with it",
        notes=(half,) if _HALF_A_COMPARISON.match(value.text) else (),
    )


def _after_quote(value: Value) -> _Cause | None:
    end = closing_quote(value.draft.text, value.start)
    if end is None:
        return _unclosed_quote(value)
    rest = value.draft.text[end + 1 : value.end].lstrip()
    start = value.end - len(rest)
    if not rest:
        return None
    message = f"there is text after the closing quote `{value.text[0]}`"
    notes = ("between two items of a list there must be a comma",) if value.in_flow and rest[0] in "\"'" else ()
    return _Cause(catalogue.TEXT_AFTER_QUOTE, message, start, value.end, "the value ended before", notes=notes)


def _unclosed_quote(value: Value) -> _Cause:
    quote = value.text[0]
    message = f"the quote `{quote}` is not closed"
    advice = f"write `{quote}` at the end of the text as well"
    return _Cause(catalogue.UNCLOSED_QUOTE, message, value.start, value.start + 1, "it is opened here", advice)


def _after_bracket(value: Value) -> _Cause | None:
    text = value.draft.text
    flow = read_flow(text, value.start)
    if flow.unclosed is not None:
        return _unbalanced_bracket(text, flow.unclosed, flow.wrong)
    rest = text[flow.end : max(value.end, flow.end)].lstrip()
    kind = "list" if text[value.start] == "[" else "mapping"
    message = f"there is text after the closing `{text[flow.end - 1]}`"
    label = f"the {kind} ended before"
    return _Cause(catalogue.TEXT_AFTER_BRACKET, message, value.end - len(rest), value.end, label) if rest else None


def _unbalanced_bracket(text: str, opened: int, wrong: int | None) -> _Cause:
    bracket = text[opened]
    message = f"the bracket `{bracket}` is not closed"
    if wrong is not None:
        message = f"the bracket `{bracket}` is closed by `{text[wrong]}`"
    advice = f"write `{']' if bracket == '[' else '}'}` where it ends"
    return _Cause(catalogue.UNBALANCED_BRACKET, message, opened, opened + 1, "it is opened here", advice)


def _tag(value: Value, *, is_text: bool) -> _Cause:
    found = _TAG.match(value.text)
    word = found[0] if found else value.text
    message = f"to YAML, `{word}` is a tag and not part of the value"
    advice = None
    if not is_text or word.startswith(("!!", "!<")):
        advice = f"leave `{word}` out: the key says what its value is"
    elif negation := _NEGATION.fullmatch(value.text):
        advice = f"write `{value.prefix}not {negation[0][1:]}`"
    return _Cause(catalogue.TAG, message, value.start, value.start + len(word), "a tag begins with `!`", advice)


def _first_character(value: Value) -> _Cause | None:
    character = value.text[0]
    if character in "]}" and not value.prefix and not value.in_flow:
        return None
    meaning = {"&": "marks a value that is used again", "*": "stands for a value that was marked with `&`"}
    name = "a backtick" if character == "`" else f"`{character}`"
    message = f"a value cannot begin with {name} in YAML"
    label = meaning.get(character, "the value begins with it")
    return _Cause(catalogue.FORBIDDEN_FIRST_CHARACTER, message, value.start, value.start + 1, label)


def _dash(value: Value) -> _Cause:
    return _Cause(
        catalogue.VALUE_STARTS_LIST,
        "to YAML, a value that begins with `- ` is an item of a list",
        value.start,
        value.start + 1,
        "the value begins with it",
        notes=() if value.in_flow else ("a list begins on the line below its key",),
    )


def _colon(value: Value) -> _Cause | None:
    colon = _COLON.search(value.draft.text, value.start, value.end)
    message = "a value that holds `: ` must be in quotes"
    if colon is None:
        return None
    key = _KEY_IN_VALUE.search(value.text[: colon.start() - value.start])
    notes = (f"if `{key[0]}` is a key, it needs a line of its own",) if key and not value.in_flow else ()
    return _Cause(
        catalogue.COLON_IN_VALUE, message, colon.start(), colon.end(), "to YAML, a key ends here", notes=notes
    )


def _cause_in_item(value: Value) -> _Cause | None:
    text = value.draft.text
    if mark := _MARK_OF_FLOW.search(text, value.start, value.end):
        message = f"inside `[ ]` and `{{ }}` a value that holds `{mark[0]}` must be in quotes"
        label = "to YAML, the value ends here"
        return _Cause(catalogue.VALUE_CUT_IN_BRACKETS, message, mark.start(), mark.end(), label)
    if comment := _HASH.search(text, value.start, value.end):
        message = "a value that holds ` #` must be in quotes"
        label = "to YAML, a comment begins here"
        return _Cause(catalogue.HASH_IN_VALUE, message, comment.start(), comment.end(), label)
    return None


def _nothing(value: Value) -> _Cause:
    end = min(value.start + 1, len(value.draft.text))
    advice = "write the item, or take one comma out"
    return _Cause(catalogue.EMPTY_ITEM, "an item is missing here", value.start, end, "before this", advice)


def _finding(value: Value, cause: _Cause) -> Finding:
    diagnostic = Diagnostic(
        cause.code,
        cause.message,
        Label(value.draft.span(cause.start, cause.end), cause.label),
        notes=cause.notes,
        help=cause.help or _quoting_help(value),
        fix=None if cause.help else _quoting_fix(value),
    )
    end = value.end
    if cause.code is catalogue.UNBALANCED_BRACKET:
        end = max(end, read_flow(value.draft.text, value.start).end)
    return Finding(diagnostic, (Replacement(value.start, end, PLACEHOLDER),))


def _is_for_a_block(value: Value) -> bool:
    long = len(value.text) > _LONGEST_SHOWN and not value.in_flow
    return "\n" in value.text or "\r" in value.text or long


def _quoting_help(value: Value) -> str:
    if _is_for_a_block(value):
        return f"write `{value.prefix}|` and put the value on the lines below, indented further"
    return f"put the value in quotes: `{value.prefix}{quoted(value.text)}`"


def _quoting_fix(value: Value) -> Fix | None:
    if "\n" in value.text or "\r" in value.text:
        return None
    edit = Edit(value.draft.span(value.start, value.end), quoted(value.text))
    return Fix("put the value in quotes", (edit,), Applicability.SAFE)
