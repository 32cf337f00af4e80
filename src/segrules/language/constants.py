"""Constants outside expressions, such as the value of a parameter: bare text that may be a number, a day and so on."""

from __future__ import annotations

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Passage
from segrules.language import literals, messages, spelling_messages
from segrules.language.tokens import Token, scan
from segrules.language.values import Duration, Value

_NUMBERS = frozenset({"NUMBER", "PERCENT", "DURATION"})
_BARE = _NUMBERS | {"DATE", "DATETIME", "CONSTANT"}


def read_constant(passage: Passage) -> tuple[Value, bool] | None:
    """Return a number, percent, date, datetime, duration or boolean, and whether it is a percent; None for text.

    A number may have a sign, a datetime a blank for its `T`, true and false any letters.
    """
    literal = _literal(passage.text)
    if literal is None:
        return None
    negative, token = literal
    try:
        value = literals.read(token.kind, token.text)
    except literals.Unreadable:
        return None
    return _negated(value) if negative else value, token.kind == "PERCENT"


def refuse_constant(passage: Passage) -> Diagnostic | None:
    """Return what is wrong with a constant that reads like no text: a day that does not exist, quotes in quotes."""
    tokens = scan(passage.text)
    if len(tokens) == 1 and tokens[0].kind == "TEXT":
        return messages.quoted_constant(passage.whole, literals.read_text(tokens[0].text))
    literal = _literal(passage.text)
    if literal is None:
        return None
    try:
        literals.read(literal[1].kind, literal[1].text)
    except literals.Unreadable as problem:
        return spelling_messages.impossible_value(passage.whole, *problem.args)
    return None


def _literal(text: str) -> tuple[bool, Token] | None:
    """Return the one literal that a text is, and whether a `-` stands before it."""
    written = text.strip()
    signed = written[:1] in ("-", "+")
    tokens = scan(written[1:] if signed else written)
    if len(tokens) != 1 or len(tokens[0].text) != len(written) - signed:
        return None
    token = _normal(tokens[0])
    if token.kind not in (_NUMBERS if signed else _BARE) or token.text == "missing":
        return None
    return written[:1] == "-", token


def _normal(token: Token) -> Token:
    if token.kind == "ODD_WORD" and token.text.lower() in ("true", "false"):
        return token._replace(kind="CONSTANT", text=token.text.lower())
    if token.kind == "ODD_DATE":
        (timed,) = scan(token.text.replace(" ", "T", 1))[:1]
        return timed
    return token


def _negated(value: Value) -> Value:
    if isinstance(value, Duration):
        return Duration(-value.months, -value.days)
    return -value  # type: ignore[operator]
