"""Mistakes where an operator, a comma or the end should stand and something else does."""

from __future__ import annotations

import re

from segrules.language import messages, spelling_messages
from segrules.language.missing_values import pattern_without_quotes, stray_bracket
from segrules.language.spot import COMPARISONS, STARTS_OPERAND, TESTS
from segrules.language.surroundings import Slip, Surroundings
from segrules.language.tokens import END
from segrules.language.words import INFIX, PREFIX, mistyped

_CLAUSES = frozenset({"WHERE", "BY", "OVER", "DESCENDING"})
_CLOSERS = frozenset({"RIGHT", "_COMMA", "THEN", "ELSE", END})


def if_as_function(around: Surroundings) -> Slip | None:
    """`if(c, a, b)`."""
    if around.token.kind != "COMMA" or around.bracket_kind() != "if":
        return None
    first = around.brackets[-1]
    commas, last = [], around.index
    depth = 1
    while depth and last < len(around.tokens) - 1:
        commas += [last] if depth == 1 and around.tokens[last].kind == "COMMA" else []
        last += 1
        depth += (around.tokens[last].type == "LEFT") - (around.tokens[last].type == "RIGHT")
    if depth or len(commas) != 2:
        return Slip(messages.if_as_function(around.span(first - 1, around.index + 1)))
    parts = [around.text(start + 1, end) for start, end in zip([first, *commas], [*commas, last], strict=True)]
    right = f"(if {parts[0]} then {parts[1]} else {parts[2]})"
    said = messages.if_with_commas(
        around.span(first - 1, last + 1), around.span(first - 1, first + 1), [*map(around.span, commas)], right
    )
    words = {first - 1: ("LEFT", "("), first: ("IF", "if"), commas[0]: ("THEN", "then"), commas[1]: ("ELSE", "else")}
    tokens = list(around.tokens)
    for index, (kind, text) in words.items():
        tokens[index] = tokens[index]._replace(type=kind, kind=kind, text=text)
    return Slip(said, tokens, certain=True)


def then_or_else_missing(around: Surroundings) -> Slip | None:
    """`if c a else b`, `if c then a`."""
    if around.open_if is None or around.token.type not in STARTS_OPERAND | _CLOSERS:
        return None
    opener, has_then = around.open_if
    if has_then and around.accepts("ELSE") and around.token.type in _CLOSERS:
        return Slip(messages.else_missing(around.gap, around.span(opener)), around.with_before("else missing"))
    if has_then or not around.accepts("THEN"):
        return None
    kinds = [token.type for token in around.tokens[around.index :]]
    if around.token.type in STARTS_OPERAND and "THEN" in kinds[: kinds.index("ELSE") if "ELSE" in kinds else None]:
        return None
    insertion = {"ELSE": "then missing"}.get(around.token.type, "then")
    if around.token.type in _CLOSERS - {"ELSE"}:
        insertion = "then missing else missing"
    return Slip(messages.then_missing(around.gap, around.span(opener)), around.with_before(insertion))


def unclosed_bracket(around: Surroundings) -> Slip | None:
    """`(x > 5`, `if (x > 5 then a else b`, `min((a + b, c)`."""
    comma_outside = around.token.kind == "COMMA" and around.bracket_kind(-2) in ("call", "list")
    if not around.brackets or not around.accepts("RIGHT"):
        return None
    if around.token.type not in (END, "THEN", "ELSE") and not comma_outside:
        return None
    found = "the end" if around.token.type == END else f"`{around.token.text}`"
    opened = around.brackets if around.token.type == END else around.brackets[-1:]
    said = messages.unclosed_bracket([around.span(bracket) for bracket in opened], around.gap, found)
    return Slip(said, around.with_before(")" * len(opened)))


def word_without_if(around: Surroundings) -> Slip | None:
    """`then` or `else` where no `if` is open."""
    if around.token.kind not in ("THEN", "ELSE"):
        return None
    return Slip(messages.word_without_if(around.here, around.token.text))


def number_with_commas(around: Surroundings) -> Slip | None:
    """`1,000,000`, and `1,5`, where it cannot be two numbers of a list."""
    if around.token.kind != "COMMA" or around.before.kind != "NUMBER":
        return None
    number = re.compile(r"[0-9]+(?:,[0-9]+)+").match(around.passage.text, around.before.start)
    if number is None or not number[0].startswith(f"{around.before.text},"):
        return None
    first = around.index - 1
    last = next(i for i in range(first, len(around.tokens)) if around.tokens[i].start >= number.end())
    thousands = re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+", number[0])
    right = number[0].replace(",", "_" if thousands else ".")
    if not thousands and number[0].count(",") > 1:
        return None
    said = spelling_messages.number_spelling(around.passage.span(number.start(), number.end()), number[0], right)
    return Slip(said, around.read_as(right, first, last), certain=number[0].count(",") > 1)


def stray_comma(around: Surroundings) -> Slip | None:
    """`x = (1, 2)`, `x in names, 'b'`, `f(x descending, over all)`, `a, b`."""
    if around.token.kind != "COMMA":
        return None
    if around.after.kind in _CLAUSES:
        said = messages.comma_too_many(around.here, f"`{around.after.text}`")
        return Slip(said, around.without(around.index), certain=True)
    test = around.test(around.conditions[-1])
    if test is not None and around.tokens[test].kind == "IN":
        return Slip(messages.stray_comma(around.here, "put brackets around the whole list"))
    opener = around.brackets[-1] - 1 if around.bracket_kind() == "group" else -1
    if around.at(opener).kind == "EQUAL":
        return Slip(
            messages.stray_comma(around.here, "write `in` before a list, not `=`"),
            around.read_as("in", opener, opener + 1),
        )
    if around.at(opener).kind == "BETWEEN":
        return Slip(messages.stray_comma(around.here, "write `between 1 and 5`"))
    return Slip(messages.stray_comma(around.here, "write one value, or join conditions with `and` or `or`"))


def between_without_and(around: Surroundings) -> Slip | None:
    """`between 1, 5`, `between 1 to 5`, `between 1 .. 5`, `between 1 or 5`."""
    between = around.open_between
    if between is None or not around.accepts("AND"):
        return None
    found = "the end" if around.token.type == END else f"`{around.token.text}`"
    said = messages.between_without_and(around.here, around.span(between), found)
    if around.token.kind in ("COMMA", "OR", "OTHER") or around.token.text.lower() in ("to", "until", "bis"):
        return Slip(said, around.read_as("and", around.index, around.index + 1))
    return Slip(said, around.with_before("and" if around.token.type in STARTS_OPERAND else "and 0"))


def clause(around: Surroundings) -> Slip | None:
    """`sum(x) where c`; `where` twice."""
    if around.token.kind not in _CLAUSES:
        return None
    found = around.token.text
    if around.bracket_kind() == "call":
        return Slip(messages.clause_order(around.here, found))
    return Slip(messages.misplaced_clause(around.here, found))


def tests_in_a_row(around: Surroundings) -> Slip | None:
    """`a < b > c`, `a in (1, 2) in (3)`."""
    first = around.test(around.conditions[-1])
    if around.token.type not in TESTS or first is None:
        return None
    kind, found = around.tokens[first].type, around.token.text
    if kind in COMPARISONS and around.token.type in COMPARISONS:
        middle = " ".join(around.text(first + 1, around.index).split())
        said = messages.mixed_chain(around.here, around.span(first), middle, found)
        return Slip(said, around.with_before("and", *around.tokens[first + 1 : around.index]))
    before = around.span(around.conditions[-1][0], around.index)
    return Slip(messages.tests_in_a_row(around.here, found, before), around.with_before("and x"))


def not_before_test(around: Surroundings) -> Slip | None:
    """`x not > 5`."""
    if around.token.kind != "NOT" or around.after.type not in TESTS:
        return None
    condition = around.conditions[-1]
    said = messages.not_before_test(
        around.here, around.text(condition[0], around.index), around.text(around.index + 1, around.condition_end)
    )
    return Slip(said, around.without(around.index))


def mistyped_word(around: Surroundings) -> Slip | None:
    """`x > 5 adn y`, `x betwen 1 and 2`, `nto active`."""
    token, before = around.token, around.before
    if token.kind == "NAME" and around.after.type in STARTS_OPERAND - {"MINUS"}:
        near = mistyped(token.text, INFIX | {"starts with", "ends with"})
        if near is not None:
            return _mistyped(around, around.index, near)
    if before.kind == "NAME" and token.type in STARTS_OPERAND and around.index - 1 == around.conditions[-1][0]:
        near = mistyped(before.text, PREFIX)
        if near is not None:
            return _mistyped(around, around.index - 1, near)
    return None


def _mistyped(around: Surroundings, index: int, right: str) -> Slip:
    said = spelling_messages.mistyped_word(around.span(index), around.tokens[index].text, right)
    return Slip(said, around.read_as(right, index, index + 1))


def distinct_count(around: Surroundings) -> Slip | None:
    """`count(distinct x)`."""
    start = around.index - 3
    words = [token.text.lower() for token in around.tokens[max(0, start) : around.index]]
    if words != ["count", "(", "distinct"]:
        return None
    said = messages.sql_count(around.span(start, around.index), "count_distinct(", certain=True)
    return Slip(said, around.read_as("count_distinct(", start, around.index), certain=True)


def comma_missing(around: Surroundings) -> Slip | None:
    """Find two values of a list or a call: `('a' 'b')`, `f(a b)`."""
    if around.token.type not in STARTS_OPERAND or not around.accepts("_COMMA"):
        return None
    left, right = around.span(around.index - 1), around.here
    return Slip(messages.comma_missing(around.gap, left, right), around.with_before(","))


def text_without_quotes(around: Surroundings) -> Slip | None:
    """`country = South Africa`."""
    test = around.test(around.conditions[-1])
    if test is None or around.tokens[test].type not in ("EQUAL", "UNEQUAL", "CONTAINS"):
        return None
    last = around.index
    while around.at(last).kind in ("NAME", "NUMBER"):
        last += 1
    if around.token.kind != "NAME" or around.before.kind != "NAME" or around.at(last).type in TESTS:
        return None
    text = around.text(test + 1, last)
    said = messages.text_without_quotes(around.span(test + 1, last))
    return Slip(said, around.read_as(f"'{text}'", test + 1, last))


def conditions_not_joined(around: Surroundings) -> Slip | None:
    """`region = 'EMEA' csat > 4`."""
    if around.token.type not in STARTS_OPERAND:
        return None
    condition = around.conditions[-1]
    first_is_test = around.test(condition) is not None
    end = around.condition_end
    second_is_test = around.token.kind == "NOT" or any(
        token.type in TESTS for token in around.tokens[around.index : end]
    )
    lone_name = around.token.kind == "NAME" and around.before.kind != "NAME"
    if not first_is_test or not (second_is_test or lone_name):
        return None
    left, right = around.span(condition[0], around.index), around.span(around.index, end)
    return Slip(messages.conditions_not_joined(around.gap, left, right), around.with_before("and"))


def operator_missing(around: Surroundings) -> Slip | None:
    """`annual revenue > 5`."""
    if around.token.type not in STARTS_OPERAND:
        return None
    left, right = around.before.text, around.token.text
    last = around.index
    while around.before.kind == "NAME" and around.at(last).kind == "NAME" and around.at(last + 1).type != "LEFT":
        last += 1
    names = [token.text for token in around.tokens[around.index - 1 : last]]
    said = messages.operator_missing(around.here, left, right, "_".join(names) if len(names) > 1 else None)
    if len(names) > 1:
        return Slip(said, around.read_as("", around.index, last))
    return Slip(said, around.with_before("+" if around.token.kind != "NOT" else "and"))


def half_word(around: Surroundings) -> Slip | None:
    """`x is`, and `present` by itself."""
    if around.token.kind != "IS":
        return None
    return Slip(
        spelling_messages.is_without_test(around.here), around.read_as("is missing", around.index, around.index + 1)
    )


LOOKS = (
    stray_bracket,
    pattern_without_quotes,
    if_as_function,
    number_with_commas,
    between_without_and,
    unclosed_bracket,
    stray_comma,
    half_word,
    then_or_else_missing,
    word_without_if,
    clause,
    not_before_test,
    tests_in_a_row,
    mistyped_word,
    distinct_count,
    comma_missing,
    text_without_quotes,
    conditions_not_joined,
    operator_missing,
)
