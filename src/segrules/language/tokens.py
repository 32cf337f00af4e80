"""An expression's text cut into tokens. Nothing is refused here: what the language does not have is an odd token.

The types of tokens are the terminals of `grammar.lark`. Kinds are finer: those of `_ODD` and `_ODD_SYMBOLS` no rule of
the grammar takes, and say for the message what was most likely meant.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from segrules.language.words import CONSTANTS, RESERVED, RESERVED_IN_ANY_CASE, UNITS


class Token(NamedTuple):
    """A piece of the text: the grammar's terminal, what kind of it, and where it stands."""

    type: str
    kind: str
    text: str
    start: int
    end: int


END = "$END"

_NOT = r"(?:not\s+)?"
_UNIT = rf"(?:{'|'.join(UNITS)})s?"
_NUMBER = r"(?:0|[1-9](?:_?[0-9])*+)(?:\.[0-9](?:_?[0-9])*+)?"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"

_QUOTED_AND_DATED = {
    "TEXT": r"""'(?:''|[^'\r\n])*+'|"(?:""|[^"\r\n])*+\"""",
    "DATETIME": rf"{_DATE}T{_TIME}(?![\w:.+-])",
    "DATE": rf"{_DATE}(?!\w|[ ]+[0-9]{{1,2}}:)",
}

_NUMBERS = {
    "DURATION": rf"[0-9](?:_?[0-9])*+\s+{_UNIT}\b",
    "PERCENT": rf"{_NUMBER}[ \t]*%",
    "NUMBER": rf"{_NUMBER}(?![\w.])",
}

_PHRASES = {
    "WINDOW": rf"{_NOT}in\s+(?:last|next)\b(?!\s*\(|\s+{_UNIT}\b)",
    "ODD_WINDOW": rf"(?i:{_NOT}(?:with)?in\s+(?:the\s+)?(?:last|next))\b(?!\s*\()"
    rf"|(?i:{_NOT}(?:with)?in\s+(?:the\s+)?(?:past|previous|following|coming))(?=\s+(?:[0-9]|{_UNIT}\b))",
    "IN": rf"{_NOT}in\b",
    "CONTAINS": rf"{_NOT}contains\b",
    "BETWEEN": rf"{_NOT}between\b",
    "MATCH": rf"{_NOT}(?:starts\s+with|ends\s+with|like)\b",
    "PRESENCE": r"is\s+(?:missing|present)\b",
}

_ODD = {
    "ODD_PRESENCE": r"(?i:is\s+(?:not\s+)?(?:null|none|nan|missing|present|empty|blank|unknown|known))\b",
    "ODD_COMPARISON": r"(?i:(?:is\s+)?(?:(?:greater|less)\s+than\s+or\s+equal\s+to|(?:greater|more|less|fewer)\s+than"
    r"|equal\s+to|at\s+(?:least|most)))\b",
    "ODD_PHRASE": r"(?i:not\s+(?:in|contains|between|like)|(?:not\s+)?(?:starts|begins|ends)\s+with)\b",
    "CURLY_TEXT": r"[“”„«»][^“”„«»\"\r\n]*[“”„«»\"]|[‘’‚‹›][^‘’‚‹›'\r\n]*[‘’‚‹›']",
    "OPEN_TEXT": r"['\"](?:[^\r\n]*\S)?",
    "ODD_DATE": r"[0-9]{4}(?P<_a>[-/])[0-9]{1,2}(?P=_a)[0-9]{1,2}(?:(?:[Tt]|[ ]+)[0-9]{1,2}:[\w:.+-]*)?(?![\w.])"
    r"|[0-9]{1,2}(?P<_b>[./])[0-9]{1,2}(?P=_b)[0-9]{4}(?![\w.])",
}

_WORDS = {
    "FUNCTION": r"(?:all|last)(?=\s*\()",
    "ANY_CASE": rf"(?i:{'|'.join(sorted(RESERVED_IN_ANY_CASE))})\b",
    "NAME": r"[^\W\d]\w*",
}

_SYMBOLS = {
    "UNEQUAL": r"!=(?!=)",
    "RISING": r"<=?(?!>)",
    "FALLING": r">=?",
    "EQUAL": r"==?(?![<>=])",
    "PLUS": r"\+",
    "MINUS": r"-",
    "TIMES": r"\*(?!\*)|/",
    "LEFT": r"\(",
    "RIGHT": r"\)",
    "DOT": r"\.(?![0-9.])",
    "COMMA": r",",
}

_ODD_SYMBOLS = {
    "ODD_NUMBER": r"\.?[0-9](?:[\w.]*\w)?\.?",
    "ODD_OPERATOR": r"<>|=<|=>|={3}|!={2}|&&?|\|\|?|[≠≥≤!−–×÷]",
    "CURRENCY": r"[$€£¥]",
    "OTHER": r"\.\.+|\*\*|(?s:.)",
}

_BLANK = {"BLANK": r"(?:\s|#[^\r\n]*+)++"}

# the first kind that fits is taken: an odd date before the number that it begins with, a phrase before its words
_KINDS = {**_BLANK, **_PHRASES, **_QUOTED_AND_DATED, **_ODD, **_WORDS, **_NUMBERS, **_SYMBOLS, **_ODD_SYMBOLS}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{_KINDS[kind]})" for kind in _KINDS))

_KEYWORDS = {word: "CONSTANT" if word in CONSTANTS else word.upper() for word in RESERVED}
_TYPES = dict.fromkeys((*_QUOTED_AND_DATED, "PERCENT", "NUMBER", "CONSTANT"), "LITERAL")
_TYPES |= {"COMMA": "_COMMA", "DOT": "_DOT"}  # Lark leaves out of a rule's children what begins with `_`


def scan(text: str) -> list[Token]:
    """Return the tokens of a text; no text is refused, and blanks and comments are passed over."""
    tokens = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "BLANK" or kind is None:
            continue
        written = match[0]
        if kind == "NAME":
            kind = _KEYWORDS.get(written, "NAME")
        elif kind == "FUNCTION":
            kind = "NAME"
        elif kind == "ANY_CASE":
            kind = _KEYWORDS.get(written, "ODD_WORD")
        tokens.append(Token(_TYPES.get(kind, kind), kind, written, match.start(), match.end()))
    return tokens


def phrase(token: Token) -> str:
    """Return an operator with single blanks and without its `not`: `starts with`, `in`, `in last`."""
    return " ".join(token.text.split()).removeprefix("not ")


def negated(token: Token) -> bool:
    """Return whether a phrase begins with `not`."""
    return token.text.startswith("not")
