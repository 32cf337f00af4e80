"""An expression's text becomes a syntax tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Passage, Span
from segrules.language import messages
from segrules.language.grammar import Failure, read_tokens
from segrules.language.literals import Unreadable
from segrules.language.syntax import Expression, Identifier, Node
from segrules.language.tokens import END, Token, scan

MAX_LENGTH = 20_000
SHOWN = 60
MAX_DEPTH = 100
"""How many expressions may stand inside one another, so that whoever walks a tree may call itself for each."""

Parsed = tuple[Expression | None, tuple[Diagnostic, ...]]


def parse_expression(passage: Passage) -> Parsed:
    """Return the syntax tree of an expression, and what is wrong with it.

    The tree is there also where something is wrong, if it is certain what was meant (`=>` for `>=`); otherwise it is
    None.
    """
    if len(passage.text) > MAX_LENGTH:
        return None, (messages.expression_too_long(_opening(passage), len(passage.text), MAX_LENGTH),)
    tokens = scan(passage.text)
    if not tokens:
        return None, (messages.empty_expression(passage.whole),)
    end = len(passage.text)
    tokens.append(Token(END, END, "", end, end))
    tree, diagnostics = _read(passage, tokens)
    if tree is not None and end > MAX_DEPTH and _is_deep(tree):
        return None, (*diagnostics, messages.expression_too_deep(_opening(passage), MAX_DEPTH))
    return tree, diagnostics


def _read(passage: Passage, tokens: list[Token]) -> Parsed:
    try:
        tree = read_tokens(tokens)
    except Unreadable:
        tree = None
    if tree is not None and not isinstance(tree, Failure):
        return tree, ()
    from segrules.language.repair import repair  # takes as long to import as all else here, and is seldom needed

    return repair(passage, tokens)


def _opening(passage: Passage) -> Span:
    """Return the beginning of a text that is too long to be shown."""
    first_line = passage.text.lstrip().partition("\n")[0]
    start = len(passage.text) - len(passage.text.lstrip())
    return passage.span(start, start + min(len(first_line), SHOWN))


def _is_deep(tree: Node) -> bool:
    level: list[Node] = [tree]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in _children(node)]
        if not level:
            return False
    return True


def _children(node: Node) -> Iterator[Node]:
    for field in fields(node):
        value = getattr(node, field.name)
        members = value if isinstance(value, tuple) else (value,)
        yield from (member for member in members if isinstance(member, Node) and not isinstance(member, Identifier))
