"""The grammar at work: tokens in, a syntax tree out, or the place where they stop to make sense.

Lark turns `grammar.lark` into the table of an LALR parser. The table is run here and not by Lark, which takes twice the
time for it: most reductions pass on their one part (a product of one factor), and need no call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from lark import Lark
from lark.grammar import Rule
from lark.parsers.lalr_analysis import Shift

from segrules.language.syntax import Expression
from segrules.language.tokens import END, Token
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
    table = _table()
    stack, values = [table.start], list[Any]()
    for index, token in enumerate(tokens):
        if not _advance(table, stack, values, token):
            return Failure(tokens, index, _accepted(table, tokens[:index]))
    tree: Expression = values[-1]
    return tree


class _Reduction(NamedTuple):
    """What a rule does with the last `size` values; without `build` it passes on the only one."""

    size: int
    rule: str
    build: Callable[[list[Any]], Any] | None


@dataclass(frozen=True, slots=True)
class _Table:
    """For each state and terminal a reduction, or else the next state; for each state and rule the next state."""

    reductions: dict[int, dict[str, _Reduction]]
    following: dict[int, dict[str, int]]
    start: int
    end: int


def _advance(table: _Table, stack: list[int], values: list[Any] | None, token: Token) -> bool:
    """Move the states on the stack past a token, and the values with them; return whether it can stand there."""
    terminal, reductions, following = token.type, table.reductions, table.following
    while reduction := reductions[stack[-1]].get(terminal):
        size, rule, build = reduction
        del stack[-size:]
        stack.append(following[stack[-1]][rule])
        if values is not None and build is not None:
            values[-size:] = [build(values[-size:])]
        if terminal == END and stack[-1] == table.end:
            return True
    if terminal not in following[stack[-1]]:
        return False
    stack.append(following[stack[-1]][terminal])
    if values is not None:
        values.append(token)
    return True


def _accepted(table: _Table, tokens: Sequence[Token]) -> frozenset[str]:
    """Return the terminals that can follow tokens."""
    stack = [table.start]
    for token in tokens:
        _advance(table, stack, None, token)
    names = {*table.reductions[stack[-1]], *table.following[stack[-1]]}
    terminals = (name for name in names if name.isupper())
    return frozenset(name for name in terminals if _advance(table, stack.copy(), None, Token(name, name, "", 0, 0)))


@cache
def _table() -> _Table:
    lark = Lark.open(
        "grammar.lark", rel_to=__file__, start="expression", parser="lalr", lexer="basic", transformer=TreeBuilder()
    )
    parser = lark.parse_interactive().parser_state.parse_conf
    reductions: dict[int, dict[str, _Reduction]] = {state: {} for state in parser.states}
    following: dict[int, dict[str, int]] = {state: {} for state in parser.states}
    for state, actions in parser.states.items():
        for name, (kind, target) in actions.items():
            if kind is Shift:
                following[state][str(name)] = target
            else:
                reductions[state][str(name)] = _reduction(target, parser.callbacks)
    return _Table(reductions, following, parser.start_state, parser.end_state)


def _reduction(rule: Rule, callbacks: Mapping[Any, Callable[[list[Any]], Any]]) -> _Reduction:
    passes_on = len(rule.expansion) == 1 and rule.options.expand1 and not rule.alias
    return _Reduction(len(rule.expansion), str(rule.origin.name), None if passes_on else callbacks[rule])
