"""An expression's text becomes a syntax tree."""

from __future__ import annotations

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Passage
from segrules.language.grammar import Failure, read_tokens
from segrules.language.literals import Unreadable
from segrules.language.syntax import Expression
from segrules.language.tokens import END, Token, scan


def parse_expression(passage: Passage) -> tuple[Expression | None, tuple[Diagnostic, ...]]:
    """Return the syntax tree of an expression, or None where it cannot be known what was meant, and what is wrong."""
    text = passage.text
    tokens = scan(text)
    tokens.append(Token(END, END, "", len(text), len(text)))
    try:
        tree = read_tokens(tokens)
    except Unreadable:
        return None, ()
    if isinstance(tree, Failure):
        return None, ()
    return tree, ()
