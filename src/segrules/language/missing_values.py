"""Mistakes where a value should stand and something else does."""

from __future__ import annotations

import re

from segrules.language import messages, spelling_messages
from segrules.language.formatting import literal
from segrules.language.spot import COMPARISONS, ENDS_OPERAND, STARTS_OPERAND, TESTS
from segrules.language.surroundings import Slip, Surroundings
from segrules.language.tokens import END, phrase
from segrules.language.words import is_reserved

_CLAUSES = frozenset({"WHERE", "BY", "OVER", "DESCENDING"})
_WORDS_LIKE_NAMES = _CLAUSES | {"ALL", "LAST", "NEXT", "PRESENT", "NULL", "ODD_WORD"}
_MIRRORED = {">": "<", ">=": "<="}
_STAND_IN = "0"


def reserved_word(around: Surroundings) -> Slip | None:
    """`deals.last`, `by > 3`: a word of the language as a name."""
    token, after = around.token, around.after
    is_name = around.before.kind == "DOT" and is_reserved(token.text)
    followed_as_name = after.type in TESTS | {"PLUS", "MINUS", "TIMES", "DOT", "AND", "OR", "RIGHT", "_COMMA", END}
    if not is_name and not (token.kind in _WORDS_LIKE_NAMES and followed_as_name):
        return None
    renamed = list(around.tokens)
    renamed[around.index] = token._replace(type="NAME", kind="NAME")
    return Slip(messages.reserved_word(around.here, token.text), renamed)


def stray_bracket(around: Surroundings) -> Slip | None:
    """`x > 5)`."""
    if around.token.text not in (")", "]", "}") or around.brackets:
        return None
    last = around.index
    while around.at(last).text in (")", "]", "}"):
        last += 1
    span = around.span(around.index, last)
    rest = around.read_as("", around.index, last)
    return Slip(messages.stray_bracket(span, span.text), rest if len(rest) > 1 else None)


def comma_too_many(around: Surroundings) -> Slip | None:
    """Find a comma that nothing follows: `(a, b, )`, `sum(x, where c)`."""
    if around.before.kind != "COMMA" or around.token.kind not in _CLAUSES | {"RIGHT"}:
        return None
    said = messages.comma_too_many(around.span(around.index - 1), f"`{around.token.text}`")
    return Slip(said, around.without(around.index - 1), certain=True)


def empty_brackets(around: Surroundings) -> Slip | None:
    """`in ()`."""
    if around.before.kind != "LEFT" or around.token.kind != "RIGHT":
        return None
    span = around.span(around.index - 1, around.index + 1)
    return Slip(messages.empty_brackets(span), around.with_before(_STAND_IN))


def list_without_brackets(around: Surroundings) -> Slip | None:
    """`in 'a', 'b'`."""
    if around.before.kind != "IN" or around.token.type not in ("LITERAL", "DURATION"):
        return None
    last = around.index + 1
    while around.at(last).kind == "COMMA" and around.at(last + 1).type == "LITERAL":
        last += 2
    listed = around.text(around.index, last)
    said = messages.list_without_brackets(around.span(around.index, last), listed)
    return Slip(said, around.in_brackets(around.index, last), certain=not around.brackets)


def window_without_unit(around: Surroundings) -> Slip | None:
    """`in last 12`."""
    if around.before.kind != "WINDOW":
        return None
    last = around.index + (around.token.kind == "NUMBER")
    said = spelling_messages.window_without_unit(around.here, phrase(around.before))
    return Slip(said, around.read_as("1 month", around.index, last))


def pattern_without_quotes(around: Surroundings) -> Slip | None:
    """`name like AC*`: what stands behind `like` up to the next blank."""
    condition = around.conditions[-1]
    test = around.test(condition)
    if test is None or phrase(around.tokens[test]) != "like":
        return None
    text = around.passage.text
    start = around.tokens[test + 1].start
    run = re.compile(r"[^\s(),'\"]+").match(text, start)
    if run is None or not {"*", "?"} & set(run[0]) or run.end() < around.before.end:
        return None
    last = next(index for index in range(test + 1, len(around.tokens)) if around.tokens[index].start >= run.end())
    said = messages.pattern_without_quotes(around.passage.span(start, run.end()), literal(run[0]))
    return Slip(said, around.read_as(literal(run[0]), test + 1, last), certain=True)


def sql_count(around: Surroundings) -> Slip | None:
    """`count(*)`."""
    if around.token.text != "*" or around.before.kind != "LEFT" or around.at(around.index - 2).text != "count":
        return None
    last = around.index + 1
    span = around.span(around.index - 2, last + (around.at(last).kind == "RIGHT"))
    said = messages.sql_count(span, "count(deals)", certain=False)
    return Slip(said, around.read_as("rows", around.index, last))


def left_side_missing(around: Surroundings) -> Slip | None:
    """`x > 5 and < 10`; `> 5` at the very start."""
    if around.token.type not in TESTS or around.before.kind not in ("AND", "OR", "NOT", "LEFT", "WHERE", "IF", END):
        return None
    span, found = around.here, around.token.text
    compared = _compared_before(around)
    if compared is None:
        return Slip(messages.left_side_missing(span, found, (), None), around.with_before(_STAND_IN))
    operand = " ".join(around.text(*compared).split())
    said = messages.left_side_missing(span, found, _written_out(around, compared), operand)
    return Slip(said, around.with_before("", *around.tokens[slice(*compared)]))


def _compared_before(around: Surroundings) -> tuple[int, int] | None:
    """Return the tokens of what the condition before `and` or `or` compares: its left side, or `x` in `5 < x`."""
    if around.before.kind not in ("AND", "OR") or around.conditions[-1]:
        return None  # nothing before it, or the `and` of a `between`
    condition = around.conditions[-2]
    test = around.test(condition)
    if test is None or test == condition[0]:
        return None
    left_is_literal = condition[0] + 1 == test and around.tokens[condition[0]].type == "LITERAL"
    if left_is_literal and around.tokens[test].type in COMPARISONS:
        return test + 1, condition[-1] + 1
    return condition[0], test


def _written_out(around: Surroundings, compared: tuple[int, int]) -> list[str]:
    """Return both conditions with what they compare, and the chain if they are the two ends of one."""
    condition, operand = around.conditions[-2], around.text(*compared)
    first = around.text(condition[0], condition[-1] + 1)
    examples = [f"{first} {around.before.text} {operand} {around.text(around.index, around.condition_end)}"]
    test = around.test(condition)
    assert test is not None
    one = (around.tokens[test], around.text(test + 1, condition[-1] + 1))
    other = (around.token, around.text(around.index + 1, around.condition_end))
    low, high = (one, other) if one[0].type == "FALLING" else (other, one)
    is_range = (low[0].type, high[0].type) == ("FALLING", "RISING") and compared[0] == condition[0]
    if is_range and around.before.kind == "AND":
        examples.append(f"{low[1]} {_MIRRORED[low[0].text]} {operand} {high[0].text} {high[1]}")
    return examples


def brackets_needed(around: Surroundings) -> Slip | None:
    """`x = not y`, `1 + if c then a else b`."""
    if around.token.kind not in ("NOT", "IF"):
        return None
    return Slip(messages.brackets_needed(around.here, around.token.text, around.before.text))


def value_missing(around: Surroundings) -> Slip | None:
    """`x > and y`, `sum(`."""
    if around.token.type in ENDS_OPERAND - {"RIGHT"} or around.token.kind in ("OTHER", "LEFT"):
        return None
    found = "the end" if around.token.type == END else f"`{around.token.text}`"
    wanted, insertion = ("value", _STAND_IN) if around.accepts("LITERAL") else ("name", "x")
    said = messages.value_missing(around.gap, wanted, around.before.text, found)
    if around.token.type == around.before.type:
        return Slip(said, around.without(around.index) if around.after.type in STARTS_OPERAND else None)
    return Slip(said, around.with_before(insertion))


LOOKS = (
    stray_bracket,
    reserved_word,
    comma_too_many,
    empty_brackets,
    list_without_brackets,
    window_without_unit,
    pattern_without_quotes,
    sql_count,
    left_side_missing,
    brackets_needed,
    value_missing,
)
