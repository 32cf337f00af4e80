"""Everything wrong in an expression, found by putting right one mistake after the other and parsing again."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.diagnostics.source import Passage
from segrules.language.grammar import Failure, read_tokens
from segrules.language.literals import Unreadable
from segrules.language.problem import doubtful
from segrules.language.respelling import respell
from segrules.language.syntax import Expression
from segrules.language.syntax_errors import explain
from segrules.language.tokens import END, Token

MOST_ROUNDS = 5
MOST_ODD_TOKENS = 20


def repair(passage: Passage, tokens: Sequence[Token]) -> tuple[Expression | None, tuple[Diagnostic, ...]]:
    """Return what is wrong with tokens that make no expression, and the tree if it is certain what was meant."""
    respelled = respell(passage, tokens, MOST_ODD_TOKENS)
    diagnostics = list(respelled.diagnostics)
    if len(diagnostics) == MOST_ODD_TOKENS:
        return None, in_order(diagnostics)
    tokens, certain = respelled.tokens, respelled.certain
    before: Token | None = None
    for _ in range(MOST_ROUNDS):
        try:
            tree = read_tokens(tokens)
        except Unreadable:
            break  # the repair was no better than what it was made of
        if not isinstance(tree, Failure):
            return tree if certain else None, in_order(diagnostics)
        token = tree.tokens[tree.index]
        inserted = token.start == token.end and token.type != END
        if inserted or (token == before and token.type != END):
            break  # the last repair did not help: what could be said of its place now would only confuse
        slip = explain(passage, tree)
        diagnostics.append(slip.diagnostic if slip.certain else doubtful(slip.diagnostic))
        certain &= slip.certain
        if slip.tokens is None:
            break
        tokens, before = slip.tokens, token
    return None, in_order(diagnostics)
