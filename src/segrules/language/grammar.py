"""The grammar at work: tokens in, a syntax tree out, or the place where they stop to make sense."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from lark import Lark
from lark import Token as LarkToken
from lark.common import LexerConf
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer
from lark.parsers.lalr_interactive_parser import InteractiveParser

from segrules.language.syntax import Expression
from segrules.language.tokens import Token
from segrules.language.transformer import TreeBuilder


@dataclass(frozen=True, slots=True)
class Failure:
    """The first token that cannot stand where it stands, and the terminals that could."""

    tokens: Sequence[Token]
    index: int
    accepts: frozenset[str]


def read_tokens(tokens: Sequence[Token]) -> Expression | Failure:
    """Return the syntax tree of tokens that end with the end of the text, or where they fail.

    Raises `Unreadable` for a literal that stands for nothing.
    """
    parser = _grammar().parse_interactive()
    tree: Expression | None = None
    for index, token in enumerate(tokens):
        try:
            tree = _feed(parser, token)
        except UnexpectedToken:
            return Failure(tokens, index, _accepted(tokens[:index]))
    assert tree is not None
    return tree


def _accepted(tokens: Sequence[Token]) -> frozenset[str]:
    """Return what can follow tokens; the failed parser cannot tell, as it may have closed what it had open."""
    parser = _grammar().parse_interactive()
    for token in tokens:
        _feed(parser, token)
    return frozenset(parser.accepts())  # type: ignore[no-untyped-call]


def _feed(parser: InteractiveParser, token: Token) -> Expression | None:
    # Lark looks at nothing but the type of a token and hands the token on
    return cast("Expression | None", parser.feed_token(cast("LarkToken", token)))


@cache
def _grammar() -> Lark:
    return Lark.open(
        "grammar.lark", rel_to=__file__, start="expression", parser="lalr", lexer=_Fed, transformer=TreeBuilder()
    )


class _Fed(Lexer):
    """The lexer that Lark wants; it is fed the tokens of `tokens.scan` instead."""

    __future_interface__ = 2

    def __init__(self, _: LexerConf) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object) -> Iterator[LarkToken]:  # noqa: ARG002
        return iter(())
