"""A place in a row of tokens, and what is changed there."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Passage, Span
from segrules.language.tokens import END, Token, scan
from segrules.language.words import CONSTANTS

ENDS_OPERAND = frozenset({"NAME", "LITERAL", "DURATION", "RIGHT"})
STARTS_OPERAND = frozenset({"NAME", "LITERAL", "DURATION", "LEFT", "MINUS", "NOT", "IF"})
COMPARISONS = frozenset({"RISING", "FALLING", "EQUAL", "UNEQUAL"})
_ODD_VALUES = frozenset({"CURLY_TEXT", "OPEN_TEXT", "ODD_NUMBER", "ODD_DATE", "CURRENCY"})
TESTS = COMPARISONS | {"IN", "WINDOW", "CONTAINS", "BETWEEN", "MATCH", "PRESENCE"}

NOTHING = Token(END, END, "", 0, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """What is said about the next `count` tokens, and what stands in their place.

    `certain` says that the author can have meant nothing else.
    """

    diagnostic: Diagnostic
    count: int
    tokens: Sequence[Token]
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Spot:
    """A token with its neighbours: `before` as changed already, `rest` as written, beginning with the token."""

    passage: Passage
    before: Sequence[Token]
    rest: deque[Token]

    @property
    def token(self) -> Token:
        """The token."""
        return self.rest[0]

    @property
    def previous(self) -> Token:
        """The token before it."""
        return self.before[-1] if self.before else NOTHING

    def next(self, steps: int = 1) -> Token:
        """Return the token that follows after so many steps."""
        return self.rest[steps] if steps < len(self.rest) else NOTHING

    def value_follows(self, steps: int = 1) -> bool:
        """Return whether the token after so many steps begins a value."""
        token = self.next(steps)
        constant = token.kind == "ODD_WORD" and token.text.lower() in CONSTANTS
        return token.type in STARTS_OPERAND - {"NOT", "IF"} or token.kind in _ODD_VALUES or constant

    def span(self, count: int = 1) -> Span:
        """Return where the next `count` tokens stand."""
        return self.passage.span(self.token.start, self.next(count - 1).end)

    def words(self, count: int = 1) -> str:
        """Return the next `count` tokens with single blanks between them and within them."""
        return " ".join(" ".join(self.next(step).text.split()) for step in range(count))

    def read_as(self, text: str, count: int = 1) -> list[Token]:
        """Return the tokens of a text, all of them standing where the next `count` tokens stand."""
        start, end = self.token.start, self.next(count - 1).end
        return [token._replace(start=start, end=end) for token in scan(text)]

    def change(
        self, say: Callable[[Span, str, str], Diagnostic], right: str, count: int = 1, *, certain: bool = True
    ) -> Change:
        """Return the change of the next `count` tokens to another spelling, said by a message that names both."""
        return Change(say(self.span(count), self.words(count), right), count, self.read_as(right, count), certain)
