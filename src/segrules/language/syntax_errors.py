"""What the author most likely meant where the grammar gives up."""

from __future__ import annotations

from segrules.diagnostics.source import Passage
from segrules.language import messages, missing_operators, missing_values, spelling_messages
from segrules.language.grammar import Failure
from segrules.language.spot import STARTS_OPERAND
from segrules.language.surroundings import Slip, Surroundings
from segrules.language.tokens import END, Token

_WANTED = (
    ("a value", {"LITERAL"}),
    ("a list in brackets", {"LEFT"}),
    ("a stretch of time", {"DURATION"}),
    ("a name", {"NAME"}),
    ("`all`", {"ALL"}),
    ("an operator", {"PLUS", "MINUS", "TIMES"}),
    ("a comparison", {"EQUAL", "IN", "CONTAINS"}),
    ("`and`", {"AND"}),
    ("`or`", {"OR"}),
    ("`then`", {"THEN"}),
    ("`else`", {"ELSE"}),
    ("`where`", {"WHERE"}),
    ("`,`", {"_COMMA"}),
    ("`)`", {"RIGHT"}),
    ("the end", {END}),
)


def explain(passage: Passage, failure: Failure) -> Slip:
    """Return what is wrong at the place where the grammar gave up, and the tokens with the likeliest repair."""
    around = Surroundings(passage, failure)
    looks = missing_values.LOOKS if around.wants_value else missing_operators.LOOKS
    found = next((slip for look in looks if (slip := look(around))), None)
    return found or _odd_character(around) or _unexpected(around)


def _odd_character(around: Surroundings) -> Slip | None:
    """Return a slip for a character that means nothing wherever it stands."""
    token = around.token
    if token.kind not in ("OTHER", "CURRENCY"):
        return None
    if token.text == "%":
        return Slip(spelling_messages.stray_percent(around.here), _instead(around, "/"))
    if token.text in ("^", "**"):
        return Slip(spelling_messages.no_power(around.here), _instead(around, "*"))
    if token.text == "?":
        return Slip(
            spelling_messages.unknown_character(around.here, "?", "write `if condition then value else other value`")
        )
    if token.text == ";":
        return Slip(
            spelling_messages.unknown_character(around.here, ";", "join conditions with `and` or `or`"),
            _instead(around, "and"),
        )
    said = spelling_messages.unknown_character(around.here, token.text)
    between_values = not around.wants_value and around.after.type in STARTS_OPERAND
    return Slip(said, None if between_values else around.without(around.index))


def _instead(around: Surroundings, text: str) -> list[Token]:
    return around.read_as(text, around.index, around.index + 1)


def _unexpected(around: Surroundings) -> Slip:
    found = "the end" if around.token.type == END else f"`{around.token.text}`"
    return Slip(messages.unexpected_token(around.here, _wanted(around), found))


def _wanted(around: Surroundings) -> str:
    if around.accepts("LITERAL"):
        return "a value"
    accepted = around.failure.accepts - (set() if around.before.kind == "IN" else {"LEFT"})
    groups = [words for words, types in _WANTED if types & accepted]
    return groups[0] if len(groups) == 1 else f"{', '.join(groups[:-1])} or {groups[-1]}"
