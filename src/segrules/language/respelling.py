"""What is nearly right token by token: other languages' operators, capitals, curly quotes, `12months`, `$100`.

Each odd token gives a diagnostic and gives way to what was most likely meant, so that the rest can be read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Passage
from segrules.language.odd_literals import (
    curly_text,
    impossible_literal,
    number,
    odd_character,
    odd_currency,
    odd_date,
    odd_number,
    open_text,
)
from segrules.language.odd_words import (
    odd_comparison,
    odd_is,
    odd_last,
    odd_name,
    odd_operator,
    odd_phrase,
    odd_presence,
    odd_window,
    odd_word,
)
from segrules.language.problem import doubtful
from segrules.language.spot import Change, Spot
from segrules.language.tokens import Token


@dataclass(slots=True)
class Respelled:
    """Tokens in the language's spelling; `certain` says that nothing else can have been meant."""

    tokens: list[Token] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    certain: bool = True


def respell(passage: Passage, tokens: Sequence[Token], most: int) -> Respelled:
    """Return tokens with odd ones put right, and a diagnostic for each of them, `most` of them."""
    done = Respelled()
    rest = deque(tokens)
    while rest and len(done.diagnostics) < most:
        change = _change(Spot(passage, done.tokens, rest))
        if change is None:
            done.tokens.append(rest.popleft())
            continue
        done.diagnostics.append(change.diagnostic if change.certain else doubtful(change.diagnostic))
        done.certain &= change.certain
        for _ in range(change.count):
            rest.popleft()
        rest.extendleft(reversed(change.tokens))
    return done


def _change(spot: Spot) -> Change | None:
    return next((change for look in _LOOKS.get(spot.token.kind, ()) if (change := look(spot))), None)


_LOOKS: dict[str, Sequence[Callable[[Spot], Change | None]]] = {
    "ODD_OPERATOR": (odd_operator,),
    "EQUAL": (odd_operator,),
    "UNEQUAL": (odd_operator,),
    "RISING": (odd_operator,),
    "FALLING": (odd_operator,),
    "ODD_COMPARISON": (odd_comparison,),
    "IS": (odd_is,),
    "ODD_WORD": (odd_word,),
    "NULL": (odd_word,),
    "ODD_PHRASE": (odd_phrase,),
    "ODD_PRESENCE": (odd_presence,),
    "ODD_WINDOW": (odd_window,),
    "LAST": (odd_last,),
    "NEXT": (odd_last,),
    "NAME": (odd_name,),
    "CURLY_TEXT": (curly_text,),
    "OPEN_TEXT": (open_text,),
    "ODD_NUMBER": (odd_number,),
    "ODD_DATE": (odd_date,),
    "CURRENCY": (odd_currency,),
    "OTHER": (odd_character,),
    "NUMBER": (impossible_literal, number),
    "PERCENT": (impossible_literal,),
    "DATE": (impossible_literal,),
    "DATETIME": (impossible_literal,),
    "DURATION": (impossible_literal,),
}
