"""Operators and words as other languages, spreadsheets and people write them."""

from __future__ import annotations

from segrules.language import spelling_messages
from segrules.language.spot import ENDS_OPERAND, TESTS, Change, Spot
from segrules.language.words import INFIX, UNITS

_OPERATORS = {
    "<>": "!=", "≠": "!=", "!==": "!=", "! =": "!=", "< >": "!=",
    "=>": ">=", "≥": ">=", "> =": ">=", "= >": ">=",
    "=<": "<=", "≤": "<=", "< =": "<=", "= <": "<=",
    "===": "=", "= =": "=",
    "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not",
    "−": "-", "–": "-", "×": "*", "÷": "/",
}  # fmt: skip

_COMPARING_WORDS = {
    "greater than": ">", "more than": ">", "less than": "<", "fewer than": "<", "equal to": "=",
    "at least": ">=", "at most": "<=", "greater than or equal to": ">=", "less than or equal to": "<=",
    "equals": "=", "after": ">", "before": "<", "since": ">=", "until": "<=", "includes": "contains",
    "starts": "starts with", "startswith": "starts with", "ends": "ends with", "endswith": "ends with",
}  # fmt: skip

_ODD_TESTS = frozenset({"ODD_COMPARISON", "ODD_OPERATOR", "ODD_PHRASE", "ODD_WINDOW"})


def odd_operator(spot: Spot) -> Change | None:
    """Change `=>`, `<>`, `&&`, and `> =`, which is one operator in two."""
    if spot.words(2) in _OPERATORS:
        return spot.change(spelling_messages.operator_spelling, _OPERATORS[spot.words(2)], 2)
    if spot.token.text in _OPERATORS:
        return spot.change(spelling_messages.operator_spelling, _OPERATORS[spot.token.text])
    return _null_compared(spot)


def _null_compared(spot: Spot) -> Change | None:
    if spot.token.kind not in ("EQUAL", "UNEQUAL") or spot.next().text.lower() != "null":
        return None
    right = "is missing" if spot.token.kind == "EQUAL" else "is present"
    said = spelling_messages.null_compared(spot.span(2), spot.next().text, right)
    return Change(said, 2, spot.read_as(right, 2))


def odd_comparison(spot: Spot) -> Change:
    """Change `greater than`, `is at least`."""
    return spot.change(spelling_messages.operator_spelling, _COMPARING_WORDS[spot.words().lower().removeprefix("is ")])


def odd_is(spot: Spot) -> Change | None:
    """Change `is` before a value, where it means `=`, and before another test, where it means nothing."""
    following = spot.next()
    if following.text.lower() == "not" and spot.value_follows(2):
        return spot.change(spelling_messages.is_as_comparison, "!=", 2)
    if following.type in TESTS | _ODD_TESTS:
        return spot.change(spelling_messages.is_as_comparison, "")
    if spot.value_follows():
        return spot.change(spelling_messages.is_as_comparison, "=")
    return None


def odd_word(spot: Spot) -> Change | None:
    """Change `TRUE`, `Not`, and `null` in any letters, where they are not names by their points."""
    word = spot.token.text
    if "DOT" in (spot.previous.kind, spot.next().kind):
        return None
    if word.lower() == "null":
        compared = spot.next().kind in ("EQUAL", "UNEQUAL")
        said = spelling_messages.null_word(spot.span(), word)
        return Change(said, 1, spot.read_as("missing"), certain=not compared)
    return spot.change(spelling_messages.word_case, word.lower())


def odd_phrase(spot: Spot) -> Change:
    """Change `NOT IN`, `Starts With`, `begins with`."""
    right = spot.words().lower().replace("begins", "starts")
    return spot.change(
        spelling_messages.word_case if right == spot.words().lower() else spelling_messages.operator_spelling, right
    )


def odd_presence(spot: Spot) -> Change:
    """Change `is null`, `is not missing`, `is empty`."""
    words = spot.words().lower().split()
    state = words[-1]
    missing = (state not in ("present", "known")) is ("not" not in words)
    right = "is missing" if missing else "is present"
    if " ".join(words) == right:
        return spot.change(spelling_messages.word_case, right)
    empty = state in ("empty", "blank")
    said = spelling_messages.presence_spelling(spot.span(), spot.words(), right, empty=empty)
    return Change(said, 1, spot.read_as(right), certain=not empty)


def odd_window(spot: Spot) -> Change:
    """Change `within the last`, `in past`, and `in last month`, which does not say how many."""
    words = spot.words().lower().split()
    direction = "last" if words[-1] in ("last", "past", "previous") else "next"
    right = f"{'not ' if words[0] == 'not' else ''}in {direction}"
    unit = spot.next().text.lower().removesuffix("s")
    if unit in UNITS and spot.next().kind == "NAME":
        counted = f"{right} 1 {unit}"
        said = spelling_messages.window_without_number(spot.span(2), spot.words(2), unit, counted)
        return Change(said, 2, spot.read_as(counted, 2), certain=False)
    return spot.change(
        spelling_messages.word_case if " ".join(words) == right else spelling_messages.window_spelling, right
    )


def odd_last(spot: Spot) -> Change | None:
    """Change `closed_on last 12 months`."""
    if spot.previous.type not in ENDS_OPERAND or spot.next().type != "DURATION":
        return None
    right = f"in {spot.token.text}"
    return Change(spelling_messages.window_without_in(spot.span(), right), 1, spot.read_as(right))


def odd_name(spot: Spot) -> Change | None:
    """Change a word that stands directly behind a value, where no name can stand."""
    word, low = spot.token.text, spot.token.text.lower()
    if spot.previous.kind == "OVER" and low == "all":
        return spot.change(spelling_messages.word_case, low)
    if spot.previous.type not in ENDS_OPERAND | {"PRESENCE", "ALL", "DESCENDING"}:
        return None
    if low == "is" and (change := odd_is(spot)):
        return change
    if word != low and low in INFIX | {"descending"}:
        return spot.change(spelling_messages.word_case, low)
    if low == "desc" and spot.next().kind in ("OVER", "RIGHT"):
        return spot.change(spelling_messages.mistyped_word, "descending")
    if low in _COMPARING_WORDS and spot.next().kind != "LEFT" and spot.value_follows():
        return spot.change(spelling_messages.operator_spelling, _COMPARING_WORDS[low])
    if low == "within" and spot.next().type == "DURATION":
        return spot.change(spelling_messages.window_spelling, "in last", certain=False)
    return None
