"""What can be wrong with a value: YAML reads it otherwise than it was meant, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from segrules.diagnostics import catalogue
from segrules.diagnostics.catalogue import Code
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.document.draft import PLACEHOLDER, Draft, Finding, Replacement
from segrules.document.quoting import quoted
from segrules.document.yaml_flow import read_flow
from segrules.document.yaml_lines import closing_quote

HASH = re.compile(r"(?<=[ \t,\[{])#")
"""What begins a comment in a list or mapping in brackets."""
FLOW_MARK = re.compile(r"[\[\]{},]")
"""What ends a value in brackets."""
TAG = re.compile(r"!\S*")

_LONGEST_SHOWN = 70
_COLON = re.compile(r":(?=\s|\Z)")
_KEY_IN_VALUE = re.compile(r"(?<![^ \t])[^\W\d]\w*\Z")
_HALF_A_COMPARISON = re.compile(r">=?[ \t]*[^ \t]")
_NEXT_KEY = re.compile(r"[{,][ \t]*[^\W\d]\w*:[ \t]")
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
class Cause:
    """What is wrong with a value, and in which stretch of the draft; without `help` the value is to be quoted."""

    code: Code
    message: str
    start: int
    end: int
    label: str
    help: str | None = None
    notes: tuple[str, ...] = ()


def cause_of(value: Value) -> Cause | None:
    """Return what is wrong with a value, going by how it begins; None if nothing is to be seen."""
    match value.text[:1]:
        case "":
            return _nothing(value) if value.in_flow else None
        case ">" | "|":
            return _text_block(value)
        case '"' | "'":
            return _after_quote(value)
        case "[" | "{":
            return after_bracket(value)
        case "!":
            return tag_cause(value, is_text=True)
        case "@" | "`" | "%" | "," | "]" | "}" | "&" | "*":
            return _first_character(value)
        case "-" if value.text[1:2] in ("", " ", "\t"):
            return _dash(value)
        case _:
            return _colon(value) or (cause_in_item(value) if value.in_flow else None)


def _text_block(value: Value) -> Cause:
    sign = value.text[0]
    half = "a comparison also needs something on its left, such as `amount > 5`"
    return Cause(
        catalogue.VALUE_STARTS_TEXT_BLOCK,
        f"to YAML, a value that begins with `{sign}` is a block of text on the lines below",
        value.start,
        value.start + 1,
        "the value begins with it",
        notes=(half,) if _HALF_A_COMPARISON.match(value.text) else (),
    )


def _after_quote(value: Value) -> Cause | None:
    closing = closing_quote(value.draft.text, value.start)
    if closing is None:
        return unclosed_quote_cause(value)
    is_rest = value.draft.text[closing + 1 : value.end].strip()
    return text_after_quote(value, closing + 1) if is_rest else None


def text_after_quote(value: Value, end: int) -> Cause:
    """Return what is wrong with a value that goes on behind its closing quote, which ends at `end`."""
    rest = value.draft.text[end : value.end].lstrip()
    message = f"there is text after the closing quote `{value.text[0]}`"
    notes = ("between two items of a list there must be a comma",) if value.in_flow and rest[:1] in ('"', "'") else ()
    start = value.end - len(rest)
    return Cause(catalogue.TEXT_AFTER_QUOTE, message, start, value.end, "the value ended before", notes=notes)


def unclosed_quote_cause(value: Value) -> Cause:
    """Return what is wrong with a value that begins with a quote and does not end with one."""
    quote = value.text[0]
    message = f"the quote `{quote}` is not closed"
    advice = f"write `{quote}` at the end of the text as well"
    return Cause(catalogue.UNCLOSED_QUOTE, message, value.start, value.start + 1, "it is opened here", advice)


def after_bracket(value: Value) -> Cause | None:
    """Return what is wrong with a value that begins with a bracket; None if it ends with the closing one."""
    text = value.draft.text
    flow = read_flow(text, value.start)
    if flow.unclosed is not None:
        return unbalanced_bracket(text, flow.unclosed, flow.wrong)
    rest = text[flow.end : max(value.end, flow.end)].lstrip()
    kind = "list" if text[value.start] == "[" else "mapping"
    message = f"there is text after the closing `{text[flow.end - 1]}`"
    label = f"the {kind} ended before"
    return Cause(catalogue.TEXT_AFTER_BRACKET, message, value.end - len(rest), value.end, label) if rest else None


def unbalanced_bracket(text: str, opened: int, wrong: int | None) -> Cause:
    """Return what is wrong with a bracket that is not closed, or closed at `wrong` by another one."""
    bracket = text[opened]
    message = f"the bracket `{bracket}` is not closed"
    if wrong is not None:
        message = f"the bracket `{bracket}` is closed by `{text[wrong]}`"
    advice = f"write `{']' if bracket == '[' else '}'}` where it ends"
    return Cause(catalogue.UNBALANCED_BRACKET, message, opened, opened + 1, "it is opened here", advice)


def tag_cause(value: Value, *, is_text: bool) -> Cause:
    """Return what is wrong with a value that begins with a tag; `is_text` says whether a text follows it."""
    found = TAG.match(value.text)
    word = found[0] if found else value.text
    message = f"to YAML, `{word}` is a tag and not part of the value"
    advice = None
    if not is_text or word.startswith(("!!", "!<")):
        advice = f"leave `{word}` out: the key says what its value is"
    elif negation := _NEGATION.fullmatch(value.text):
        advice = f"write `{value.prefix}not {negation[0][1:]}`"
    return Cause(catalogue.TAG, message, value.start, value.start + len(word), "a tag begins with `!`", advice)


def _first_character(value: Value) -> Cause | None:
    character = value.text[0]
    if character in "]}" and not value.prefix and not value.in_flow:
        return None
    meaning = {"&": "marks a value that is used again", "*": "stands for a value that was marked with `&`"}
    name = "a backtick" if character == "`" else f"`{character}`"
    message = f"a value cannot begin with {name} in YAML"
    label = meaning.get(character, "the value begins with it")
    return Cause(catalogue.FORBIDDEN_FIRST_CHARACTER, message, value.start, value.start + 1, label)


def _dash(value: Value) -> Cause:
    return Cause(
        catalogue.VALUE_STARTS_LIST,
        "to YAML, a value that begins with `- ` is an item of a list",
        value.start,
        value.start + 1,
        "the value begins with it",
        notes=() if value.in_flow else ("a list begins on the line below its key",),
    )


def _colon(value: Value) -> Cause | None:
    colon = _COLON.search(value.draft.text, value.start, value.end)
    message = "a value that holds `: ` must be in quotes"
    if colon is None:
        return None
    key = _KEY_IN_VALUE.search(value.text[: colon.start() - value.start])
    notes = (f"if `{key[0]}` is a key, it needs a line of its own",) if key and not value.in_flow else ()
    return Cause(catalogue.COLON_IN_VALUE, message, colon.start(), colon.end(), "to YAML, a key ends here", notes=notes)


def cause_in_item(value: Value) -> Cause | None:
    """Return what is wrong with a value in brackets that holds what ends a value there."""
    text = value.draft.text
    if mark := FLOW_MARK.search(text, value.start, value.end):
        message = f"inside `[ ]` and `{{ }}` a value that holds `{mark[0]}` must be in quotes"
        label = "to YAML, the value ends here"
        return Cause(catalogue.VALUE_CUT_IN_BRACKETS, message, mark.start(), mark.end(), label)
    if comment := HASH.search(text, value.start, value.end):
        message = "a value that holds ` #` must be in quotes"
        label = "to YAML, a comment begins here"
        return Cause(catalogue.HASH_IN_VALUE, message, comment.start(), comment.end(), label)
    return None


def _nothing(value: Value) -> Cause:
    end = min(value.start + 1, len(value.draft.text))
    advice = "write the item, or take one comma out"
    return Cause(catalogue.EMPTY_ITEM, "an item is missing here", value.start, end, "before this", advice)


def finding_of(value: Value, cause: Cause) -> Finding:
    """Return the diagnostic for a cause, and a placeholder for the value."""
    diagnostic = Diagnostic(
        cause.code,
        cause.message,
        Label(value.draft.span(cause.start, cause.end), cause.label),
        notes=cause.notes,
        help=cause.help or quoting_help(value),
        fix=None if cause.help else _quoting_fix(value, cause),
    )
    end = value.end
    if cause.code is catalogue.UNBALANCED_BRACKET:
        end = max(end, read_flow(value.draft.text, value.start).end)
    return Finding(diagnostic, (Replacement(value.start, end, PLACEHOLDER),))


def _takes_in_more(value: Value) -> bool:
    if not (value.in_flow or value.text[:1] == "{"):
        return False
    return value.text.count("(") != value.text.count(")") or _NEXT_KEY.search(value.text) is not None


def _is_for_a_block(value: Value) -> bool:
    long = len(value.text) > _LONGEST_SHOWN and not value.in_flow
    return "\n" in value.text or "\r" in value.text or long


def quoting_help(value: Value) -> str:
    """Return the advice to put a value in quotes, with its quoted form; a long one goes into a text block."""
    if _is_for_a_block(value):
        return f"write `{value.prefix}|` and put the value on the lines below, indented further"
    return f"put the value in quotes: `{value.prefix}{quoted(value.text)}`"


def _quoting_fix(value: Value, cause: Cause) -> Fix | None:
    """Return the fix that puts a value in quotes, where it is certain how far the value goes.

    A quote that closed in a word, `'7, title: "it's"`, was no quote; a bracket that is not closed took in the next key.
    """
    if "\n" in value.text or "\r" in value.text or _takes_in_more(value):
        return None
    closing = closing_quote(value.draft.text, value.start) if cause.code is catalogue.TEXT_AFTER_QUOTE else None
    in_a_word = closing is not None and value.draft.text[closing + 1 : closing + 2].isalnum()
    edit = Edit(value.draft.span(value.start, value.end), quoted(value.text), verbatim=True)
    return Fix("put the value in quotes", (edit,), Applicability.UNSAFE if in_a_word else Applicability.SAFE)
