"""What stands around the token at which the grammar gave up: open brackets, an open `if`, the condition so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Passage, Span
from segrules.language.grammar import Failure
from segrules.language.spot import NOTHING, TESTS
from segrules.language.tokens import END, Token, scan

_BOUNDARIES = frozenset("AND OR IF THEN ELSE _COMMA WHERE BY OVER DESCENDING RIGHT".split()) | {END}


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake in the shape of an expression, and the tokens without it if they can be guessed.

    `certain` says that the author can have meant nothing else.
    """

    diagnostic: Diagnostic
    tokens: Sequence[Token] | None = None
    certain: bool = False


@dataclass(frozen=True)
class Surroundings:
    """A failure with what the tokens before it have left open."""

    passage: Passage
    failure: Failure

    @property
    def tokens(self) -> Sequence[Token]:
        """All tokens."""
        return self.failure.tokens

    @property
    def index(self) -> int:
        """Where the failure is."""
        return self.failure.index

    @property
    def token(self) -> Token:
        """The token that cannot stand where it stands."""
        return self.tokens[self.index]

    @property
    def before(self) -> Token:
        """The token before it."""
        return self.at(self.index - 1)

    @property
    def after(self) -> Token:
        """The token after it."""
        return self.at(self.index + 1)

    def at(self, index: int) -> Token:
        """Return a token, or one of no text where there is none."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else NOTHING

    def accepts(self, *types: str) -> bool:
        """Return whether a token of any of these types could have stood here."""
        return not self.failure.accepts.isdisjoint(types)

    @property
    def wants_value(self) -> bool:
        """Whether a value could have stood here."""
        return self.accepts("LITERAL", "NAME")

    # Structure

    @cached_property
    def brackets(self) -> tuple[int, ...]:
        """The brackets open here, innermost last."""
        opened: list[int] = []
        for index, token in enumerate(self.tokens[: self.index]):
            if token.type == "LEFT":
                opened.append(index)
            elif token.type == "RIGHT" and opened:
                opened.pop()
        return tuple(opened)

    def bracket_kind(self, depth: int = -1) -> str | None:
        """Return what an open bracket is for: `call`, `list`, `if`, `group`, or None where there is none."""
        if not -len(self.brackets) <= depth < len(self.brackets):
            return None
        return {"NAME": "call", "IN": "list", "IF": "if"}.get(self.at(self.brackets[depth] - 1).type, "group")

    @cached_property
    def level(self) -> tuple[int, ...]:
        """The tokens before the failure that stand in the same brackets; of brackets within, only these themselves."""
        first = self.brackets[-1] + 1 if self.brackets else 0
        return tuple(self._same_level(first, self.index))

    def _same_level(self, first: int, last: int) -> list[int]:
        found, depth = [], 0
        for index in range(first, last):
            depth -= self.tokens[index].type == "RIGHT"
            if depth == 0:
                found.append(index)
            depth += self.tokens[index].type == "LEFT"
        return found

    @cached_property
    def conditions(self) -> tuple[tuple[int, ...], ...]:
        """The level cut at `and`, `or`, commas and the like; the last part is where the failure is."""
        parts: list[list[int]] = [[]]
        between = False
        for index in self.level:
            kind = self.tokens[index].type
            if kind in _BOUNDARIES - {"RIGHT"} and not (kind == "AND" and between):
                parts.append([])
                between = False
                continue
            between = (between and kind != "AND") or kind == "BETWEEN"
            parts[-1].append(index)
        return tuple(map(tuple, parts))

    @cached_property
    def open_between(self) -> int | None:
        """The `between` that waits for its `and`."""
        kinds = {self.tokens[index].type: index for index in self.conditions[-1]}
        between = kinds.get("BETWEEN")
        return between if between is not None and kinds.get("AND", -1) < between else None

    @cached_property
    def open_if(self) -> tuple[int, bool] | None:
        """The innermost `if` that waits for its `then` or `else`, and whether it has its `then`."""
        opened: list[tuple[int, bool]] = []
        for index in self.level:
            match self.tokens[index].type:
                case "IF":
                    opened.append((index, False))
                case "THEN" if opened:
                    opened[-1] = (opened[-1][0], True)
                case "ELSE" if opened:
                    opened.pop()
        return opened[-1] if opened else None

    def test(self, condition: Sequence[int]) -> int | None:
        """Return the last comparison or other test of a condition."""
        return next((index for index in reversed(condition) if self.tokens[index].type in TESTS), None)

    @cached_property
    def condition_end(self) -> int:
        """Where the condition ends that begins at the failure: the index of its first token too many."""
        depth = 0
        for index in range(self.index, len(self.tokens)):
            kind = self.tokens[index].type
            if depth == 0 and kind in _BOUNDARIES and index > self.index:
                return index
            depth += (kind == "LEFT") - (kind == "RIGHT")
        return len(self.tokens) - 1

    # Text

    def text(self, first: int, last: int) -> str:
        """Return what is written from a token to before another one."""
        return self.passage.text[self.tokens[first].start : self.tokens[last - 1].end] if first < last else ""

    def span(self, first: int, last: int | None = None) -> Span:
        """Return where a token stands, or all from a token to before another one."""
        end = first + 1 if last is None else last
        return self.passage.span(self.tokens[first].start, self.tokens[end - 1].end)

    @property
    def here(self) -> Span:
        """Where the failure is; at the end of the text, the place behind the last token."""
        return self.gap if self.token.type == END else self.span(self.index)

    @property
    def gap(self) -> Span:
        """The place directly behind the token before the failure."""
        return self.passage.span(self.before.end, self.before.end)

    # Repair

    def read_as(self, text: str, first: int, last: int) -> list[Token]:
        """Return all tokens, with a text read in place of those from `first` to before `last`."""
        start = self.tokens[first].start
        end = self.tokens[last - 1].end if last > first else start
        new = [token._replace(start=start, end=end) for token in scan(text)]
        return [*self.tokens[:first], *new, *self.tokens[last:]]

    def with_before(self, text: str, *copied: Token) -> list[Token]:
        """Return all tokens, with a text read before the failure, and copies of tokens behind it."""
        place = self.token.start
        new = [token._replace(start=place, end=place) for token in (*scan(text), *copied)]
        return [*self.tokens[: self.index], *new, *self.tokens[self.index :]]

    def in_brackets(self, first: int, last: int) -> list[Token]:
        """Return all tokens, with brackets around those from `first` to before `last`."""
        opening, closing = (Token(kind, kind, sign, 0, 0) for kind, sign in (("LEFT", "("), ("RIGHT", ")")))
        inner = self.tokens[first:last]
        opening = opening._replace(start=inner[0].start, end=inner[0].start)
        closing = closing._replace(start=inner[-1].end, end=inner[-1].end)
        return [*self.tokens[:first], opening, *inner, closing, *self.tokens[last:]]

    def without(self, index: int) -> list[Token]:
        """Return all tokens but one."""
        return self.read_as("", index, index + 1)
